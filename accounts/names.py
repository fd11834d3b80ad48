"""What somebody may call themselves: one line, all of which can be read.

Others read it, too: in the lists, mails and downloads of their classes.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Controls, halves of pairs, breaks of lines and paragraphs.
UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Letters that turn the direction of what stands after them, beyond the name.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# The last two of each plane are no characters, and XML holds none of them.
NO_CHARACTER = 0xFFFE


def validate_name(name: str) -> None:
    if any(is_unfit(sign) for sign in name):
        raise ValidationError(_("There is a character in it that cannot be shown. Type it again."))


def is_unfit(sign: str) -> bool:
    no_character = ord(sign) & NO_CHARACTER == NO_CHARACTER
    return no_character or sign in TURNING or unicodedata.category(sign) in UNFIT
