from django.urls import path

from quizzes.views import attempts, quizzes

urlpatterns = [
    path("quizzes/<slug:slug>/", quizzes.quiz, name="quiz"),
    path("quizzes/<slug:slug>/start/", quizzes.start, name="quiz_start"),
    path("attempts/<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/answers/<int:position>/", attempts.answer, name="answer"),
    path("attempts/<uuid:attempt_id>/submit/", attempts.submit, name="submit"),
    path("attempts/<uuid:attempt_id>/results/", attempts.results, name="attempt_results"),
]
