"""Giving single learners more time. Every change is in the log, with its reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.log import note
from cohorts.models import Deadline, Extension, LogEntry, Membership
from cohorts.schedule.closings import hold_results
from cohorts.schedule.setting import moment
from quizzes.attempts.ends import lengthen
from quizzes.models import Attempt

FIELDS = ["due_at", "reason", "given_by", "given_at"]


@transaction.atomic
def give(
    *,
    deadline: Deadline,
    members: Sequence[Membership],
    due_at: datetime,
    reason: str,
    by: User,
    now: datetime,
) -> int:
    """Give each of `members`, who are of the deadline's class, until `due_at`; who had longer or
    less long already has this now. How many running attempts at the quiz got a later end, too.
    """
    # One at a time for each deadline, also where there is nothing to lock yet.
    Deadline.objects.select_for_update(no_key=True).get(pk=deadline.pk)
    given = deadline.extensions.filter(membership__in=[member.pk for member in members])
    before = {one.membership_id: one for one in given}
    said = {"due_at": due_at, "reason": reason, "given_by": by, "given_at": now}
    for member in members:
        old = before.get(member.pk)
        log(deadline, member, old.due_at if old else None, due_at, reason, by, now)
    Extension.objects.bulk_create(
        [Extension(deadline=deadline, membership=member, **said) for member in members],
        update_conflicts=True,
        unique_fields=["deadline", "membership"],
        update_fields=FIELDS,
    )
    number = lengthen_running(deadline, members, now)
    hold(deadline)
    return number


@transaction.atomic
def take_back(*, extension: Extension, reason: str, by: User, now: datetime) -> None:
    """Their date is the class's again. A running attempt keeps its end."""
    deadline = extension.deadline
    log(deadline, extension.membership, extension.due_at, None, reason, by, now)
    extension.delete()
    hold(deadline)


def hold(deadline: Deadline) -> None:
    """After running attempts got their ends: results wait for those, too."""
    if deadline.quiz_id:
        hold_results(deadline.cohort, [deadline.quiz_id])


def log(
    deadline: Deadline,
    member: Membership,
    before: datetime | None,
    after: datetime | None,
    reason: str,
    by: User,
    now: datetime,
) -> None:
    cohort = deadline.cohort
    note(
        cohort=cohort,
        kind=LogEntry.Kind.DATES,
        what=_("Extension for %s") % deadline.target,
        by=by,
        now=now,
        about=member,
        before=moment(before, cohort) if before else _("none"),
        after=moment(after, cohort) if after else _("none"),
        reason=reason,
    )


def lengthen_running(deadline: Deadline, members: Sequence[Membership], now: datetime) -> int:
    if deadline.quiz is None:
        return 0
    users = [member.user_id for member in members]
    running = Attempt.objects.open().filter(quiz=deadline.quiz, user__in=users)
    return sum(
        lengthen(user=one.user, quiz=deadline.quiz, now=now)
        for one in running.select_related("user")
    )
