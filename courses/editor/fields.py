"""The fields of a lesson's page: lines, addresses, Markdown, and lists of lines."""

import re
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from courses.admin.fields import BlockField, MarkdownEditor, ProseField
from courses.content.schema import MOST_OUTCOMES, OUTCOME
from courses.markdown import validate_markdown


def line(label: Any, *, longest: int = 200, **options: Any) -> ProseField:
    widget = forms.TextInput({"class": "vTextField"})
    return ProseField(label=label, max_length=longest, widget=widget, **options)


class AddressField(forms.URLField):
    """Of a page on the web; what is wrong is said once."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": _("Give a whole address that begins with http:// or https://.")
    }


def address(label: Any, **options: Any) -> forms.URLField:
    widget = forms.URLInput({"class": "vURLField"})
    return AddressField(
        label=label, max_length=500, assume_scheme="https", widget=widget, **options
    )


def markdown(label: Any, shape: str, **options: Any) -> ProseField:
    """`shape` tells the preview what the text is on the page."""
    short = shape not in {"section", "introduction"}
    options.setdefault("required", False)
    attrs = {"data-markdown": shape, "data-as": shape, **({"rows": 3} if short else {})}
    widget = MarkdownEditor(short=shape != "section", attrs=attrs)
    kind = ProseField if short else BlockField
    return kind(label=label, validators=[validate_markdown], widget=widget, **options)


class LinesField(ProseField):
    """A text of one thing a line as the list of them; empty lines are none."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(value)
        return [line.strip() for line in super().to_python(value).split("\n") if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def validate(self, value: Any) -> None:
        """Their list, before each of them."""

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class OutcomesField(LinesField):
    def validate(self, value: Any) -> None:
        if len(value) > MOST_OUTCOMES:
            said = {"lines": len(value), "most": MOST_OUTCOMES}
            raise forms.ValidationError(
                _("These are %(lines)d lines; %(most)d is the most. Join or drop some."),
                params=said,
            )
        for place, one in enumerate(value, 1):
            if len(one) > OUTCOME.longest:
                raise forms.ValidationError(
                    _("Line %(place)d has %(length)d characters; %(most)d is the most."),
                    params={"place": place, "length": len(one), "most": OUTCOME.longest},
                )
            validate_markdown(one)


class AddressesField(LinesField):
    """Addresses with commas, spaces or line breaks between."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return list(value)
        return re.split(r"[\s,;]+", text) if (text := str(value or "").strip(" \t\r\n,;")) else []

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value
