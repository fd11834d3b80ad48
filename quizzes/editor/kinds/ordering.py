"""Things to put in order."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from quizzes.editor.ids import untold, with_ids
from quizzes.editor.kinds.base import KindForm, Payload, dict_of, list_of, said, text_of, texts_in
from quizzes.editor.nodes import Hidden, Node, Rows, Sheet, Text
from quizzes.kinds.ordering import LEAST, MOST


class OrderingForm(KindForm):
    name = "ordering"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        return (
            Rows(
                "items",
                _("In the right order, the first at the top"),
                _("Item %d"),
                (Hidden("id"), Text("text", _("Text"), lines=2)),
                LEAST,
                MOST,
                _("Learners get them mixed."),
                ordered=True,
            ),
            Text("feedback", _("Said where the order is not right"), lines=2),
        )

    def sheet(self, payload: object) -> Sheet:
        items = list_of(dict_of(payload).get("items"))[:MOST]
        return {
            "items": [texts_in(one, "id", "text") for one in items],
            "feedback": text_of(dict_of(payload).get("feedback")),
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        rows = untold(with_ids(sheet["items"], mixed=True, taken=taken))
        return {
            "items": [{"id": row["id"], "text": row["text"]} for row in rows],
            **said(feedback=sheet["feedback"]),
        }
