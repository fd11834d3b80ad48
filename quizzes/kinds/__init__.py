"""The kinds of question, one class each, by name. Pure: values in, values out."""

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown, arrange, verdict_of
from quizzes.kinds.blanks import Blanks
from quizzes.kinds.boolean import Boolean
from quizzes.kinds.choice import Multiple, Single
from quizzes.kinds.free import Free
from quizzes.kinds.matching import Matching
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.payload import PayloadError
from quizzes.kinds.text import Text

__all__ = [
    "KINDS",
    "Answer",
    "AnswerError",
    "Kind",
    "Outcome",
    "Part",
    "PayloadError",
    "Shown",
    "arrange",
    "is_sound",
    "verdict_of",
]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Single(),
        Multiple(),
        Boolean(),
        Numeric(),
        Text(),
        Ordering(),
        Matching(),
        Blanks(),
        Free(),
    )
}


def is_sound(kind: str, payload: object) -> bool:
    """Whether a learner can be asked this: a known kind with a payload that it can read."""
    try:
        KINDS[kind].read(payload)
    except (KeyError, PayloadError):
        return False
    return True
