"""From a draft to readers: reviewed, at once, at a time, taken back, thrown away."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.editor.desk import desk_of
from courses.editor.due import publish_due
from courses.editor.publishing import ChangedError
from courses.editor.withdrawing import take_back
from courses.models import Concept, Lesson, LessonDraft, Revision, Status
from tests.courses.editor.forms import page, post, publish, said, sent, stamp

NOW = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("UTC"))
LATER = NOW + timedelta(days=3)


def draft_of(client: Client, lesson: Lesson, title: str = "New title") -> LessonDraft:
    post(client, lesson, sent(client, lesson, title=title))
    return LessonDraft.objects.get()


def schedule(client: Client, lesson: Lesson, at: str) -> Any:
    url = page(lesson, "publish")
    return client.post(url, {"stamp": stamp(client, url), "_schedule": "1", "publish_at": at})


def test_to_review_and_out_of_it(as_editor: Client, lesson: Lesson) -> None:
    answer = post(as_editor, lesson, sent(as_editor, lesson, title="New"), "_review")
    assert said(answer) == ["Saved and in review. Readers still have the version that they had."]
    assert LessonDraft.objects.get().state == "review"
    post(as_editor, lesson, sent(as_editor, lesson, title="Newer"))
    assert LessonDraft.objects.get().state == "review"
    post(as_editor, lesson, sent(as_editor, lesson), "_draft")
    assert LessonDraft.objects.get().state == "draft"
    assert Lesson.objects.get().title == "Quantization"


def test_saying_nothing_takes_back_nobodys_note(
    as_editor: Client, other: Client, lesson: Lesson
) -> None:
    post(as_editor, lesson, sent(as_editor, lesson, title="New", note="Why", mark="new"))
    post(other, lesson, sent(other, lesson, summary="Short.", note="", mark=""))
    draft = LessonDraft.objects.get()
    assert (draft.note, draft.mark, draft.data["summary"]) == ("Why", "new", "Short.")
    post(other, lesson, sent(other, lesson, note="", mark=""))
    assert LessonDraft.objects.get().note == ""


def test_publishing_asks_first(as_editor: Client, lesson: Lesson) -> None:
    data = sent(as_editor, lesson, title="New title", concepts__0__body="")
    answer = post(as_editor, lesson, data, "_publish")
    assert (answer.status_code, answer.url) == (302, page(lesson, "publish"))
    dated = post(as_editor, lesson, sent(as_editor, lesson, title="New title"), "_schedule")
    assert dated.url == f"{page(lesson, 'publish')}#time-heading"
    answer = as_editor.get(answer.url)
    assert [one.label for one, _pieces in answer.context["differences"]] == [
        "Title",
        "Concept “Rounding”: text",
    ]
    checks = [(check.message, check.field) for check in answer.context["checks"]]
    assert ("“Rounding” has no text.", "id_concepts-0-body") in checks
    assert f'href="{page(lesson)}#id_concepts-0-body"' in answer.content.decode()
    assert Lesson.objects.get().title == "Quantization"


def test_a_long_text_is_folded_around_the_change(as_editor: Client, lesson: Lesson) -> None:
    text = "\n".join(f"Line {number} of a long text." for number in range(90))
    Concept.objects.filter(slug="rounding").update(body=text)
    changed = text.replace("Line 40 of", "Line 40 in")
    post(as_editor, lesson, sent(as_editor, lesson, concepts__0__body=changed))
    for name in ("publish", "discard"):
        html = as_editor.get(page(lesson, name)).content.decode()
        assert "Line 39 of a long text." in html
        assert "Line 2 of a long text." not in html


def test_there_may_be_nothing_to_publish(as_editor: Client, lesson: Lesson) -> None:
    answer = as_editor.get(page(lesson, "publish"))
    assert answer.context["nothing"] is True
    assert 'name="stamp"' not in answer.content.decode()


def test_a_date_is_on_the_editors_own_clock(
    as_editor: Client, lesson: Lesson, editor: User
) -> None:
    editor.time_zone = "Asia/Taipei"
    editor.save(update_fields=["time_zone"])
    draft_of(as_editor, lesson)
    assert (
        "On your own clock (Asia/Taipei)" in as_editor.get(page(lesson, "publish")).content.decode()
    )
    year = timezone.now().year + 1
    answer = schedule(as_editor, lesson, f"{year}-03-24T09:00")
    assert said(answer)[-1] == f"Scheduled for 24 Mar {year} 09:00."
    at = datetime(year, 3, 24, 1, tzinfo=ZoneInfo("UTC"))
    assert LessonDraft.objects.get().publish_at == at
    assert Lesson.objects.get().title == "Quantization"
    as_editor.post(page(lesson, "unschedule"))
    assert LessonDraft.objects.get().publish_at is None


@pytest.mark.parametrize(
    ("at", "error"),
    [
        ("", "Say on which day, and at what time."),
        ("2020-01-01T09:00", "This is past. Choose a time ahead, or publish now."),
        ("9999-01-01T09:00", "Choose a time within five years."),
        ("soon", "Enter a valid date/time."),
    ],
)
def test_a_date_must_lie_ahead(as_editor: Client, lesson: Lesson, at: str, error: str) -> None:
    draft_of(as_editor, lesson)
    answer = schedule(as_editor, lesson, at)
    assert answer.status_code == 200
    assert answer.context["time"].errors == {"publish_at": [error]}
    assert f'<a href="#id_publish_at">Publish at: {error}</a>' in answer.content.decode()
    assert LessonDraft.objects.get().publish_at is None


def test_a_new_lesson_gets_its_date(as_editor: Client, lesson: Lesson) -> None:
    Lesson.objects.update(status=Status.DRAFT)
    at = (timezone.now() + timedelta(days=2)).replace(microsecond=0, second=0)
    assert schedule(as_editor, lesson, f"{at:%Y-%m-%dT%H:%M}").status_code == 302
    after = Lesson.objects.get()
    assert (after.status, after.publish_at) == (Status.PUBLISHED, at)
    assert Client().get(lesson.get_absolute_url()).status_code == 404
    publish(as_editor, lesson)
    assert Lesson.objects.get().publish_at is None
    assert Client().get(lesson.get_absolute_url()).status_code == 200


def test_discarding_shows_what_is_lost(as_editor: Client, lesson: Lesson) -> None:
    draft_of(as_editor, lesson, "Thrown away")
    url = page(lesson, "discard")
    html = as_editor.get(url).content.decode()
    assert "Thrown" in html
    assert LessonDraft.objects.exists()
    answer = as_editor.post(url, {"stamp": stamp(as_editor, url)})
    assert said(answer)[-1] == "The draft is discarded."
    assert not LessonDraft.objects.exists()
    assert said(as_editor.get(url))[-1] == "Nothing to do: it was so already."


def test_taking_back_keeps_what_waited(as_editor: Client, lesson: Lesson) -> None:
    draft_of(as_editor, lesson)
    url = page(lesson, "take_back")
    assert as_editor.get(url).status_code == 200
    as_editor.post(url, {"stamp": stamp(as_editor, url)})
    after = Lesson.objects.get()
    assert (after.status, after.title) == (Status.DRAFT, "New title")
    assert not LessonDraft.objects.exists()
    assert Client().get(lesson.get_absolute_url()).status_code == 404


def test_taking_back_overwrites_nothing_newer(
    as_editor: Client, lesson: Lesson, editor: User
) -> None:
    draft_of(as_editor, lesson)
    url = page(lesson, "take_back")
    seen = stamp(as_editor, url)
    Concept.objects.filter(slug="rounding").update(body="Changed past the draft.\n")
    for answer in (as_editor.post(url, {"stamp": seen}), as_editor.get(url)):
        assert (answer.status_code, answer["Location"]) == (302, page(lesson))
        assert "the text that readers have was changed, too" in said(answer)[-1]
    desk = desk_of(lesson.pk)
    assert desk is not None
    with pytest.raises(ChangedError):
        take_back(lesson_id=lesson.pk, seen=desk.stamp, by=editor, now=NOW)
    assert Concept.objects.get(slug="rounding").body == "Changed past the draft.\n"
    assert LessonDraft.objects.exists()


def test_a_draft_waits_through_the_archive(as_editor: Client, lesson: Lesson) -> None:
    draft_of(as_editor, lesson)
    Lesson.objects.update(status=Status.ARCHIVED)
    LessonDraft.objects.update(publish_at=LATER)
    publish_due(LATER)
    assert Lesson.objects.get().status == Status.ARCHIVED
    post(as_editor, lesson, sent(as_editor, lesson, title="Later still"))
    Lesson.objects.update(status=Status.DRAFT)
    publish(as_editor, lesson)
    after = Lesson.objects.get()
    assert (after.title, after.status) == ("Later still", Status.PUBLISHED)
    assert not LessonDraft.objects.exists()


def test_the_place_of_a_lesson(as_editor: Client, lesson: Lesson) -> None:
    url = page(lesson, "place")
    data = {"track": lesson.track.pk, "slug": "quantizing", "position": "7"}
    assert as_editor.post(url, data).status_code == 302
    after = Lesson.objects.get()
    assert (after.slug, after.position) == ("quantizing", 7)
    assert Revision.objects.filter(lesson=lesson).latest("pk").name == "scientist/quantizing.yaml"
    answer = as_editor.post(url, data | {"slug": "Not an address"})
    assert list(answer.context["form"].errors) == ["slug"]


@pytest.mark.parametrize("name", ["publish", "discard", "take_back", "place", "unschedule"])
def test_only_editors_decide(
    client: Client, as_editor: Client, lesson: Lesson, teacher: User, name: str
) -> None:
    draft_of(as_editor, lesson)
    visitor = Client()
    assert visitor.post(page(lesson, name)).status_code == 302
    visitor.force_login(teacher)
    assert visitor.get(page(lesson, name)).status_code == 403
    assert visitor.post(page(lesson, name)).status_code == 403
    assert LessonDraft.objects.count() == 1
