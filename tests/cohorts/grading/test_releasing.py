from datetime import timedelta

import pytest
from django.core import mail

from cohorts.grading.releasing import Outlook, outlook, release, withdraw
from cohorts.models import Grade, GradeItem, LogEntry, MailPreferences, Membership
from tests.class_factories import (
    NOW,
    ClassOf,
    GradeFactory,
    GradeItemFactory,
    MembershipFactory,
)
from tests.cohorts.graded import (
    answered,
    assignment_with_points,
    free_quiz,
    handed_in,
    item_of,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def item(autumn: ClassOf) -> GradeItem:
    return item_of(assignment_with_points(autumn.cohort, title="Essay"))


def graded(item: GradeItem, member: Membership, **fields: object) -> Grade:
    return GradeFactory(item=item, membership=member, **fields)


def addresses() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


def test_learners_see_their_grades_and_are_told(item: GradeItem, autumn: ClassOf) -> None:
    graded(item, autumn.learner, feedback="Secret words")
    assert release(item=item, by=autumn.owner.user, now=NOW)
    item.refresh_from_db()
    assert item.released_at == NOW
    (message,) = mail.outbox
    assert message.to == [autumn.learner.user.email]
    assert message.subject == "Your grade for Essay"
    assert "Your grade for Essay in Autumn class is released" in message.body
    assert "80" not in message.body
    assert "Secret" not in message.body
    assert "List-Unsubscribe" in message.extra_headers


def test_who_is_told(item: GradeItem, autumn: ClassOf) -> None:
    """Those with something to see, who are still there and have not turned it off."""
    excused, unwilling, ungraded, asleep = (
        MembershipFactory(cohort=autumn.cohort) for _ in range(4)
    )
    graded(item, excused, score=None, excused=True, reason="Ill.")
    graded(item, unwilling)
    MailPreferences.objects.create(user=unwilling.user, grades=False)
    graded(item, ungraded, score=None)
    graded(item, asleep)
    asleep.user.is_active = False
    asleep.user.save()
    for gone in (autumn.left, autumn.removed):
        graded(item, gone)
    release(item=item, by=autumn.owner.user, now=NOW)
    assert addresses() == [excused.user.email]


def test_twice_is_once(item: GradeItem, autumn: ClassOf) -> None:
    graded(item, autumn.learner)
    assert release(item=item, by=autumn.owner.user, now=NOW)
    assert not release(item=item, by=autumn.owner.user, now=LATER)
    item.refresh_from_db()
    assert (item.released_at, len(mail.outbox), LogEntry.objects.count()) == (NOW, 1, 1)


def test_and_back(item: GradeItem, autumn: ClassOf) -> None:
    release(item=item, by=autumn.owner.user, now=NOW)
    assert withdraw(item=item, by=autumn.teacher.user, now=LATER)
    assert not withdraw(item=item, by=autumn.teacher.user, now=LATER)
    item.refresh_from_db()
    assert item.released_at is None
    log = [(one.what, one.actor, one.at, one.item) for one in LogEntry.objects.order_by("pk")]
    assert log == [
        ("Grades shown to learners: Essay", autumn.owner.user, NOW, item),
        ("Grades hidden from learners: Essay", autumn.teacher.user, LATER, item),
    ]


def test_a_quiz_has_told_its_results_itself(autumn: ClassOf, item: GradeItem) -> None:
    quiz = free_quiz(autumn.cohort)
    column = GradeItemFactory(category=item.category, quiz=quiz, released_at=None)
    graded(column, autumn.learner, score=None, override=3, reason="Asked aloud.")
    assert release(item=column, by=autumn.owner.user, now=NOW)
    assert mail.outbox == []


def test_the_outlook(item: GradeItem, autumn: ClassOf) -> None:
    first, second, third = (MembershipFactory(cohort=autumn.cohort) for _ in range(3))
    graded(item, first, submission=handed_in(item.assignment, first))
    graded(item, second, score=None, excused=True, reason="Ill.")
    handed_in(item.assignment, second)
    handed_in(item.assignment, third)
    graded(item, autumn.left)
    assert outlook(item) == Outlook(learners=4, graded=1, waiting=1, excused=1)


def test_the_outlook_of_a_quiz(autumn: ClassOf, item: GradeItem) -> None:
    quiz = free_quiz(autumn.cohort, 2)
    answered(quiz, autumn.learner)
    column = GradeItemFactory(category=item.category, quiz=quiz, released_at=None)
    assert outlook(column) == Outlook(learners=1, graded=0, waiting=2, excused=0)
