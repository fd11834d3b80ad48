"""Which side has the word on a file, when file and database may both have changed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from courses.content.normal import Document


class Side(Enum):
    SAME = "same"
    FILE = "files"
    DATABASE = "database"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """One file as it was last loaded or exported (`base`), as it is, and what the database says.

    None where there is no such thing: a new file, one that is gone, a lesson that is nowhere.
    `old` where the file is as it was before somebody changed the course here: it has no news.
    """

    name: str
    base: Document | None
    file: Document | None
    here: Document | None
    old: bool = False

    def side(self) -> Side:
        """Who changed it has the word; OPEN where both did, and differently.

        An export is measured against, too, wherever it went: from then on the folder that was
        loaded before is an old one, which may not take back what was exported.
        """
        if self.file == self.here:
            return Side.SAME
        if self.here == self.base:
            return Side.OPEN if self.old else Side.FILE
        if self.base is not None and self.file == self.base:
            return Side.DATABASE
        return Side.OPEN


@dataclass(frozen=True, slots=True)
class Take:
    """Whose word counts where both changed: for all files, and for some by their names."""

    all: Side = Side.OPEN
    named: Mapping[str, Side] | None = None

    def side(self, standing: Standing) -> Side:
        found = standing.side()
        if found is not Side.OPEN:
            return found
        return (self.named or {}).get(standing.name, self.all)


class ConflictError(Exception):
    """Files and database were both changed; nothing has been loaded."""

    def __init__(self, conflicts: list[Standing]) -> None:
        self.conflicts = conflicts
        super().__init__(", ".join(one.name for one in conflicts))
