"""In what order cards are asked: lessons take turns.

Pure. Who meets cards of one kind in a row answers from the row; mixed ones are remembered longer
(interleaving: Rohrer, "Interleaving helps students distinguish among similar concepts", 2012).
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A card in the queue, by its key and that of its lesson."""

    card: int
    lesson: int


def in_turn(groups: Sequence[Sequence[Place]], *, last: int | None, seed: str) -> Iterator[Place]:
    """All places of `groups`, never two of a lesson in a row while another lesson has one.

    An earlier group comes first, unless only the lesson before has cards in it. Within a group
    the lesson with the most cards left is next, so that none stays over for the end; of equally
    many, `seed` decides. Within a lesson the group's own order holds. `last` is the lesson that
    was asked before all of these.

    The same for the same arguments, and consistent: without its first place and with that
    place's lesson as `last`, the rest comes in the same order.
    """
    left = [list(group) for group in groups]
    while any(left):
        group, place = following(left, last, seed)
        group.remove(place)
        last = place.lesson
        yield place


def following(
    groups: Sequence[list[Place]], last: int | None, seed: str
) -> tuple[list[Place], Place]:
    """What comes next, and the group that it is from; one of them must hold something."""
    for group in groups:
        sizes = Counter(place.lesson for place in group if place.lesson != last)
        if sizes:
            lesson = min(sizes, key=lambda one: (-sizes[one], chance(seed, one)))
            return group, next(place for place in group if place.lesson == lesson)
    group = next(group for group in groups if group)
    return group, group[0]


def chance(seed: str, lesson: int) -> bytes:
    return hashlib.sha256(f"{seed}:{lesson}".encode()).digest()
