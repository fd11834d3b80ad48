"""Texts that mean the same to a reader come out the same; and a matcher that takes linear time."""

import unicodedata

import re2
from django.utils.translation import gettext as _

from quizzes.kinds.payload import Path, PayloadError

MOST_PATTERN = 300
# Instructions of the compiled program: matching takes at most this times the answer's length.
MOST_PROGRAM = 2_000
# In bytes; RE2 refuses a pattern that needs more.
MEMORY = 1 << 20

# What keyboards put in place of ' " and -.
SIGNS = str.maketrans("‘’‚′“”„″‐‑‒–—−", "''''\"\"\"\"------")
QUOTES = "'\"`"
UNSEEN = {"Mn", "Cf", "Cc", "Cs"}


def fold(text: str, *, case: bool = False) -> str:
    """`text` without accents, invisible signs, runs of space, widths and styles of letters.

    Nor, unless `case` counts, capitals. Folding twice is folding once.
    """
    plain = unicodedata.normalize("NFKC", " ".join(text.split()).translate(SIGNS))
    for _twice in range(2):
        plain = unicodedata.normalize("NFKD", plain if case else plain.casefold())
        plain = "".join(sign for sign in plain if unicodedata.category(sign) not in UNSEEN)
    return " ".join(unicodedata.normalize("NFKC", plain.translate(SIGNS)).split())


def bare(folded: str) -> str:
    """Without a full stop at its end, and without quotation marks or backticks around it.

    What is nothing else stays as it is.
    """
    text = folded
    while (inner := unwrapped(text)) != text:
        text = inner
    return text or folded


def unwrapped(text: str) -> str:
    """One layer less, if there is one."""
    if text.endswith("."):
        return text[:-1].rstrip()
    around = len(text) > 1 and text[0] == text[-1] and text[0] in QUOTES
    return text[1:-1].strip() if around else text


def matches(pattern: str, folded: str, *, case: bool) -> bool:
    """Whether `pattern` fits the whole of `folded`, in time linear in its length."""
    return compiled(pattern, case=case).fullmatch(folded) is not None


def read_pattern(pattern: str, path: Path, *, case: bool) -> None:
    """Raises PayloadError, in words, for a pattern that RE2 or our bounds refuse."""
    if len(pattern) > MOST_PATTERN:
        raise PayloadError(path, _("A pattern has at most %d characters.") % MOST_PATTERN)
    try:
        size = compiled(pattern, case=case).programsize
    except re2.error as error:
        raise PayloadError(path, _("The pattern cannot be read: %s.") % said(error)) from error
    if size > MOST_PROGRAM:
        raise PayloadError(path, _("The pattern repeats too much. Use smaller counts."))


def compiled(pattern: str, *, case: bool) -> re2._Regexp:
    """RE2 keeps the last ones compiled."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    options.case_sensitive = case
    return re2.compile(pattern, options)


def said(error: Exception) -> str:
    [message] = error.args or ("",)
    return message.decode(errors="replace") if isinstance(message, bytes) else str(message)
