"""A question's payload in a form: rows for what one chooses from, YAML for every other kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.admin.options import Row, filled_rows, padded, payload_of
from quizzes.admin.payload_text import EXAMPLES, dump, load
from quizzes.models import Question

# The kinds whose answers are written in rows.
IN_ROWS = {Question.Kind.SINGLE.value, Question.Kind.MULTIPLE.value}


@dataclass(frozen=True, slots=True)
class Sent:
    """Both as the browser sent them; the question's kind says which of them counts."""

    rows: list[Row]
    source: str

    def payload(self, kind: str) -> Any:
        """Raises ValidationError for YAML that cannot be read."""
        if kind in IN_ROWS:
            return payload_of(self.rows)
        if not self.source.strip():
            raise ValidationError(_("Describe the answer as YAML; there is an example below it."))
        return load(self.source)


def shown(payload: Any) -> Sent:
    """As the form shows a question's payload."""
    if isinstance(payload, Sent):
        return payload
    if not payload:
        return Sent([], "")
    listed = payload.get("options") if isinstance(payload, dict) else None
    return Sent(list(listed), "") if listed else Sent([], dump(payload))


class PayloadWidget(forms.Widget):
    """A group of fields for each answer and two empty ones, and a field for YAML."""

    template_name = "admin/quizzes/payload.html"
    use_fieldset = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        sent = shown(value)
        context = {
            "name": name,
            "rows": padded(sent.rows),
            "source": sent.source,
            "examples": [(Question.Kind(kind).label, text) for kind, text in EXAMPLES.items()],
        }
        return render_to_string(self.template_name, context)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Sent:
        source = data.get(f"{name}-source", "").replace("\r\n", "\n").replace("\r", "\n")
        return Sent(filled_rows(data, name), source)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-0-text" not in data and f"{name}-source" not in data

    def id_for_label(self, id_: str) -> str:
        return ""


class PayloadField(forms.Field):
    """What was sent; the form turns it into a payload once it knows the kind.

    Ids of answers are given once and stay, so that saved answers keep their meaning.
    """

    widget = PayloadWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = shown(initial)
        if before.rows:
            return payload_of(before.rows) != payload_of(data.rows)
        return before.source != data.source
