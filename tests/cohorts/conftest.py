from typing import Any

import pytest

from cohorts.models import Assignment
from tests.class_factories import AssignmentFactory, ClassOf, DeadlineFactory, autumn_class


@pytest.fixture
def autumn(db: None) -> ClassOf:
    return autumn_class()


@pytest.fixture
def assignment(autumn: ClassOf) -> Assignment:
    """Takes everything, is due in a week, and is published."""
    every: dict[str, Any] = {"takes_link": True, "takes_files": True}
    assignment: Assignment = AssignmentFactory(cohort=autumn.cohort, title="Essay", **every)
    DeadlineFactory(cohort=autumn.cohort, assignment=assignment)
    return assignment
