from datetime import date
from typing import Any

import pytest

from courses.content.documents import text_document
from courses.editor.checks import Check, checks_of
from courses.links.publishing import warnings
from courses.models import Link
from tests.factories import LessonFactory, ReferenceFactory

NAMES = ("dead", "moved", "failing", "fine", "unknown")


@pytest.mark.django_db
def test_an_editor_is_warned_of_addresses_that_readers_cannot_use(
    django_assert_num_queries: Any,
) -> None:
    lesson: Any = LessonFactory()
    for name in NAMES:
        ReferenceFactory(lesson=lesson, title=name.title(), url=f"https://{name}.example/")
    states = {"dead": "dead", "moved": "moved", "failing": "failing", "fine": "ok"}
    for name, state in states.items():
        Link.objects.create(
            url=f"https://{name}.example/",
            state=state,
            failing_since=date(2026, 5, 3),
            moved_to="https://new.example/",
        )
    document, course = text_document(lesson), lesson.track.course
    with django_assert_num_queries(1):
        found = list(warnings(document, course, "a/b.yaml"))
    assert found == [
        Check("The address of “Dead” has not answered since 3 May 2026.", "id_references-0-url"),
        Check("The address of “Moved” has moved to https://new.example/.", "id_references-1-url"),
    ]
    assert set(found) <= set(checks_of(document, course, "a/b.yaml"))
