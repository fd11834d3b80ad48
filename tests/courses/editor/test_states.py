"""The list of lessons says which text readers have."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.editor.states import state_of
from courses.models import Lesson, LessonDraft, Revision, Status
from tests.factories import LessonFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("UTC"))
EDDA = User(email="edda@example.org", display_name="Edda")


def draft(**more: Any) -> LessonDraft:
    return LessonDraft(**{"data": {}, "updated_at": NOW, "updated_by": EDDA, **more})


@pytest.mark.parametrize(
    ("lesson", "waiting", "words"),
    [
        ({"status": "published"}, None, "Published"),
        ({"status": "published", "publish_at": NOW}, None, "Published"),
        ({"status": "published"}, draft(), "Published · draft by Edda"),
        ({"status": "published"}, draft(updated_by=None), "Published · draft"),
        ({"status": "published"}, draft(state="review"), "Published · changes in review"),
        (
            {"status": "published"},
            draft(publish_at=NOW + timedelta(days=3)),
            "Published · changes scheduled for 24 Nov 09:00",
        ),
        (
            {"status": "published"},
            draft(publish_at=NOW, problem="refused"),
            "Published · changes that could not be published: the text breaks a rule of the "
            "course’s files",
        ),
        (
            {"status": "published", "publish_at": NOW + timedelta(days=72)},
            None,
            "Scheduled for 1 Feb 2027 09:00",
        ),
        ({"status": "draft"}, None, "Draft"),
        ({"status": "review"}, None, "In review"),
        ({"status": "archived"}, None, "Archived"),
        ({"status": "archived"}, draft(), "Archived · draft by Edda"),
    ],
)
def test_states_in_words(lesson: dict[str, Any], waiting: LessonDraft | None, words: str) -> None:
    assert str(state_of(Lesson(**lesson), waiting, NOW)) == words


def waiting_draft(lesson: Lesson, editor: User, **more: Any) -> LessonDraft:
    now = timezone.now()
    base = Revision.objects.create(
        course=lesson.track.course, name="x", lesson=lesson, data={}, source="editor", made_at=now
    )
    return LessonDraft.objects.create(
        lesson=lesson,
        base=base,
        data={},
        updated_at=now,
        updated_by=editor,
        **more,
    )


def test_lists_by_state(client: Client, editor: User) -> None:
    client.force_login(editor)
    later = timezone.now() + timedelta(days=2)
    plain, changed, ahead = (LessonFactory() for _number in range(3))
    waiting_draft(changed, editor, state="review", publish_at=later)
    Lesson.objects.filter(pk=ahead.pk).update(publish_at=later)
    new, reviewed, gone = (LessonFactory(status=one) for one in ("draft", "review", "archived"))

    def listed(state: str) -> set[Lesson]:
        answer = client.get("/admin/courses/lesson/", {"state": state})
        return set(answer.context["cl"].result_list)

    assert {state: listed(state) for state in ("published", "waiting", "scheduled")} == {
        "published": {plain, changed},
        "waiting": {changed},
        "scheduled": {changed, ahead},
    }
    assert {state: listed(state) for state in ("draft", "review", "archived")} == {
        "draft": {new},
        "review": {reviewed, changed},
        "archived": {gone},
    }
    assert len(listed("nonsense")) == 6


@pytest.mark.parametrize("number", [1, 3])
def test_drafts_cost_the_list_nothing(
    client: Client, editor: User, django_assert_num_queries: Any, number: int
) -> None:
    client.force_login(editor)
    for _number in range(number):
        waiting_draft(LessonFactory(status=Status.PUBLISHED), editor)
    client.get("/admin/courses/lesson/")
    # Session, person, two of permissions; count (twice), rows, tracks to filter by.
    with django_assert_num_queries(8):
        html = client.get("/admin/courses/lesson/").content.decode()
    assert len(re.findall("Published · draft by Edda Lind", html)) == number
