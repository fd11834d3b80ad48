"""The round that gives readers what was planned for now."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.editor import due
from courses.editor.due import publish_due
from courses.editor.states import state_of
from courses.history.overview import overview
from courses.models import Concept, Lesson, LessonDraft, Revision
from tests.courses.editor.forms import page, post, sent
from tests.courses.editor.test_publishing import LATER, draft_of
from tests.factories import LessonFactory


def test_the_round_publishes_what_is_due(as_editor: Client, lesson: Lesson, editor: User) -> None:
    draft = draft_of(as_editor, lesson)
    LessonDraft.objects.update(publish_at=LATER, mark="new", note="At last.")
    publish_due(LATER - timedelta(seconds=1))
    assert Lesson.objects.get().title == "Quantization"
    publish_due(LATER)
    publish_due(LATER)
    after = Lesson.objects.get()
    assert (after.title, after.version, after.updated_at) == ("New title", 2, LATER)
    assert not LessonDraft.objects.filter(pk=draft.pk).exists()
    newest = Revision.objects.filter(lesson=lesson).latest("pk")
    assert (newest.made_by, newest.mark, newest.note, newest.public) == (
        editor,
        "new",
        "At last.",
        True,
    )


def test_what_cannot_be_published_waits_and_says_why_once(
    as_editor: Client, lesson: Lesson, editor: User, caplog: Any
) -> None:
    draft_of(as_editor, lesson)
    at = datetime.now(ZoneInfo("UTC")) - timedelta(minutes=1)
    LessonDraft.objects.update(publish_at=at)
    Concept.objects.filter(slug="rounding").update(body="Changed past the draft.\n")
    before = as_editor.get(page(lesson)).context["said"]
    assert before[2].startswith("They are not published on")
    publish_due(timezone.now())
    publish_due(timezone.now())
    assert Lesson.objects.get().title == "Quantization"
    said = [record.getMessage() for record in caplog.records if "draft" in record.getMessage()]
    assert said == ["The draft of scientist/quantization was not published: ChangedError()."]
    draft = LessonDraft.objects.get()
    words = "changes that could not be published: the text that readers have was changed since"
    assert str(state_of(draft.lesson, draft, LATER)) == f"Published · {words}"
    assert [str(one.state) for one in overview(editor, LATER).waiting] == [f"Published · {words}"]
    sentences = as_editor.get(page(lesson)).context["said"]
    assert sentences[2].endswith("and could not be.")
    assert sentences[3].startswith("Since the draft was begun")
    assert len(sentences) == 4


def test_who_saves_what_failed_decides_anew_when_it_comes(
    as_editor: Client, lesson: Lesson
) -> None:
    draft_of(as_editor, lesson)
    LessonDraft.objects.update(publish_at=timezone.now(), problem="refused")
    says = as_editor.get(page(lesson)).context["said"][2]
    assert says.endswith("could not be: the text breaks a rule of the course’s files.")
    post(as_editor, lesson, sent(as_editor, lesson, title="Newest"))
    assert LessonDraft.objects.values_list("publish_at", "problem").get() == (None, "")
    publish_due(LATER)
    assert Lesson.objects.get().title == "Quantization"


def test_one_that_fails_keeps_no_other_from_its_readers(
    as_editor: Client, lesson: Lesson, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    draft_of(as_editor, lesson)
    LessonDraft.objects.update(publish_at=LATER)
    other = LessonFactory(track=lesson.track, slug="other")
    draft = LessonDraft.objects.get()
    data, base = {**draft.data, "title": "Other"}, draft.base
    LessonDraft.objects.create(
        lesson=other, data=data, base=base, publish_at=LATER, updated_at=LATER
    )
    real, tried = due.publish_draft, []

    def publish_draft(lesson_id: int, now: datetime) -> None:
        tried.append(lesson_id)
        if lesson_id == lesson.pk:
            raise KeyError("a mistake of ours")
        real(lesson_id, now)

    monkeypatch.setattr(due, "publish_draft", publish_draft)
    publish_due(LATER)
    publish_due(LATER)
    assert tried == [lesson.pk, other.pk]
    messages = [record.getMessage() for record in caplog.records if "could" in record.getMessage()]
    assert messages == ["The draft of scientist/quantization could not be published."]
    assert LessonDraft.objects.get(lesson=lesson).problem == "failed"
