"""A line with gaps such as [[a]], each of them a question of another kind.

The gaps are those of the text, in its order: a sheet has a row for each of them.
"""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext, gettext_lazy

from quizzes.editor.kinds.base import KindForm, Payload, dict_of, text_of
from quizzes.editor.kinds.choice import SingleForm
from quizzes.editor.kinds.numeric import NumericForm
from quizzes.editor.kinds.text import TextForm
from quizzes.editor.nodes import Hidden, Node, Path, Pick, Rows, Sheet, Text
from quizzes.editor.sending import one_break
from quizzes.kinds.blanks import MOST
from quizzes.kinds.gapped import GAP

INNER: dict[str, KindForm] = {one.name: one for one in (NumericForm(), TextForm(), SingleForm())}
KINDS = (
    ("numeric", gettext_lazy("A number")),
    ("text", gettext_lazy("A short text")),
    ("single", gettext_lazy("One of several answers")),
)


class BlanksForm(KindForm):
    name = "blanks"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        return (
            Text(
                "text",
                gettext_lazy("Text with gaps"),
                gettext_lazy(
                    "Write a gap as a name in two pairs of brackets: A byte has [[bits]] bits. The "
                    "name is yours to choose, of small letters, digits and hyphens."
                ),
                lines=4,
            ),
            Rows(
                "gaps",
                gettext_lazy("Gaps"),
                gettext_lazy("Gap %d"),
                (),
                0,
                MOST,
                fields_of=fields_of_gap,
            ),
        )

    def sheet(self, payload: object) -> Sheet:
        fields = dict_of(payload)
        text, blanks = text_of(fields.get("text")), dict_of(fields.get("blanks"))
        return {"text": text, "gaps": [gap_sheet(name, blanks.get(name)) for name in names(text)]}

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        return {
            "text": sheet["text"],
            "blanks": {
                row["name"]: {"kind": row["kind"], **inner(row).payload(row, taken)}
                for row in sheet["gaps"]
            },
        }

    def read(self, data: Mapping[str, str], prefix: str) -> Sheet:
        """With a row for each gap of the text: as it was sent, or to be filled in."""
        text, rows = one_break(data.get(f"{prefix}text", "")), {}
        for at in range(MOST):
            start = f"{prefix}gaps-{at}-"
            if (name := data.get(f"{start}name")) is not None:
                rows[name] = sent_gap(name, data, start)
        return {"text": text, "gaps": [rows.get(one) or gap_sheet(one, {}) for one in names(text)]}

    def place(self, path: Path, sheet: Sheet) -> Path:
        """`("blanks", "bits", "value")` is in the row of the gap `bits`."""
        for at, row in enumerate(sheet["gaps"]):
            if path[:2] == ("blanks", row["name"]):
                return ("gaps", at, *inner(row).place(path[2:], row))
        return ("text",) if path[:1] == ("blanks",) else path

    def problems(self, sheet: Sheet) -> Iterator[tuple[Path, str]]:
        if not sheet["gaps"]:
            yield ("text",), gettext("Write a text with at least one gap, such as [[a]].")
        if len(set(GAP.findall(sheet["text"]))) > MOST:
            yield ("text",), gettext("Leave at most %d gaps.") % MOST
        for at, row in enumerate(sheet["gaps"]):
            yield from ((("gaps", at, *path), said) for path, said in inner(row).problems(row))


def inner(row: Sheet) -> KindForm:
    return INNER.get(row.get("kind", ""), INNER["numeric"])


def fields_of_gap(row: Sheet) -> tuple[Node, ...]:
    pick = Pick("kind", f"[[{row.get('name', '')}]]", KINDS, open=True, decides=True)
    return (Hidden("name"), pick, *inner(row).nodes(row))


def names(text: str) -> list[str]:
    """Of the gaps, each once; of more than there may be, the first."""
    return list(dict.fromkeys(GAP.findall(text)))[:MOST]


def gap_sheet(name: str, payload: object) -> Sheet:
    kind = text_of(dict_of(payload).get("kind"))
    form = INNER.get(kind, INNER["numeric"])
    return {"name": name, "kind": form.name, **form.sheet(payload)}


def sent_gap(name: str, data: Mapping[str, str], start: str) -> Sheet:
    kind = data.get(f"{start}kind", "")
    form = INNER.get(kind, INNER["numeric"])
    return {"name": name, "kind": form.name, **form.read(data, start)}
