"""Two people who save at the same moment: nobody meets an error of the site's."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from courses.admin import editions, forms
from courses.editor import deed_forms
from courses.links import fixing, storing
from courses.links.checking import Finding, Outcome
from courses.links.fixing import use_new_address
from courses.links.storing import store
from courses.models import Edition, Lesson, Link
from tests import people
from tests.at_once import at_once
from tests.factories import LessonFactory, ReferenceFactory

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(transactional_db: None) -> User:
    """Allowed everything: the group of editors goes with what other tests wrote."""
    return people.superuser()


def meet(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, before: bool = False) -> None:
    """Have two callers of `name` go on together, if the database lets both come so far."""
    barrier, whole = Barrier(2), getattr(owner, name)

    def meeting(*args: Any, **kwargs: Any) -> Any:
        found = None if before else whole(*args, **kwargs)
        with suppress(BrokenBarrierError):
            barrier.wait(0.5)
        return whole(*args, **kwargs) if before else found

    monkeypatch.setattr(owner, name, meeting)


def post_both(editor: User, *sent: tuple[str, dict[str, Any]]) -> list[Any]:
    """Who was refused first."""
    calls = []
    for url, data in sent:
        client = Client()
        client.force_login(editor)
        calls.append(partial(client.post, url, data))
    return sorted(at_once(*calls), key=lambda answer: answer.status_code)


def test_two_editions_of_one_name(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    course = LessonFactory().track.course
    meet(monkeypatch, editions.EditionForm, "clean")
    sent = {"course": course.pk, "name": "2027", "note": ""}
    refused, made = post_both(editor, *[("/admin/courses/edition/add/", sent)] * 2)
    assert (refused.status_code, made.status_code) == (200, 302)
    assert "The course has an edition of this name. Choose another." in refused.text
    assert Edition.objects.count() == 1


def test_two_new_lessons_of_one_address(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    track = LessonFactory(slug="first").track
    meet(monkeypatch, forms.KeyedForm, "clean")
    sent = {"track": track.pk, "title": "Agents", "slug": "agents", "minutes": "20"}
    refused, made = post_both(editor, *[("/admin/courses/lesson/add/", sent)] * 2)
    assert (refused.status_code, made.status_code) == (200, 302)
    assert "“Agents” has this already. Choose another one, or edit that." in refused.text
    assert Lesson.objects.filter(slug="agents").count() == 1


def test_two_lessons_moved_to_one_address(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    one = LessonFactory(title="Agents")
    two = LessonFactory(title="Other agents", track=one.track)
    meet(monkeypatch, deed_forms.PlaceForm, "clean")
    sent = {"track": one.track.pk, "slug": "taken", "position": "1"}
    urls = [f"/admin/courses/lesson/{lesson.pk}/place/" for lesson in (one, two)]
    refused, moved = post_both(editor, *((url, sent) for url in urls))
    assert (refused.status_code, moved.status_code) == (200, 302)
    assert "has this already. Choose another one, or edit that." in refused.text
    assert Lesson.objects.filter(slug="taken").count() == 1


def test_a_check_and_an_editor_do_not_wait_for_each_other(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, moved = "https://paper.example/1", "https://paper.example/2"
    ReferenceFactory(url=url)
    long_ago = NOW - timedelta(days=9)
    link = Link.objects.create(
        url=url, moved_to=moved, state="failing", failed_days=5, failing_since=long_ago.date()
    )
    # Each has locked its first row, and goes on to the other's.
    meet(monkeypatch, storing, "judge")
    meet(monkeypatch, fixing, "hand_over", before=True)
    failed = Finding(Outcome.FAILED, 404, "There is no such page any more.")
    at_once(
        lambda: store(url=url, finding=failed, now=NOW),
        lambda: use_new_address(link=link, by=editor, now=NOW),
    )
    assert connection.is_usable()
    assert Link.objects.filter(url=moved).exists()
