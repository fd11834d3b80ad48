"""A number, right within a tolerance."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext, gettext_lazy

from quizzes.editor.kinds.base import KindForm, Payload, dict_of, list_of, said, text_of, texts_in
from quizzes.editor.nodes import Node, Path, Pick, Rows, Sheet, Text
from quizzes.kinds.numeric import MOST_MISTAKES

ABSOLUTE, RELATIVE = "absolute", "relative"


class NumericForm(KindForm):
    name = "numeric"

    def nodes(self, sheet: Sheet) -> tuple[Node, ...]:
        ways = (
            ("", gettext_lazy("Exactly this number")),
            (ABSOLUTE, gettext_lazy("Up to this much more or less")),
            (RELATIVE, gettext_lazy("Up to this share of it more or less")),
        )
        number = gettext_lazy("Such as 6.5, -3 or 1.2e9.")
        mistakes: tuple[Node, ...] = (
            Text("value", gettext_lazy("Number"), short=True),
            Text("feedback", gettext_lazy("Said to who wrote it"), lines=2),
        )
        return (
            Text("value", gettext_lazy("Right number"), number, short=True),
            Text(
                "unit",
                gettext_lazy("Unit"),
                gettext_lazy("Stands behind the field, such as GB. Learners do not type it."),
                short=True,
            ),
            Pick("tolerance", gettext_lazy("What counts as right"), ways),
            Text(
                "margin",
                gettext_lazy("How much more or less"),
                gettext_lazy("A number such as 0.1; of a share, 0.02 is two percent."),
                short=True,
            ),
            Rows(
                "mistakes",
                gettext_lazy("Numbers that are not right, but likely"),
                gettext_lazy("Mistake %d"),
                mistakes,
                0,
                MOST_MISTAKES,
            ),
        )

    def sheet(self, payload: object) -> Sheet:
        fields = dict_of(payload)
        tolerance = dict_of(fields.get("tolerance"))
        way = next((one for one in (ABSOLUTE, RELATIVE) if one in tolerance), "")
        mistakes = list_of(fields.get("mistakes"))[:MOST_MISTAKES]
        return texts_in(payload, "value", "unit") | {
            "tolerance": way,
            "margin": text_of(tolerance.get(way)),
            "mistakes": [texts_in(one, "value", "feedback") for one in mistakes],
        }

    def payload(self, sheet: Sheet, taken: Collection[str] = ()) -> Payload:
        way, mistakes = sheet["tolerance"], sheet["mistakes"]
        return {
            "value": sheet["value"].strip(),
            **({"tolerance": {way: sheet["margin"].strip()}} if way else {}),
            **said(
                unit=sheet["unit"],
                mistakes=[
                    {"value": one["value"].strip(), "feedback": one["feedback"]} for one in mistakes
                ],
            ),
        }

    def place(self, path: Path, sheet: Sheet) -> Path:
        return ("margin",) if len(path) == 2 and path[0] == "tolerance" else path

    def problems(self, sheet: Sheet) -> Iterator[tuple[Path, str]]:
        if sheet["tolerance"] not in {"", ABSOLUTE, RELATIVE}:
            yield ("tolerance",), gettext("Choose one of these.")
        elif sheet["margin"].strip() and not sheet["tolerance"]:
            yield ("tolerance",), gettext("Choose what the number below means, or empty it.")
