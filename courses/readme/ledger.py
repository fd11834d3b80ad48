"""The account of every line: kept as what, changed and how, or dropped and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

KEPT, CHANGED, DROPPED, BLANK = "kept", "changed", "dropped", "blank"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of line `number`; `what` it is now, and `how` or why, in words."""

    number: int
    verdict: str
    what: str
    how: str = ""


class Ledger:
    """One entry a line, whatever is said about it later is added to it."""

    def __init__(self, count: int) -> None:
        self.entries: list[Entry | None] = [None] * count

    def keep(self, number: int, what: str, changes: Sequence[str] = ()) -> None:
        verdict = CHANGED if changes else KEPT
        self.put(Entry(number, verdict, what, "; ".join(changes)))

    def drop(self, number: int, why: str) -> None:
        self.put(Entry(number, DROPPED, "", why))

    def blank(self, number: int) -> None:
        self.put(Entry(number, BLANK, ""))

    def put(self, entry: Entry) -> None:
        self.entries[entry.number - 1] = entry

    def add(self, numbers: Iterable[int], note: str) -> None:
        """Lines that were kept turn out to be changed, too."""
        for number in numbers:
            entry = self.entries[number - 1]
            if entry is not None and entry.verdict in {KEPT, CHANGED}:
                how = f"{entry.how}; {note}" if entry.how else note
                self.put(replace(entry, verdict=CHANGED, how=how))

    def closed(self) -> tuple[Entry, ...]:
        """All entries; a line that nobody spoke for says so."""
        return tuple(
            entry or Entry(number, DROPPED, "", "nothing of a course was found in it")
            for number, entry in enumerate(self.entries, 1)
        )


def counted(entries: Iterable[Entry]) -> dict[str, int]:
    counts = Counter(entry.verdict for entry in entries)
    return {verdict: counts[verdict] for verdict in (KEPT, CHANGED, DROPPED, BLANK)}
