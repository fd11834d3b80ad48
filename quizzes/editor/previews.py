"""Links by which whoever has one may try a question that learners do not get yet."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.models.drafts import in_some_days
from quizzes.models import Question
from quizzes.models.questions import QuestionPreview

MOST = 5


class TooManyError(Exception):
    """There are enough links; one of them is to be ended first."""


@transaction.atomic
def make_preview(*, question: Question, by: User, now: datetime) -> QuestionPreview:
    """Raises TooManyError. Those that have expired make room."""
    Question.objects.select_for_update().get(pk=question.pk)
    question.previews.filter(expires_at__lte=now).delete()
    if question.previews.count() >= MOST:
        raise TooManyError
    return QuestionPreview.objects.create(
        question=question, made_by=by, made_at=now, expires_at=in_some_days(now)
    )


def end_preview(*, question: Question, pk: int) -> bool:
    """Whether there was such a link; it opens nothing from now on."""
    deleted, _rows = question.previews.filter(pk=pk).delete()
    return deleted > 0


def previewed(token: str, now: datetime) -> Question | None:
    """The question that the link `token` shows at `now`."""
    previews = QuestionPreview.objects.filter(token=token, expires_at__gt=now)
    related = "question__concept__lesson__track__course"
    preview = previews.select_related(related).first()
    return preview.question if preview else None
