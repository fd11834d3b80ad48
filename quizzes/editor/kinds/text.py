"""A short text: one of several spellings, or one that fits a pattern."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from quizzes.editor.kinds.base import KindForm, Payload, dict_of, list_of, said, text_of, texts_in
from quizzes.editor.nodes import Flag, Node, Path, Rows, Sheet, Text
from quizzes.kinds.text import MOST_ACCEPTED, MOST_MISTAKES


class TextForm(KindForm):
    name = "text"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        mistakes: tuple[Node, ...] = (
            Text("text", _("Text")),
            Text("feedback", _("Said to who wrote it"), lines=2),
        )
        return (
            Rows(
                "accepted",
                _("Spellings that are right"),
                _("Spelling %d"),
                (Text("text", _("Text")),),
                1,
                MOST_ACCEPTED,
                _(
                    "The first is shown as the right answer. Accents, extra spaces and quotation "
                    "marks do not matter."
                ),
            ),
            Text(
                "pattern",
                _("Pattern"),
                _(
                    "For those who know regular expressions (RE2): an answer is also right when "
                    "all of it fits, such as (reward|preference) models?"
                ),
            ),
            Flag("case", _("Capitals count")),
            Rows(
                "mistakes",
                _("Texts that are not right, but likely"),
                _("Mistake %d"),
                mistakes,
                0,
                MOST_MISTAKES,
            ),
        )

    def sheet(self, payload: object) -> Sheet:
        fields = dict_of(payload)
        accepted = list_of(fields.get("accepted"))[:MOST_ACCEPTED]
        mistakes = list_of(fields.get("mistakes"))[:MOST_MISTAKES]
        return {
            "accepted": [{"text": text_of(one)} for one in accepted],
            "pattern": text_of(fields.get("pattern")),
            "case": fields.get("case") is True,
            "mistakes": [texts_in(one, "text", "feedback") for one in mistakes],
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        mistakes = sheet["mistakes"]
        return {
            "accepted": [row["text"] for row in sheet["accepted"]],
            **said(
                pattern=sheet["pattern"],
                case=sheet["case"],
                mistakes=[{"text": one["text"], "feedback": one["feedback"]} for one in mistakes],
            ),
        }

    def place(self, path: Path, sheet: Sheet) -> Path:
        return (*path, "text") if len(path) == 2 and path[0] == "accepted" else path
