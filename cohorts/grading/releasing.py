"""Showing a class its grades for one item, all at once; and hiding them again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.grading.pile import answers_of, work_of
from cohorts.grading.wanted import Wanted
from cohorts.log import note
from cohorts.models import Grade, GradeItem, LogEntry, Membership, Role
from cohorts.tasks import queue_grade_mails


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a release shows: to how many of the `learners` a grade or an excuse, and how many
    pieces of work wait for a person (work that was handed in again has a grade, too)."""

    learners: int
    graded: int
    waiting: int
    excused: int


def outlook(item: GradeItem) -> Outlook:
    """Three queries."""
    learners = Membership.objects.filter(cohort=item.cohort_id).learners()
    excused = Q(excused=True)
    said = (Q(score__isnull=False) | Q(override__isnull=False)) & ~excused
    grades = Grade.objects.filter(
        item=item, membership__role=Role.LEARNER, membership__left_at=None
    )
    found = grades.aggregate(given=Count("pk", filter=said), without=Count("pk", filter=excused))
    return Outlook(learners.count(), found["given"], waiting_for(item), found["without"])


def waiting_for(item: GradeItem) -> int:
    """Pieces of work that wait for a person; handed in again counts, though it has a grade."""
    if item.quiz_id:
        answers = answers_of(item.cohort, Wanted()).filter(attempt__quiz=item.quiz_id, score=None)
        return answers.count()
    return work_of(item.cohort, Wanted()).filter(assignment=item.assignment_id, done=False).count()


@transaction.atomic
def release(*, item: GradeItem, by: User, now: datetime) -> bool:
    """Whether it changed anything: learners see their grades from `now` on, and are told by mail
    where they want that and the grades are not a quiz's, which has told them itself."""
    item = locked(item)
    if item.released_at is not None:
        return False
    change(item, now, _("Grades shown to learners: %s") % item, by, now)
    if item.quiz_id is None:
        queue_grade_mails.enqueue(item.pk)
    return True


@transaction.atomic
def withdraw(*, item: GradeItem, by: User, now: datetime) -> bool:
    """Whether it changed anything. Who has read their grade has read it."""
    item = locked(item)
    if item.released_at is None:
        return False
    change(item, None, _("Grades hidden from learners: %s") % item, by, now)
    return True


def locked(item: GradeItem) -> GradeItem:
    return GradeItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def change(item: GradeItem, at: datetime | None, what: str, by: User, now: datetime) -> None:
    item.released_at = at
    item.save(update_fields=["released_at"])
    kind = LogEntry.Kind.GRADES
    note(cohort=item.cohort, kind=kind, what=what, by=by, now=now, item=item)
