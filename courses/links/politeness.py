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
from courses.links.connecting import Answer, FailureError

# Seconds between two questions to one host, and the most that is waited when a host asks for it.
DELAY, MOST_WAIT = 1.0, 60.0
WORKERS = 8
# So many hosts in a row, and seconds, without a sign of anybody: it is our own line that is down.
SILENT, PATIENCE = 5, 3.0

Found = TypeVar("Found")


class PostponedError(Exception):
    """The host wants to be asked later than this run waits."""


@dataclass(slots=True)
class Host:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0


@dataclass(slots=True)
class Silence:
    """Whether the world is there at all: any answer says so, even one that nobody understands."""

    heard: bool = False
    hosts: set[str] = field(default_factory=set)
    since: float = 0.0

    def note(self, host: str, failure: FailureError | None, now: float) -> bool:
        """Whether nobody was heard for so long, of so many, that asking on is of no use."""
        if failure is None or not failure.silent:
            self.heard = True
        if self.heard:
            return False
        self.since = self.since if self.hosts else now
        self.hosts.add(host)
        return len(self.hosts) >= SILENT and now - self.since >= PATIENCE


@dataclass(slots=True)
class Pace:
    """Asks through `through`, each host in turn and never sooner than it likes.

    `clock` gives seconds that never go back. `ends` is when the run is over, by that clock; it is
    over at once where nobody answers, and `in_vain` then.
    """

    through: Ask
    ends: float
    delay: float = DELAY
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    hosts: dict[str, Host] = field(default_factory=lambda: defaultdict(Host))
    guard: Lock = field(default_factory=Lock)
    silence: Silence = field(default_factory=Silence)
    in_vain: bool = False

    def ask(self, method: str, address: Address) -> Answer:
        with self.guard:
            host = self.hosts[address.host]
        with host.lock:
            self.wait(host)
            try:
                answer = self.through(method, address)
                asked_for = seconds_of(answer.retry_after)
            except FailureError as failure:
                self.note(address.host, failure)
                raise
            finally:
                host.free_at = self.clock() + self.delay
            self.note(address.host, None)
            host.free_at += asked_for
            return answer

    def note(self, host: str, failure: FailureError | None) -> None:
        with self.guard:
            if self.silence.note(host, failure, self.clock()):
                self.in_vain, self.ends = True, self.clock()

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
