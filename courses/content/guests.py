"""What another app keeps in the course's files: it registers, and this app reads and writes it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from courses.content.problems import Problem
from courses.models import Course, Lesson

if TYPE_CHECKING:
    from courses.content.saving import Changes

Rows = list[dict[str, Any]]


def nothing(*args: Any) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True)
class Guest:
    """The questions of a lesson's file, and the quizzes of a course."""

    check_questions: Callable[[list[Any], set[str]], Iterable[Problem]] = nothing
    # Rows of quizzes.yaml, and the data of each lesson's file by `track/lesson`.
    check_quizzes: Callable[[list[Any], Mapping[str, dict[str, Any]]], Iterable[Problem]] = nothing
    save_questions: "Callable[[Lesson, Rows], Changes] | None" = None
    save_quizzes: "Callable[[Course, Rows, Mapping[str, Lesson]], Changes] | None" = None
    # The keys that it adds to the documents of lessons, by their ids: a fixed number of queries.
    parts_of_lessons: Callable[[Sequence[Lesson]], Mapping[int, dict[str, Any]]] = field(
        default=lambda lessons: {}
    )
    quizzes_of: Callable[[Course], Rows] = field(default=lambda course: [])


_guests = [Guest()]


def register(guest: Guest) -> None:
    _guests[:] = [guest]


def guest() -> Guest:
    return _guests[0]
