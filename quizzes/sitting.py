"""An open attempt as its learner sees it: the steps, and one question at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzes.kinds import KINDS
from quizzes.models import Attempt, Response
from quizzes.showing import Asked, asked
from quizzes.wording import words_of


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    answered: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One question. `saved_at` is None until it has an answer."""

    number: int
    asked: Asked
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """`card` is None at the end, where the learner hands in."""

    steps: tuple[Step, ...]
    card: Card | None

    @property
    def unanswered(self) -> list[int]:
        return [step.number for step in self.steps if not step.answered]

    @property
    def answered(self) -> int:
        return len(self.steps) - len(self.unanswered)


def sitting(attempt: Attempt, wanted: str) -> Sitting:
    """The attempt at the question `wanted` ("3", or "end"); else where the learner stopped."""
    responses = list(attempt.responses.in_order().with_newest().select_related("version"))
    number = place_of(wanted, responses)
    steps = tuple(
        Step(response.position, is_answered(response), response.position == number)
        for response in responses
    )
    here = [response for response in responses if response.position == number]
    return Sitting(steps, card_of(attempt, here[0]) if here else None)


def place_of(wanted: str, responses: Sequence[Response]) -> int:
    """The position asked for, or of the first open question; 0 stands for the end."""
    if wanted == "end":
        return 0
    for response in responses:
        if str(response.position) == wanted:
            return response.position
    return next((one.position for one in responses if not is_answered(one)), 0)


def is_answered(response: Response) -> bool:
    return not KINDS[response.version.kind].is_empty(response.newest_answer)


def card_of(attempt: Attempt, response: Response) -> Card:
    version = response.version
    words, seed = words_of([version])[version.pk], seed_of(attempt, response)
    return Card(
        number=response.position,
        asked=asked(version, words, seed=seed, answer=response.newest_answer),
        saved_at=response.newest_at if is_answered(response) else None,
    )


def seed_of(attempt: Attempt, response: Response) -> str:
    """What orders the options of one question in one attempt; "" keeps the author's order."""
    return f"{attempt.seed}:{response.position}" if attempt.seed else ""
