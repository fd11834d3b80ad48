"""An answer in one's own words, with a model answer to compare it with."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from quizzes.editor.kinds.base import KindForm, Payload, dict_of, list_of, said, text_of
from quizzes.editor.nodes import Node, Path, Rows, Sheet, Text
from quizzes.kinds.free import MOST_CRITERIA, USUAL_WORDS


class FreeForm(KindForm):
    name = "free"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        longest = _("How many words an answer may have; empty: %d.") % USUAL_WORDS
        return (
            Text("model_answer", _("Model answer"), _("What a full answer says."), lines=8),
            Rows(
                "criteria",
                _("What a full answer has"),
                _("Criterion %d"),
                (Text("text", _("Text"), lines=2),),
                0,
                MOST_CRITERIA,
                _("Shown beside the model answer, to compare one’s own with."),
            ),
            Text("longest", _("Longest answer"), longest, short=True),
        )

    def sheet(self, payload: object) -> Sheet:
        fields = dict_of(payload)
        longest = fields.get("longest")
        known = isinstance(longest, int) and not isinstance(longest, bool)
        return {
            "model_answer": text_of(fields.get("model_answer")),
            "criteria": [
                {"text": text_of(one)} for one in list_of(fields.get("criteria"))[:MOST_CRITERIA]
            ],
            "longest": str(longest) if known else "",
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        return {
            "model_answer": sheet["model_answer"],
            **said(
                criteria=[row["text"] for row in sheet["criteria"]],
                longest=number(sheet["longest"].strip()),
            ),
        }

    def place(self, path: Path, sheet: Sheet) -> Path:
        return (*path, "text") if len(path) == 2 and path[0] == "criteria" else path


def number(text: str) -> int | str:
    """What is no number stays as it is, for the kind to refuse."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text
