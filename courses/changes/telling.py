"""What kind of change it is to readers, and how much. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from courses.models import Mark


class Kind(StrEnum):
    """The strongest of several changes; one without an editor's word may be anything."""

    NEW = "new"
    FIX = "fix"
    PLAIN = "plain"


def strongest(marks: Iterable[str]) -> Kind:
    found = set(marks)
    if Mark.NEW in found:
        return Kind.NEW
    return Kind.FIX if found == {Mark.FIX} else Kind.PLAIN
