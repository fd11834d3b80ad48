from django.urls import path

from quizzes.views import answers, attempts, quizzes, review_mail

urlpatterns = [
    path("quizzes/<slug:slug>/", quizzes.quiz, name="quiz"),
    path("quizzes/<slug:slug>/start/", quizzes.start, name="quiz_start"),
    path("attempts/<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/answers/<int:position>/", answers.answer, name="answer"),
    path("attempts/<uuid:attempt_id>/cards/", attempts.attempt_cards, name="attempt_cards"),
    path("attempts/<uuid:attempt_id>/submit/", attempts.submit, name="submit"),
    path("attempts/<uuid:attempt_id>/results/", attempts.results, name="attempt_results"),
    path("review/unsubscribe/<str:token>/", review_mail.unsubscribe, name="review_unsubscribe"),
]
