"""An answer in one's own words, which a person compares with a model answer.

Payload: {"model_answer": Markdown, "criteria": [Markdown], "longest": words}
Answer:  {"text": what was typed}, and where learners may say what theirs is worth,
         "self": 0, 0.5 or 1
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown
from quizzes.kinds.payload import Path, PayloadError, check_markdown, mapping, rows, text
from quizzes.kinds.typed import typed_text

MOST_CRITERIA = 6
USUAL_WORDS, MOST_WORDS = 300, 1_000
# For languages that put no spaces between words, and against one endless word.
LETTERS_A_WORD = 15
# What a learner says that an answer is worth, by what the form sends.
RATINGS = {"0": 0.0, "0.5": 0.5, "1": 1.0}


@dataclass(frozen=True, slots=True)
class Key:
    """`longest` is in words."""

    model_answer: str
    criteria: tuple[str, ...]
    longest: int


class Free(Kind):
    name = "free"
    template = "quizzes/kinds/free.html"
    graded_template = "quizzes/kinds/free_graded.html"
    hint = gettext_lazy(
        "Write in your own words. Afterwards your answer stands beside a model answer."
    )
    self_assessed = True

    def read(self, payload: object) -> Key:
        fields = mapping(payload, (), required=("model_answer",), optional=("criteria", "longest"))
        listed = rows(fields.get("criteria", []), ("criteria",), least=0, most=MOST_CRITERIA)
        return Key(
            text(fields["model_answer"], ("model_answer",)),
            tuple(text(one, ("criteria", at)) for at, one in enumerate(listed)),
            words_allowed(fields.get("longest", USUAL_WORDS), ("longest",)),
        )

    def check(self, payload: object) -> None:
        key = self.read(payload)
        check_markdown(key.model_answer, ("model_answer",))
        for at, criterion in enumerate(key.criteria):
            check_markdown(criterion, ("criteria", at))
        try:
            check_length(key.model_answer.strip(), key.longest)
        except AnswerError as error:
            raise PayloadError(("model_answer",), str(error)) from error

    def sources(self, payload: object) -> Iterable[str]:
        return self.read(payload).criteria

    def blocks(self, payload: object) -> Iterable[str]:
        return (self.read(payload).model_answer,)

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        limit = _("At most %d words.") % self.read(payload).longest
        return (Shown("text", limit, value=answer["text"] if answer else ""),)

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        raw: Answer = {"text": form.get("text", "").replace("\r\n", "\n")}
        if rating := form.get("self"):
            raw["self"] = RATINGS.get(rating)
        return self.from_json(payload, raw)

    def from_json(self, payload: object, raw: object) -> Answer:
        longest = self.read(payload).longest
        given = typed_text(raw, "text", most=3 * LETTERS_A_WORD * longest)
        check_length(given, longest)
        answer: Answer = {"text": given}
        if given and isinstance(raw, dict) and "self" in raw:
            answer["self"] = rating_of(raw["self"])
        return answer

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer or not answer["text"]

    def unrated(self, answer: Answer) -> Answer:
        return {"text": answer["text"]}

    def grade(self, payload: object, answer: object) -> Outcome:
        """The learner's own rating where the answer has one; else a person has to say."""
        key = self.read(payload)
        given: Answer = {"text": ""} if answer is None else self.from_json(payload, answer)
        score: float = given.get("self", 0.0)
        whole = Part(
            "text",
            "",
            chosen=not self.is_empty(given),
            right=score >= 1,
            given=given["text"],
            expected=key.model_answer,
        )
        criteria = tuple(
            Part(f"criterion-{at}", one, chosen=False, right=False)
            for at, one in enumerate(key.criteria, 1)
        )
        pending = "self" not in given and not self.is_empty(given)
        return Outcome(score, (whole, *criteria), pending=pending)

    def right_answer(self, payload: object) -> Answer:
        return {"text": self.read(payload).model_answer.strip()}

    def in_words(self, payload: object, answer: Answer) -> str:
        return str(answer["text"])

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        """No two answers are alike."""
        return ()


def words_allowed(value: object, path: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_WORDS:
        raise PayloadError(path, _("Give a number of words from 1 to %d.") % MOST_WORDS)
    return value


def check_length(given: str, longest: int) -> None:
    """Raise AnswerError, which says by how much to shorten, and keeps what was typed."""
    words = len(given.split())
    if words > longest:
        message = _("Your answer has %(words)d words; %(longest)d is the most. Shorten it.")
        raise AnswerError(message % {"words": words, "longest": longest}, typed={"text": given})
    letters = LETTERS_A_WORD * longest
    if len(given) > letters:
        message = _("Your answer has %(length)d characters; %(most)d is the most. Shorten it.")
        raise AnswerError(message % {"length": len(given), "most": letters}, typed={"text": given})


def rating_of(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in (0, 0.5, 1):
        return float(value)
    raise AnswerError(_("Say how your answer compares: not yet, in part, or fully."))
