"""The answers of a question as a form has them: what was sent, what it says, and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.editor.drawing import Drawn, draw, where
from quizzes.editor.kinds import FORMS, KindForm
from quizzes.editor.nodes import Path, Sheet
from quizzes.editor.sending import sent
from quizzes.editor.telling import told
from quizzes.kinds import KINDS, PayloadError

PREFIX = "payload-"
Problems = tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """A sheet of a form of the kind `kind`, which is one of FORMS."""

    kind: str
    sheet: Sheet

    @property
    def form(self) -> KindForm:
        return FORMS[self.kind]

    def payload(self, before: object = None) -> dict[str, Any]:
        """What the form says; `before` itself where it says the same in other words."""
        made = self.form.payload(self.sheet, set(ids_in(before)))
        same = isinstance(before, dict) and plain(made) == plain(before)
        return before if same else made  # type: ignore[return-value]

    def problems(self, payload: object) -> Problems:
        """What is wrong with `payload`, which came of this, each at a place in the form."""
        found = tuple(self.form.problems(self.sheet))
        if found:
            return found
        try:
            KINDS[self.kind].check(payload)
        except PayloadError as error:
            return ((self.form.place(error.path, self.sheet), error.message),)
        return ()

    def drawn(self, problems: Problems = ()) -> tuple[Drawn, ...]:
        return draw(self.form.nodes(self.sheet), self.sheet, PREFIX, problems)

    def where(self, path: Path) -> tuple[str, str]:
        """The id of the field at `path`, "" for none, and what it is called."""
        return where(self.form.nodes(self.sheet), self.sheet, PREFIX, path)

    def told(self) -> list[str]:
        """What stands in the form, a line for each field that says something."""
        return list(told(self.form.nodes(self.sheet), self.sheet))

    def sent(self) -> dict[str, str]:
        """What a browser would send of the form."""
        return sent(self.form.nodes(self.sheet), self.sheet, PREFIX)


def stored(kind: str, payload: object) -> Answers:
    return Answers(kind, FORMS[kind].sheet(payload))


def received(kind: str, data: Mapping[str, str]) -> Answers:
    return Answers(kind, FORMS[kind].read(data, PREFIX))


def ids_in(payload: object) -> Iterator[str]:
    """Every id within a payload, whatever it is."""
    inner: list[object] = []
    if isinstance(payload, dict):
        yield from [payload["id"]] if isinstance(payload.get("id"), str) else []
        inner = list(payload.values())
    elif isinstance(payload, list):
        inner = payload
    for one in inner:
        yield from ids_in(one)


def plain(value: Any) -> Any:
    """`value` without what says nothing, and with one kind of line break."""
    if isinstance(value, dict):
        rest = {name: plain(one) for name, one in value.items()}
        return {name: one for name, one in rest.items() if one not in ("", [], {}, None, False)}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
