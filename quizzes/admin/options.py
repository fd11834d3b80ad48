"""The answers of a choice question as rows of a form, in place of JSON."""

from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from quizzes.kinds.choice import LEAST, MOST

# As the browser sends a row: {"id": "a", "text": …, "feedback": …, "right": bool}; a new one has
# no id yet.
Row = dict[str, Any]
SPARE = 2


class OptionsWidget(forms.Widget):
    """A group of fields for each answer, and two empty ones; rows left empty are dropped."""

    template_name = "admin/quizzes/options.html"
    use_fieldset = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        rows = rows_of(value)
        number = min(MOST, max(LEAST + SPARE, len(rows) + SPARE))
        padded = [*rows, *({} for _ in range(max(0, number - len(rows))))]
        return render_to_string(self.template_name, {"name": name, "rows": padded})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        return [row for row in sent_rows(data, name) if row["text"] or row["feedback"]]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-0-text" not in data

    def id_for_label(self, id_: str) -> str:
        return ""


def sent_rows(data: Mapping[str, Any], name: str) -> Iterator[Row]:
    for at in range(MOST):
        yield {
            "id": data.get(f"{name}-{at}-id", ""),
            "text": one_break(data.get(f"{name}-{at}-text", "")),
            "right": f"{name}-{at}-right" in data,
            "feedback": one_break(data.get(f"{name}-{at}-feedback", "")),
        }


def one_break(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def rows_of(value: Any) -> list[Row]:
    """The rows of a payload, or the rows that were sent."""
    return list(value.get("options", ())) if isinstance(value, dict) else list(value or ())


class OptionsField(forms.Field):
    """A payload. Ids are given once and stay, so that saved answers keep their meaning."""

    widget = OptionsWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: list[Row] | None) -> dict[str, Any]:
        return payload_of(value or ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return payload_of(rows_of(initial)) != payload_of(data or ())


def payload_of(rows: Iterable[Row]) -> dict[str, Any]:
    rows = list(rows)
    used = {row["id"] for row in rows}
    free = (letter for letter in ascii_lowercase if letter not in used)
    return {
        "options": [
            {
                "id": row["id"] or next(free),
                "text": row["text"],
                "right": row["right"],
                "feedback": row.get("feedback", ""),
            }
            for row in rows
        ]
    }
