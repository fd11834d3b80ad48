"""A question as it is asked, and as it is explained afterwards: what every page includes.

`asked.kind.template` draws the first from `asked`, `explained.kind.graded_template` the second
from `explained` and `number`.
"""

from dataclasses import dataclass
from html import unescape

from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString

from quizzes.kinds import KINDS, Answer, Kind, Outcome, Part, Shown, arrange, verdict_of
from quizzes.models import QuestionVersion
from quizzes.wording import Wording


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to choose or to fill in; `value` is what a text field holds."""

    id: str
    html: SafeString
    chosen: bool
    value: str
    options: tuple["Field", ...]
    kind: str

    @property
    def plain(self) -> str:
        """Without marks, where HTML cannot stand, such as in an `<option>`; not safe."""
        return unescape(strip_tags(self.html)).strip()

    @property
    def has_maths(self) -> bool:
        return "<math" in self.html


@dataclass(frozen=True, slots=True)
class Asked:
    kind: Kind
    prompt: SafeString
    fields: tuple[Field, ...]

    @property
    def lettered(self) -> bool:
        """Whether the options of its fields can only be read outside of a `<select>`."""
        return any(option.has_maths for field in self.fields for option in field.options)


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """One thing that could be chosen or filled in, with what was right."""

    id: str
    html: SafeString
    feedback: SafeString
    chosen: bool
    right: bool
    given: SafeString
    expected: SafeString
    note: str


@dataclass(frozen=True, slots=True)
class Explained:
    """`pending`: a person has still to say what the answer is worth."""

    kind: Kind
    prompt: SafeString
    explanation: SafeString
    parts: tuple[ExplainedPart, ...]
    score: float
    answered: bool
    pending: bool
    feedback: SafeString
    after: SafeString

    @property
    def verdict(self) -> str:
        return verdict_of(self.score)

    @property
    def right_parts(self) -> list[ExplainedPart]:
        """The options to choose."""
        return [part for part in self.parts if part.right]

    @property
    def key(self) -> list[SafeString]:
        """The right answer where it fits in a line; else the parts say it."""
        if not self.kind.in_a_line:
            return []
        if self.parts[0].expected:
            return [format_html("{} {}", part.expected, part.html) for part in self.parts]
        return [part.html for part in self.right_parts]


def asked(version: QuestionVersion, words: Wording, *, seed: str, answer: Answer | None) -> Asked:
    kind = KINDS[version.kind]
    shown = kind.present(version.payload, seed=seed, answer=answer)
    return Asked(kind, words.prompt, tuple(field(one, words) for one in shown))


def field(shown: Shown, words: Wording) -> Field:
    return Field(
        id=shown.id,
        html=html_of(shown.text, words),
        chosen=shown.chosen,
        value=shown.value,
        options=tuple(field(one, words) for one in shown.options),
        kind=shown.kind,
    )


def explained(
    version: QuestionVersion,
    words: Wording,
    outcome: Outcome,
    *,
    seed: str,
    answer: Answer | None,
) -> Explained:
    """`outcome` is what the kind's `grade` gave for `answer`."""
    kind = KINDS[version.kind]
    parts = arrange(outcome.parts, seed) if kind.arranged else outcome.parts
    return Explained(
        kind=kind,
        prompt=words.prompt,
        explanation=words.explanation,
        parts=tuple(explained_part(part, words) for part in parts),
        score=outcome.score,
        answered=not kind.is_empty(answer),
        pending=outcome.pending,
        feedback=html_of(outcome.feedback, words),
        after=html_of(outcome.after, words),
    )


def explained_part(part: Part, words: Wording) -> ExplainedPart:
    return ExplainedPart(
        id=part.id,
        html=html_of(part.text, words),
        feedback=html_of(part.feedback, words),
        chosen=part.chosen,
        right=part.right,
        given=html_of(part.given, words),
        expected=html_of(part.expected, words),
        note=part.note,
    )


def html_of(source: str, words: Wording) -> SafeString:
    """The author's Markdown as it was rendered; what a learner typed, as plain text."""
    return words.texts.get(source) or escape(source)
