"""A README's bytes to its outline and the account of every line. Pure, total, in linear time."""

from dataclasses import dataclass, replace

from courses.readme.building import Builder
from courses.readme.decoding import Decoded, decode
from courses.readme.ledger import Entry
from courses.readme.outline import Outline
from courses.readme.prepared import prepare


@dataclass(frozen=True, slots=True)
class Reading:
    """`entries` has one entry for each line, in order."""

    decoded: Decoded
    outline: Outline
    entries: tuple[Entry, ...]


def read(raw: bytes) -> Reading:
    """What a README says. Raises ReadmeError for what is empty, too large, or no text."""
    decoded = decode(raw)
    builder = Builder(prepare(decoded.lines))
    outline = builder.build()
    for repair in decoded.repairs:
        builder.ledger.add([repair.line], repair.how)
    return Reading(decoded, outline, with_repairs(builder.ledger.closed(), decoded))


def with_repairs(entries: tuple[Entry, ...], decoded: Decoded) -> tuple[Entry, ...]:
    """A dropped line says what was repaired in it, too."""
    found = list(entries)
    for repair in decoded.repairs:
        entry = found[repair.line - 1]
        if repair.how not in entry.how:
            how = "; ".join(filter(None, [entry.how, repair.how]))
            found[repair.line - 1] = replace(entry, how=how)
    return tuple(found)
