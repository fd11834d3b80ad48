"""A finished attempt as its learner reads it: every question graded, and a bar a concept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes.attempts.graded import Graded, graded
from quizzes.attempts.placement import Decision, decide
from quizzes.attempts.responses import responses_of
from quizzes.models import Attempt, QuestionVersion, Quiz, Response
from quizzes.sources import ConceptLink, sources_of
from quizzes.wording import Wording, words_of


@dataclass(frozen=True, slots=True)
class Bar:
    """What was gained of a concept's points, from 0 to 1."""

    concept: ConceptLink
    score: float

    @property
    def percent(self) -> int:
        return round(self.score * 100)


@dataclass(frozen=True, slots=True)
class Results:
    """`decisions` are those of a placement."""

    questions: tuple[Graded, ...]
    bars: tuple[Bar, ...]
    decisions: tuple[Decision, ...]

    @property
    def gained(self) -> float:
        return sum(question.gained for question in self.questions)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions)

    @property
    def weighted(self) -> bool:
        """Whether some questions are worth more than others."""
        return any(question.points != 1 for question in self.questions)

    @property
    def to_rate(self) -> list[Graded]:
        """Answers that nobody but the learner can say the worth of, and has not yet."""
        return [one for one in self.questions if one.rates and one.explained.pending]

    @property
    def coming_back(self) -> int:
        """Each question that was answered is a card of review from now on."""
        return sum(one.explained.answered for one in self.questions)

    @property
    def to_reread(self) -> list[Bar]:
        """Concepts with something missing that can still be read, the weakest first."""
        weak = [bar for bar in self.bars if bar.percent < 100 and not bar.concept.archived]
        return sorted(weak, key=lambda bar: bar.score)


def results_of(attempt: Attempt) -> Results:
    """Two queries, however many questions."""
    responses = responses_of(attempt)
    words = words_of([version for one in responses for version in versions(one)])
    sources = sources_of(one.version.question_id for one in responses)
    questions = tuple(
        graded(attempt, one, said_in(one, words), sources[one.version.question_id])
        for one in responses
    )
    return Results(questions, bars_of(questions), decisions_of(attempt.quiz, questions))


def versions(response: Response) -> list[QuestionVersion]:
    """What was asked, and what its answer was graded again by."""
    return [one for one in (response.version, response.regraded_as) if one is not None]


def said_in(response: Response, words: dict[int, Wording]) -> Wording:
    """The question as it was asked; a newer key may bring texts that were not there."""
    first = words[response.version_id]
    if response.regraded_as_id is None:
        return first
    return replace(first, texts=words[response.regraded_as_id].texts | first.texts)


def bars_of(questions: Sequence[Graded]) -> tuple[Bar, ...]:
    """In the order in which the concepts were first asked; nothing that waits for a person."""
    asked: dict[ConceptLink, list[Graded]] = defaultdict(list)
    for question in questions:
        if not question.explained.pending:
            asked[question.concept].append(question)
    return tuple(
        Bar(concept, sum(one.gained for one in found) / sum(one.points for one in found))
        for concept, found in asked.items()
    )


def decisions_of(quiz: Quiz, questions: Sequence[Graded]) -> tuple[Decision, ...]:
    if quiz.mode != Quiz.Mode.PLACEMENT:
        return ()
    answers = [(one.concept.lesson, one.gained, one.points) for one in questions]
    return decide(answers, quiz.pass_mark)
