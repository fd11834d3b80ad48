"""Two editors on one lesson: nobody's text is overwritten or lost."""

from typing import Any

from django.test import Client
from django.utils import timezone

from courses.content.applying import apply
from courses.content.documents import name_of, text_document
from courses.editor.desk import desk_of
from courses.history.recording import Change, record
from courses.models import Lesson, LessonDraft, Status
from tests.courses.editor.forms import page, post, publish, said, sent, sent_of


def choices(data: dict[str, Any], side: str) -> dict[str, Any]:
    numbers = [name.removeprefix("path-") for name in data if name.startswith("path-")]
    return {**data, **{f"choice-{number}": side for number in numbers}}


def labels(answer: Any) -> list[str]:
    return [clash.label for clash in answer.context["clashes"]]


def test_different_parts_are_put_together(as_editor: Client, other: Client, lesson: Lesson) -> None:
    mine = sent(as_editor, lesson, concepts__0__body="Mine.")
    post(other, lesson, sent(other, lesson, title="Theirs"))
    answer = post(as_editor, lesson, mine)
    assert answer.status_code == 409
    assert labels(answer) == []
    assert [(save.who, save.what) for save in answer.context["saves"]] == [
        ("Otto Berg", "saved the draft")
    ]
    assert LessonDraft.objects.get().edit == 1
    assert post(as_editor, lesson, sent_of(answer)).status_code == 302
    data = LessonDraft.objects.get().data
    assert (data["title"], data["concepts"][0]["body"]) == ("Theirs", "Mine.\n")


def test_a_button_pressed_twice_is_no_conflict(as_editor: Client, lesson: Lesson) -> None:
    mine = sent(as_editor, lesson, title="Mine")
    assert [post(as_editor, lesson, mine).status_code for _click in range(2)] == [302, 302]
    assert LessonDraft.objects.get().data["title"] == "Mine"


def test_the_same_part_needs_a_choice(as_editor: Client, other: Client, lesson: Lesson) -> None:
    changes = {"concepts__0__body": "Mine.", "summary": "Mine, too."}
    mine = sent(as_editor, lesson, **changes)
    post(other, lesson, sent(other, lesson, concepts__0__body="Theirs.", minutes="99"))
    answer = post(as_editor, lesson, mine)
    assert answer.status_code == 409
    assert labels(answer) == ["Concept “Rounding”: text"]
    clash = answer.context["clashes"][0]
    assert (clash.mine[0].text, clash.theirs[0].text, clash.chosen) == ("Old", "Old", "")
    html = answer.content.decode()
    assert '<label for="theirs-1">Take theirs</label>' in html
    assert html.count(" checked") == 1  # of the quiz; no side is chosen

    # None chosen: asked again, with all of the text.
    answer = post(as_editor, lesson, sent_of(answer))
    assert answer.status_code == 409
    assert sent_of(answer)["concepts-0-body"] == "Mine.\r\n"

    answer = post(as_editor, lesson, choices(sent_of(answer), "theirs"))
    assert answer.status_code == 302
    data = LessonDraft.objects.get().data
    assert data["concepts"][0]["body"] == "Theirs.\n"
    assert (data["minutes"], data["summary"]) == (99, "Mine, too.")


def test_choices_are_of_what_was_shown(as_editor: Client, other: Client, lesson: Lesson) -> None:
    mine = sent(as_editor, lesson, title="Mine")
    post(other, lesson, sent(other, lesson, title="Theirs"))
    shown = choices(sent_of(post(as_editor, lesson, mine)), "mine")
    post(other, lesson, sent(other, lesson, title="Theirs again"))
    answer = post(as_editor, lesson, shown)
    assert answer.status_code == 409
    assert LessonDraft.objects.get().data["title"] == "Theirs again"
    post(as_editor, lesson, choices(sent_of(answer), "mine"))
    assert LessonDraft.objects.get().data["title"] == "Mine"


def test_a_choice_about_nonsense_is_none(as_editor: Client, other: Client, lesson: Lesson) -> None:
    mine = sent(as_editor, lesson, title="Mine")
    post(other, lesson, sent(other, lesson, title="Theirs"))
    shown = sent_of(post(as_editor, lesson, mine))
    for path in ("[" * 100_000, "{", "1"):
        answer = post(as_editor, lesson, {**shown, "choice-1": "mine", "path-1": path})
        assert (answer.status_code, labels(answer)) == (409, ["Title"])


def test_removed_here_and_changed_there(as_editor: Client, other: Client, lesson: Lesson) -> None:
    mine = sent(as_editor, lesson, concepts__0__archived="on")
    post(other, lesson, sent(other, lesson, concepts__0__claim="Changed"))
    answer = post(as_editor, lesson, mine)
    assert labels(answer) == ["Concept “Rounding”"]
    post(as_editor, lesson, choices(sent_of(answer), "mine"))
    assert [one["slug"] for one in LessonDraft.objects.get().data["concepts"]] == ["scaling"]


def test_published_meanwhile_is_not_changed_at_once(
    as_editor: Client, other: Client, lesson: Lesson
) -> None:
    """What was a draft is with readers now: saving it must not reach them."""
    Lesson.objects.update(status=Status.DRAFT)
    mine = sent(as_editor, lesson, title="Mine")
    publish(other, lesson, note="It is ready.")
    answer = post(as_editor, lesson, mine)
    assert answer.status_code == 409
    assert answer.context["saves"][0].what == "changed the lesson: It is ready."
    post(as_editor, lesson, sent_of(answer))
    assert Lesson.objects.get().title == "Quantization"
    assert LessonDraft.objects.get().data["title"] == "Mine"


def test_a_draft_beside_newer_files_is_brought_up_to_date(
    as_editor: Client, lesson: Lesson
) -> None:
    post(as_editor, lesson, sent(as_editor, lesson, title="Draft", summary="Draft."))
    now, course = timezone.now(), lesson.track.course
    document = text_document(Lesson.objects.get()) | {"title": "Files", "minutes": 50}
    apply(course=course, name=name_of(lesson), data=document, now=now)
    record(course=course, names=None, change=Change("files"), now=now)
    desk = desk_of(lesson.pk)
    assert desk is not None
    refused = as_editor.post(page(lesson, "publish"), {"stamp": desk.stamp, "_now": "1"})
    assert refused.headers["Location"] == page(lesson, "publish")
    assert Lesson.objects.get().title == "Files"
    asked = as_editor.get(page(lesson, "publish")).content.decode()
    assert "Publish the changes now" not in asked
    assert "Go to the draft" in asked

    answer = as_editor.get(page(lesson))
    assert "the text that readers have was changed, too" in answer.context["said"][-1]
    answer = post(as_editor, lesson, sent_of(answer))
    assert (answer.status_code, labels(answer)) == (409, ["Title"])
    post(as_editor, lesson, choices(sent_of(answer), "mine"))
    publish(as_editor, lesson)
    after = Lesson.objects.get()
    assert (after.title, after.summary, after.minutes) == ("Draft", "Draft.", 50)


def test_a_form_that_says_nothing_of_before_overwrites_nothing(
    as_editor: Client, lesson: Lesson
) -> None:
    data = sent(as_editor, lesson, title="Mine") | {"seen": "", "base": "x"}
    assert post(as_editor, lesson, data).status_code == 409
    assert not LessonDraft.objects.exists()


def test_what_publishing_showed_is_what_is_published(
    as_editor: Client, other: Client, lesson: Lesson
) -> None:
    post(as_editor, lesson, sent(as_editor, lesson, title="Shown"))
    stamp = as_editor.get(page(lesson, "publish")).context["stamp"]
    post(other, lesson, sent(other, lesson, title="Not shown"))
    answer = as_editor.post(page(lesson, "publish"), {"stamp": stamp})
    assert said(answer)[-1] == (
        "Somebody changed this lesson while you looked. Look again, then decide."
    )
    assert Lesson.objects.get().title == "Quantization"
    for name in ("discard", "take_back"):
        as_editor.post(page(lesson, name), {"stamp": stamp})
    assert LessonDraft.objects.get().data["title"] == "Not shown"
    assert Lesson.objects.get().status == Status.PUBLISHED
