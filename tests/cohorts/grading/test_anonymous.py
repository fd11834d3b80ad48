import re

import pytest
from django.test import Client

from cohorts.grading.anonymous import hides_names, hides_work, label_of
from cohorts.models import Assignment
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    ClassOf,
    GradeItemFactory,
    MembershipFactory,
)
from tests.cohorts.graded import assignment_with_points, handed_in, item_of

pytestmark = pytest.mark.django_db


def test_names_are_hidden_until_the_release(autumn: ClassOf) -> None:
    nameless = assignment_with_points(autumn.cohort, anonymous=True)
    released = assignment_with_points(autumn.cohort, anonymous=True, released=NOW)
    named = assignment_with_points(autumn.cohort)
    found = [hides_names(item_of(one)) for one in (nameless, released, named)]
    assert found == [True, False, False]
    assert not hides_names(GradeItemFactory(released_at=None))
    assert not hides_names(None)


def test_out_of_the_gradebook_names_stay_hidden(autumn: ClassOf, client: Client) -> None:
    """Else taking the column out and putting it back tells graders all names."""
    essay = assignment_with_points(autumn.cohort, anonymous=True)
    work = handed_in(essay, autumn.learner)
    item_of(essay).delete()
    assert hides_work(Assignment.objects.get(pk=essay.pk))
    assert not hides_work(AssignmentFactory(cohort=autumn.cohort))
    client.force_login(autumn.assistant.user)
    page = client.get(f"/cohorts/autumn/grading/work/{work.pk}/").content.decode()
    assert label_of(work) in page
    assert autumn.learner.user.display_name not in page
    page = client.get(f"/cohorts/autumn/people/{autumn.learner.pk}/").content.decode()
    assert str(work.pk) not in page


def test_a_label_is_of_one_learner_in_one_assignment(autumn: ClassOf) -> None:
    essay, other = (assignment_with_points(autumn.cohort, anonymous=True) for _ in range(2))
    first = handed_in(essay, autumn.learner)
    again = handed_in(essay, autumn.learner, number=2)
    elsewhere = handed_in(other, autumn.learner)
    another = handed_in(essay, MembershipFactory(cohort=autumn.cohort))
    labels = [label_of(one) for one in (first, again, elsewhere, another)]
    assert labels[0] == labels[1]
    assert len(set(labels)) == 3
    assert all(re.fullmatch(r"Learner [0-9a-f]{6}", label) for label in labels)
