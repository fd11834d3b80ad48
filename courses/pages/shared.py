from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.cache import cache

from courses import versions

Page = TypeVar("Page")

# Raise it whenever a page's dataclass changes its fields: a cache may outlive a deployment.
VERSION = 1
# Old versions of the content are never asked for again; let them go.
SECONDS = 24 * 3600


def kept(course: str, name: str, now: datetime, build: Callable[[], Page | None]) -> Page | None:
    """`build()`, computed once for each version of the content of `course`.

    None, where there is no such page, is not kept: addresses that people guess must not fill
    the cache.
    """
    stamp = versions.stamp(course, now)
    if stamp is None:
        return None
    key = f"page:{VERSION}:{stamp}:{name}"
    page: Page | None = cache.get(key)
    if page is None:
        page = build()
        if page is not None:
            cache.set(key, page, SECONDS)
    return page
