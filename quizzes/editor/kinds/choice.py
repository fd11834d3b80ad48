"""One answer, or several, of two to eight."""

from collections.abc import Collection
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from quizzes.editor.ids import with_ids
from quizzes.editor.kinds.base import KindForm, Payload, dict_of, list_of, said, texts_in
from quizzes.editor.nodes import Flag, Hidden, Node, Rows, Sheet, Text
from quizzes.kinds.choice import LEAST, MOST


class ChoiceForm(KindForm):
    alone: ClassVar[bool]

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        fields: tuple[Node, ...] = (
            Hidden("id"),
            Text("text", _("Answer"), lines=2),
            Flag("right", _("Right"), alone=self.alone),
            Text("feedback", _("Said to who chose it"), lines=2),
        )
        hint = _("They are shuffled for each attempt. Empty one to take it out.")
        label = _("Answer %d")
        return (Rows("options", _("Answers to choose from"), label, fields, LEAST, MOST, hint),)

    def sheet(self, payload: object) -> Sheet:
        return {
            "options": [
                texts_in(one, "id", "text", "feedback")
                | {"right": dict_of(one).get("right") is True}
                for one in list_of(dict_of(payload).get("options"))[:MOST]
            ]
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        return {
            "options": [
                {
                    "id": row["id"],
                    "text": row["text"],
                    "right": row["right"],
                    **said(feedback=row["feedback"]),
                }
                for row in with_ids(sheet["options"], taken=taken)
            ]
        }


class SingleForm(ChoiceForm):
    name = "single"
    alone = True


class MultipleForm(ChoiceForm):
    name = "multiple"
    alone = False
