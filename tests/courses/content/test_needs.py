"""What concepts need: resolved over the whole course, without a circle."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.content import needs
from courses.content.applying import apply, problems_in
from courses.content.documents import document
from courses.content.problems import Problem
from courses.content.saving import Changes
from courses.history.touching import documents_touched
from courses.models import Concept, Course, Lesson, Need, Status
from tests.factories import ConceptFactory, CourseFactory, LessonFactory, TrackFactory

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
FIRST, SECOND = "one/first.yaml", "one/second.yaml"
COURSE = "lesson__track__course"


@pytest.fixture
def course(db: None) -> Course:
    """one/first has a and b, of which b needs a; one/second has c, which needs one/first/b."""
    course: Course = CourseFactory()
    track = TrackFactory(course=course, slug="one")
    first = LessonFactory(track=track, slug="first", position=1)
    second = LessonFactory(track=track, slug="second", position=2)
    a, b = (ConceptFactory(lesson=first, slug=slug) for slug in "ab")
    c = ConceptFactory(lesson=second, slug="c")
    Need.objects.create(concept=b, needed=a)
    Need.objects.create(concept=c, needed=b)
    return course


def said(course: Course, name: str) -> dict[str, Any]:
    data = document(course, name)
    assert data is not None
    return data


def needing(course: Course, name: str) -> list[list[str]]:
    return [row.get("needs", []) for row in said(course, name)["concepts"]]


def with_needs(course: Course, name: str, *lists: list[str]) -> dict[str, Any]:
    data = said(course, name)
    rows = [{**row, "needs": one} for row, one in zip(data["concepts"], lists, strict=True)]
    return {**data, "concepts": rows}


def test_a_document_says_own_concepts_by_their_slug(course: Course) -> None:
    assert needing(course, FIRST) == [[], ["a"]]
    assert needing(course, SECOND) == [["one/first/b"]]


def test_they_are_kept_in_their_order_and_make_one_new_version(course: Course) -> None:
    data = {**with_needs(course, SECOND, ["one/first/a", "one/first/b"]), "title": "Other"}
    assert problems_in(course, SECOND, data) == []
    assert apply(course=course, name=SECOND, data=data, now=NOW) == Changes(updated=1)
    assert said(course, SECOND) == data
    assert Lesson.objects.get(slug="second").version == 2

    back = with_needs(course, SECOND, ["one/first/b", "one/first/a"])
    assert apply(course=course, name=SECOND, data=back, now=LATER) == Changes(updated=1)
    assert said(course, SECOND) == back
    assert apply(course=course, name=SECOND, data=back, now=LATER) == Changes()
    assert Lesson.objects.get(slug="second").version == 3


def test_what_is_wrong_is_named(course: Course) -> None:
    data = with_needs(course, FIRST, ["a", "one/second/c"], ["a", "one/first/a", "one/third/x"])
    assert problems_in(course, FIRST, data) == [
        Problem(("concepts", 0, "needs", 0), "a concept cannot need itself."),
        Problem(("concepts", 1, "needs", 1), "“one/first/a” stands here twice."),
        Problem(("concepts", 1, "needs", 2), "the course has no concept “one/third/x”."),
        Problem(("concepts", 0, "needs"), "goes round in a circle: one/first/a → one/first/a."),
    ]
    round_ = with_needs(course, FIRST, ["one/second/c"], ["a"])
    assert problems_in(course, FIRST, round_) == [
        Problem(
            ("concepts", 0, "needs"),
            "goes round in a circle: one/first/a → one/second/c → one/first/b → one/first/a.",
        )
    ]
    many = with_needs(course, FIRST, [], ["a"] * 7)
    assert problems_in(course, FIRST, many)[0] == Problem(
        ("concepts", 1, "needs"), "names 7 concepts; 6 is the most."
    )


def test_what_is_archived_is_not_said_and_comes_back(course: Course) -> None:
    Concept.objects.filter(slug="b").update(archived=True)
    assert needing(course, SECOND) == [[]]
    kept = with_needs(course, SECOND, ["one/first/b"])  # as an old version says it
    assert problems_in(course, SECOND, kept) == []
    assert apply(course=course, name=SECOND, data=kept, now=NOW) == Changes()

    other = with_needs(course, SECOND, ["one/first/a"])
    assert apply(course=course, name=SECOND, data=other, now=NOW) == Changes(updated=1)
    Concept.objects.filter(slug="b").update(archived=False)
    assert needing(course, SECOND) == [["one/first/a", "one/first/b"]]
    Lesson.objects.filter(slug="first").update(status=Status.ARCHIVED)
    assert needing(course, SECOND) == [[]]
    assert needing(course, FIRST) == [[], ["a"]]


def test_who_needs_it_is_touched_by_what_it_becomes(course: Course) -> None:
    first = Lesson.objects.get(slug="first")
    assert {SECOND, FIRST} <= documents_touched(first, "track__course")
    assert SECOND in documents_touched(Concept.objects.get(slug="b"), COURSE)
    assert SECOND not in documents_touched(Concept.objects.get(slug="a"), COURSE)


NAMES = [f"a/b/{at}" for at in range(6)]
GRAPHS = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3, unique=True)
)


def goes_round(edges: dict[str, list[str]], start: str) -> bool:
    """By the slow way: whether one comes from `start` back to it."""
    reached: set[str] = set()
    while more := {b for a in {start, *reached} for b in edges.get(a, ())} - reached:
        reached |= more
    return start in reached


@settings(max_examples=60, deadline=None)
@given(GRAPHS)
def test_a_circle_is_found_where_there_is_one(edges: dict[str, list[str]]) -> None:
    for found, there in [
        (needs.circle(edges), any(goes_round(edges, one) for one in edges)),
        *((needs.circle_through(edges, [one]), goes_round(edges, one)) for one in edges),
    ]:
        assert bool(found) == there
        following = zip(found, (*found[1:], *found[:1]), strict=True)
        assert all(b in edges[a] for a, b in following)
        assert len(set(found)) == len(found)
