"""An open attempt as its learner sees it: the steps, and one question at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizzes.grading import is_answered
from quizzes.models import Attempt, Response
from quizzes.showing import Asked, asked
from quizzes.wording import Wording, words_of


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
    responses = responses_of(attempt)
    number = place_of(wanted, responses)
    here = [response for response in responses if response.position == number]
    words = words_of([response.version for response in here])
    return at_place(attempt, responses, here[0] if here else None, words)


def cards(attempt: Attempt) -> list[Sitting]:
    """The attempt at every question and at its end, in one query."""
    responses = responses_of(attempt)
    words = words_of([response.version for response in responses])
    return [at_place(attempt, responses, here, words) for here in (*responses, None)]


def responses_of(attempt: Attempt) -> list[Response]:
    return list(attempt.responses.in_order().with_newest().select_related("version"))


def at_place(
    attempt: Attempt,
    responses: Sequence[Response],
    here: Response | None,
    words: dict[int, Wording],
) -> Sitting:
    steps = tuple(
        Step(response.position, is_answered(response), response is here) for response in responses
    )
    return Sitting(steps, here and card_of(attempt, here, words[here.version_id]))


def place_of(wanted: str, responses: Sequence[Response]) -> int:
    """The position asked for, or of the first open question; 0 stands for the end."""
    if wanted == "end":
        return 0
    for response in responses:
        if str(response.position) == wanted:
            return response.position
    return next((one.position for one in responses if not is_answered(one)), 0)


def card_of(attempt: Attempt, response: Response, words: Wording) -> Card:
    seed = seed_of(attempt, response)
    return Card(
        number=response.position,
        asked=asked(response.version, words, seed=seed, answer=response.newest_answer),
        saved_at=response.newest_at if is_answered(response) else None,
    )


def seed_of(attempt: Attempt, response: Response) -> str:
    """What orders the options of one question in one attempt; "" keeps the author's order."""
    return f"{attempt.seed}:{response.position}" if attempt.seed else ""
