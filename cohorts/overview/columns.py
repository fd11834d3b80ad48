"""The head of the progress table: the lessons of the course, by track, with when they are due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from courses.pages.course import CoursePage, LessonLine


@dataclass(frozen=True, slots=True)
class Column:
    """`code` is short and unique, such as S3; `gap` stands before the first lesson of a track.
    `due_on` is the day of `due_at` in the zone of the class."""

    lesson: LessonLine
    code: str
    gap: bool
    due_at: datetime | None
    due_on: date | None

    @property
    def id(self) -> int:
        return self.lesson.id


@dataclass(frozen=True, slots=True)
class Span:
    """The columns of one track."""

    title: str
    columns: tuple[Column, ...]
    gap: bool


def letters(titles: Sequence[str]) -> list[str]:
    """A short mark for each track: the initial of the last word of its title, or its number
    and a point where two would have the same, or one has no letter there."""
    found = [title.split()[-1][0].upper() if title.split() else "" for title in titles]
    if len(set(found)) == len(found) and all(letter.isalpha() for letter in found):
        return found
    return [f"{number}." for number in range(1, len(titles) + 1)]


def spans(course: CoursePage, due: Mapping[int, datetime], zone: tzinfo) -> tuple[Span, ...]:
    """The tracks that have lessons; `due` is when the class's lessons are, by lesson."""
    days = {lesson: at.astimezone(zone).date() for lesson, at in due.items()}
    tracks = [track for track in course.tracks if track.lessons]
    marks = letters([track.title for track in tracks])
    return tuple(
        Span(
            track.title,
            tuple(
                Column(
                    lesson,
                    f"{mark}{number}",
                    place > 0 and number == 1,
                    due.get(lesson.id),
                    days.get(lesson.id),
                )
                for number, lesson in enumerate(track.lessons, 1)
            ),
            place > 0,
        )
        for place, (mark, track) in enumerate(zip(marks, tracks, strict=True))
    )


def columns_in(found: Sequence[Span]) -> Iterator[Column]:
    return (column for span in found for column in span.columns)
