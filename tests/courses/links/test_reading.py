"""What readers see of a dead link."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from courses.models import Link
from tests.factories import LessonFactory, ReferenceFactory

DEAD, FAILING = "https://dead.example/page?a=1&b=2", "https://failing.example/"
SINCE = date(2026, 5, 3)


@pytest.fixture
def lesson(db: None) -> Any:
    lesson: Any = LessonFactory()
    ReferenceFactory(lesson=lesson, title="Gone paper", url=DEAD)
    ReferenceFactory(lesson=lesson, title="Shaky paper", url=FAILING)
    Link.objects.create(url=DEAD, state=Link.State.DEAD, failing_since=SINCE)
    Link.objects.create(url=FAILING, state=Link.State.FAILING, failing_since=SINCE)
    return lesson


def test_a_dead_reference_has_a_quiet_mark_and_a_way_to_the_archive(
    as_learner: Client, lesson: Any
) -> None:
    html = as_learner.get(lesson.get_absolute_url()).content.decode()
    assert html.count("This address has not answered since 3 May 2026.") == 1
    there = "https://dead.example/page?a=1&amp;b=2"
    assert f'<a href="{there}" rel="noopener">Gone paper</a>' in html
    assert (
        f'<a href="https://web.archive.org/web/{there}" rel="noopener">Look in the web archive'
        '<span class="sr">: Gone paper</span></a>'
    ) in html
    assert html.count('name="reference"') == 2


def test_a_reader_pays_no_query_for_it(
    client: Client, lesson: Any, django_assert_num_queries: Any
) -> None:
    assert client.get(lesson.get_absolute_url()).status_code == 200
    with django_assert_num_queries(0):
        assert b"Look in the web archive" in client.get(lesson.get_absolute_url()).content
