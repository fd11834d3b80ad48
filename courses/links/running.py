"""A run of the check of links: who asks, for how long, and what is believed."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from django.conf import settings

from courses.links.addresses import Place, address_of
from courses.links.checking import Finding, Outcome, check
from courses.links.connecting import Connector
from courses.links.politeness import SILENT, Pace, side_by_side
from courses.links.storing import due, forget, store
from courses.links.uses import addresses
from courses.models import Link

# Of one round: the worker has other things to do, so the addresses come in small portions.
ROUND_ADDRESSES, ROUND_SECONDS = 40, 40.0

Found = tuple[str, Finding]


def connector() -> Connector:
    return Connector(agent=settings.LINK_CHECK_AGENT, allowed=allowed_places())


def allowed_places() -> frozenset[Place]:
    """Places of the own network that a test or a developer lets be asked."""
    parts = (place.rpartition(":") for place in settings.LINK_CHECK_ALLOW_PRIVATE)
    return frozenset((host, int(port)) for host, _colon, port in parts)


def check_links(
    urls: Iterable[str],
    *,
    now: datetime,
    within: float,
    asking: Connector | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Link]:
    """Ask each of `urls`, for at most about `within` seconds; each link as it was stored.

    Those that there was no time for are left as they were, as are all where nobody answers: it
    takes some seconds to tell.
    """
    asking = asking or connector()
    pace = Pace(asking.ask, clock() + within, clock=clock, sleep=sleep)
    parse = partial(address_of, allowed=asking.allowed)
    found = side_by_side(urls, partial(check, ask=pace.ask, parse=parse, sleep=sleep))
    for url, finding in believed(found, lambda: pace.in_vain):
        yield store(url=url, finding=finding, now=now)


def believed(found: Iterable[Found], in_vain: Callable[[], bool]) -> Iterator[Found]:
    """Without the failures of a run in which nobody at all answered."""
    held: list[Found] = []
    heard = False
    for one in found:
        heard = heard or one[1].status is not None
        held.append(one)
        if heard:
            yield from held
            held.clear()
    failures = [one for one in held if one[1].outcome == Outcome.FAILED]
    nobody = in_vain() or len(failures) >= SILENT
    yield from (one for one in held if one not in failures) if nobody else held


def check_due(now: datetime) -> None:
    """The round: what is due now, in a bounded time; nothing where the site does not want it."""
    if not settings.CHECK_LINKS:
        return
    used = addresses()
    forget(used=used, now=now)
    urls = due(used, now, limit=ROUND_ADDRESSES)
    for _link in check_links(urls, now=now, within=ROUND_SECONDS):
        pass
