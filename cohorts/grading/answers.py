"""Grading a quiz answer as part of a class: like anywhere, and written down in its log."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.gradebook.figures import key_of
from cohorts.grading.grading import said_of
from cohorts.log import note
from cohorts.models import GradeItem, LogEntry, Membership
from cohorts.overview.kept import forget
from quizzes.hand_grading import grade_by_hand
from quizzes.models import Response

CENT = Decimal("0.01")


@transaction.atomic
def grade_answer(
    *,
    response: Response,
    membership: Membership,
    score: float,
    comment: str,
    by: User,
    now: datetime,
    seen: str,
) -> Response:
    """See `grade_by_hand`, whose errors it raises. `membership` is the learner's."""
    graded = grade_by_hand(
        response=response, score=score, comment=comment, by=by, now=now, seen=seen
    )
    if change := graded.changes.filter(changed_by=by, changed_at=now).first():
        quiz = response.attempt.quiz
        cohort = membership.cohort
        said = {"quiz": quiz.title, "number": response.position}
        note(
            cohort=cohort,
            kind=LogEntry.Kind.GRADES,
            what=_("Answer %(number)d of %(quiz)s") % said,
            by=by,
            now=now,
            about=membership,
            item=GradeItem.objects.filter(cohort=cohort, quiz=quiz).first(),
            before=said_of(points_of(response, change.before), response.points),
            after=said_of(points_of(response, score), response.points),
        )
        cache.delete(key_of(cohort))
        forget(cohort.pk)
    return graded


def points_of(response: Response, score: float | None) -> Decimal | None:
    """A share from 0 to 1 in points, to the cent; nothing of nothing."""
    if score is None:
        return None
    return (Decimal(str(score)) * response.points).quantize(CENT, ROUND_HALF_UP)
