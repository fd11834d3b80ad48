"""Everything that Cairn keeps about a person, section by section.

Each app registers its own sections in a module `privacy`, which its AppConfig imports. The
export writes their rows out; the page before erasing says what becomes of each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import User

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """One kind of personal data.

    `rows` yields everything kept about one person, in a number of queries that does not grow
    with the rows; values are what JSON can hold, dates and UUIDs. `on_erase` is a sentence.
    """

    slug: str
    title: str | Promise
    rows: Callable[[User], Iterable[Row]]
    on_erase: str | Promise


_sections: list[Section] = []


def register(*sections: Section) -> None:
    """Add the sections of one app.

    INSTALLED_APPS begins at the top of the import chain, so that each app's sections go before
    those already here: people first, then their courses, then their quizzes.
    """
    taken = {section.slug for section in (*_sections, *sections)}
    if len(taken) < len(_sections) + len(sections):
        raise ValueError("Each section of the personal data needs a slug of its own.")
    _sections[:0] = sections


def sections() -> tuple[Section, ...]:
    return tuple(_sections)
