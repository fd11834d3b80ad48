"""A lesson that is not published, for whoever has the link."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Lesson, LessonDraft, LessonPreview, Status
from tests.courses.editor.forms import page, post, publish, said, sent
from tests.factories import ConceptFactory, LessonFactory


@pytest.fixture
def lesson(db: None) -> Lesson:
    lesson = LessonFactory(title="Quantization", status=Status.DRAFT)
    ConceptFactory(lesson=lesson, name="Rounding", slug="rounding")
    return lesson


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def link_of(client: Client, lesson: Lesson, days: str = "7") -> str:
    client.post(page(lesson, "preview"), {"days": days})
    token = LessonPreview.objects.latest("pk").token
    assert len(token) == 32
    return f"/preview/{token}/"


def test_whoever_has_the_link_sees_the_draft(
    as_editor: Client, lesson: Lesson, learner: User
) -> None:
    Lesson.objects.update(status=Status.PUBLISHED)
    post(as_editor, lesson, sent(as_editor, lesson, introduction="Only in the *draft*."))
    link = link_of(as_editor, lesson)
    signed_in = Client()
    signed_in.force_login(learner)
    for client in (Client(), signed_in, as_editor):
        answer = client.get(link)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "Only in the <em>draft</em>." in html
        assert "Preview: not published." in html
        assert '<meta name="robots" content="noindex">' in html
        assert "data-tick" not in html
        assert 'name="ticked"' not in html
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
    assert "Only in the" not in Client().get(lesson.get_absolute_url()).content.decode()


def test_an_unpublished_lesson_is_shown_and_then_the_published_one(
    as_editor: Client, lesson: Lesson
) -> None:
    link = link_of(as_editor, lesson)
    assert "Preview: not published." in Client().get(link).content.decode()
    publish(as_editor, lesson)
    html = Client().get(link).content.decode()
    assert "This is published: readers have it as you see it here." in html
    assert f'<a href="{lesson.get_absolute_url()}">Read the lesson</a>' in html


def test_a_link_ends(as_editor: Client, lesson: Lesson) -> None:
    links = [link_of(as_editor, lesson) for _number in range(3)]
    ended, expired, archived = links
    html = as_editor.get(page(lesson)).content.decode()
    assert [html.count(f"http://testserver{one}") for one in links] == [1, 1, 1]
    first = LessonPreview.objects.earliest("pk")
    as_editor.post(page(lesson, "preview_end", first.pk))
    LessonPreview.objects.filter(token__in=expired).update(expires_at=timezone.now())
    now = timezone.now()
    LessonPreview.objects.filter(token=expired.split("/")[2]).update(
        made_at=now - timedelta(days=7), expires_at=now
    )
    for gone in (ended, expired, "/preview/nothing/"):
        answer = Client().get(gone)
        assert answer.status_code == 404
        assert "<h1>This preview has ended</h1>" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store, private"
    assert Client().get(archived).status_code == 200
    Lesson.objects.update(status=Status.ARCHIVED)
    assert Client().get(archived).status_code == 404
    assert Client().post(archived).status_code == 405


@pytest.mark.parametrize("days", ["", "0", "31", "x"])
def test_for_how_long_is_chosen_from_a_list(as_editor: Client, lesson: Lesson, days: str) -> None:
    answer = as_editor.post(page(lesson, "preview"), {"days": days})
    assert said(answer) == ["Choose for how long the link works."]
    assert not LessonPreview.objects.exists()


def test_there_are_so_many_links_at_most(as_editor: Client, lesson: Lesson) -> None:
    now = timezone.now()
    maker = User.objects.get(email="edda@example.org")
    LessonPreview.objects.bulk_create(
        LessonPreview(
            lesson=lesson,
            token=f"{number:032}",
            made_at=now,
            expires_at=now + timedelta(days=1),
            made_by=maker,
        )
        for number in range(20)
    )
    answer = as_editor.post(page(lesson, "preview"), {"days": "7"})
    assert said(answer) == ["There are 20 links already. End one first."]


@pytest.mark.parametrize("name", ["preview", "preview_end"])
def test_only_editors_make_links(
    as_editor: Client, lesson: Lesson, teacher: User, name: str
) -> None:
    link_of(as_editor, lesson)
    more: list[Any] = [LessonPreview.objects.get().pk] if name == "preview_end" else []
    visitor = Client()
    assert visitor.post(page(lesson, name, *more), {"days": "7"}).status_code == 302
    visitor.force_login(teacher)
    assert visitor.post(page(lesson, name, *more), {"days": "7"}).status_code == 403
    assert as_editor.get(page(lesson, name, *more)).status_code == 405
    assert LessonPreview.objects.count() == 1
    assert not LessonDraft.objects.exists()
