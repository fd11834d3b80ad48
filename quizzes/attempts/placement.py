"""What a placement decides: which lessons a learner may skip, and why. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.attempts.counting import passes
from quizzes.sources import LessonLink


@dataclass(frozen=True, slots=True)
class Decision:
    """Of one lesson: `gained` of the `points` that its `asked` questions were worth."""

    lesson: LessonLink
    asked: int
    gained: float
    points: float
    skips: bool

    @property
    def share(self) -> float:
        return self.gained / self.points

    @property
    def percent(self) -> int:
        return round(self.share * 100)


def decide(
    answers: Iterable[tuple[LessonLink, float, float]], pass_mark: int
) -> tuple[Decision, ...]:
    """A decision for each lesson of `answers`, in the order in which they were first asked.

    An answer is (lesson, points gained, points of the question); the points are above 0. A
    lesson may be skipped when the share of its points reaches `pass_mark` percent, as people
    see it.
    """
    asked: dict[LessonLink, list[tuple[float, float]]] = {}
    for lesson, gained, points in answers:
        asked.setdefault(lesson, []).append((gained, points))
    return tuple(decision(lesson, found, pass_mark) for lesson, found in asked.items())


def decision(lesson: LessonLink, answers: list[tuple[float, float]], pass_mark: int) -> Decision:
    gained = sum(one for one, _ in answers)
    points = sum(one for _, one in answers)
    skips = passes(gained / points, pass_mark)
    return Decision(lesson, len(answers), gained, points, skips)
