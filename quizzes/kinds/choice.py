"""Single and multiple choice.

Payload: {"options": [{"id": "a", "text": Markdown, "right": bool, "feedback": Markdown}]}
Answer:  {"chosen": ["a", …]} in the payload's order.
"""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown, arrange
from quizzes.kinds.payload import (
    Path,
    PayloadError,
    check_markdown,
    flag,
    identity,
    mapping,
    rows,
    text,
)

LEAST, MOST = 2, 8


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str
    right: bool
    feedback: str


class Choice(Kind):
    template = "quizzes/kinds/choice.html"
    graded_template = "quizzes/kinds/choice_graded.html"
    arranged = True
    in_a_line = True
    input_type: ClassVar[str]

    def read(self, payload: object) -> tuple[Option, ...]:
        listed = mapping(payload, (), required=("options",))["options"]
        found = rows(listed, ("options",), least=LEAST, most=MOST)
        options = tuple(read_option(row, ("options", at)) for at, row in enumerate(found))
        seen: set[str] = set()
        for at, option in enumerate(options):
            if option.id in seen:
                raise PayloadError(("options", at, "id"), _("Another option has this id."))
            seen.add(option.id)
        self.check_key(sum(option.right for option in options))
        return options

    @abstractmethod
    def check_key(self, right: int) -> None:
        """Raise PayloadError if `right` options cannot be right."""

    def check(self, payload: object) -> None:
        for at, option in enumerate(self.read(payload)):
            check_markdown(option.text, ("options", at, "text"))
            check_markdown(option.feedback, ("options", at, "feedback"))

    def sources(self, payload: object) -> Iterable[str]:
        for option in self.read(payload):
            yield option.text
            if option.feedback:
                yield option.feedback

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        chosen = answer["chosen"] if answer else ()
        shown = [Shown(one.id, one.text, one.id in chosen) for one in self.read(payload)]
        return arrange(shown, seed if self.arranged else "")

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        return self.from_json(payload, {"chosen": form.getlist("choice")})

    def from_json(self, payload: object, raw: object) -> Answer:
        chosen = raw.get("chosen") if isinstance(raw, dict) else None
        if not isinstance(chosen, list):
            raise AnswerError(_("The answer could not be read. Choose again."))
        ids = [option.id for option in self.read(payload)]
        if any(choice not in ids for choice in chosen):
            raise AnswerError(
                _("This is not one of the options. Reload the page and choose again.")
            )
        self.check_number(len(set(chosen)))
        return {"chosen": [one for one in ids if one in chosen]}

    @abstractmethod
    def check_number(self, chosen: int) -> None:
        """Raise AnswerError if one cannot choose `chosen` options."""

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer or not answer["chosen"]

    def grade(self, payload: object, answer: object) -> Outcome:
        chosen = [] if answer is None else self.from_json(payload, answer)["chosen"]
        parts = tuple(
            Part(option.id, option.text, option.id in chosen, option.right, option.feedback)
            for option in self.read(payload)
        )
        return Outcome(score_of(parts), parts)

    def right_answer(self, payload: object) -> Answer:
        return {"chosen": [option.id for option in self.read(payload) if option.right]}

    def in_words(self, payload: object, answer: Answer) -> str:
        return " · ".join(label for _, label in self.counted(payload, answer))

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        chosen = answer["chosen"] if answer else ()
        return tuple(
            (option.id, option.text) for option in self.read(payload) if option.id in chosen
        )


class Single(Choice):
    name = "single"
    input_type = "radio"
    hint = gettext_lazy("Choose one answer.")

    def check_key(self, right: int) -> None:
        if right != 1:
            raise PayloadError(("options",), _("Exactly one option must be right."))

    def check_number(self, chosen: int) -> None:
        if chosen != 1:
            raise AnswerError(_("Choose one answer, or skip the question for now."))


class Multiple(Choice):
    name = "multiple"
    input_type = "checkbox"
    hint = gettext_lazy(
        "Choose every answer that fits. A wrong choice takes away what a right one gives, "
        "down to zero."
    )

    def check_key(self, right: int) -> None:
        if right < 1:
            raise PayloadError(("options",), _("At least one option must be right."))

    def check_number(self, chosen: int) -> None:
        """Any number: unticking everything takes an answer back."""


def read_option(value: object, path: Path) -> Option:
    fields = mapping(value, path, required=("id", "text", "right"), optional=("feedback",))
    return Option(
        identity(fields["id"], (*path, "id")),
        text(fields["text"], (*path, "text")),
        flag(fields["right"], (*path, "right")),
        text(fields.get("feedback", ""), (*path, "feedback"), blank=True),
    )


def score_of(parts: Iterable[Part]) -> float:
    """max(0, (right chosen − wrong chosen) / number right), from 0 to 1."""
    key = gained = 0
    for part in parts:
        key += part.right
        gained += part.chosen and (1 if part.right else -1)
    return max(0, gained) / key
