"""Writing a lesson: the form, its draft, and what readers have meanwhile."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.content.documents import text_document
from courses.models import Concept, Lesson, LessonDraft, Reference, Revision, Status
from tests.courses.editor.forms import faults, page, post, publish, said, sent, sent_of
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory


def text_of_readers(lesson: Lesson) -> str:
    return Client().get(lesson.get_absolute_url()).content.decode()


def test_a_change_waits_as_a_draft_until_it_is_published(
    as_editor: Client, lesson: Lesson, editor: User
) -> None:
    answer = post(
        as_editor, lesson, sent(as_editor, lesson, concepts__0__body="New\r\nand **better**.")
    )
    assert (answer.status_code, answer.url) == (302, page(lesson))
    assert said(answer) == ["Saved as a draft. Readers still have the version that they had."]
    draft = LessonDraft.objects.get()
    assert draft.data["concepts"][0]["body"] == "New\nand **better**.\n"
    assert (draft.state, draft.edit, draft.updated_by) == ("draft", 1, editor)
    assert "<p>Old.</p>" in text_of_readers(lesson)
    assert Lesson.objects.get().version == 1

    answer = publish(as_editor, lesson, mark="fix", note="Clearer.")
    assert answer.status_code == 302
    assert "<p>New\nand <strong>better</strong>.</p>" in text_of_readers(lesson)
    assert not LessonDraft.objects.exists()
    lesson.refresh_from_db()
    assert lesson.version == 2
    newest = Revision.objects.filter(lesson=lesson).latest("pk")
    assert (newest.source, newest.mark, newest.note, newest.made_by) == (
        "editor",
        "fix",
        "Clearer.",
        editor,
    )
    assert [str(entry) for entry in LogEntry.objects.order_by("pk")] == [
        "Changed “Quantization” — Changed text for concept “Rounding”.",
        "Changed “Quantization” — Published.",
    ]


def test_saving_what_was_there_changes_nothing(as_editor: Client, lesson: Lesson) -> None:
    Concept.objects.filter(slug="scaling").update(body="  Odd ends, no line break  ")
    before = [list(model.objects.values()) for model in (Lesson, Concept, Reference)]
    answer = post(as_editor, lesson, sent(as_editor, lesson))
    assert said(answer) == ["Nothing differs from what readers have, so there is no draft."]
    Lesson.objects.update(status=Status.DRAFT)
    assert post(as_editor, lesson, sent(as_editor, lesson)).status_code == 302
    Lesson.objects.update(status=Status.PUBLISHED)
    assert [list(model.objects.values()) for model in (Lesson, Concept, Reference)] == before
    assert not LessonDraft.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_lesson_that_readers_do_not_have_is_saved_as_it_is(
    as_editor: Client, lesson: Lesson
) -> None:
    Lesson.objects.update(status=Status.DRAFT)
    answer = post(as_editor, lesson, sent(as_editor, lesson, title="Rounding numbers"), "_review")
    assert said(answer) == ["Saved and in review. Readers do not have this lesson yet."]
    lesson.refresh_from_db()
    assert (lesson.title, lesson.status) == ("Rounding numbers", Status.REVIEW)
    assert not LessonDraft.objects.exists()
    assert publish(as_editor, lesson).status_code == 302
    assert "<h1>Rounding numbers</h1>" in text_of_readers(lesson)


def test_rows_are_added_removed_and_put_in_order(as_editor: Client, lesson: Lesson) -> None:
    data = sent(
        as_editor,
        lesson,
        concepts__TOTAL_FORMS="4",
        concepts__0__archived="on",
        concepts__1__position="2",
        concepts__2__name="Mixed precision",
        concepts__2__position="1",
        concepts__3__name="",
        references__0__url="https://example.org/other",
    )
    assert post(as_editor, lesson, data).status_code == 302
    draft = LessonDraft.objects.get().data
    assert [one["slug"] for one in draft["concepts"]] == ["mixed-precision", "scaling"]
    assert [one["url"] for one in draft["references"]] == ["https://example.org/other"]
    publish(as_editor, lesson)
    assert dict(Concept.objects.values_list("slug", "archived")) == {
        "rounding": True,
        "scaling": False,
        "mixed-precision": False,
    }


def test_what_was_removed_is_brought_back_with_its_text(as_editor: Client, lesson: Lesson) -> None:
    Concept.objects.filter(slug="rounding").update(archived=True, fact_prompt="?", fact_answer="!")
    Reference.objects.update(archived=True)
    data = sent(as_editor, lesson, title="Not lost")
    answer = as_editor.post(page(lesson), {**data, "_back_concepts": "rounding"})
    answer = as_editor.post(
        page(lesson), {**sent_of(answer), "_back_references": "https://example.org/paper"}
    )
    assert answer.status_code == 200
    assert not LessonDraft.objects.exists()
    post(as_editor, lesson, sent_of(answer))
    data = LessonDraft.objects.get().data
    assert data["title"] == "Not lost"
    assert [one["slug"] for one in data["concepts"]] == ["scaling", "rounding"]
    assert data["concepts"][1]["body"] == "Old.\n"
    assert data["concepts"][1]["fact"] == {"prompt": "?", "answer": "!"}
    assert [one["title"] for one in data["references"]] == ["A paper"]


def test_a_row_is_added_without_script_and_nothing_is_lost(
    as_editor: Client, lesson: Lesson
) -> None:
    data = sent(as_editor, lesson, title="[" * 500, introduction="Typed.")
    answer = as_editor.post(page(lesson), {**data, "_add_concepts": "1"})
    again = sent_of(answer)
    assert answer.context["sheet"].faults == []
    assert (again["concepts-TOTAL_FORMS"], again["introduction"]) == (3, "Typed.")
    assert again["title"] == "[" * 500
    assert again["seen"] == data["seen"]
    assert 'name="concepts-2-name"' in answer.content.decode()


def test_errors_are_at_their_fields_and_nothing_is_lost(as_editor: Client, lesson: Lesson) -> None:
    ConceptFactory(lesson=lesson, slug="gone", name="Gone", archived=True, position=9)
    data = sent(
        as_editor,
        lesson,
        title="",
        introduction="[" * 500,
        minutes="0",
        concepts__TOTAL_FORMS="4",
        concepts__0__body="Said:\r\n\r\n>>>>>>>>> deep",
        concepts__1__fact_prompt="Why?",
        outcomes="Do it\r\n" + "x" * 201,
        exercise_answer="So.",
        concepts__2__name="Gone",
        concepts__3__name="Scaling",
        references__TOTAL_FORMS="2",
        references__0__author="Copied\x07 text",
        references__1__title="A paper again",
        references__1__url="https://example.org/paper",
        references__1__kind="paper",
    )
    answer = post(as_editor, lesson, data)
    assert answer.status_code == 200
    assert faults(answer) == {
        "id_title": "This field is required.",
        "id_outcomes": "Line 2 has 201 characters; 200 is the most.",
        "id_exercise_task": "There is an answer: write its task, too.",
        "id_introduction": "Line 1: The paragraph has over 400 marks such as [ * _ `. "
        "Divide it with an empty line.",
        "id_minutes": "Ensure this value is greater than or equal to 1.",
        "id_concepts-0-body": "Line 3: Lists and quotes nest 8 levels at most.",
        "id_concepts-1-fact_answer": "There is a question: write its answer, too.",
        "id_concepts-2-slug": "“Gone”, which is archived, has this already. "
        "Bring it back, or change it.",
        "id_concepts-3-slug": "“Scaling” has this already. Choose another one, or edit that.",
        "id_references-0-author": "Line 1 has a control character (U+0007) that nobody sees. "
        "Delete it.",
        "id_references-1-url": "“A paper” has this already. Choose another one, or edit that.",
    }
    html = answer.content.decode()
    for field in faults(answer):
        assert f'href="#{field}"' in html
        assert f'id="{field}"' in html
    assert ">>>>>>>>> deep" in answer.context["sheet"].concepts.forms[0]["body"].value()
    assert not LessonDraft.objects.exists()


@pytest.mark.parametrize("field", ["title", "concepts-0-body", "references-0-url", "note"])
def test_nul_is_refused_at_its_field(as_editor: Client, lesson: Lesson, field: str) -> None:
    answer = post(as_editor, lesson, sent(as_editor, lesson) | {field: "a\0b"})
    assert list(faults(answer)) == [f"id_{field}"]


def test_an_address_that_cannot_be_opened_is_told_once(as_editor: Client, lesson: Lesson) -> None:
    answer = post(
        as_editor, lesson, sent(as_editor, lesson, references__0__url="ftp://example.org")
    )
    assert [(fault.field, fault.message) for fault in answer.context["sheet"].faults] == [
        ("id_references-0-url", "Give a whole address that begins with http:// or https://.")
    ]


@pytest.mark.parametrize("cut", ["concepts-1-", "references-0-"])
def test_rows_that_did_not_arrive_are_not_removed(
    as_editor: Client, lesson: Lesson, cut: str
) -> None:
    Lesson.objects.update(status=Status.DRAFT)
    ReferenceFactory(lesson=lesson)
    data = {
        name: value
        for name, value in sent(as_editor, lesson, title="Mine").items()
        if not name.startswith(cut)
    }
    answer = post(as_editor, lesson, data)
    assert "Rows are missing" in faults(answer)["lesson-part"]
    # The page that says so has empty rows in their place: they are no wish to remove any.
    shown = {f"{cut}{name}": "" for name in ("was", "name", "slug", "title", "url")}
    assert "Rows are missing" in faults(post(as_editor, lesson, data | shown))["lesson-part"]
    assert not Concept.objects.filter(archived=True).exists()
    assert not Reference.objects.filter(archived=True).exists()
    assert Lesson.objects.get().title == "Quantization"


def test_the_address_of_a_known_concept_stays(as_editor: Client, lesson: Lesson) -> None:
    data = sent(as_editor, lesson, concepts__0__slug="other", concepts__0__name="Rounding off")
    post(as_editor, lesson, data)
    assert LessonDraft.objects.get().data["concepts"][0]["slug"] == "rounding"


def test_a_draft_is_nowhere_where_readers_look(as_editor: Client, lesson: Lesson) -> None:
    data = sent(
        as_editor,
        lesson,
        title="Zebrafish",
        introduction="Zebrafish",
        concepts__0__name="Zebrafish",
        concepts__0__body="Zebrafish",
        references__0__title="Zebrafish",
    )
    post(as_editor, lesson, data)
    course = lesson.track.course
    public = [
        lesson.get_absolute_url(),
        lesson.track.get_absolute_url(),
        course.get_absolute_url(),
        "/",
        "/search/?q=zebrafish&for=x",
        f"{lesson.get_absolute_url()}changes/",
        f"{course.get_absolute_url()}changes/",
        f"{course.get_absolute_url()}changes.atom",
    ]
    for client in (Client(), as_editor):
        pages = [client.get(address).content.decode() for address in public]
        assert [html.count("Zebrafish") for html in pages] == [0] * len(public)


def test_what_editing_costs_does_not_grow(
    as_editor: Client, lesson: Lesson, django_assert_num_queries: Any
) -> None:
    post(as_editor, lesson, sent(as_editor, lesson, title="A draft"))
    as_editor.get(page(lesson))
    for count in (0, 9):
        for _number in range(count):
            ConceptFactory(lesson=lesson)
            ReferenceFactory(lesson=lesson)
        # Session, person; lesson, concepts, what they need, references, draft, revision; two of
        # permissions; previews; the addresses of concepts; for the checks: dead links, questions.
        with django_assert_num_queries(14):
            as_editor.get(page(lesson))


def test_what_a_lesson_gives_and_asks_is_edited(as_editor: Client, lesson: Lesson) -> None:
    other = LessonFactory(track=lesson.track, slug="memory", position=lesson.position - 1)
    ConceptFactory(lesson=other, slug="cache", name="The cache")
    data = sent(
        as_editor,
        lesson,
        outcomes="Round by *hand*\r\n\r\n  Name the error ",
        exercise_task="Round it.",
        exercise_answer="Two.",
        concepts__1__needs=" rounding scientist/memory/cache ,",
        references__0__level="advanced",
    )
    answer = post(as_editor, lesson, data)
    assert answer.status_code == 302
    publish(as_editor, lesson)
    document = text_document(Lesson.objects.get(pk=lesson.pk))
    assert document["outcomes"] == ["Round by *hand*", "Name the error"]
    assert document["exercise"] == {"task": "Round it.", "answer": "Two."}
    assert document["concepts"][1]["needs"] == ["rounding", "scientist/memory/cache"]
    assert document["references"][0]["level"] == "advanced"

    again = as_editor.get(page(lesson))
    assert sent_of(again)["concepts-1-needs"] == "rounding, scientist/memory/cache"
    assert again.context["addresses"] == {
        "scientist/memory/cache": f"The cache ({other.title})",
        "rounding": "Rounding (Quantization)",
        "scaling": "Scaling (Quantization)",
    }
    post(as_editor, lesson, sent_of(again))
    assert not LessonDraft.objects.exists()


def test_needs_that_cannot_be_are_said_at_their_field(as_editor: Client, lesson: Lesson) -> None:
    data = sent(
        as_editor, lesson, concepts__0__needs="scaling", concepts__1__needs="rounding, x/y/z"
    )
    assert faults(post(as_editor, lesson, data)) == {
        "id_concepts-1-needs": "the course has no concept “x/y/z”.",
        "id_concepts-0-needs": "goes round in a circle: scientist/quantization/rounding → "
        "scientist/quantization/scaling → scientist/quantization/rounding.",
    }


def test_who_may_edit(client: Client, lesson: Lesson, teacher: User, learner: User) -> None:
    assert client.get(page(lesson)).status_code == 302
    client.force_login(learner)
    assert client.get(page(lesson)).status_code == 302
    client.force_login(teacher)
    answer = client.get(page(lesson))
    assert answer.status_code == 200
    assert 'name="_save"' not in answer.content.decode()
    assert client.post(page(lesson), sent_of(answer)).status_code == 403
    assert Lesson.objects.get().title == "Quantization"


@pytest.mark.parametrize("pk", ["0", "9" * 30, "x", "1_2F"])
def test_an_address_of_no_lesson_is_not_found(as_editor: Client, pk: str) -> None:
    assert as_editor.get(f"/admin/courses/lesson/{pk}/change/").status_code == 404


def test_what_was_sent_while_signed_out_waits(
    as_editor: Client, lesson: Lesson, editor: User, other: Client
) -> None:
    data = sent(as_editor, lesson, introduction="Typed for an hour.")
    client = Client()
    answer = post(client, lesson, data)
    assert answer.status_code == 302
    client.force_login(editor)
    answer = client.get(page(lesson))
    assert said(answer) == [
        "You were signed out when you sent this. It is not saved yet: look, then save."
    ]
    assert sent_of(answer)["introduction"] == "Typed for an hour."
    post(client, lesson, sent_of(answer))
    assert LessonDraft.objects.get().data["introduction"] == "Typed for an hour.\n"
    assert "lesson-form" not in client.session

    # Neither without our signature, nor for somebody else.
    visitor = Client()
    post(visitor, lesson, data | {"for": "forged"})
    assert "lesson-form" not in visitor.session
    post(other, lesson, data)
    assert LessonDraft.objects.get().updated_by == editor


def test_a_new_lesson_is_begun_with_a_short_form(as_editor: Client, lesson: Lesson) -> None:
    data = {"track": lesson.track.pk, "title": "Pruning", "slug": "pruning", "minutes": "20"}
    answer = as_editor.post("/admin/courses/lesson/add/", data)
    new = Lesson.objects.get(slug="pruning")
    assert (answer.status_code, answer.url) == (302, page(new))
    assert (new.status, new.position) == (Status.DRAFT, lesson.position + 1)
    data = sent(as_editor, new, concepts__0__name="First")
    assert post(as_editor, new, data).status_code == 302
    assert list(new.concepts.values_list("slug", "position")) == [("first", 1)]


def test_when_it_was_changed_is_said(as_editor: Client, lesson: Lesson) -> None:
    answer = as_editor.get(page(lesson))
    day = f"{timezone.localdate():%-d %B %Y}"
    assert answer.context["said"][0].startswith("Readers have the version of ")
    assert day.split()[-1] in answer.context["said"][0]


def test_an_odd_address_stays_as_it_is(as_editor: Client, lesson: Lesson) -> None:
    """Another spelling would be another reference, without the ticks of this one."""
    Reference.objects.update(url="HTTPS://example.org?x#", author_url="http://EXAMPLE.org")
    answer = post(as_editor, lesson, sent(as_editor, lesson))
    assert said(answer) == ["Nothing differs from what readers have, so there is no draft."]


def test_a_concept_is_edited_on_its_lessons_page(
    as_editor: Client, lesson: Lesson, teacher: User
) -> None:
    concept = lesson.concepts.get(slug="scaling")
    url = f"/admin/courses/concept/{concept.pk}/change/"
    where = f"{page(lesson)}#concept-scaling"
    assert as_editor.get(url).url == where
    assert as_editor.post(url, {"name": "Past the draft"}).url == where
    assert 'id="concept-scaling"' in as_editor.get(page(lesson)).content.decode()
    assert lesson.concepts.get(slug="scaling").name == "Scaling"
    as_editor.force_login(teacher)
    assert as_editor.get(url).status_code == 200
