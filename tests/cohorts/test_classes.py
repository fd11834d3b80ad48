from random import Random

import pytest

from accounts.models import User
from cohorts import classes
from cohorts.classes import NotATeacherError, create_cohort, hand_over
from cohorts.models import Cohort, LogEntry, Membership, Role
from tests.class_factories import NOW, ClassOf, CohortFactory, MembershipFactory
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


def make(by: User, name: str = "Autumn: evening!", seed: int = 1) -> Cohort:
    course = CourseFactory()
    return create_cohort(by=by, now=NOW, rng=Random(seed), name=name, course=course)


def test_a_new_class(teacher: User) -> None:
    cohort = make(teacher)
    member = Membership.objects.get()
    assert (member.user, member.cohort, member.role) == (teacher, cohort, Role.OWNER)
    assert (cohort.slug[:-5], len(cohort.slug)) == ("autumn-evening-", 20)
    assert (len(cohort.join_code), cohort.self_join) == (8, True)
    assert [category.weight for category in cohort.categories.all()] == [100]
    entry = LogEntry.objects.filter(kind=LogEntry.Kind.CLASS).get()
    assert (entry.actor, entry.what, entry.after) == (teacher, "Made the class", cohort.name)


@pytest.mark.parametrize(("name", "begin"), [("班級", "class-"), ("x" * 120, "x" * 54 + "-")])
def test_its_address(name: str, begin: str, teacher: User) -> None:
    assert make(teacher, name).slug[:-5] == begin


def test_what_is_taken_is_not_given_again(teacher: User) -> None:
    first = make(teacher, seed=7)
    again = make(teacher, seed=7)
    assert again.slug != first.slug
    assert again.join_code != first.join_code


def test_archive_and_back(autumn: ClassOf) -> None:
    for _ in range(2):
        classes.archive(cohort=autumn.cohort, by=autumn.owner.user, now=NOW)
    assert Cohort.objects.get(pk=autumn.cohort.pk).archived_at == NOW
    for _ in range(2):
        classes.unarchive(cohort=autumn.cohort, by=autumn.owner.user, now=NOW)
    assert Cohort.objects.get(pk=autumn.cohort.pk).archived_at is None
    said = LogEntry.objects.order_by("pk").values_list("what", flat=True)
    assert list(said) == ["Archived the class", "Took the class out of the archive"]


def test_handing_over(autumn: ClassOf) -> None:
    hand_over(owner=autumn.owner, to=autumn.teacher, now=NOW)
    autumn.owner.refresh_from_db()
    autumn.teacher.refresh_from_db()
    assert (autumn.owner.role, autumn.teacher.role) == (Role.TEACHER, Role.OWNER)
    entries = LogEntry.objects.order_by("pk").values_list("about", "actor", "before", "after")
    by = autumn.owner.user_id
    assert list(entries) == [
        (autumn.owner.pk, by, "Owner", "Teacher"),
        (autumn.teacher.pk, by, "Teacher", "Owner"),
    ]
    with pytest.raises(NotATeacherError):
        hand_over(owner=autumn.owner, to=autumn.teacher, now=NOW)


@pytest.mark.parametrize("to", ["assistant", "learner", "left", "other_teacher", "foreign"])
def test_only_to_a_teacher_of_the_class(to: str, autumn: ClassOf) -> None:
    if to == "foreign":
        member = MembershipFactory(cohort=CohortFactory(), role=Role.TEACHER)
    else:
        member = getattr(autumn, to)
    with pytest.raises(NotATeacherError):
        hand_over(owner=autumn.owner, to=member, now=NOW)
    assert Membership.objects.get(pk=autumn.owner.pk).role == Role.OWNER
    assert not LogEntry.objects.exists()
