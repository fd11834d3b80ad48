"""Every kind as it is asked and explained, and a quiz of all of them taken without script."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from quizzes.kinds import KINDS, Answer
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.showing import Explained, asked, explained
from quizzes.wording import put_in_words
from tests.factories import ConceptFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory, quiz_of

every = pytest.mark.parametrize("kind", KINDS)
WRONG: dict[str, Answer] = {
    "single": {"chosen": ["b"]},
    "multiple": {"chosen": ["c"]},
    "boolean": {"chosen": ["false"]},
    "numeric": {"value": "52"},
    "text": {"text": "policy"},
    "ordering": {"order": ["c", "m", "e", "x"]},
    "matching": {"pairs": {"a": "y", "b": "z"}},
    "blanks": {"blanks": {"bits": {"value": "9"}, "width": {"chosen": ["b"]}}},
    "free": {"text": "Two\n\n<b>parts</b>."},
}


@dataclass
class Page(HTMLParser):
    """The fields of the page's forms as a browser would send them, and the ids on the page."""

    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.references += given.get(name, "").split()
        name = given.get("name", "")
        if tag == "input" and (
            given.get("type") not in {"radio", "checkbox"} or "checked" in given
        ):
            self.fields.append((name, given.get("value", "")))
        if tag in {"select", "textarea"}:
            self.inside = name
        if tag == "option":
            self.offered.setdefault(self.inside, []).append(given.get("value", ""))
            if "selected" in given:
                self.fields.append((self.inside, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self.inside = ""


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def version(kind: str) -> QuestionVersion:
    return QuestionVersion(
        kind=kind, prompt=f"What is *{kind}*?", payload=PAYLOADS[kind], explanation="So."
    )


def form_of(kind: str, answer: Answer | None = None) -> str:
    one = version(kind)
    shown = asked(one, put_in_words(one), seed="1", answer=answer)
    return render_to_string(KINDS[kind].template, {"asked": shown})


def explained_of(kind: str, answer: Answer | None) -> Explained:
    one = version(kind)
    outcome = KINDS[kind].grade(one.payload, answer)
    return explained(one, put_in_words(one), outcome, seed="1", answer=answer)


def graded(kind: str, answer: Answer | None, number: int = 1) -> str:
    context = {"explained": explained_of(kind, answer), "number": number}
    return render_to_string(KINDS[kind].graded_template, context)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@every
def test_a_form_has_a_first_control_and_says_what_its_fields_are(kind: str) -> None:
    html = form_of(kind)
    page = read(html)
    assert page.ids.count("first-option") == 1
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)
    assert f"What is <em>{kind}</em>?" in html
    assert str(KINDS[kind].hint) in html
    assert " style=" not in html
    assert "onclick" not in html


@pytest.mark.parametrize("kind", ["single", "multiple", "boolean", "ordering"])
def test_what_can_be_chosen_or_put_in_order_lines_up(kind: str) -> None:
    html = form_of(kind)
    assert html.count('<span class="what"') == html.count("<b>") + html.count('class="tick"') > 1


@every
def test_explanations_of_several_questions_stand_on_one_page(kind: str) -> None:
    page = read(graded(kind, WRONG[kind], 1) + graded(kind, None, 2))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


RIGHT = "Your answer, right"
SAID = {
    "single": [RIGHT, "Your answer, not right", "Right answer"],
    "multiple": [RIGHT, "Your answer, not right", "Right answer"],
    "boolean": [RIGHT, "Your answer, not right", "Right answer"],
    "numeric": [RIGHT, "Your answer, not right", "Right answer"],
    "text": [RIGHT, "Your answer, not right", "Right answer"],
    "ordering": ["Right place", "Your place 2, not right", "Not placed"],
    "matching": [RIGHT, "Your answer, not right", "Not matched"],
    "blanks": [RIGHT, "Your answer, not right", "Left empty"],
}


@pytest.mark.parametrize("kind", SAID)
def test_right_wrong_and_empty_are_said_in_words(kind: str) -> None:
    right, wrong, empty = SAID[kind]
    key = KINDS[kind].right_answer(PAYLOADS[kind])
    assert right in text_of(graded(kind, key))
    assert wrong not in text_of(graded(kind, key))
    assert wrong in text_of(graded(kind, WRONG[kind]))
    assert empty in text_of(graded(kind, None))
    for mark, answer in (("right", key), ("wrong", WRONG[kind])):
        assert f'data-mark="{mark}"' in graded(kind, answer)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("single", ["Option <em>a</em>"]),
        ("multiple", ["Option <em>a</em>", "Option <em>b</em>"]),
        ("boolean", ["True"]),
        ("numeric", ["6.5 GB"]),
        ("text", ["Reward model "]),
        ("ordering", []),
        ("matching", []),
        ("blanks", []),
        ("free", []),
    ],
)
def test_the_right_answer_in_a_line(kind: str, key: list[str]) -> None:
    assert explained_of(kind, WRONG[kind]).key == key


def test_feedback_on_what_was_given() -> None:
    assert "These are giga<em>bits</em>." in graded("numeric", WRONG["numeric"])
    assert "Anything from 6.4 to 6.6 counts as right." in graded("numeric", WRONG["numeric"])
    assert "AWQ looks at <em>activations</em>." in graded("matching", WRONG["matching"])
    assert "Four <em>bytes</em>." in graded("blanks", WRONG["blanks"])


def test_what_was_typed_is_text() -> None:
    for kind, answer in {
        "text": {"text": "<b>x</b>"},
        "free": {"text": "<b>x</b>"},
        "blanks": {"blanks": {"type": {"text": "<b>x</b>"}}},
    }.items():
        for html in (form_of(kind, answer), graded(kind, answer)):
            assert "&lt;b&gt;x&lt;/b&gt;" in html
            assert "<b>x</b>" not in html


def test_a_free_answer_stands_beside_the_model_answer() -> None:
    html = graded("free", WRONG["free"])
    assert "<p>Two</p>\n\n<p>&lt;b&gt;parts&lt;/b&gt;.</p>" in html
    assert "<p>It scales the channel <em>before</em> rounding.</p>" in html
    assert "<li>Says that the <em>channel</em> is scaled</li>" in html


def test_gaps_keep_the_spaces_around_them() -> None:
    line = re.search(r'<p class="gapped">(.*?)</p>', form_of("blanks"), re.DOTALL)
    assert line is not None
    pieces = re.split(r"<input[^>]*>|<select.*?</select>", line[1])
    assert pieces == ["A byte has ", " bits; <em>four</em> bytes are ", " or an ", "."]


def test_maths_is_offered_beside_a_select_not_within() -> None:
    payload: dict[str, Any] = {
        **PAYLOADS["matching"],
        "right": [{"id": "x", "text": "$x^2$"}, {"id": "y", "text": "A *b*"}],
    }
    one = QuestionVersion(kind="matching", prompt="?", payload=payload)
    shown = asked(one, put_in_words(one), seed="", answer=None)
    html = render_to_string(KINDS["matching"].template, {"asked": shown})
    options = re.findall(r"<option[^>]*>(.*?)</option>", html)
    assert options == 2 * ["Choose", *options[1:3]]
    assert sorted(option.partition(". ")[2] for option in options[1:3]) == ["", "A b"]
    numbered = re.search(r'<ol class="numbered">(.*?)</ol>', html, re.DOTALL)
    assert numbered is not None
    assert numbered[1].count("<math") == 1


@pytest.fixture
def attempt(as_learner: Client, learner: User) -> Attempt:
    concept = ConceptFactory()
    questions = [
        QuestionFactory(concept=concept, kind=kind, payload=payload)
        for kind, payload in PAYLOADS.items()
    ]
    quiz = quiz_of(*questions, slug="every-kind")
    as_learner.post(f"/quizzes/{quiz.slug}/start/")
    return Attempt.objects.get(user=learner)


RIGHT_FIELDS: dict[str, dict[str, str | list[str]]] = {
    "single": {"choice": "a"},
    "multiple": {"choice": ["a", "b"]},
    "boolean": {"choice": "true"},
    "numeric": {"value": "6,5"},
    "text": {"text": "Réward  Model"},
    "ordering": {"place-m": "1", "place-c": "2", "place-x": "3", "place-e": "4"},
    "matching": {"pair-a": "x", "pair-b": "y"},
    "blanks": {"blank-bits": "8", "blank-width": "a", "blank-type": "Int32"},
    "free": {"text": "It scales."},
}


def test_a_quiz_of_every_kind_is_taken_without_script(as_learner: Client, attempt: Attempt) -> None:
    for number, kind in enumerate(PAYLOADS, 1):
        url = f"/attempts/{attempt.pk}/?q={number}"
        page = read(as_learner.get(url).content.decode())
        sent: dict[str, Any] = {}
        for name, value in page.fields:
            sent.setdefault(name, []).append(value)
        response = as_learner.post(
            f"/attempts/{attempt.pk}/answers/{number}/", {**sent, **RIGHT_FIELDS[kind]}
        )
        assert response.status_code == 302, kind
    as_learner.post(f"/attempts/{attempt.pk}/submit/")
    responses = Response.objects.filter(attempt=attempt).in_order()
    assert [one.score for one in responses] == [1.0] * 8 + [responses[8].score]
    html = as_learner.get(f"/attempts/{attempt.pk}/results/").content.decode()
    page = read(html)
    assert len(page.ids) == len(set(page.ids))
    assert text_of(html).count("Your answer, right") == 11


@every
def test_what_was_answered_is_in_the_form_again(
    as_learner: Client, attempt: Attempt, kind: str
) -> None:
    number = list(PAYLOADS).index(kind) + 1
    url = f"/attempts/{attempt.pk}/?q={number}"
    stood = [
        field for field in read(as_learner.get(url).content.decode()).fields if field[0] == "item"
    ]
    sent = {"item": [one for _, one in stood], **RIGHT_FIELDS[kind]}
    as_learner.post(f"/attempts/{attempt.pk}/answers/{number}/", sent)
    html = as_learner.get(url).content.decode()
    if kind == "free":
        assert ">\nIt scales.</textarea>" in html
        return
    again = read(html).fields
    if kind == "ordering":
        assert [value for name, value in again if name == "item"] == ["m", "c", "x", "e"]
        return
    for name, value in RIGHT_FIELDS[kind].items():
        for one in value if isinstance(value, list) else [value]:
            assert (name, one) in again


@pytest.mark.parametrize(
    ("kind", "sent", "message"),
    [
        ("numeric", {"value": "1,234"}, "Is “1,234” 1234 or 1.234?"),
        ("blanks", {"blank-bits": "eight"}, "Gap 1: Write a number"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(
    as_learner: Client, attempt: Attempt, kind: str, sent: dict[str, str], message: str
) -> None:
    number = list(PAYLOADS).index(kind) + 1
    response = as_learner.post(f"/attempts/{attempt.pk}/answers/{number}/", sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert f'<a href="#first-option">{message}' in html
    assert next(iter(sent.items())) in read(html).fields
