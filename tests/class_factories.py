"""Classes to test with: one of everything, and everybody in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import factory
from django.contrib.auth.models import Group as PermissionGroup

from accounts.models import User
from cohorts.models import (
    Assignment,
    Category,
    Cohort,
    Deadline,
    Grade,
    GradeItem,
    Group,
    Membership,
    Role,
    Submission,
)
from tests import people
from tests.factories import CourseFactory, UserFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


class CohortFactory(factory.django.DjangoModelFactory[Cohort]):
    class Meta:
        model = Cohort

    course = factory.SubFactory(CourseFactory)
    slug = factory.Sequence(lambda n: f"class-{n}")
    name = factory.Sequence(lambda n: f"Class {n}")
    join_code = factory.Sequence(lambda n: f"CDE{n:05d}")
    created_at = NOW - timedelta(weeks=8)


class GroupFactory(factory.django.DjangoModelFactory[Group]):
    class Meta:
        model = Group

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence(lambda n: f"Group {n}")


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A learner, where nothing else is said."""

    class Meta:
        model = Membership

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)
    joined_at = NOW - timedelta(weeks=8)


class AssignmentFactory(factory.django.DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    cohort = factory.SubFactory(CohortFactory)
    title = factory.Sequence(lambda n: f"Assignment {n}")
    published = True
    position = factory.Sequence(lambda n: n)
    created_at = NOW - timedelta(weeks=7)


class DeadlineFactory(factory.django.DjangoModelFactory[Deadline]):
    """Of an assignment, where nothing else is said."""

    class Meta:
        model = Deadline

    cohort = factory.SubFactory(CohortFactory)
    due_at = NOW + timedelta(days=7)

    @factory.lazy_attribute
    def assignment(self) -> Assignment | None:
        return AssignmentFactory(cohort=self.cohort)


class SubmissionFactory(factory.django.DjangoModelFactory[Submission]):
    """Handed in a day ago."""

    class Meta:
        model = Submission

    assignment = factory.SubFactory(AssignmentFactory)
    membership = factory.LazyAttribute(lambda o: MembershipFactory(cohort=o.assignment.cohort))
    number = 1
    text = "My work."
    saved_at = NOW - timedelta(days=1)
    submitted_at = NOW - timedelta(days=1)


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    class Meta:
        model = Category

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence(lambda n: f"Category {n}")
    position = factory.Sequence(lambda n: n)


class GradeItemFactory(factory.django.DjangoModelFactory[GradeItem]):
    """Entered by hand, out of 100, released."""

    class Meta:
        model = GradeItem

    cohort = factory.LazyAttribute(lambda o: o.category.cohort)
    category = factory.SubFactory(CategoryFactory)
    title = factory.Sequence(lambda n: f"Item {n}")
    points = Decimal(100)
    position = factory.Sequence(lambda n: n)
    released_at = NOW - timedelta(days=1)


class GradeFactory(factory.django.DjangoModelFactory[Grade]):
    class Meta:
        model = Grade

    item = factory.SubFactory(GradeItemFactory)
    membership = factory.LazyAttribute(lambda o: MembershipFactory(cohort=o.item.cohort))
    score = Decimal(80)
    graded_at = NOW - timedelta(hours=2)


def teacher_person(email: str, name: str) -> User:
    """Somebody who may make classes; not staff of the site."""
    user = people.person(email, name)
    user.groups.set(PermissionGroup.objects.filter(name="Teachers"))
    return user


@dataclass(frozen=True)
class ClassOf:
    """The class `autumn`, with one member of each role, one who left and one who was removed;
    and the class `other`, whose owner is `other_teacher`."""

    cohort: Cohort
    other: Cohort
    owner: Membership
    teacher: Membership
    assistant: Membership
    observer: Membership
    learner: Membership
    left: Membership
    removed: Membership
    other_teacher: Membership


def autumn_class() -> ClassOf:
    cohort = CohortFactory(slug="autumn", name="Autumn class", join_code="AUTUMN23")
    other = CohortFactory(slug="other", name="Other class", join_code="ELSEWH23")

    def member(user: User, role: Role, in_class: Cohort = cohort, **fields: object) -> Membership:
        return MembershipFactory(cohort=in_class, user=user, role=role, **fields)

    gone = {"left_at": NOW - timedelta(days=3)}
    return ClassOf(
        cohort=cohort,
        other=other,
        owner=member(people.teacher(), Role.OWNER),
        teacher=member(teacher_person("tess@example.org", "Tess Teacher"), Role.TEACHER),
        assistant=member(people.person("asif@example.org", "Asif Assistant"), Role.ASSISTANT),
        observer=member(people.person("olga@example.org", "Olga Observer"), Role.OBSERVER),
        learner=member(people.learner(), Role.LEARNER),
        left=member(people.person("lars@example.org", "Lars Left"), Role.LEARNER, **gone),
        removed=member(
            people.person("remo@example.org", "Remo Removed"), Role.LEARNER, removed=True, **gone
        ),
        other_teacher=member(teacher_person("otto@example.org", "Otto Other"), Role.OWNER, other),
    )
