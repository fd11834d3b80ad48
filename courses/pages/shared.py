from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.utils.translation import get_language

from courses import versions

Page = TypeVar("Page")


class Shelf:
    """The objects asked for last, at most `most` of them, in this process.

    Pages are immutable, so one object serves all readers; the cache framework would copy each
    at every reading.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.items: OrderedDict[Any, Any] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Any) -> Any:
        with self.lock:
            if key in self.items:
                self.items.move_to_end(key)
            return self.items.get(key)

    def put(self, key: Any, item: Any) -> None:
        with self.lock:
            self.items[key] = item
            while len(self.items) > self.most:
                self.items.popitem(last=False)

    def clear(self) -> None:
        with self.lock:
            self.items.clear()


pages = Shelf(500)


def kept(course: str, name: str, now: datetime, build: Callable[[], Page | None]) -> Page | None:
    """`build()`, computed once for each version of the content of `course`.

    None, where there is no such page, is not kept: addresses that people guess must not push
    out those that exist.
    """
    stamp = versions.stamp(course, now)
    if stamp is None:
        return None
    key = (course, stamp, name, get_language())
    page: Page | None = pages.get(key)
    if page is None:
        page = build()
        if page is not None:
            pages.put(key, page)
    return page
