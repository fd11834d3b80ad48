"""What the form of a kind can do: payload → sheet → fields → sheet → payload."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from quizzes.editor.nodes import Node, Path, Rows, Sheet
from quizzes.editor.sending import one_break, read

Payload = dict[str, Any]


class KindForm(ABC):
    """Stateless and pure. Every method is total, whatever is stored or was sent."""

    name: ClassVar[str]

    @abstractmethod
    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        """The fields; some depend on what stands in others."""

    @abstractmethod
    def sheet(self, payload: object) -> Sheet:
        """What the form shows of a payload; nothing of what makes no sense."""

    @abstractmethod
    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        """The payload that the sheet says; keys that would say nothing are left out.

        `taken` are ids that no new row may get: saved answers may name them.
        """

    def read(self, data: Mapping[str, str], prefix: str) -> Sheet:
        return read(self.nodes({}), data, prefix)

    def place(self, path: Path, sheet: Sheet) -> Path:
        """Where in the sheet a PayloadError's path is."""
        return path

    def problems(self, sheet: Sheet) -> Iterator[tuple[Path, str]]:
        """What a form says better than the kind's own check does."""
        for node in self.nodes(sheet):
            if isinstance(node, Rows):
                yield from too_few(node, sheet, ())


def too_few(node: Rows, sheet: Sheet, path: Path) -> Iterator[tuple[Path, str]]:
    if len(sheet.get(node.name) or ()) < node.least:
        yield (*path, node.name), _("Fill in at least %d of these.") % node.least


def text_of(value: object) -> str:
    return one_break(value) if isinstance(value, str) else ""


def dict_of(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def texts_in(value: object, *names: str) -> Sheet:
    """The texts called `names` of a mapping."""
    fields = dict_of(value)
    return {name: text_of(fields.get(name)) for name in names}


def said(**values: Any) -> Payload:
    """The values that say something."""
    return {name: value for name, value in values.items() if value}
