from django.urls import path

from quizzes.views import (
    answers,
    attempts,
    placements,
    quizzes,
    review,
    review_cards,
    review_mail,
    review_settings,
)

urlpatterns = [
    path("quizzes/<slug:slug>/", quizzes.quiz, name="quiz"),
    path("quizzes/<slug:slug>/start/", quizzes.start, name="quiz_start"),
    path("attempts/<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/answers/<int:position>/", answers.answer, name="answer"),
    path(
        "attempts/<uuid:attempt_id>/answers/<int:position>/check/",
        answers.check,
        name="answer_check",
    ),
    path(
        "attempts/<uuid:attempt_id>/answers/<int:position>/try/",
        answers.try_again,
        name="answer_try",
    ),
    path(
        "attempts/<uuid:attempt_id>/answers/<int:position>/rate/",
        answers.rate,
        name="answer_rate",
    ),
    path("attempts/<uuid:attempt_id>/skip/", placements.skip, name="placement_skip"),
    path("attempts/<uuid:attempt_id>/skip/undo/", placements.unskip, name="placement_unskip"),
    path("attempts/<uuid:attempt_id>/cards/", attempts.attempt_cards, name="attempt_cards"),
    path("attempts/<uuid:attempt_id>/submit/", attempts.submit, name="submit"),
    path("attempts/<uuid:attempt_id>/results/", attempts.results, name="attempt_results"),
    path("review/", review.review, name="review"),
    path("review/summary/", review.summary, name="review_summary"),
    path("review/more/", review.more, name="review_more"),
    path("review/undo/", review.undo, name="review_undo"),
    path("review/cards/<int:pk>/check/", review.check, name="review_check"),
    path("review/cards/<int:pk>/rate/", review.rate, name="review_rate"),
    path("review/cards/", review_cards.cards, name="review_cards"),
    path("review/cards/<int:pk>/", review_cards.card, name="review_card"),
    path("review/cards/<int:pk>/aside/", review_cards.put_aside, name="review_card_put_aside"),
    path("review/cards/<int:pk>/back/", review_cards.take_back, name="review_card_take_back"),
    path("review/cards/<int:pk>/again/", review_cards.start_again, name="review_card_start_again"),
    path("review/settings/", review_settings.review_settings, name="review_settings"),
    path("review/unsubscribe/<str:token>/", review_mail.unsubscribe, name="review_unsubscribe"),
]
