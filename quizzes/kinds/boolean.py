"""True or false: the prompt is a statement.

Payload: {"right": bool, "feedback": {"true": Markdown, "false": Markdown}}
Answer:  {"chosen": ["true"]} or {"chosen": ["false"]}
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.choice import Option, Single
from quizzes.kinds.payload import check_markdown, flag, mapping, optional_text


class Boolean(Single):
    name = "boolean"
    arranged = False
    hint = gettext_lazy("Is the statement true or false? Choose one.")

    def read(self, payload: object) -> tuple[Option, ...]:
        fields = mapping(payload, (), required=("right",), optional=("feedback",))
        right = flag(fields["right"], ("right",))
        said = mapping(
            fields.get("feedback", {}), ("feedback",), required=(), optional=("true", "false")
        )
        yes, no = (optional_text(said, name, ("feedback",)) for name in ("true", "false"))
        return (
            Option("true", _("True"), right, yes),
            Option("false", _("False"), not right, no),
        )

    def check(self, payload: object) -> None:
        for option in self.read(payload):
            check_markdown(option.feedback, ("feedback", option.id))

    def sources(self, payload: object) -> Iterable[str]:
        return [option.feedback for option in self.read(payload) if option.feedback]
