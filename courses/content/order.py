"""Where things stand in their order. Pure."""

from collections.abc import Sequence
from math import inf

MOST = 32_767


def positions(places: Sequence[tuple[int, int] | None]) -> list[int]:
    """The position of each thing of a list, so that they come in the order of the list.

    `places` are the (position, id) that order the things now, None for a new thing. Where they
    stand in the right order already, gaps or not, they stay: 1, 2, 5 says what 1, 2, 3 says.
    """
    found: list[int] = []
    last: tuple[float, float] = (0, -1)
    for place in places:
        at: tuple[float, float] = place if place is not None else (last[0] + 1, inf)
        if at <= last or at[0] > MOST:
            return list(range(1, len(places) + 1))
        found.append(int(at[0]))
        last = at
    return found
