"""What the rules and values of a drawing may say. Pure.

CSS is not parsed: what could load, move or hide something needs one of a few signs, and these are
refused wherever they stand, within words and comments too.
"""

import re

# All that may stand before a bracket: how colours, numbers, places and selectors are written.
FUNCTIONS = frozenset(
    "var rgb rgba hsl hsla calc min max clamp matrix translate rotate scale skewx skewy "
    "not is first-child nth-child".split()
)
CALL = re.compile(r"([\w@-]*)\(")
SCHEME = re.compile(r"@media\s+\(\s*prefers-color-scheme\s*:\s*(?:dark|light)\s*\)\s*\{")
# An address within the drawing itself: the marker at the end of a line.
WITHIN = re.compile(r"url\(#[A-Za-z][\w-]*\)")
# A backslash spells any other sign, `<` opens what a browser may read as markup.
SIGNS = re.compile(r"[\\<>@]|expression|javascript:|data:")


def refused_in_value(value: str) -> str:
    """What of an attribute's value may not be there; nothing where all may."""
    return "" if WITHIN.fullmatch(value) else refused_in(value)


def refused_in_style(text: str) -> str:
    """What of the text of a `<style>` may not be there; nothing where all may."""
    text = SCHEME.sub("{", text)
    if found := re.search(r"@[\w-]*", text):
        return found[0]
    return refused_in(text.replace(">", " "))  # joins a child to its parent in selectors


def refused_in(text: str) -> str:
    text = text.lower()
    if found := SIGNS.search(text):
        return found[0]
    calls = (found[1] for found in CALL.finditer(text))
    return next((f"{name}(" for name in calls if name and name not in FUNCTIONS), "")
