"""What a learner sends of a draft. Whatever it is, it can be kept: it is judged at handing in."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.work.links import MOST_CHARACTERS as LONGEST_LINK

MOST_CHARACTERS = 50_000
LINE_ENDS = {"\n", "\t"}


class WorkField(forms.CharField):
    """Text as it was typed; line ends count as one character, as they do in the browser."""

    def to_python(self, value: Any) -> str:
        return str(value or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if any(unicodedata.category(one) == "Cc" and one not in LINE_ENDS for one in value):
            raise ValidationError(
                _("It holds characters that cannot be shown. Copy it as plain text.")
            )


class DraftForm(forms.Form):
    """`seen` is the sequence of what the page knew to be kept, `writer` whose page it was."""

    text = WorkField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 14, "dir": "auto"}),
        help_text=gettext_lazy(
            "Plain text. Three backticks on a line of their own begin and end a block of code."
        ),
    )
    link = WorkField(
        label=gettext_lazy("Link"),
        required=False,
        max_length=LONGEST_LINK,
        widget=forms.TextInput(
            {"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}
        ),
        help_text=gettext_lazy(
            "To a notebook or a repository, say. See to it that your teachers can open it."
        ),
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    sequence = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    writer = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def number(self, name: str) -> int | None:
        """One that makes no sense counts as none at all."""
        found: int | None = self.cleaned_data.get(name)
        return found

    @property
    def is_fine(self) -> bool:
        """Whether the text and the link can be kept."""
        return not self.errors.keys() & {"text", "link"}
