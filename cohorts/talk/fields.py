"""Fields for what people write to each other: bounded, and nothing in it that cannot be read."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from cohorts.talk.plain_text import (
    UNREADABLE,
    PlainTextError,
    cleaned,
    has_controls,
    without_turns,
)
from courses.markdown import validate_markdown


class LineField(forms.CharField):
    """One line, such as a title."""

    def to_python(self, value: Any) -> str:
        return without_turns(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_controls(value) or "\n" in value or "\r" in value:
            raise ValidationError(UNREADABLE)


class PlainTextField(forms.CharField):
    """Text with code and links, as `cohorts.talk.plain_text` shows it."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        # No `maxlength`: what is pasted and too long is not cut off, but refused in words.
        attributes = {"rows": rows, "dir": "auto"}
        super().__init__(strip=False, widget=forms.Textarea(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return cleaned(text)
        except PlainTextError as error:
            raise ValidationError(str(error)) from error


class MarkdownField(forms.CharField):
    """Text that the site's renderer shows. Whoever teaches writes it."""

    default_validators = [validate_markdown]

    def __init__(self, *, rows: int = 10, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_controls(value):
            raise ValidationError(UNREADABLE)


class KeyField(forms.UUIDField):
    """Tells a form that is sent twice from two forms. One that makes no sense is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> UUID | None:
        try:
            found: UUID | None = super().clean(value)
        except ValidationError:
            return None
        return found
