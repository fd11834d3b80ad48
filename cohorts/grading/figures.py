"""What the learners of a class did at its quizzes, quiz by quiz."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Sum

from cohorts.grading.quizzes import attempts_of, shown_quizzes
from cohorts.models import Cohort, Group
from quizzes.models import Quiz


@dataclass(frozen=True, slots=True)
class Figures:
    """Of finished attempts: how many, by how many learners, the mean of their scores (0 to 1,
    None of no attempts), and how many answers wait for a person."""

    quiz: Quiz
    attempts: int
    learners: int
    mean: float | None
    waiting: int


def figures_of(cohort: Cohort, group: Group | None, now: datetime) -> tuple[Figures, ...]:
    """In the order of the course. Two queries."""
    quizzes = shown_quizzes(cohort, now).select_related("lesson")
    counted = attempts_of(cohort, group).order_by().values("quiz")
    rows: Iterable[Any] = counted.annotate(
        attempts=Count("pk"),
        learners=Count("user", distinct=True),
        mean=Avg("score"),
        waiting=Sum("awaiting"),
    )
    by_quiz = {row.pop("quiz"): row for row in rows}
    none = {"attempts": 0, "learners": 0, "mean": None, "waiting": 0}
    return tuple(Figures(quiz=quiz, **by_quiz.get(quiz.pk, none)) for quiz in quizzes)
