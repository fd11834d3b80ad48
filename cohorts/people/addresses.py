"""Reading addresses as people paste them: from a mail, a table, a message."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cohorts.people.rows import Collector, People, Row, tidy

AROUND = "'\"()[]<>.,:"
MAILTO = "mailto:"
Found = tuple[str, str]


def parse(text: str) -> People:
    """The people in `text`, each with the name that stands before their address.

    Addresses stand apart by commas, semicolons, blanks or new lines, alone or as `Name <a@b>`,
    also with a comma in the name, as address books write it. Lines count from 1. Linear in the
    length of `text`. Raises ListError for more than `rows.ROWS` of them.
    """
    collector = Collector()
    for line, said in enumerate(text.splitlines(), 1):
        for part in parts(said):
            for name, word in found_in(part):
                take(collector, line, name, word)
    return collector.people()


def take(collector: Collector, line: int, name: str, word: str) -> None:
    email = word.removeprefix(MAILTO).strip(AROUND).lower()
    text = f"{name} <{word}>" if name else word
    if "@" in email:
        collector.take(Row(line, email, name), text)
    elif email or name:
        collector.reject(line, text, _("This is no e-mail address."))


def parts(line: str) -> Iterator[str]:
    """What stands between semicolons, save those in quotation marks."""
    quoted, begin = False, 0
    if line.count('"') % 2:
        # One without its other half quotes nothing.
        yield from line.replace('"', " ").split(";")
        return
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted:
            yield line[begin:place]
            begin = place + 1
    yield line[begin:]


def found_in(part: str) -> Iterator[Found]:
    """Each name, where there is one, and the word that should be an address."""
    *bracketed, rest = part.split(">")
    for one in bracketed:
        before, bracket, inside = one.rpartition("<")
        if not bracket:
            yield from words(inside)
            continue
        name, alone = split_name(before, inside.strip())
        yield from words(alone)
        yield name, inside.strip()
    yield from words(rest.replace("<", " "))


def words(text: str) -> Iterator[Found]:
    return (("", word) for word in text.replace(",", " ").replace('"', " ").split())


def split_name(before: str, address: str) -> Found:
    """The name that stands right before `<address>`, and what stands before the name."""
    before = before.rstrip()
    if before.endswith('"'):
        start, _quote, name = before[:-1].rpartition('"')
        return tidy(without_address(name, address)), start
    said = before.replace(",", ", ").split()
    last = max((n for n, word in enumerate(said, 1) if "@" in word), default=0)
    alone = said[:last]
    if alone and alone[-1].strip(AROUND).lower() == address.lower():
        # Mail programs write the address for a name that they do not know.
        alone.pop()
    return tidy(" ".join(said[last:]).replace(" ,", ",")).strip(",; "), " ".join(alone)


def without_address(name: str, address: str) -> str:
    return "" if name.strip().lower() == address.lower() else name
