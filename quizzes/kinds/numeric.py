"""A number, right within a tolerance. All arithmetic is exact.

Payload: {"value": "6.5", "tolerance": {"absolute": "0.1"} or {"relative": "0.02"},
          "unit": Markdown, "mistakes": [{"value": "52", "feedback": Markdown}]}
Answer:  {"value": what was typed}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown
from quizzes.kinds.numbers import EXACT, key_of, near, share_of, typed, written
from quizzes.kinds.payload import (
    Path,
    PayloadError,
    check_markdown,
    mapping,
    optional_text,
    rows,
    text,
)
from quizzes.kinds.typed import typed_text

MOST_MISTAKES = 8
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Mistake:
    value: Decimal
    feedback: str


@dataclass(frozen=True, slots=True)
class Key:
    """`share`: whether the tolerance is a share of the value."""

    written: str
    value: Decimal
    tolerance: Decimal
    share: bool
    unit: str
    mistakes: tuple[Mistake, ...]

    def fits(self, number: Decimal, value: Decimal) -> bool:
        margin = share_of(value, self.tolerance) if self.share else self.tolerance
        return near(number, value, margin)

    @property
    def note(self) -> str:
        if not self.tolerance:
            return ""
        margin = share_of(self.value, self.tolerance) if self.share else self.tolerance
        with localcontext(EXACT):
            low, high = key_of(self.value - margin), key_of(self.value + margin)
        return _("Anything from %(low)s to %(high)s counts as right.") % {"low": low, "high": high}


class Numeric(Kind):
    name = "numeric"
    template = "quizzes/kinds/numeric.html"
    graded_template = "quizzes/kinds/typed_graded.html"
    hint = gettext_lazy("Write a number, such as 6.5, 6,5 or 1.2e9.")
    in_a_line = True

    def read(self, payload: object) -> Key:
        fields = mapping(
            payload, (), required=("value",), optional=("tolerance", "unit", "mistakes")
        )
        value = written(fields["value"], ("value",))
        tolerance, share = read_tolerance(fields.get("tolerance"), value)
        listed = rows(fields.get("mistakes", []), ("mistakes",), least=0, most=MOST_MISTAKES)
        return Key(
            text(fields["value"], ("value",)),
            value,
            tolerance,
            share,
            optional_text(fields, "unit", ()),
            tuple(read_mistake(row, ("mistakes", at)) for at, row in enumerate(listed)),
        )

    def check(self, payload: object) -> None:
        key = self.read(payload)
        check_markdown(key.unit, ("unit",))
        for at, mistake in enumerate(key.mistakes):
            check_markdown(mistake.feedback, ("mistakes", at, "feedback"))
            if key.fits(mistake.value, key.value):
                raise PayloadError(("mistakes", at, "value"), _("This counts as right."))

    def sources(self, payload: object) -> Iterable[str]:
        key = self.read(payload)
        return [one for one in (key.unit, *(one.feedback for one in key.mistakes)) if one]

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        key = self.read(payload)
        return (Shown("value", key.unit, value=answer["value"] if answer else ""),)

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        return self.from_json(payload, {"value": form.get("value", "")})

    def from_json(self, payload: object, raw: object) -> Answer:
        """As it was typed, once it can be read as a number. "" takes an answer back."""
        self.read(payload)
        answer = {"value": typed_text(raw, "value")}
        if answer["value"]:
            number_of(answer)
        return answer

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer or not answer["value"]

    def grade(self, payload: object, answer: object) -> Outcome:
        key = self.read(payload)
        given = None if answer is None else self.from_json(payload, answer)
        if given is None or self.is_empty(given):
            return outcome(key, given="", right=False, feedback="")
        number = number_of(given)
        right = key.fits(number, key.value)
        said = (one.feedback for one in key.mistakes if key.fits(number, one.value))
        return outcome(key, given["value"], right, "" if right else next(said, ""))

    def right_answer(self, payload: object) -> Answer:
        return {"value": self.read(payload).written}

    def in_words(self, payload: object, answer: Answer) -> str:
        return str(answer["value"])

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        if answer is None or self.is_empty(answer):
            return ()
        key = key_of(number_of(answer))
        return ((key, key),)


def number_of(answer: Answer) -> Decimal:
    try:
        return typed(answer["value"])
    except AnswerError as error:
        raise AnswerError(str(error), typed=answer) from error


def outcome(key: Key, given: str, right: bool, feedback: str) -> Outcome:
    part = Part(
        "value",
        key.unit,
        chosen=bool(given),
        right=right,
        feedback=feedback,
        given=given,
        expected=key.written,
        note=key.note,
    )
    return Outcome(float(right), (part,))


def read_tolerance(value: object, target: Decimal) -> tuple[Decimal, bool]:
    if value is None:
        return ZERO, False
    fields = mapping(value, ("tolerance",), required=(), optional=("absolute", "relative"))
    if len(fields) != 1:
        raise PayloadError(("tolerance",), _("Give either “absolute” or “relative”."))
    [(name, given)] = fields.items()
    path: Path = ("tolerance", name)
    number, share = written(given, path), name == "relative"
    if number < 0 or (share and number >= 1):
        most = _("Write a share from 0 to 1, such as 0.02.") if share else _("Write 0 or more.")
        raise PayloadError(path, most)
    if share and not target:
        raise PayloadError(path, _("A share of 0 is 0. Give an absolute tolerance."))
    return number, share


def read_mistake(value: object, path: Path) -> Mistake:
    fields: dict[str, Any] = mapping(value, path, required=("value", "feedback"))
    return Mistake(
        written(fields["value"], (*path, "value")), text(fields["feedback"], (*path, "feedback"))
    )
