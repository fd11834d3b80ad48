"""Item analysis: how each question did with all who were asked it. Figures of many, no names.

The figures are those of `quizzes.analysis.statistics`; only finished attempts count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from quizzes.analysis.answer_counts import Choice, Given, count
from quizzes.analysis.answer_sums import Tallies, Tally, tallies
from quizzes.analysis.hints import hints_of
from quizzes.analysis.statistics import Sums, discrimination, facility, median
from quizzes.models import Attempt, Question, QuestionVersion

# Fewer answers say more about the people than about the question.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """`asked` in so many finished attempts; `seconds` is the median time to an answer.

    `others`: answers that `choices` leaves out.
    """

    asked: int
    unanswered: int
    facility: float | None
    discrimination: float | None
    seconds: float | None
    choices: tuple[Choice, ...]
    others: int

    @property
    def answered(self) -> int:
        return self.asked - self.unanswered

    @property
    def enough(self) -> bool:
        return self.asked >= ENOUGH


@dataclass(frozen=True, slots=True)
class OfVersion:
    version: QuestionVersion
    figures: Figures


@dataclass(frozen=True, slots=True)
class Item:
    """A question over all its versions; `version` is the newest of those that were asked.

    `versions` holds the figures of each, the newest first, where there is more than one. Those of
    another kind than the newest are in no sum.
    """

    question: Question
    version: QuestionVersion
    figures: Figures
    versions: tuple[OfVersion, ...]
    hints: tuple[str, ...]


def can_analyse(user: Any) -> bool:
    """Over all learners of the site: for who writes the questions. Who teaches a class has the
    figures of that class."""
    return bool(user.is_staff and user.has_perm("quizzes.change_question"))


def analysis_of(attempts: QuerySet[Attempt], question: Question | None = None) -> tuple[Item, ...]:
    """Of each question that was asked in the finished ones of `attempts`, or of `question` alone.

    Four queries, whatever the rows; the questions come in the order in which they were made.
    """
    if question is not None:
        attempts = attempts.filter(responses__version__question=question)
    found = tallies(attempts, [question.pk] if question else [])
    asked = QuestionVersion.objects.filter(pk__in=found.versions)
    versions = asked.select_related("question__concept").order_by("question_id", "-pk")
    return tuple(
        item_of(list(own), found)
        for _, own in groupby(versions, key=lambda version: version.question_id)
    )


def item_of(versions: Sequence[QuestionVersion], found: Tallies) -> Item:
    newest = versions[0]
    alike = [version for version in versions if version.kind == newest.kind]
    figures = figures_of(alike, found, found.seconds[newest.question_id])
    each = tuple(
        OfVersion(one, figures_of([one], found, found.versions[one.pk].seconds)) for one in versions
    )
    hints = hints_of(figures.facility, figures.discrimination, figures.choices)
    return Item(
        question=newest.question,
        version=newest,
        figures=figures,
        versions=each if len(each) > 1 else (),
        hints=hints if figures.enough else (),
    )


def figures_of(
    versions: Sequence[QuestionVersion], found: Tallies, seconds: Sequence[float]
) -> Figures:
    """`versions` of one kind added up, the newest first; `seconds` from their middle."""
    own = [found.versions[version.pk] for version in versions]
    counts = count(
        [
            Given(one.kind, one.payload, tally.answers)
            for one, tally in zip(versions, own, strict=True)
        ]
    )
    return Figures(
        asked=sum(tally.asked for tally in own),
        unanswered=counts.unanswered,
        facility=facility(sum(tally.scored for tally in own), sum(tally.total for tally in own)),
        discrimination=discrimination(sum((tally.sums for tally in own), Sums())),
        seconds=median(seconds),
        choices=counts.choices,
        others=counts.others + sum(map(untold, own)),
    )


def untold(tally: Tally) -> int:
    """Answers that the database counted without telling them apart."""
    return tally.asked - sum(number for _, number in tally.answers)
