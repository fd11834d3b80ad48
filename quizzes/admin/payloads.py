"""A question's payload as a field of a form: the fields of its kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.editor.answers import Answers, Problems, received, stored
from quizzes.editor.kinds import FORMS


class AnswersWidget(forms.Widget):
    """The fields of the kind `kind`, with what is wrong at each of them."""

    template_name = "admin/quizzes/question/answers.html"
    use_fieldset = True
    kind = ""
    problems: Problems = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        answers = self.answers_of(value)
        inputs = answers.drawn(self.problems) if answers else ()
        return render_to_string(self.template_name, {"kind": self.kind, "inputs": inputs})

    def answers_of(self, value: Any) -> Answers | None:
        if isinstance(value, Answers) or self.kind not in FORMS:
            return value if isinstance(value, Answers) else None
        return stored(self.kind, value)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        kind = data.get("kind", "")
        return received(kind, data) if kind in FORMS else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class PayloadField(forms.Field):
    """What was sent, as Answers; the form makes a payload of it."""

    widget = AnswersWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data is not None and data.payload(initial) != initial


def refusal(answers: Answers, problems: Problems) -> ValidationError:
    """What is wrong, each with a link to its field."""
    said = []
    for path, message in problems:
        field, words = answers.where(path)
        text = _("%(field)s: %(problem)s") % {"field": words, "problem": message}
        said.append(format_html('<a href="#{}">{}</a>', field, text) if field else message)
    return ValidationError([ValidationError(one) for one in said])
