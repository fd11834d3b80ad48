from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from courses import versions
from tests.factories import LessonFactory

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 11, 21, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_lesson_that_falls_due_changes_it() -> None:
    LessonFactory(publish_at=DUE)
    before = versions.stamp("llm-course", DUE - SECOND)
    cache.clear()
    assert versions.stamp("llm-course", DUE) != before


def test_a_clock_ahead_of_this_one_does_not_count_here() -> None:
    LessonFactory(publish_at=DUE)
    before = versions.stamp("llm-course", DUE - SECOND)
    cache.clear()
    versions.stamp("llm-course", DUE + SECOND)
    assert versions.stamp("llm-course", DUE - SECOND) == before


def test_it_is_asked_for_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    LessonFactory(publish_at=DUE)
    with django_assert_num_queries(1):
        assert versions.stamp("llm-course", DUE) == versions.stamp("llm-course", DUE + SECOND)


def test_guessed_addresses_leave_nothing_behind() -> None:
    assert versions.stamp("nowhere", DUE) is None
    assert cache.get(versions.key_of("nowhere")) is None
