"""An e-mail two days before something is due: to learners who have not done it, by day, once for
each due date. An extension is another date, so that it reminds again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from cohorts.mail import class_mail, unwilling
from cohorts.models import Assignment, Deadline, Extension, Membership, Reminder
from cohorts.schedule.reading import Planned, is_done, schedule_for
from cohorts.schedule.setting import moment
from courses.models import Lesson
from quizzes.models import Quiz

BEFORE = timedelta(days=2)
# The hours of the learner's own day in which mails may come: from seven until before nine.
DAY = range(7, 21)


def people_to_remind(now: datetime) -> Iterator[int]:
    """The ids of those whom a mail would reach now. One query, however many classes."""
    rows = waiting(now).values("person")
    for user in User.objects.filter(pk__in=rows).only("time_zone").iterator():
        if is_day(user, now):
            yield user.pk


def is_day(user: User, now: datetime) -> bool:
    return now.astimezone(user.zone).hour in DAY


def waiting(now: datetime) -> QuerySet[Any]:
    """Each deadline once for each learner to be reminded of it, with their own `due`."""
    until = now + BEFORE
    learners = Membership.objects.learners().filter(user__is_active=True)
    willing = learners.exclude(user__in=unwilling("reminders"))
    own = Extension.objects.filter(deadline=OuterRef("pk"), membership=OuterRef("member"))
    told = Reminder.objects.filter(
        deadline=OuterRef("pk"), membership=OuterRef("member"), due_at=OuterRef("due")
    )
    return (
        seen(now)
        .filter(is_near(now, until), cohort__archived_at=None)
        # By these names alone: a filter over the relation itself would join all members again.
        .annotate(member=F("cohort__members"), person=F("cohort__members__user"))
        .annotate(
            due=Greatest(F("due_at"), Coalesce(Subquery(own.values("due_at")[:1]), F("due_at"))),
        )
        .filter(due__gt=now, due__lte=until, member__in=willing.values("pk"))
        .exclude(is_done(OuterRef("person")))
        .exclude(Exists(told))
        .order_by()
    )


def seen(now: datetime) -> QuerySet[Deadline]:
    """Of what learners see and can work on."""
    there = (
        Q(lesson__in=Lesson.objects.published(now))
        | Q(quiz__in=Quiz.objects.published(now))
        | Q(assignment__in=Assignment.objects.published())
    )
    return Deadline.objects.filter(there, Q(opens_at=None) | Q(opens_at__lte=now))


def is_near(now: datetime, until: datetime) -> Q:
    """Whether it is due soon to the class, or to anybody: what an index finds."""
    extended = Extension.objects.filter(deadline=OuterRef("pk"), due_at__gt=now, due_at__lte=until)
    return Q(due_at__gt=now, due_at__lte=until) | Q(Exists(extended))


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    of: str
    due: str
    zone: str
    url: str


def remind(*, user_id: int, now: datetime) -> bool:
    """Send one mail about everything, unless there is nothing, or no more, to be said.

    It is written down before sending: rather no mail than two. A server that cannot take the
    mail takes that back; one that refuses the address does not.
    """
    user = User.objects.filter(pk=user_id).first()
    rows = claim(user, now) if user and is_day(user, now) else []
    lines = lines_of(rows)
    if user is None or not lines:
        return False
    try:
        class_mail(user, "cohorts/mail/reminder", {"lines": lines}, "reminders").send()
    except SMTPRecipientsRefused:
        # The address will not be another one in ten minutes.
        raise
    except (SMTPException, OSError):
        Reminder.objects.filter(pk__in=[row.pk for row in rows]).delete()
        raise
    return True


@transaction.atomic
def claim(user: User, now: datetime) -> list[Reminder]:
    # One at a time for each person.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = waiting(now).filter(member__in=user.memberships.values("pk"))
    return Reminder.objects.bulk_create(
        Reminder(deadline_id=pk, membership_id=member, due_at=due, sent_at=now)
        for pk, member, due in mine.values_list("pk", "member", "due")
    )


def lines_of(rows: list[Reminder]) -> list[Line]:
    if not rows:
        return []
    about = {row.deadline_id for row in rows}
    members = Membership.objects.filter(pk__in=[row.membership_id for row in rows])
    plan = schedule_for(members.select_related("cohort__course"))
    found = [one for one in plan if one.deadline in about]
    return [line_of(one) for one in sorted(found, key=due_of)]


def due_of(one: Planned) -> Any:
    return one.dates.due_at


def line_of(one: Planned) -> Line:
    assert one.dates.due_at is not None  # noqa: S101  (for the type: it was asked for)
    due = moment(one.dates.due_at, one.cohort)
    return Line(one.thing.title, one.cohort.name, due, one.cohort.time_zone, one.thing.url)
