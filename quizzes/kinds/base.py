"""What every kind of question can do."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise

# What a learner answered, as JSON; each kind says its shape.
Answer = dict[str, Any]


class AnswerError(ValueError):
    """An answer that does not fit the question; the message tells the learner what to do.

    `typed` is what was sent where `present` can show it again, so that nobody types it twice.
    """

    def __init__(self, message: str, typed: Answer | None = None) -> None:
        super().__init__(message)
        self.typed = typed


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to choose or to fill in, before it is graded.

    `text` is Markdown, `value` what a field holds, `options` what it can be set to, `kind` the
    kind of a gap.
    """

    id: str
    text: str = ""
    chosen: bool = False
    value: str = ""
    options: tuple["Shown", ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that could be chosen or filled in, after grading.

    `text` and `feedback` are Markdown; `given` and `expected` are either one of the payload's
    texts, or plain text. `chosen` is whether there is an answer. `right` says of an option that
    it is one to choose, of a field that what is in it is right. `note` is plain text, such as
    what else would count.
    """

    id: str
    text: str
    chosen: bool
    right: bool
    feedback: str = ""
    given: str = ""
    expected: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer is worth, from 0 to 1, and why, part by part.

    `pending`: only a person can tell; the score is 0 until one has. `feedback` is on the whole
    answer and for the page to show, `after` the Markdown behind the last part.
    """

    score: float
    parts: tuple[Part, ...]
    pending: bool = False
    feedback: str = ""
    after: str = ""


def verdict_of(score: float) -> Literal["right", "part", "wrong"]:
    if score >= 1:
        return "right"
    return "part" if score > 0 else "wrong"


class Kind(ABC):
    """A kind of question. Stateless; what it reads is JSON out of a question's `payload`.

    Every method that takes a payload raises PayloadError for one that it cannot read, and
    nothing else whatever the JSON; parsing and grading raise AnswerError likewise.
    """

    name: ClassVar[str]
    # The fields of the answer form, and the same after grading.
    template: ClassVar[str]
    graded_template: ClassVar[str]
    # How to answer, and how points are given where that is not plain.
    hint: ClassVar[Promise]
    # Whether the parts of an outcome are shown in the order in which the fields were.
    arranged: ClassVar[bool] = False
    # Whether the right answer is said in a line, rather than part by part.
    in_a_line: ClassVar[bool] = False
    # Whether the learner may say what the answer is worth, where that is allowed.
    self_assessed: ClassVar[bool] = False

    @abstractmethod
    def read(self, payload: object) -> object:
        """The payload in the kind's own terms. Cheap: Markdown is not looked at."""

    @abstractmethod
    def check(self, payload: object) -> None:
        """What an editor's form asks: `read`, and the Markdown of every text."""

    @abstractmethod
    def sources(self, payload: object) -> Iterable[str]:
        """Every Markdown text of the payload that is shown in a line, such as options."""

    def blocks(self, payload: object) -> Iterable[str]:
        """Every Markdown text of the payload that is shown in paragraphs."""
        return ()

    def pieces(self, payload: object) -> Iterable[str]:
        """Every Markdown text that is a piece of a line, whose outer spaces count."""
        return ()

    @abstractmethod
    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        """What the learner sees, in an order that `seed` alone decides; "" keeps the author's."""

    @abstractmethod
    def from_form(self, payload: object, form: QueryDict) -> Answer: ...

    @abstractmethod
    def from_json(self, payload: object, raw: object) -> Answer:
        """`raw` in its normal form: the same answer sent in two ways comes out equal.

        What was typed stays as it was typed, without the spaces around it.
        """

    @abstractmethod
    def is_empty(self, answer: Answer | None) -> bool:
        """Whether nothing has been answered, so that the learner can be told."""

    def unrated(self, answer: Answer) -> Answer:
        """`answer` without what the learner says it is worth."""
        return answer

    @abstractmethod
    def grade(self, payload: object, answer: object) -> Outcome:
        """The score of `answer`, None being no answer; the parts stand as the author had them."""

    @abstractmethod
    def right_answer(self, payload: object) -> Answer:
        """An answer that scores 1, or would be given full points by a person."""

    @abstractmethod
    def in_words(self, payload: object, answer: Answer) -> str:
        """`answer` as an export or a teacher's list says it, in plain text."""

    @abstractmethod
    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        """What statistics count the answer under: (key, label), such as each chosen option.

        The label is Markdown of the payload or plain text; no answer gives no pair.
        """


class HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=HasId)


def arrange(items: Sequence[T], seed: str) -> tuple[T, ...]:
    """`items` in an order that depends on `seed` and their ids, not on how they came.

    Sorted by digest: the same on every machine and version of Python. "" keeps the order.
    """
    if not seed:
        return tuple(items)
    return tuple(
        sorted(items, key=lambda item: hashlib.sha256(f"{seed}:{item.id}".encode()).digest())
    )
