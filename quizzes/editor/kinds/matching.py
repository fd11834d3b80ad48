"""Things on the left, each matched with one on the right.

In the sheet, a left row's `pair` is the number of a right row, from 0.
"""

from collections.abc import Collection, Iterator, Mapping

from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from quizzes.editor.ids import with_ids
from quizzes.editor.kinds.base import (
    KindForm,
    Payload,
    dict_of,
    list_of,
    said,
    text_of,
    texts_in,
)
from quizzes.editor.nodes import Hidden, Node, Path, Pick, Rows, Sheet, Text, Words
from quizzes.kinds.matching import LEAST, MOST, MOST_RIGHT


class MatchingForm(KindForm):
    name = "matching"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        left: tuple[Node, ...] = (
            Hidden("id"),
            Text("text", gettext_lazy("Text"), lines=2),
            Pick("pair", gettext_lazy("Belongs with"), options_of(sheet)),
            Text("feedback", gettext_lazy("Said where it is matched with another"), lines=2),
        )
        right: tuple[Node, ...] = (Hidden("id"), Text("text", gettext_lazy("Text"), lines=2))
        return (
            Rows(
                "right",
                gettext_lazy("On the right, to choose from"),
                gettext_lazy("Right %d"),
                right,
                LEAST,
                MOST_RIGHT,
                gettext_lazy("Some may belong to none."),
            ),
            Rows(
                "left",
                gettext_lazy("On the left, each with what belongs to it"),
                gettext_lazy("Left %d"),
                left,
                LEAST,
                MOST,
            ),
        )

    def sheet(self, payload: object) -> Sheet:
        fields = dict_of(payload)
        key, feedback = dict_of(fields.get("key")), dict_of(fields.get("feedback"))
        right = [texts_in(one, "id", "text") for one in list_of(fields.get("right"))[:MOST_RIGHT]]
        left = [texts_in(one, "id", "text") for one in list_of(fields.get("left"))[:MOST]]
        places = {row["id"]: str(at) for at, row in enumerate(right)}
        return {
            "right": right,
            "left": [
                row
                | {
                    "pair": places.get(text_of(key.get(row["id"])), ""),
                    "feedback": text_of(feedback.get(row["id"])),
                }
                for row in left
            ],
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        left = with_ids(sheet["left"], taken=taken)
        used = {*taken, *(row["id"] for row in left)}
        right = with_ids(sheet["right"], mixed=True, taken=used)
        ids = {str(at): row["id"] for at, row in enumerate(right)}
        return {
            "left": [{"id": row["id"], "text": row["text"]} for row in left],
            "right": [{"id": row["id"], "text": row["text"]} for row in right],
            "key": {row["id"]: ids.get(row["pair"], "") for row in left},
            **said(feedback=said(**{row["id"]: row["feedback"] for row in left})),
        }

    def read(self, data: Mapping[str, str], prefix: str) -> Sheet:
        """Empty rows are gone, so pairs name the rows that are left."""
        sheet = super().read(data, prefix)
        places = {str(row["at"]): str(at) for at, row in enumerate(sheet["right"])}
        for row in sheet["left"]:
            row["pair"] = places.get(row["pair"], "")
        return sheet

    def place(self, path: Path, sheet: Sheet) -> Path:
        if len(path) == 2 and path[0] in {"key", "feedback"}:
            ids = [row["id"] for row in with_ids(sheet["left"])]
            if path[1] in ids:
                field = "pair" if path[0] == "key" else "feedback"
                return ("left", ids.index(str(path[1])), field)
        return path

    def problems(self, sheet: Sheet) -> Iterator[tuple[Path, str]]:
        yield from super().problems(sheet)
        for at, row in enumerate(sheet["left"]):
            if not row["pair"]:
                yield ("left", at, "pair"), gettext("Choose what belongs with it.")


def options_of(sheet: Sheet) -> tuple[tuple[str, Words], ...]:
    """All rows of the right, also those still to be filled in."""
    rows = sheet.get("right") or []
    texts = [Truncator(" ".join(row["text"].split())).chars(50) for row in rows]
    named = [f"{at}. {text}" for at, text in enumerate(texts, 1)]
    empty = [gettext("Right %d") % at for at in range(len(rows) + 1, MOST_RIGHT + 1)]
    return (
        ("", gettext_lazy("Choose")),
        *((str(at), label) for at, label in enumerate([*named, *empty])),
    )
