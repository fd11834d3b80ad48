"""Many addresses in bounded time, and no host more than one question at a time."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock
from typing import TypeVar
from urllib.parse import urlsplit

from courses.links.addresses import Address
from courses.links.checking import Ask
from courses.links.connecting import Answer

# Seconds between two questions to one host, and the most that is waited when a host asks for it.
DELAY, MOST_WAIT = 1.0, 60.0
WORKERS = 8

Found = TypeVar("Found")


class PostponedError(Exception):
    """The host wants to be asked later than this run waits."""


@dataclass(slots=True)
class Host:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0


@dataclass(slots=True)
class Pace:
    """Asks through `through`, each host in turn and never sooner than it likes.

    `clock` gives seconds that never go back. `ends` is when the run is over, by that clock.
    """

    through: Ask
    ends: float
    delay: float = DELAY
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    hosts: dict[str, Host] = field(default_factory=lambda: defaultdict(Host))
    guard: Lock = field(default_factory=Lock)

    def ask(self, method: str, address: Address) -> Answer:
        with self.guard:
            host = self.hosts[address.host]
        with host.lock:
            self.wait(host)
            try:
                answer = self.through(method, address)
                asked_for = seconds_of(answer.retry_after)
            finally:
                host.free_at = self.clock() + self.delay
            host.free_at += asked_for
            return answer

    def wait(self, host: Host) -> None:
        """Raises PostponedError where it would take too long."""
        wait = host.free_at - self.clock()
        if wait > MOST_WAIT or self.clock() + max(wait, 0.0) >= self.ends:
            raise PostponedError
        if wait > 0:
            self.sleep(wait)


def seconds_of(retry_after: str) -> float:
    """Of a Retry-After header; a date is rare, and answered by not asking again in this run."""
    text = retry_after.strip()
    if not text:
        return 0.0
    return float(text[:9]) if text.isascii() and text.isdigit() else MOST_WAIT * 2


def in_turn(urls: Iterable[str]) -> list[list[str]]:
    """Addresses by host, the longest list first: it takes the longest."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[host_of(url)].append(url)
    return sorted(hosts.values(), key=len, reverse=True)


def host_of(url: str) -> str:
    """As it is spelled; what has none is refused when it is checked."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def side_by_side(
    urls: Iterable[str], check: Callable[[str], Found], *, workers: int = WORKERS
) -> Iterator[tuple[str, Found]]:
    """Each address with what `check` found, as it is found; postponed ones are left out.

    Hosts are asked side by side, the addresses of one host one after the other. Findings come to
    the caller's thread. Whoever stops listening stops the asking.
    """
    found: SimpleQueue[tuple[str, Found] | None] = SimpleQueue()
    stop = Event()

    def work(of_host: list[str]) -> None:
        try:
            for url in of_host:
                if stop.is_set():
                    break
                found.put((url, check(url)))
        except PostponedError:
            pass
        finally:
            found.put(None)

    hosts = in_turn(urls)
    with ThreadPoolExecutor(workers, thread_name_prefix="links") as pool:
        running = [pool.submit(work, of_host) for of_host in hosts]
        try:
            for _host in hosts:
                yield from iter(found.get, None)
        finally:
            stop.set()
    for one in running:
        one.result()
