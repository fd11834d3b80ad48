"""Everything in the administration, as an editor: all of the content, nothing of people."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.history.recording import PAST, record
from courses.models import Edition, Lesson
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TermFactory,
)
from tests.quiz_factories import QuestionFactory, quiz_of
from tests.test_admin_pages import NOW

# What an editor changes, and what they only look at; a new model belongs into one of these or into
# what they never see.
EDITED = {
    "courses.Concept",
    "courses.Course",
    "courses.Edition",
    "courses.Image",
    "courses.Lesson",
    "courses.Notebook",
    "courses.ReadmeImport",
    "courses.Reference",
    "courses.Term",
    "courses.Track",
    "quizzes.Question",
    "quizzes.Quiz",
}
SEEN = {"courses.Link", "courses.Revision", "quizzes.Regrade"}


def registered() -> dict[str, Any]:
    return {model._meta.label: one for model, one in admin.site._registry.items()}


def address(of: Any, action: str, *args: Any) -> str:
    return reverse(f"admin:{of.opts.app_label}_{of.opts.model_name}_{action}", args=args)


def test_every_list_and_every_new_thing(client: Client, editor: User) -> None:
    client.force_login(editor)
    lists, added = set(), set()
    for label, of in registered().items():
        answer = client.get(address(of, "changelist"))
        assert answer.status_code in {200, 403}, label
        lists |= {label} if answer.status_code == 200 else set()
        answer = client.get(address(of, "add"))
        assert answer.status_code in {200, 403}, label
        added |= {label} if answer.status_code == 200 else set()
    assert lists == EDITED | SEEN
    assert added == EDITED


def test_the_rest_of_the_permissions(editor: User) -> None:
    """Of other apps' tables an editor may nothing, not even by an address that is guessed."""
    allowed = {name.partition(".")[0] for name in editor.get_all_permissions()}
    assert allowed == {"courses", "quizzes"}
    people = ("user", "group", "membership", "enrolment", "progress", "attempt", "response")
    assert [name for name in sorted(editor.get_all_permissions()) if name.endswith(people)] == []


@pytest.fixture
def things(db: None) -> dict[str, Any]:
    """One of each kind of content, by its label."""
    lesson: Lesson = LessonFactory()
    concept = ConceptFactory(lesson=lesson)
    question = QuestionFactory(concept=concept)
    course = lesson.track.course
    revision = record(course=course, names=None, change=PAST, now=NOW)[0]
    edition = Edition.objects.create(course=course, name="2026", made_at=NOW)
    made = [
        *(course, lesson.track, lesson, concept, question, revision, edition),
        *(ReferenceFactory(lesson=lesson), NotebookFactory(course=course), quiz_of(question)),
        TermFactory(course=course, concept=concept),
    ]
    return {one._meta.label: one for one in made}


def test_every_page_of_every_thing(client: Client, editor: User, things: dict[str, Any]) -> None:
    client.force_login(editor)
    pages = ("change", "history")
    put = ("archive", "bring_back")
    for label, thing in things.items():
        of = registered()[label]
        for name in pages:
            if label in {"courses.Revision", "courses.Edition"} and name == "history":
                continue
            answer = client.get(address(of, name, thing.pk), follow=True)
            assert answer.status_code == 200, f"{label} {name}"
        archivable = label not in {"courses.Course", "courses.Revision", "courses.Edition"}
        for name in put if archivable else ():
            answer = client.get(address(of, name, thing.pk))
            assert answer.status_code == 200, f"{label} {name}"
        answer = client.post(address(of, "delete", thing.pk), {"post": "yes"})
        assert answer.status_code == 403, label
        assert type(thing).objects.filter(pk=thing.pk).exists()


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, route)
        else:
            yield route


def test_no_address_of_people_opens(client: Client, editor: User, learner: User) -> None:
    """Whatever the administration has below a table that is no content."""
    client.force_login(editor)
    mine = {label.lower().replace(".", "/") for label in EDITED | SEEN}
    others = {label.lower().replace(".", "/") for label in registered()} - mine
    found = [
        re.sub(r"<\w+:\w+>", str(learner.pk), route)
        for route in routes(admin.site.get_urls())
        if "/".join(route.split("/")[:2]) in others
    ]
    assert len(found) >= 5 * len(others)
    for route in found:
        # A row that is not there is told on the first page.
        for answer in (client.get(f"/admin/{route}"), client.post(f"/admin/{route}")):
            assert answer.status_code in {302, 403, 404, 405}, route
            if answer.status_code == 302:
                assert answer["Location"] in {"/admin/", f"../../../{route}"} or (
                    f"{learner.pk}/change/" in answer["Location"]
                )
