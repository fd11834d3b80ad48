"""An open attempt as its learner sees it: the steps, and one question at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from quizzes.kinds import KINDS, Kind, Shown
from quizzes.models import Attempt, Response
from quizzes.wording import Wording, words_of


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    answered: bool
    here: bool


@dataclass(frozen=True, slots=True)
class ShownOption:
    id: str
    html: SafeString
    chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One question. `saved_at` is None until it has an answer."""

    number: int
    kind: Kind
    prompt: SafeString
    options: tuple[ShownOption, ...]
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
    kind, words = KINDS[version.kind], words_of([version])[version.pk]
    shown = kind.present(
        version.payload, seed=seed_of(attempt, response), answer=response.newest_answer
    )
    return Card(
        number=response.position,
        kind=kind,
        prompt=words.prompt,
        options=tuple(option(one, words) for one in shown),
        saved_at=response.newest_at if is_answered(response) else None,
    )


def option(shown: Shown, words: Wording) -> ShownOption:
    return ShownOption(shown.id, words.texts[shown.text], shown.chosen)


def seed_of(attempt: Attempt, response: Response) -> str:
    """What orders the options of one question in one attempt; "" keeps the author's order."""
    return f"{attempt.seed}:{response.position}" if attempt.seed else ""
