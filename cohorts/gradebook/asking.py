"""What a reader of the gradebook wants to see: whom, in what order, which page. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

NAME, TOTAL = "name", "total"
EVERYONE, WAITING, MISSING, BELOW = "everyone", "waiting", "missing", "below"
SHOWN = (EVERYONE, WAITING, MISSING, BELOW)
MOST = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """`sort` is NAME, TOTAL, or the number of an item; what makes no sense is left out."""

    show: str = EVERYONE
    group: int | None = None
    words: str = ""
    sort: str = NAME
    down: bool = False
    page: int = 1

    @property
    def needs_all(self) -> bool:
        """Whether the whole class has to be read to know whom to show first."""
        return self.show != EVERYONE or self.sort != NAME

    @property
    def is_filtered(self) -> bool:
        return bool(self.show != EVERYONE or self.group or self.words)

    @property
    def sort_word(self) -> str:
        return f"-{self.sort}" if self.down else self.sort

    def sorted_by(self, sort: str) -> "Asked":
        """Numbers come down first, names up; the same again turns the order round."""
        down = not self.down if sort == self.sort else sort != NAME
        return replace(self, sort=sort, down=down, page=1)

    def at_page(self, page: int) -> "Asked":
        return replace(self, page=page)

    @property
    def query(self) -> str:
        said = {
            "show": self.show if self.show != EVERYONE else "",
            "group": self.group or "",
            "q": self.words,
            "sort": self.sort_word if (self.sort, self.down) != (NAME, False) else "",
            "page": self.page if self.page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})


def asked_in(said: Mapping[str, Any]) -> Asked:
    show, sort = said.get("show", ""), said.get("sort", "")
    word = sort.removeprefix("-")
    known = word in (NAME, TOTAL) or number(word) is not None
    return Asked(
        show=show if show in SHOWN else EVERYONE,
        group=number(said.get("group", "")),
        words="".join(one for one in said.get("q", "") if one.isprintable()).strip()[:MOST],
        sort=word if known else NAME,
        down=known and sort.startswith("-"),
        page=number(said.get("page", "")) or 1,
    )


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
