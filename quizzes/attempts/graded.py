"""One question as its learner reads it once it may be told what was right."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from quizzes.attempts.disclosure import is_self_rated
from quizzes.attempts.grading import outcome_of
from quizzes.models import Attempt, Response
from quizzes.showing import Explained, explained
from quizzes.sources import ConceptLink
from quizzes.wording import Wording, as_block


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about an answer. The same for many learners, so it is rendered once."""

    verdict: str
    pending: bool
    rates: bool
    answered: bool
    gained: float
    points: float
    key: tuple[SafeString, ...]
    feedback: SafeString
    explanation: SafeString
    concept: ConceptLink


@dataclass(frozen=True, slots=True)
class Graded:
    """`gained` of `points`; `rates`: only the learner can say what the answer is worth."""

    number: int
    explained: Explained
    concept: ConceptLink
    points: float
    rates: bool
    rated: str
    comment: str
    regraded: bool

    @property
    def score(self) -> float:
        return self.explained.score

    @property
    def gained(self) -> float:
        return self.points * self.score

    @property
    def told(self) -> Told:
        said = self.explained
        return Told(
            said.verdict,
            said.pending,
            self.rates,
            said.answered,
            self.gained,
            self.points,
            tuple(said.key),
            said.feedback,
            said.explanation,
            self.concept,
        )

    @property
    def comment_html(self) -> SafeString:
        return as_block(self.comment) if self.comment else SafeString("")

    @property
    def waits(self) -> bool:
        """Whether a person has still to grade it."""
        return self.explained.pending and not self.rates

    @property
    def state(self) -> str:
        """What the step of the question says."""
        return "pending" if self.explained.pending else self.explained.verdict


def graded(attempt: Attempt, response: Response, words: Wording, concept: ConceptLink) -> Graded:
    """The score is what was written when graded, not what the key says today."""
    outcome = outcome_of(response)
    pending = response.score is None and outcome.pending
    told = replace(outcome, score=response.score or 0.0, pending=pending)
    seed = seed_of(attempt, response)
    shown = explained(response.version, words, told, seed=seed, answer=response.answer)
    rates = shown.kind.self_assessed and is_self_rated(attempt.quiz) and shown.answered
    return Graded(
        number=response.position,
        explained=shown,
        concept=concept,
        points=float(response.points),
        rates=rates,
        rated="" if pending or not rates else f"{shown.score:g}",
        comment=response.comment,
        regraded=response.regraded_as_id is not None,
    )


def seed_of(attempt: Attempt, response: Response) -> str:
    """What orders the options of one question in one attempt; "" keeps the author's order."""
    return f"{attempt.seed}:{response.position}" if attempt.seed else ""
