"""Things with an id and a text, and orders of them that do not give the answer away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.kinds.base import arrange
from quizzes.kinds.payload import Path, PayloadError, check_markdown, identity, mapping, rows, text

# Where the author's order is the answer, "the order as written" is one of our own.
OWN_SEED = "order"


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str


def read_items(value: object, path: Path, *, least: int, most: int) -> tuple[Item, ...]:
    items = tuple(
        read_item(row, (*path, at))
        for at, row in enumerate(rows(value, path, least=least, most=most))
    )
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item.id in seen:
            raise PayloadError((*path, at, "id"), _("Another one has this id."))
        seen.add(item.id)
    return items


def read_item(value: object, path: Path) -> Item:
    fields = mapping(value, path, required=("id", "text"))
    return Item(identity(fields["id"], (*path, "id")), text(fields["text"], (*path, "text")))


def check_items(items: Sequence[Item], path: Path) -> None:
    for at, item in enumerate(items):
        check_markdown(item.text, (*path, at, "text"))


def mixed(items: Sequence[Item], key: Sequence[str], seed: str) -> tuple[Item, ...]:
    """`items` in an order that `seed` decides and that does not begin with the ids of `key`."""
    found = arrange(items, seed or OWN_SEED)
    if [item.id for item in found[: len(key)]] == list(key):
        return (*found[1:], found[0])
    return found
