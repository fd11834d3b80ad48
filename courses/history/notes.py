"""What editors say about a change."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def clean_note(text: str) -> str:
    """`text` on one line. Raises ValidationError for what feeds and files cannot hold."""
    line = " ".join(text.split())
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in line):
        raise ValidationError(_("The note has a control character. Type it anew."), code="control")
    return line
