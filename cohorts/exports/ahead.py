"""Asking the database for the next portion while the one before is worked on."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, connections

Portion = TypeVar("Portion")
Answer = TypeVar("Answer")


def read_ahead(
    portions: Iterable[Portion], read: Callable[[Portion], Answer]
) -> Iterator[tuple[Portion, Answer]]:
    """Each portion with what `read` answers, in their order, at most one ahead of the reader.

    `read` runs in a thread with a connection of its own, which would not see what a transaction
    of the caller has written: inside one it runs in the caller's thread.
    """
    if connection.in_atomic_block:
        yield from ((portion, read(portion)) for portion in portions)
        return
    with ThreadPoolExecutor(1, "read-ahead") as pool:
        try:
            waiting = None
            for portion in portions:
                coming = portion, pool.submit(read, portion)
                if waiting:
                    yield waiting[0], waiting[1].result()
                waiting = coming
            if waiting:
                yield waiting[0], waiting[1].result()
        finally:
            pool.submit(connections.close_all)
