from datetime import timedelta
from random import Random

import pytest

from accounts.models import User
from cohorts.joining import OwnerStaysError, class_with, join_by_code, leave, reset_code
from cohorts.models import Cohort, LogEntry, Membership, Role
from cohorts.people.joining import CannotJoinError
from courses.models import Enrolment
from tests.class_factories import NOW, AssignmentFactory, ClassOf, GroupFactory, SubmissionFactory


@pytest.mark.parametrize("typed", ["AUTUMN23", "autumn-23", " Autumn 23", "AVTVMN23"])
def test_the_class_of_a_code(typed: str, autumn: ClassOf) -> None:
    if typed == "AVTVMN23":
        Cohort.objects.filter(pk=autumn.cohort.pk).update(join_code=typed)
        typed = "autumn23"
    assert class_with(typed) == autumn.cohort


def test_a_code_as_it_stands_comes_first(autumn: ClassOf) -> None:
    Cohort.objects.filter(pk=autumn.other.pk).update(join_code="AVTVMN23")
    assert class_with("AUTUMN23") == autumn.cohort
    assert class_with("AVTVMN23") == autumn.other


@pytest.mark.parametrize("typed", ["", "AUTUMN24", "AUTUMN2", "AUTUMN233"])
def test_a_code_of_none(typed: str, autumn: ClassOf) -> None:
    assert class_with(typed) is None


def test_joining_twice_is_once(autumn: ClassOf, stranger: User) -> None:
    for _ in range(2):
        member = join_by_code(cohort=autumn.cohort, user=stranger, now=NOW)
        assert (member.role, member.joined_at, member.left_at) == (Role.LEARNER, NOW, None)
    enrolled = Enrolment.objects.get(user=stranger)
    assert (enrolled.course_id, enrolled.left_at) == (autumn.cohort.course_id, None)
    entry = LogEntry.objects.get()
    assert (entry.about, entry.what, entry.reason) == (member, "Joined", "By the code")


def test_no_role_is_lost_by_it(autumn: ClassOf) -> None:
    member = join_by_code(cohort=autumn.cohort, user=autumn.owner.user, now=NOW)
    assert (member, member.role) == (autumn.owner, Role.OWNER)


def test_leaving_and_coming_back_with_all_work(autumn: ClassOf) -> None:
    group = GroupFactory(cohort=autumn.cohort)
    Membership.objects.filter(pk=autumn.learner.pk).update(group=group)
    assignment = AssignmentFactory(cohort=autumn.cohort)
    work = SubmissionFactory(assignment=assignment, membership=autumn.learner)
    for _ in range(2):
        leave(member=autumn.learner, now=NOW)
    assert Membership.objects.get(pk=autumn.learner.pk).left_at == NOW
    later = NOW + timedelta(days=2)
    back = join_by_code(cohort=autumn.cohort, user=autumn.learner.user, now=later)
    assert (back.pk, back.left_at, back.group_id) == (autumn.learner.pk, None, group.pk)
    assert list(back.submissions.all()) == [work]
    said = LogEntry.objects.order_by("pk").values_list("what", flat=True)
    assert list(said) == ["Left the class", "Came back"]


@pytest.mark.parametrize(
    ("why", "said"), [("archived", "is over"), ("closed", "invitation alone"), ("removed", "out")]
)
def test_who_cannot_join(why: str, said: str, autumn: ClassOf, stranger: User) -> None:
    cohort, user = autumn.cohort, stranger
    if why == "archived":
        cohort.archived_at = NOW
    elif why == "closed":
        cohort.self_join = False
    else:
        user = autumn.removed.user
    cohort.save()
    with pytest.raises(CannotJoinError, match=said):
        join_by_code(cohort=cohort, user=user, now=NOW)
    assert not Membership.objects.active().filter(cohort=cohort, user=user).exists()
    assert not Enrolment.objects.filter(user=user).exists()


def test_the_owner_stays(autumn: ClassOf) -> None:
    with pytest.raises(OwnerStaysError):
        leave(member=autumn.owner, now=NOW)


def test_a_new_code(autumn: ClassOf) -> None:
    cohort = reset_code(cohort=autumn.cohort, by=autumn.owner.user, now=NOW, rng=Random(3))
    assert class_with("AUTUMN23") is None
    assert class_with(cohort.join_code) == cohort
    entry = LogEntry.objects.get()
    assert (entry.what, entry.before) == ("Join code", "AUTU-MN23")
    assert entry.after.replace("-", "") == cohort.join_code
