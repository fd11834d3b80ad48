"""What another app keeps in the course's files: it registers, and this app reads and writes it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from courses.content.problems import Problem
from courses.models import Course, Lesson

if TYPE_CHECKING:
    from courses.content.saving import Changes

Rows = list[dict[str, Any]]
Data = Mapping[str, Any]
# The data of lessons, and the lessons themselves, by `track/lesson`.
Known = Mapping[str, Data]
Lessons = Mapping[str, Lesson]
# The `track/lesson` of each lesson that the files have, by its id.
Names = Mapping[int, str]


def nothing(*args: Any) -> tuple[()]:
    return ()


def no_keys(*args: Any) -> dict[Any, Any]:
    return {}


def no_rows(*args: Any) -> Rows:
    return []


@dataclass(frozen=True, slots=True)
class Guest:
    """The questions and the quiz of a lesson's file, and the quizzes of a course."""

    # Its keys in a lesson's data, all lessons known.
    check_lesson: Callable[[Data, Known], Iterable[Problem]] = nothing
    check_quizzes: Callable[[list[Any], Known], Iterable[Problem]] = nothing
    # Its keys of a lesson in the form of `normal`; none where the data has none of them.
    normal_part: Callable[[str, Data], dict[str, Any]] = no_keys
    normal_quizzes: Callable[[Rows], Rows] = no_rows
    # First the questions of every lesson, then what lists them.
    save_questions: "Callable[[Lesson, Data], Changes] | None" = None
    save_quizzes: "Callable[[Course, Rows, Lessons], Changes] | None" = None
    save_quiz: "Callable[[Lesson, Data, Lessons], Changes] | None" = None
    # The lesson had another title before.
    renamed: "Callable[[Lesson, str], Changes] | None" = None
    # The keys that it adds to the documents of lessons, by their ids: a fixed number of queries.
    parts_of_lessons: Callable[[Sequence[Lesson], Names], Mapping[int, dict[str, Any]]] = no_keys
    quizzes_of: Callable[[Course, Names], Rows] = no_rows
    # Who may change what it keeps.
    permissions: tuple[str, ...] = ()


_guests = [Guest()]


def register(guest: Guest) -> None:
    _guests[:] = [guest]


def guest() -> Guest:
    return _guests[0]
