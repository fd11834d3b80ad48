"""What an editor changes in the admin is in the history, by whom and why."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.admin import site
from django.test import Client, RequestFactory

from accounts.models import User
from courses.models import (
    Concept,
    Course,
    Lesson,
    Notebook,
    Reference,
    Revision,
    Status,
    Track,
)
from quizzes.models import Question
from tests.courses.test_admin import actions, as_editor, as_superuser, change, errors, sent
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)
from tests.quiz_factories import QuestionFactory, quiz_of

__all__ = ["as_editor", "as_superuser"]
FILE = "scientist/attention.yaml"
SAID = {"revision_note": "It was  wrong.", "revision_mark": "fix"}


@pytest.fixture
def lesson(db: None) -> Lesson:
    track = TrackFactory(slug="scientist", icon="")
    made: Lesson = LessonFactory(track=track, slug="attention", introduction="Read.\n")
    ConceptFactory(lesson=made, slug="queries", body="Old.\n", position=1)
    ReferenceFactory(lesson=made, position=1)
    return made


def save(client: Client, thing: Any, **values: Any) -> None:
    answer = client.post(change(thing), sent(client, change(thing)) | SAID | values)
    assert answer.status_code == 302, errors(answer)


def made(editor: User | None) -> set[str]:
    """The files of which `editor` made a revision; None for what was there before."""
    return set(Revision.objects.filter(made_by=editor).values_list("name", flat=True))


def test_a_part_by_itself_is_a_change_of_its_lesson(
    as_editor: Client, editor: User, lesson: Lesson
) -> None:
    save(as_editor, lesson.references.get(), note="New.")
    before, after = Revision.objects.filter(name=FILE).order_by("pk")
    assert (before.source, before.made_by, before.version) == ("outside", None, 1)
    assert before.data["references"][0]["note"] == "Worth reading."
    assert (after.source, after.made_by, after.version) == ("editor", editor, 2)
    assert (after.note, after.mark) == ("It was wrong.", "fix")
    assert after.data["references"][0]["note"] == "New."
    assert after.lesson == lesson


def test_a_note_alone_is_no_change(as_editor: Client, editor: User, lesson: Lesson) -> None:
    save(as_editor, lesson.references.get())
    assert made(editor) == set()
    assert Lesson.objects.get().version == 1


def test_what_is_not_said_is_empty(as_editor: Client, editor: User, lesson: Lesson) -> None:
    save(as_editor, lesson.references.get(), title="Other", revision_note="", revision_mark="")
    assert list(Revision.objects.filter(made_by=editor).values_list("note", "mark")) == [("", "")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"revision_note": "a\x07b"},
            "There is a character in it that cannot be shown. Type it again.",
        ),
        (
            {"revision_note": "x" * 301},
            "Ensure this value has at most 300 characters (it has 301).",
        ),
        (
            {"revision_mark": "big"},
            "Select a valid choice. big is not one of the available choices.",
        ),
    ],
)
def test_a_note_that_cannot_be_kept(
    as_editor: Client, lesson: Lesson, given: dict[str, str], said: str
) -> None:
    reference = lesson.references.get()
    data = sent(as_editor, change(reference)) | {"note": "New."} | given
    assert errors(as_editor.post(change(reference), data)) == {next(iter(given)): [said]}
    assert Reference.objects.get().note == "Worth reading."
    assert not Revision.objects.exists()


def test_a_new_part(as_editor: Client, editor: User, lesson: Lesson) -> None:
    data = {"lesson": lesson.pk, "name": "Keys", "slug": "keys", "body": "New.", **SAID}
    answer = as_editor.post("/admin/courses/concept/add/", data)
    assert answer.status_code == 302, errors(answer)
    assert made(editor) == {FILE}
    newest = Revision.objects.filter(made_by=editor).get()
    assert [one["slug"] for one in newest.data["concepts"]] == ["queries", "keys"]


def test_a_new_course_has_its_first_revision(as_editor: Client, editor: User) -> None:
    data = {"title": "Other", "slug": "other", "edition": "", "summary": "", **SAID}
    assert as_editor.post("/admin/courses/course/add/", data).status_code == 302
    assert made(editor) == {"course.yaml"}


def test_a_notebook(as_editor: Client, editor: User, lesson: Lesson) -> None:
    notebook = NotebookFactory(course=lesson.track.course)
    save(as_editor, notebook, lessons=[lesson.pk])
    assert made(editor) == {"notebooks.yaml"}
    newest = Revision.objects.filter(made_by=editor).get()
    assert newest.data["notebooks"][0]["lessons"] == ["scientist/attention"]


def test_a_track_that_gets_another_address_renames_its_lessons(
    as_editor: Client, editor: User, lesson: Lesson
) -> None:
    NotebookFactory(course=lesson.track.course).lessons.add(lesson)
    save(as_editor, lesson.track, slug="engineer")
    assert made(editor) == {"course.yaml", "engineer/attention.yaml", "notebooks.yaml"}
    assert made(None) == {"course.yaml", FILE, "notebooks.yaml", "quizzes.yaml"}


def test_a_question_that_moves_is_a_change_of_both_lessons(editor: User, lesson: Lesson) -> None:
    """Without its form, which is another part's to test."""
    question = QuestionFactory(concept=lesson.concepts.get())
    other = LessonFactory(track=lesson.track, slug="pruning")
    question.concept = ConceptFactory(lesson=other, slug="masks")
    request = RequestFactory().post("/")
    request.user = editor
    form = SimpleNamespace(
        instance=question, cleaned_data=SAID, changed_data=["concept"], save_m2m=list
    )
    of_questions = site.get_model_admin(Question)
    of_questions.save_model(request, question, form, True)
    of_questions.save_related(request, form, [], True)
    assert made(editor) == {FILE, "scientist/pruning.yaml"}
    notes = Revision.objects.filter(made_by=editor).values_list("note", "mark")
    assert set(notes) == {("It was  wrong.", "fix")}


def test_an_action_on_many(as_editor: Client, editor: User, lesson: Lesson) -> None:
    other = LessonFactory(track=lesson.track, slug="pruning", status=Status.DRAFT)
    actions(as_editor, "back_to_draft", lesson, other)
    assert made(editor) == {FILE}
    actions(as_editor, "publish", lesson, other)
    assert made(editor) == {FILE, "scientist/pruning.yaml"}
    newest = Revision.objects.of_file(lesson.track.course, FILE)[0]
    assert ("status" in newest.data, newest.public) == (False, True)


def test_what_a_superuser_deletes_is_no_longer_in_the_file(
    as_superuser: Client, superuser: User, lesson: Lesson
) -> None:
    reference = lesson.references.get()
    where = f"/admin/courses/reference/{reference.pk}/delete/"
    assert as_superuser.post(where, {"post": "yes"}).status_code == 302
    assert not Reference.objects.exists()
    newest = Revision.objects.filter(made_by=superuser).get()
    assert (newest.name, "references" in newest.data) == (FILE, False)


@pytest.mark.parametrize("kind", [Track, Lesson, Concept, Reference, Notebook, Course])
def test_an_editor_has_no_button_to_delete(
    as_editor: Client, lesson: Lesson, kind: type[Any]
) -> None:
    thing = kind.objects.first() or NotebookFactory(course=lesson.track.course)
    where = f"/admin/courses/{kind._meta.model_name}/{thing.pk}/delete/"
    assert as_editor.post(where, {"post": "yes"}).status_code == 403
    assert where not in as_editor.get(change(thing), follow=True).content.decode()
    listed = as_editor.get(f"/admin/courses/{kind._meta.model_name}/").content.decode()
    assert "delete_selected" not in listed


def test_what_has_a_history_is_not_deleted(as_superuser: Client, lesson: Lesson) -> None:
    save(as_superuser, lesson.references.get(), note="New.")
    answer = as_superuser.post(f"/admin/courses/lesson/{lesson.pk}/delete/", {"post": "yes"})
    assert answer.context["protected"] == [
        "2 × revision. Archive it instead of deleting it.",
    ]
    assert Lesson.objects.exists()


def test_a_quiz(as_editor: Client, editor: User, lesson: Lesson) -> None:
    question = QuestionFactory(concept=lesson.concepts.get())
    quiz = quiz_of(question, lesson=lesson, slug="attention")
    second = QuestionFactory(concept=lesson.concepts.get())
    quiz.places.create(question=second, position=2)
    save(as_editor, quiz, **{"places-0-position": "3"})
    assert FILE in made(editor)
