"""What review keeps about a learner."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section, register
from quizzes.models import ReviewCard, ReviewLog, ReviewPreferences


def cards(user: User) -> Iterator[Row]:
    own = ReviewCard.objects.of(user).select_related("question", "concept", "algorithm")
    for card in own.order_by("pk").iterator():
        yield {
            "card": card.pk,
            "asks": asks(card),
            "made": card.made_at,
            "first_score": card.first_score,
            "state": str(card.get_state_display()),
            "step": card.step,
            "stability": card.stability,
            "difficulty": card.difficulty,
            "due": card.due_at,
            "last_reviewed": card.reviewed_at,
            "reviews": card.reviews,
            "lapses": card.lapses,
            "put_aside": card.suspended_at,
            "algorithm": str(card.algorithm) if card.algorithm else None,
        }


def asks(card: ReviewCard) -> str:
    return card.question.prompt if card.question else card.concept.fact_prompt  # type: ignore[union-attr]


def reviews(user: User) -> Iterator[Row]:
    """All that fitting parameters to these reviews needs, those taken back among them."""
    own = ReviewLog.objects.of(user).select_related("algorithm", "version")
    for log in own.order_by("reviewed_at", "pk").iterator():
        yield {
            "card": log.card_id,
            "reviewed": log.reviewed_at,
            "rating": log.rating,
            "seconds": log.seconds,
            "wanted_retention": log.retention,
            "asked": log.version.prompt if log.version else None,
            "answer": log.answer,
            "score": log.score,
            "before": log.before,
            "state": log.state,
            "stability": log.stability,
            "difficulty": log.difficulty,
            "due": log.due_at,
            "taken_back": log.undone_at,
            "algorithm": str(log.algorithm),
            "parameters": log.algorithm.parameters,
        }


def preferences(user: User) -> Iterator[Row]:
    for chosen in ReviewPreferences.objects.filter(user=user):
        yield {
            "retention": chosen.retention,
            "reviews_a_day": chosen.reviews_a_day,
            "new_a_day": chosen.new_a_day,
            "keys": chosen.keys,
            "mail": chosen.mail,
            "last_mail": chosen.mailed_on,
        }


register(
    Section("review-cards", _("Your review cards"), cards, _("Deleted.")),
    Section("reviews", _("Your reviews"), reviews, _("Deleted.")),
    Section("review-preferences", _("How you review"), preferences, _("Deleted.")),
)
