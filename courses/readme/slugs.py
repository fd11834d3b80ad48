"""Addresses from titles: small letters, digits and single hyphens, each once in its list."""

import re
import unicodedata

LONGEST = 74
# Pages of the course have these addresses.
TAKEN = frozenset({"notebooks", "enrol", "leave"})
APOSTROPHES = re.compile("['’]")
OTHERS = re.compile(r"[^a-z0-9]+")


class Slugs:
    """The addresses of one list. A title that was there gets a number behind it."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self.taken = set(taken)
        self.last: dict[str, int] = {}

    def of(self, title: str, otherwise: str) -> str:
        """The address of `title`; `otherwise`, with a number, where it has no Latin letters."""
        plain = slug_of(title)
        base = plain or otherwise
        number = self.last.get(base, 1)
        slug = base if plain else f"{base}-{number}"
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.last[base] = number
        self.taken.add(slug)
        return slug


def slug_of(title: str) -> str:
    """`llama.cpp & Co.` as `llama-cpp-co`; empty where nothing Latin is in it."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", title))
    latin = plain.encode("ascii", "ignore").decode().lower()
    return OTHERS.sub("-", latin).strip("-")[:LONGEST].strip("-")
