"""Terms in the admin: what the form takes, what it says, and what history keeps of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import Concept, Course, Revision, Term
from tests.courses.test_admin import as_editor, change, errors, sent
from tests.factories import ConceptFactory, CourseFactory, TermFactory

pytestmark = pytest.mark.django_db
__all__ = ["as_editor"]

ADD = reverse("admin:courses_term_add")
LIST = reverse("admin:courses_term_changelist")


@pytest.fixture
def concept() -> Concept:
    made: Concept = ConceptFactory(name="The cache", lesson__title="Serving")
    return made


def typed(course: Course, **more: Any) -> dict[str, Any]:
    """What an editor fills in for a new term, with a browser's line ends."""
    return {
        "course": course.pk,
        "term": "KV cache",
        "slug": "kv-cache",
        "also": " key-value cache\r\n\r\nKV caches \r\n",
        "definition": "Keys and *values*.\r\n\r\nKept.",
        "concept": "",
        **more,
    }


def test_a_term_is_written_and_told(as_editor: Client, concept: Concept) -> None:
    course = concept.lesson.track.course
    note = {"revision_note": "The first term.", "revision_mark": "fix"}
    answer = as_editor.post(ADD, typed(course, concept=concept.pk, **note))
    assert answer.status_code == 302, errors(answer)
    term = Term.objects.get()
    assert (term.also, term.definition, term.concept) == (
        ["key-value cache", "KV caches"],
        "Keys and *values*.\n\nKept.\n",
        concept,
    )
    revision = Revision.objects.get()
    assert (revision.name, revision.note, revision.data["terms"][0]["slug"]) == (
        "glossary.yaml",
        "The first term.",
        "kv-cache",
    )
    data = sent(as_editor, change(term))
    assert as_editor.post(change(term), data).status_code == 302
    assert Revision.objects.count() == 1
    assert as_editor.post(change(term), data | {"term": "cache"}).status_code == 302
    history = as_editor.get(reverse("admin:courses_term_history", args=[term.pk]))
    assert "changed the glossary: term of term “cache”" in history.content.decode()


def test_the_form_shows_names_a_line_each_and_a_preview(as_editor: Client) -> None:
    page = as_editor.get(change(TermFactory(also=["one", "two"]))).content.decode()
    assert ">\none\ntwo</textarea>" in page
    assert 'data-as="introduction"' in page
    assert "js/editor-preview.js" in page


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"term": ""}, "term", "This field is required."),
        ({"term": "—"}, "term", "“—” has no letter and no digit."),
        ({"definition": " "}, "definition", "This field is required."),
        ({"definition": "$\\bad{$"}, "definition", "opens what it does not close"),
        ({"definition": "x" * 2_001}, "definition", "2000 is the most. Shorten it."),
        ({"also": "\x07"}, "also", "Line 1 has a control character"),
        ({"also": "a\0b"}, "also", "Null characters are not allowed."),
        ({"also": "\n".join(f"name {at}" for at in range(21))}, "also", "There are 21 names"),
        ({"also": "kv  CACHE"}, "also", "“kv  CACHE” stands here twice. Keep it once."),
        ({"also": "Logits"}, "also", "“Logits” is a name of “logit” already."),
        ({"term": "LOGIT"}, "term", "“LOGIT” is a name of “logit” already."),
        ({"also": "gone"}, "also", "“gone” is a name of “gone”, which is archived."),
        ({"slug": "logit"}, "slug", "“logit” has this already."),
    ],
)
def test_what_is_refused(as_editor: Client, fields: dict[str, str], field: str, said: str) -> None:
    course = CourseFactory()
    TermFactory(slug="logit", term="logit", also=["logits"])
    TermFactory(term="gone", archived=True)
    found = errors(as_editor.post(ADD, typed(course, **fields)))
    assert list(found) == [field]
    assert said in " ".join(found[field])
    assert Term.objects.count() == 2


def test_a_concept_of_another_course_is_refused(as_editor: Client, concept: Concept) -> None:
    data = typed(CourseFactory(slug="other"), concept=concept.pk)
    assert errors(as_editor.post(ADD, data)) == {
        "concept": ["“The cache” belongs to another course."]
    }


def test_the_list_is_searched(as_editor: Client, concept: Concept) -> None:
    TermFactory(term="KV cache", also=["key-value cache"], concept=concept)
    TermFactory(term="logit")
    page = as_editor.get(LIST, {"q": "Key-Value"}).content.decode()
    assert "Serving: The cache" in page
    assert ">logit<" not in page


def test_what_lost_its_name_stays_in_the_archive(as_editor: Client) -> None:
    old = TermFactory(term="KV cache", archived=True)
    TermFactory(term="cache", also=["kv cache"])
    back = reverse("admin:courses_term_bring_back", args=[old.pk])
    page = as_editor.get(back, follow=True).content.decode()
    assert "“KV cache” stays in the archive: “KV cache” is a name of “cache” now." in page
    as_editor.post(back, {"post": "yes", "revision_note": ""})
    old.refresh_from_db()
    assert old.archived


def test_others_look_or_do_not(client: Client, teacher: User, learner: User) -> None:
    term = TermFactory()
    client.force_login(teacher)
    assert client.get(change(term)).status_code == 200
    assert client.post(change(term), {"term": "x"}).status_code == 403
    assert client.get(ADD).status_code == 403
    client.force_login(learner)
    assert client.get(LIST).status_code == 302
