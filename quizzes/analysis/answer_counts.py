"""How often each answer to a question was given, by what its kind counts. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.kinds import KINDS, Answer, AnswerError, Kind, PayloadError

# Kinds whose every possible answer is known, so that one that nobody gave can be told.
CLOSED = frozenset({"single", "multiple", "boolean"})
# Of other kinds, so many answers are shown.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer, or a part of it: what it is, and how many gave it.

    `label` is Markdown of the payload or plain text.
    """

    key: str
    label: str
    right: bool
    number: int


@dataclass(frozen=True, slots=True)
class Given:
    """The distinct answers to one version of a question, each with how many gave it."""

    kind: str
    payload: Any
    answers: Sequence[tuple[Answer | None, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """`unanswered` people gave none; `others` is what `choices` leaves out."""

    choices: tuple[Choice, ...]
    unanswered: int
    others: int


@dataclass(slots=True)
class Count:
    numbers: Counter[str] = field(default_factory=Counter)
    labels: dict[str, str] = field(default_factory=dict)
    right: set[str] = field(default_factory=set)
    unanswered: int = 0
    unread: int = 0


def count(versions: Sequence[Given]) -> Counts:
    """Of versions of one kind, the newest first: its labels and its key are shown.

    Never raises: an answer that its version cannot read is one of the `others`.
    """
    found = Count()
    for given in versions:
        if (kind := KINDS.get(given.kind)) is None:
            found.unread += sum(number for _, number in given.answers)
        else:
            add_version(found, kind, given, newest=given is versions[0])
    return shown(found, closed=bool(versions) and versions[0].kind in CLOSED)


def add_version(found: Count, kind: Kind, given: Given, *, newest: bool) -> None:
    if newest:
        add_key(found, kind, given)
    for answer, number in given.answers:
        try:
            add_answer(found, kind, given, answer, number)
        except (AnswerError, PayloadError, KeyError, TypeError):
            found.unread += number


def add_key(found: Count, kind: Kind, given: Given) -> None:
    """What is right, and what could be chosen, before anybody has."""
    try:
        right = kind.counted(given.payload, kind.right_answer(given.payload))
        options = kind.present(given.payload, seed="", answer=None)
    except PayloadError:
        return
    found.right = {key for key, _ in right}
    if kind.name in CLOSED:
        found.labels = {option.id: option.text for option in options}
        found.numbers.update(dict.fromkeys(found.labels, 0))


def add_answer(found: Count, kind: Kind, given: Given, answer: Answer | None, number: int) -> None:
    if kind.is_empty(answer):
        found.unanswered += number
        return
    pairs = kind.counted(given.payload, answer)
    if not pairs:
        found.unread += number
    elif len(pairs) == 1 and kind.name not in CLOSED and is_right(kind, given.payload, answer):
        found.right.add(pairs[0][0])
    for key, label in pairs:
        found.labels.setdefault(key, label)
        found.numbers[key] += number


def is_right(kind: Kind, payload: Any, answer: Answer | None) -> bool:
    """Several answers to an open question may be right."""
    return kind.grade(payload, answer).score >= 1


def shown(found: Count, *, closed: bool) -> Counts:
    """A closed kind's in its author's order, the others' by number."""
    keys: Iterable[str] = found.labels
    if not closed:
        keys = sorted(keys, key=lambda key: (-found.numbers[key], key))[:SHOWN]
    choices = tuple(
        Choice(key, found.labels[key], key in found.right, found.numbers[key]) for key in keys
    )
    left_out = found.numbers.total() - sum(choice.number for choice in choices)
    return Counts(choices, found.unanswered, found.unread + left_out)
