"""Cells of a spreadsheet. Pure."""

import re
from datetime import date, datetime
from typing import Any

# What makes a spreadsheet take a cell for a formula, also in full width (OWASP, "CSV Injection"),
# and our own mark before it: what begins with a mark gets one more, so that one can be taken off.
FORMULA = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
DANGEROUS = re.compile(f"'*{FORMULA}")
DEFUSED = re.compile(f"'+{FORMULA}")


def defused(text: str) -> str:
    """`text` as no spreadsheet computes it; `restored` gives exactly `text` back."""
    return f"'{text}" if DANGEROUS.match(text) else text


def restored(cell: str) -> str:
    return cell[1:] if DEFUSED.match(cell) else cell


def text_of(value: Any) -> str:
    """What a spreadsheet holds in a cell, as people see it there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return restored(str(value))
