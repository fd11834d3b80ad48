"""A finished attempt as its learner reads it: every question graded, and a bar a concept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from courses.models import Concept
from quizzes.grading import outcome_of
from quizzes.models import Attempt, Response
from quizzes.showing import Explained, explained
from quizzes.sitting import seed_of
from quizzes.wording import Wording, words_of


@dataclass(frozen=True, slots=True)
class Graded:
    """One question with what the learner answered, and how it was graded."""

    number: int
    explained: Explained
    concept: Concept

    @property
    def score(self) -> float:
        return self.explained.score


@dataclass(frozen=True, slots=True)
class Bar:
    """The mean score of a concept's questions, from 0 to 1."""

    concept: Concept
    score: float

    @property
    def percent(self) -> int:
        return round(self.score * 100)


@dataclass(frozen=True, slots=True)
class Results:
    questions: tuple[Graded, ...]
    bars: tuple[Bar, ...]

    @property
    def points(self) -> float:
        return sum(question.score for question in self.questions)

    @property
    def to_reread(self) -> list[Bar]:
        """Concepts with something missing that can still be read, the weakest first."""
        weak = [bar for bar in self.bars if bar.percent < 100 and not bar.concept.archived]
        return sorted(weak, key=lambda bar: bar.score)


def results_of(attempt: Attempt) -> Results:
    """One query, however many questions."""
    place = "version__question__concept__lesson__track__course"
    responses = list(attempt.responses.in_order().select_related(place))
    words = words_of([response.version for response in responses])
    questions = tuple(
        graded(attempt, response, words[response.version_id]) for response in responses
    )
    return Results(questions, bars_of(questions))


def graded(attempt: Attempt, response: Response, words: Wording) -> Graded:
    """The score is what was written when graded."""
    outcome = replace(outcome_of(response), score=response.score or 0.0)
    return Graded(
        number=response.position,
        explained=explained(
            response.version,
            words,
            outcome,
            seed=seed_of(attempt, response),
            answer=response.answer,
        ),
        concept=response.version.question.concept,
    )


def bars_of(questions: Sequence[Graded]) -> tuple[Bar, ...]:
    """In the order in which the concepts were first asked."""
    scores: dict[Concept, list[float]] = defaultdict(list)
    for question in questions:
        scores[question.concept].append(question.score)
    return tuple(Bar(concept, fmean(found)) for concept, found in scores.items())
