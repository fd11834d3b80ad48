from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cohorts.overview.columns import columns_in, letters, spans
from courses.pages.course import CoursePage, LessonLine, TrackPage

DUE = datetime(2026, 11, 24, 18, tzinfo=UTC)


def lesson(number: int) -> LessonLine:
    return LessonLine(number, f"Lesson {number}", f"/{number}/", "", 30, ())


def track(title: str, *numbers: int) -> TrackPage:
    lessons = tuple(lesson(number) for number in numbers)
    return TrackPage(1, title, title, "/", "", "", "", optional=False, lessons=lessons)


def course(*tracks: TrackPage) -> CoursePage:
    return CoursePage(1, "c", "Course", "/", "", "", tracks, 0, "", 0)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["LLM Fundamentals", "The LLM Scientist", "The LLM Engineer"], ["F", "S", "E"]),
        (["First steps", "Second steps"], ["1.", "2."]),
        (["Basics", "Part 2"], ["1.", "2."]),
        (["", "Engineer"], ["1.", "2."]),
        ([], []),
    ],
)
def test_letters(titles: list[str], expected: list[str]) -> None:
    assert letters(titles) == expected


def test_columns_by_track() -> None:
    found = spans(
        course(track("Basics", 1, 2), track("Empty"), track("More", 3)),
        {3: DUE},
        ZoneInfo("Asia/Tokyo"),
    )
    assert [(span.title, span.gap) for span in found] == [("Basics", False), ("More", True)]
    assert [(one.id, one.code, one.gap, one.due_on) for one in columns_in(found)] == [
        (1, "B1", False, None),
        (2, "B2", False, None),
        (3, "M1", True, date(2026, 11, 25)),
    ]
