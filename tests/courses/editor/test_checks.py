"""What is said before publishing, and where it can be mended."""

from typing import Any

import pytest

from courses.editor import checks
from courses.editor.checks import Check, checks_of, register_checks
from courses.editor.markdown_checks import remarks_on
from courses.editor.needing import checks_of_needs
from courses.models import Course
from tests.factories import ConceptFactory, LessonFactory, TrackFactory

COURSE = Course(slug="llm-course")
CONCEPT = {
    "slug": "a",
    "name": "A",
    "claim": "I could",
    "body": "Text.\n",
    "fact": {"prompt": "?", "answer": "!"},
}
REFERENCE = {"title": "Paper", "url": "https://example.org", "kind": "paper", "note": "Read it."}
WHOLE = {
    "title": "T",
    "minutes": 30,
    "outcomes": ["Do it"],
    "introduction": "I.\n",
    "concepts": [CONCEPT],
    "references": [REFERENCE],
}


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others register asks the database."""
    monkeypatch.setattr(checks, "_checkers", [])


def found(**changes: Any) -> list[tuple[str, str]]:
    document = WHOLE | changes
    return [(one.message, one.field) for one in checks_of(document, COURSE, "t/l.yaml")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"introduction": " \n"}, [("The introduction is empty.", "id_introduction")]),
        (
            {"outcomes": [], "exercise": {"task": "Do.\n"}},
            [
                ("It does not say what one can do after it: no outcomes.", "id_outcomes"),
                ("The exercise has no model answer.", "id_exercise_answer"),
            ],
        ),
        ({"concepts": []}, [("There is no concept yet.", "concepts-part")]),
        (
            {"concepts": [CONCEPT, {"slug": "b", "name": "B", "body": ""}]},
            [
                ("“B” has no text.", "id_concepts-1-body"),
                ("“B” has no claim: learners tick its name alone.", "id_concepts-1-claim"),
                (
                    "“B” has no key fact: no review card comes of it.",
                    "id_concepts-1-fact_prompt",
                ),
            ],
        ),
        (
            {"references": [REFERENCE | {"note": ""}]},
            [("“Paper” does not say what a reader gets from it.", "id_references-0-note")],
        ),
        (
            {"concepts": [CONCEPT | {"body": "![](/images/a.png)\n"}]},
            [
                (
                    "“A”: An image has no alternative text for who cannot see it.",
                    "id_concepts-0-body",
                )
            ],
        ),
    ],
)
def test_each_warning_leads_to_its_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(**changes) == expected


@pytest.mark.parametrize(
    ("source", "remarks"),
    [
        ("### One\n\n#### Two\n\n### Three\n\n![A cat](/images/a.png)\n", []),
        ("#### Two\n", ["A heading skips a level: begin with ###, and go on with ####."]),
        ("[](https://example.org)\n", ["A link has no words to click on."]),
        ("[![A cat](/images/a.png)](https://example.org)\n", []),
        ("```\ncode\n```\n", ["A block of code does not say its language, so it has no colours."]),
        ("```python\n```\n\n~~~~ text\n```\n~~~~\n", []),
        ("$\\frac{1$\n", ["The formula “"]),
    ],
)
def test_what_is_worth_mending_in_a_text(source: str, remarks: list[str]) -> None:
    said = remarks_on(source)
    assert len(said) == len(remarks)
    assert [one.startswith(start) for one, start in zip(said, remarks, strict=True)] == (
        [True] * len(remarks)
    )


def test_others_say_what_they_know() -> None:
    register_checks(lambda document, course, name: [Check(f"{name} of {course.slug}", url="/q/")])
    assert checks_of(WHOLE, COURSE, "t/l.yaml") == (Check("t/l.yaml of llm-course", url="/q/"),)


@pytest.mark.django_db
def test_a_concept_that_needs_what_is_archived(django_assert_num_queries: Any) -> None:
    track = TrackFactory(slug="t")
    there = LessonFactory(track=track, slug="there")
    ConceptFactory(lesson=there, slug="kept")
    ConceptFactory(lesson=there, slug="gone", archived=True)
    needs = ["t/there/kept", "t/there/gone", "a"]
    document = WHOLE | {"concepts": [CONCEPT, {**CONCEPT, "slug": "b", "needs": needs}]}
    with django_assert_num_queries(1):
        found = list(checks_of_needs(document, track.course, "t/l.yaml"))
    said = "“A” builds on “t/there/gone”, which is archived."
    assert found == [Check(said, "id_concepts-1-needs")]
    with django_assert_num_queries(0):
        assert list(checks_of_needs(WHOLE, track.course, "t/l.yaml")) == []
