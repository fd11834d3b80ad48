"""A short text: one of several, or one that fits a pattern, once both are folded.

Payload: {"accepted": ["…"], "pattern": RE2, "case": bool,
          "mistakes": [{"text": "…", "feedback": Markdown}]}
Answer:  {"text": what was typed}
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, Kind, Outcome, Part, Shown
from quizzes.kinds.folding import bare, fold, matches, read_pattern
from quizzes.kinds.payload import (
    Path,
    PayloadError,
    check_markdown,
    flag,
    mapping,
    optional_text,
    rows,
    text,
)
from quizzes.kinds.typed import MOST_TYPED, typed_text

MOST_ACCEPTED = 20
MOST_MISTAKES = 8


@dataclass(frozen=True, slots=True)
class Mistake:
    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Key:
    """`folded` are the accepted answers as they are compared."""

    accepted: tuple[str, ...]
    folded: frozenset[str]
    pattern: str
    case: bool
    mistakes: tuple[Mistake, ...]

    def fits(self, answer: str) -> bool:
        folded = fold(answer, case=self.case)
        if bare(folded) in self.folded:
            return True
        spelt = {folded, bare(folded)} if self.pattern else ()
        return any(matches(self.pattern, one, case=self.case) for one in spelt)

    def feedback_on(self, answer: str) -> str:
        key = compared(answer, case=self.case)
        said = (one.feedback for one in self.mistakes if compared(one.text, case=self.case) == key)
        return next(said, "")


class Text(Kind):
    name = "text"
    template = "quizzes/kinds/text.html"
    graded_template = "quizzes/kinds/typed_graded.html"
    hint = gettext_lazy("Write a word or a few. Accents and extra spaces do not matter.")
    in_a_line = True

    def read(self, payload: object) -> Key:
        fields = mapping(
            payload, (), required=("accepted",), optional=("pattern", "case", "mistakes")
        )
        case = flag(fields.get("case", False), ("case",))
        pattern = optional_text(fields, "pattern", ())
        if pattern:
            read_pattern(pattern, ("pattern",), case=case)
        accepted = rows(fields["accepted"], ("accepted",), least=1, most=MOST_ACCEPTED)
        listed = rows(fields.get("mistakes", []), ("mistakes",), least=0, most=MOST_MISTAKES)
        texts = tuple(answer(one, ("accepted", at)) for at, one in enumerate(accepted))
        return Key(
            texts,
            frozenset(compared(one, case=case) for one in texts),
            pattern,
            case,
            tuple(read_mistake(row, ("mistakes", at)) for at, row in enumerate(listed)),
        )

    def check(self, payload: object) -> None:
        key = self.read(payload)
        for at, mistake in enumerate(key.mistakes):
            check_markdown(mistake.feedback, ("mistakes", at, "feedback"))
            if key.fits(mistake.text):
                raise PayloadError(("mistakes", at, "text"), _("This counts as right."))

    def sources(self, payload: object) -> Iterable[str]:
        return [mistake.feedback for mistake in self.read(payload).mistakes]

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        self.read(payload)
        return (Shown("text", value=answer["text"] if answer else ""),)

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        return self.from_json(payload, {"text": form.get("text", "")})

    def from_json(self, payload: object, raw: object) -> Answer:
        """As it was typed. "" takes an answer back."""
        self.read(payload)
        return {"text": typed_text(raw, "text")}

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer or not answer["text"]

    def grade(self, payload: object, answer: object) -> Outcome:
        key = self.read(payload)
        given = "" if answer is None else self.from_json(payload, answer)["text"]
        right = bool(given) and key.fits(given)
        part = Part(
            "text",
            "",
            chosen=bool(given),
            right=right,
            feedback=key.feedback_on(given) if given and not right else "",
            given=given,
            expected=key.accepted[0],
        )
        return Outcome(float(right), (part,))

    def right_answer(self, payload: object) -> Answer:
        return {"text": self.read(payload).accepted[0].strip()}

    def in_words(self, payload: object, answer: Answer) -> str:
        return str(answer["text"])

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        if answer is None or self.is_empty(answer):
            return ()
        key = compared(answer["text"], case=self.read(payload).case)
        return ((key, key),)


def compared(given: str, *, case: bool) -> str:
    return bare(fold(given, case=case))


def answer(value: object, path: Path) -> str:
    """One that a learner could give."""
    given = text(value, path)
    if len(given) > MOST_TYPED:
        raise PayloadError(path, _("An answer has at most %d characters.") % MOST_TYPED)
    if not fold(given):
        raise PayloadError(path, _("Nothing is left of this without accents and spaces."))
    return given


def read_mistake(value: object, path: Path) -> Mistake:
    fields = mapping(value, path, required=("text", "feedback"))
    return Mistake(
        answer(fields["text"], (*path, "text")), text(fields["feedback"], (*path, "feedback"))
    )
