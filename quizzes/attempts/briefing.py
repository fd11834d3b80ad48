"""What a learner must know before starting a quiz."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from courses.models import Lesson
from quizzes.attempts.choosing import Supply, supplies
from quizzes.models import Draw, Quiz


@dataclass(frozen=True, slots=True)
class Briefing:
    """`concepts` of the fixed list, each with its number `asked`; `draws` that give something."""

    concepts: Sequence[Any]
    draws: Sequence[Supply]

    @property
    def drawn(self) -> list[tuple[Lesson, int]]:
        """How many questions the draws give of each lesson, lessons in the order of the draws."""
        given: Counter[Lesson] = Counter()
        for supply in self.draws:
            given[lesson_of(supply.draw)] += supply.given
        return list(given.items())

    @property
    def questions(self) -> int:
        return sum(one.asked for one in self.concepts) + sum(one.given for one in self.draws)

    @property
    def points(self) -> float:
        listed = sum(float(one.points) for one in self.concepts)
        return listed + sum(float(one.draw.points) * one.given for one in self.draws)

    @property
    def weighted(self) -> bool:
        """Whether the number of points says more than the number of questions."""
        return self.points != self.questions


def lesson_of(draw: Draw) -> Lesson:
    # By its constraint a draw has one of the two.
    return cast(Lesson, draw.concept.lesson if draw.concept else draw.lesson)


def briefing(quiz: Quiz, *, now: datetime) -> Briefing:
    """Two queries, and one more with draws."""
    draws = [supply for supply in supplies(quiz, now=now) if supply.given]
    return Briefing(list(quiz.concepts()), draws)
