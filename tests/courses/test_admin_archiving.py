"""Archiving asks first, keeps what learners did, and is taken back."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.history.recording import PAST, record
from courses.models import ConceptTick, Lesson, LessonDraft, Revision, Status
from tests.courses.test_admin import as_editor, change, said
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TermFactory,
)
from tests.quiz_factories import QuestionFactory, QuizFactory

__all__ = ["as_editor"]


@pytest.fixture
def lesson(db: None) -> Lesson:
    made: Lesson = LessonFactory(title="Attention")
    ConceptFactory(lesson=made, name="Queries")
    ReferenceFactory(lesson=made)
    return made


def address(thing: Any, name: str) -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[thing.pk])


def things_of(lesson: Lesson) -> dict[str, Any]:
    return {
        "track": lesson.track,
        "lesson": lesson,
        "concept": lesson.concepts.get(),
        "reference": lesson.references.get(),
        "notebook": NotebookFactory(course=lesson.track.course),
        "term": TermFactory(course=lesson.track.course),
        "question": QuestionFactory(concept=lesson.concepts.get()),
        "quiz": QuizFactory(lesson=lesson),
    }


def is_archived(thing: Any) -> bool:
    thing.refresh_from_db()
    return thing.status == Status.ARCHIVED if hasattr(thing, "status") else thing.archived


@pytest.mark.parametrize(
    "kind", ["track", "lesson", "concept", "reference", "notebook", "term", "question", "quiz"]
)
def test_there_and_back(as_editor: Client, editor: User, lesson: Lesson, kind: str) -> None:
    thing = things_of(lesson)[kind]
    # A concept is edited on its lesson's page.
    form = as_editor.get(change(thing)).content.decode()
    assert kind == "concept" or address(thing, "archive") in form
    page = as_editor.get(address(thing, "archive"))
    assert f"<h1>Archive “{thing}”</h1>" in page.content.decode().replace("&#x27;", "’")
    assert not is_archived(thing)

    data = {"post": "yes", "revision_note": "Out of date."}
    answer = as_editor.post(address(thing, "archive"), data)
    assert (answer.status_code, answer["Location"]) == (302, change(thing))
    assert is_archived(thing)
    recorded = Revision.objects.filter(made_by=editor).order_by("-pk")
    if kind != "quiz":  # one that asks nothing is in no file
        assert recorded[0].note == "Out of date."
    number = recorded.count()
    assert LogEntry.objects.filter(user=editor).count() == 1

    form = as_editor.get(change(thing)).content.decode()
    assert kind == "concept" or address(thing, "bring_back") in form
    as_editor.post(address(thing, "bring_back"), {"post": "yes"})
    assert not is_archived(thing)
    assert recorded.count() > number or kind == "quiz"


def test_what_learners_ticked_stays(as_editor: Client, learner: User, lesson: Lesson) -> None:
    concept = lesson.concepts.get()
    ConceptTick.objects.create(user=learner, concept=concept, ticked_at=timezone.now())
    as_editor.post(address(concept, "archive"), {"post": "yes"})
    assert "Queries" not in Client().get(lesson.get_absolute_url()).content.decode()
    lesson.refresh_from_db()
    assert lesson.version == 2
    as_editor.post(address(concept, "bring_back"), {"post": "yes"})
    assert ConceptTick.objects.get().concept == concept
    assert "Queries" in Client().get(lesson.get_absolute_url()).content.decode()


def test_several_at_once_ask_too(as_editor: Client, editor: User, lesson: Lesson) -> None:
    other = LessonFactory(track=lesson.track, status=Status.ARCHIVED)
    where = reverse("admin:courses_lesson_changelist")
    data = {"action": "archive", "_selected_action": [lesson.pk, other.pk]}
    page = as_editor.post(where, data)
    assert "Archive 2 lessons" in page.content.decode()
    assert not is_archived(lesson)
    answer = as_editor.post(where, data | {"post": "yes"})
    assert (answer.status_code, said(answer)) == (302, ["1 lesson is archived."])
    assert is_archived(lesson)
    assert LogEntry.objects.count() == 1
    assert said(as_editor.post(where, data | {"post": "yes"}))[-1] == (
        "Nothing to do: it was so already."
    )


def test_a_draft_that_waits_is_said(as_editor: Client, lesson: Lesson) -> None:
    where = address(lesson, "archive")
    assert "waits" not in as_editor.get(where).content.decode()
    now = timezone.now()
    base = record(course=lesson.track.course, names=None, change=PAST, now=now)[1]
    LessonDraft.objects.create(lesson=lesson, data={}, base=base, updated_at=now)
    assert "A draft of “Attention” waits." in as_editor.get(where).content.decode()


def test_others_cannot(client: Client, teacher: User, learner: User, lesson: Lesson) -> None:
    where = address(lesson, "archive")
    for person, status in ((teacher, 403), (learner, 302)):
        client.force_login(person)
        assert client.get(where).status_code == status
        assert client.post(where, {"post": "yes"}).status_code == status
    client.force_login(teacher)
    assert where not in client.get(change(lesson)).content.decode()
    assert not is_archived(lesson)


def test_bad_ids_and_notes(as_editor: Client, lesson: Lesson) -> None:
    assert as_editor.post("/admin/courses/lesson/0/archive/", {"post": "yes"}).status_code == 302
    answer = as_editor.post(address(lesson, "archive"), {"post": "yes", "revision_note": "a\x07b"})
    assert answer.context["form"].errors == {
        "revision_note": ["There is a character in it that cannot be shown. Type it again."]
    }
    assert not is_archived(lesson)
