"""Who gets which quiz, attempt and card; a stranger gets 404, as if it did not exist."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.middleware import SignedInRequest, SiteRequest
from quizzes.models import Attempt, Quiz, ReviewCard
from quizzes.review.asking import cards_to_ask


def get_quiz_or_404(request: SiteRequest, slug: str) -> Quiz:
    visible = Quiz.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(
        visible.select_related("lesson__track__course", "track__course"), slug=slug
    )


def get_attempt_or_404(request: SiteRequest, attempt_id: UUID) -> Attempt:
    """Everyone has but their own attempts."""
    own = Attempt.objects.filter(user=request.user.pk)
    places = ["quiz__lesson__track__course", "quiz__track__course"]
    attempt = get_object_or_404(own.select_related(*places), pk=attempt_id)
    attempt.user = request.user  # type: ignore[assignment]  # who is known already
    return attempt


def get_card_or_404(request: SignedInRequest, pk: int) -> ReviewCard:
    """Everyone has but their own cards."""
    return get_object_or_404(cards_to_ask(request.user), pk=pk)
