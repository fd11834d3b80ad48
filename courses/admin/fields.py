"""Fields for text of several lines, as the course's files keep it."""

import re
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown

MARKDOWN = _(
    "Markdown: **strong**, *emphasis*, `code`, [link](https://…), lists, tables, fenced code, "
    "$maths$, footnotes[^1], callouts (:::tip Title … :::). Headings begin with ###."
)
IN_A_LINE = _("Markdown.")


class MarkdownEditor(forms.Textarea):
    """A textarea as large as its text deserves, in the frame of an editor."""

    def __init__(self, *, short: bool = False, attrs: dict[str, Any] | None = None) -> None:
        self.frame = "md-editor short" if short else "md-editor"
        super().__init__({"rows": 10 if short else 24, "spellcheck": "true", **(attrs or {})})

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        textarea = super().render(*args, **kwargs)
        return format_html('<div class="{}">{}</div>', self.frame, textarea)


# Nobody sees or types these; they come along when text is copied, and break files.
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


def validate_visible(text: str) -> None:
    if found := CONTROL.search(text):
        raise forms.ValidationError(
            _("Line %(line)d has a control character (U+%(code)s) that nobody sees. Delete it."),
            code="control",
            params={
                "line": text.count("\n", 0, found.start()) + 1,
                "code": f"{ord(found[0]):04X}",
            },
        )


class ProseField(forms.CharField):
    """Lines end with one character, whatever the browser sent."""

    default_validators = [validate_visible]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class BlockField(ProseField):
    """Text of many paragraphs: it ends with a line break, as a block of YAML does."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return f"{text}\n" if text else ""


class WebField(forms.URLField):
    """An address that readers can open: the course's files hold no other."""

    default_error_messages = {"invalid": _("Enter an address with http:// or https://.")}
    default_validators = [URLValidator(schemes=["http", "https"])]


class ProseFields:
    """For a ModelAdmin or an inline: the right field for every text and address."""

    # The Markdown that gets an editor of its own, a large one or a short one.
    large: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    def formfield_for_dbfield(
        self, db_field: models.Field, request: Any, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in (*self.large, *self.short):
            shape = "introduction" if db_field.name == "introduction" else "section"
            attrs = {"data-markdown": "", "data-as": shape}
            widget = MarkdownEditor(short=db_field.name in self.short, attrs=attrs)
            kwargs |= {"form_class": BlockField, "widget": widget, "help_text": MARKDOWN}
        elif isinstance(db_field, models.TextField):
            kwargs |= prose(db_field)
        elif isinstance(db_field, models.URLField):
            kwargs |= {"form_class": WebField, "assume_scheme": "https"}
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        if field is not None and isinstance(db_field, models.DateTimeField):
            name_parts(field)
        return field


def name_parts(field: forms.Field) -> None:
    """The admin asks for a date and a time in two inputs, and gives only the pair a label."""
    parts = getattr(field.widget, "widgets", ())
    for part, words in zip(parts, (_("{}: date"), _("{}: time")), strict=False):
        part.attrs["aria-label"] = format_lazy(words, field.label)


def prose(db_field: models.TextField) -> dict[str, Any]:
    """What makes a form field of a short text."""
    options: dict[str, Any] = {
        "form_class": ProseField,
        "widget": forms.Textarea(attrs={"rows": 3, "cols": 60, "spellcheck": "true"}),
    }
    if validate_markdown in db_field.validators:
        options["help_text"] = format_lazy("{} {}", db_field.help_text, IN_A_LINE)
    return options
