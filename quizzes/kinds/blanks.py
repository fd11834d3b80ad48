"""A line with gaps, each of them a question of another kind.

Payload: {"text": Markdown with [[a]], "blanks": {"a": {"kind": "numeric", …its payload…}}}
Answer:  {"blanks": {"a": answer of its kind}}, in the order of the text; empty gaps left out
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown
from quizzes.kinds.choice import Single
from quizzes.kinds.gapped import check_pieces, cut
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.payload import Path, PayloadError, identity, mapping, storable, text
from quizzes.kinds.text import Text

MOST = 6
INNER: dict[str, Kind] = {kind.name: kind for kind in (Numeric(), Text(), Single())}


@dataclass(frozen=True, slots=True)
class Gap:
    """`before` is the piece of the line that it follows."""

    id: str
    kind: Kind
    payload: dict[str, object]
    before: str


@dataclass(frozen=True, slots=True)
class Key:
    gaps: tuple[Gap, ...]
    after: str

    @property
    def pieces(self) -> list[str]:
        return [*(gap.before for gap in self.gaps), self.after]


class Blanks(Kind):
    name = "blanks"
    template = "quizzes/kinds/blanks.html"
    graded_template = "quizzes/kinds/blanks_graded.html"
    hint = gettext_lazy("Fill in every gap. Each gives its share of the point.")

    def read(self, payload: object) -> Key:
        fields = mapping(payload, (), required=("text", "blanks"))
        blanks = fields["blanks"]
        if not isinstance(blanks, dict) or not 1 <= len(blanks) <= MOST:
            raise PayloadError(("blanks",), _("Describe 1 to %d gaps.") % MOST)
        kinds = {
            identity(name, ("blanks",)): read_blank(one, ("blanks", name))
            for name, one in blanks.items()
        }
        pieces, names = cut(with_units(text(fields["text"], ("text",)), kinds))
        check_names(names, kinds)
        gaps = (
            Gap(name, *kinds[name], before) for name, before in zip(names, pieces, strict=False)
        )
        return Key(tuple(gaps), pieces[-1])

    def check(self, payload: object) -> None:
        key = self.read(payload)
        check_pieces(key.pieces, ("text",))
        for gap in key.gaps:
            try:
                gap.kind.check(gap.payload)
            except PayloadError as error:
                raise PayloadError(("blanks", gap.id, *error.path), error.message) from error

    def sources(self, payload: object) -> Iterable[str]:
        for gap in self.read(payload).gaps:
            yield from gap.kind.sources(gap.payload)

    def pieces(self, payload: object) -> Iterable[str]:
        return self.read(payload).pieces

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        """A gap with the piece before it, and last, without an id, the piece behind them all."""
        key = self.read(payload)
        given = answer["blanks"] if answer else {}
        shown = (shown_gap(gap, f"{seed}:{gap.id}" if seed else "", given) for gap in key.gaps)
        return (*shown, Shown("", key.after))

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        gaps = self.read(payload).gaps
        sent = {gap.id: form.get(f"blank-{gap.id}", "") for gap in gaps}
        answers = {gap.id: sent_to(gap, sent[gap.id]) for gap in gaps if sent[gap.id].strip()}
        try:
            return self.from_json(payload, {"blanks": answers})
        except AnswerError as error:
            typed = {"blanks": answers} if all(map(storable, sent.values())) else None
            raise AnswerError(str(error), typed) from error

    def from_json(self, payload: object, raw: object) -> Answer:
        key = self.read(payload)
        blanks = raw.get("blanks") if isinstance(raw, dict) else None
        if not isinstance(blanks, dict):
            raise AnswerError(_("The gaps could not be read. Fill them in again."))
        if any(name not in {gap.id for gap in key.gaps} for name in blanks):
            raise AnswerError(_("This is not one of the gaps. Reload the page and try again."))
        answers = {}
        for number, gap in enumerate(key.gaps, 1):
            if gap.id in blanks:
                answers[gap.id] = read_gap(gap, number, blanks)
        return {"blanks": {name: one for name, one in answers.items() if one}}

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer or not answer["blanks"]

    def grade(self, payload: object, answer: object) -> Outcome:
        key = self.read(payload)
        given = {} if answer is None else self.from_json(payload, answer)["blanks"]
        parts = tuple(graded_gap(gap, given.get(gap.id)) for gap in key.gaps)
        return Outcome(fmean(part.right for part in parts), parts, after=key.after)

    def right_answer(self, payload: object) -> Answer:
        gaps = self.read(payload).gaps
        return {"blanks": {gap.id: gap.kind.right_answer(gap.payload) for gap in gaps}}

    def in_words(self, payload: object, answer: Answer) -> str:
        return " · ".join(
            gap.kind.in_words(gap.payload, answer["blanks"][gap.id])
            if gap.id in answer["blanks"]
            else "…"
            for gap in self.read(payload).gaps
        )

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        given = answer["blanks"] if answer else {}
        return tuple(
            (f"{gap.id}:{key}", f"{number}. {label}")
            for number, gap in enumerate(self.read(payload).gaps, 1)
            for key, label in gap.kind.counted(gap.payload, given.get(gap.id))
        )


def read_blank(value: object, path: Path) -> tuple[Kind, dict[str, object]]:
    if not isinstance(value, dict):
        raise PayloadError(path, _("Expected a mapping of fields."))
    kind = INNER.get(value["kind"]) if isinstance(value.get("kind"), str) else None
    if kind is None:
        raise PayloadError((*path, "kind"), _("Choose one of: %s.") % ", ".join(INNER))
    payload = {name: one for name, one in value.items() if name != "kind"}
    try:
        kind.read(payload)
    except PayloadError as error:
        raise PayloadError((*path, *error.path), error.message) from error
    return kind, payload


def with_units(source: str, kinds: dict[str, tuple[Kind, dict[str, object]]]) -> str:
    """The unit of a number stands behind its gap."""
    for name, (_kind, payload) in kinds.items():
        if unit := payload.get("unit"):
            source = source.replace(f"[[{name}]]", f"[[{name}]] {unit}")
    return source


def check_names(names: Sequence[str], kinds: Iterable[str]) -> None:
    for name in names:
        if name not in kinds:
            raise PayloadError(("text",), _("The gap [[%s]] is not described.") % name)
        if names.count(name) > 1:
            raise PayloadError(("text",), _("The gap [[%s]] stands there twice.") % name)
    for name in kinds:
        if name not in names:
            raise PayloadError(("blanks", name), _("The text has no gap [[%s]].") % name)


def shown_gap(gap: Gap, seed: str, given: dict[str, Answer]) -> Shown:
    """A field to type into, or options to choose from."""
    fields = gap.kind.present(gap.payload, seed=seed, answer=given.get(gap.id))
    if isinstance(gap.kind, Single):
        value = next((one.id for one in fields if one.chosen), "")
        return Shown(gap.id, gap.before, value=value, options=fields, kind=gap.kind.name)
    return Shown(gap.id, gap.before, value=fields[0].value, kind=gap.kind.name)


def sent_to(gap: Gap, value: str) -> Answer:
    """What a form sent, as an answer to the gap that has still to be read."""
    if isinstance(gap.kind, Single):
        return {"chosen": [value]}
    return {"value" if isinstance(gap.kind, Numeric) else "text": value}


def read_gap(gap: Gap, number: int, answers: dict[str, Answer]) -> Answer | None:
    """The answer to one gap; None for an empty one. An error says which gap it is about."""
    try:
        found = gap.kind.from_json(gap.payload, answers[gap.id])
    except AnswerError as error:
        message = _("Gap %(number)d: %(error)s") % {"number": number, "error": error}
        raise AnswerError(message) from error
    return None if gap.kind.is_empty(found) else found


def graded_gap(gap: Gap, answer: Answer | None) -> Part:
    found = gap.kind.grade(gap.payload, answer)
    if not isinstance(gap.kind, Single):
        [part] = found.parts
        return Part(
            gap.id,
            gap.before,
            part.chosen,
            part.right,
            part.feedback,
            part.given,
            part.expected,
            part.note,
        )
    chosen = next((part for part in found.parts if part.chosen), None)
    right = next(part for part in found.parts if part.right)
    return Part(
        gap.id,
        gap.before,
        chosen=chosen is not None,
        right=found.score >= 1,
        feedback=chosen.feedback if chosen else "",
        given=chosen.text if chosen else "",
        expected=right.text,
    )
