from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import User
from courses.history.telling import figures, tell, with_before
from courses.models import Course, Revision
from tests.factories import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)


@pytest.fixture
def course() -> Course:
    made: Course = CourseFactory()
    return made


def revision(course: Course, by: User | None = None, **values: Any) -> Revision:
    given = {"name": "scientist/quantization.yaml", "source": "editor", "made_at": NOW}
    return Revision.objects.create(course=course, made_by=by, **given | values)


def lesson(body: str = "Round it.\n", **more: Any) -> dict[str, Any]:
    concept = {"slug": "base", "name": "Base techniques", "body": body}
    return {"title": "Quantization", "introduction": "Read.\n", "concepts": [concept], **more}


def sentences() -> list[str]:
    """The newest first."""
    return [
        f"{one.sentence} ({figures(one)})" if figures(one) else one.sentence
        for one in tell(with_before(Revision.objects.all()), NOW)
    ]


def test_a_change_in_a_sentence(course: Course, editor: User) -> None:
    revision(course, data=lesson(), source="outside")
    revision(course, editor, data=lesson("Round it up, then down.\n"))
    assert sentences() == [
        "Edda Lind changed Quantization: text of concept “Base techniques” (+3 words)",
        "Quantization: the first version that was kept",
    ]


def test_who_made_the_first_version(course: Course, editor: User) -> None:
    revision(course, editor, data=lesson())
    assert sentences() == ["Edda Lind changed Quantization: the first version that was kept"]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (lesson(status="archived"), "now archived"),
        (lesson(minutes=40), "minutes"),
        (lesson(introduction="Other.\n"), "introduction"),
        (lesson(concepts=[]), "concept “Base techniques” removed"),
        (
            lesson(introduction="Other.\n", minutes=40, title="Quantization", summary="More."),
            "summary, minutes and 1 other part",
        ),
    ],
)
def test_which_part_it_was(course: Course, editor: User, after: dict[str, Any], said: str) -> None:
    revision(course, data=lesson())
    revision(course, editor, data=after)
    assert sentences()[0].partition(" (")[0] == f"Edda Lind changed Quantization: {said}"


@pytest.mark.parametrize(
    ("source", "known", "said"),
    [
        ("editor", False, "Somebody changed the notebooks: "),
        ("files", False, "The course’s files changed the notebooks: "),
        ("files", True, "Edda Lind loaded the notebooks from the course’s files: "),
        ("readme", True, "Edda Lind brought in the notebooks from a README: "),
        ("table", True, "Edda Lind brought in the notebooks from a table: "),
        ("links", False, "The check of links changed the notebooks: "),
        ("restored", True, "Edda Lind restored the notebooks: "),
        ("outside", False, "Past the history, somebody changed the notebooks: "),
    ],
)
def test_each_way_of_changing(
    course: Course, editor: User, source: str, known: bool, said: str
) -> None:
    name = "notebooks.yaml"
    tool = {"slug": "tool", "title": "Tool"}
    revision(course, name=name, data={"notebooks": []})
    by = editor if known else None
    revision(course, by, name=name, data={"notebooks": [tool]}, source=source)
    assert sentences()[0].startswith(f"{said}notebook “Tool” added")


def test_a_lesson_that_moved_is_compared_with_itself(course: Course, editor: User) -> None:
    """Not with another one that had its address before."""
    moved, other = LessonFactory(), LessonFactory()
    revision(course, data=lesson("a\n"), lesson=moved)
    revision(course, data=lesson("b\n"), lesson=other, name="engineer/quantization.yaml")
    revision(
        course,
        editor,
        data=lesson("a\n", minutes=9),
        lesson=moved,
        name="engineer/quantization.yaml",
    )
    assert sentences()[0] == "Edda Lind changed Quantization: minutes (+1 word)"


def test_what_was_written_for_a_time_has_reached_readers_then(course: Course) -> None:
    row = LessonFactory(track__course=course)
    soon, later = (f"2026-11-{day}T09:00:00+00:00" for day in (22, 24))
    revision(course, data=lesson(status="draft"), lesson=row)
    revision(course, data=lesson("a\n", publish_at=later), lesson=row)
    revision(course, data=lesson("b\n", publish_at=soon), lesson=row)
    revisions = with_before(Revision.objects.order_by("pk"))
    told = {day: tell(revisions, datetime(2026, 11, day, 9, tzinfo=UTC)) for day in (21, 22, 30)}
    assert {day: [one.reached for one in all_] for day, all_ in told.items()} == {
        21: [False, False, False],
        22: [False, False, True],
        30: [False, False, True],
    }


def test_queries_do_not_grow(course: Course, editor: User, django_assert_num_queries: Any) -> None:
    for number in range(5):
        revision(course, editor, data=lesson(f"{number}\n"))
    with django_assert_num_queries(2):
        assert len(tell(with_before(Revision.objects.select_related("made_by")), NOW)) == 5
