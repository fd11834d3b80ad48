"""True or false: the question is a statement."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext, gettext_lazy

from quizzes.editor.kinds.base import KindForm, Payload, dict_of, said, text_of
from quizzes.editor.nodes import Node, Path, Pick, Sheet, Text

TRUE, FALSE = "true", "false"


class BooleanForm(KindForm):
    name = "boolean"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        sides = ((TRUE, gettext_lazy("True")), (FALSE, gettext_lazy("False")))
        return (
            Pick("right", gettext_lazy("The statement is"), sides, open=True),
            Text(TRUE, gettext_lazy("Said to who chose true"), lines=2),
            Text(FALSE, gettext_lazy("Said to who chose false"), lines=2),
        )

    def sheet(self, payload: object) -> Sheet:
        fields = dict_of(payload)
        feedback, right = dict_of(fields.get("feedback")), fields.get("right")
        return {
            "right": ("" if not isinstance(right, bool) else TRUE if right else FALSE),
            TRUE: text_of(feedback.get(TRUE)),
            FALSE: text_of(feedback.get(FALSE)),
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        feedback = said(**{side: sheet[side] for side in (TRUE, FALSE)})
        return {"right": sheet["right"] == TRUE, **said(feedback=feedback)}

    def place(self, path: Path, sheet: Sheet) -> Path:
        return path[1:] if path[:1] == ("feedback",) else path

    def problems(self, sheet: Sheet) -> Iterator[tuple[Path, str]]:
        if sheet["right"] not in {TRUE, FALSE}:
            yield ("right",), gettext("Choose whether the statement is true or false.")
