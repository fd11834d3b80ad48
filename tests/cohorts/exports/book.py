"""A small class with grades to take away."""

from decimal import Decimal

from cohorts.exports.importing import keep
from cohorts.exports.oneroster_grades import Grades
from cohorts.models import Category, Cohort, Group, Membership, PendingImport, Role
from tests.class_factories import (
    NOW,
    CategoryFactory,
    ClassOf,
    GradeFactory,
    GradeItemFactory,
    MembershipFactory,
)


def with_grades(autumn: ClassOf) -> Category:
    """Yi-Ting has 80 of 100 for the essay and is excused from the talk; Zoë has nothing."""
    category = CategoryFactory(cohort=autumn.cohort, name="Work", weight=Decimal(60))
    essay = GradeItemFactory(category=category, title="Essay")
    talk = GradeItemFactory(category=category, title="=Talk", points=Decimal("20.50"))
    GradeFactory(item=essay, membership=autumn.learner)
    GradeFactory(
        item=talk, membership=autumn.learner, score=None, excused=True, reason="Ill", graded_at=NOW
    )
    autumn.learner.number = "S1"
    autumn.learner.group = Group.objects.create(cohort=autumn.cohort, name="Lab")
    autumn.learner.save()
    MembershipFactory(
        cohort=autumn.cohort, user__email="zoe@example.org", user__display_name="+Zoë"
    )
    return category


def waiting_grades(cohort: Cohort) -> PendingImport:
    """An empty list of grades that the owner of the class has uploaded."""
    owner = Membership.objects.get(cohort=cohort, role=Role.OWNER)
    return keep(by=owner, grades=Grades((), (), (), 0), file_name="term.zip", now=NOW)
