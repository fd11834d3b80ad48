import pytest

from tests.class_factories import ClassOf, autumn_class


@pytest.fixture
def autumn(db: None) -> ClassOf:
    return autumn_class()
