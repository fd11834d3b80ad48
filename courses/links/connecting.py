"""One question to one host, on the standard library alone.

The name is looked up once, here. Every address that it has is checked, and the connection goes
to one of those very addresses: a name that leads elsewhere a moment later (DNS rebinding) does
not lead there.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from django.utils.translation import gettext as _

from courses.links.addresses import Address, Place, ip_of, refuse_private

# Seconds: to connect, and for the whole of one exchange.
CONNECT, WHOLE = 5.0, 15.0
# Bytes of an answer that are read: its head. A body is never read.
MOST_BYTES = 32_768
# Of the addresses of one name.
MOST_TRIES = 3

Resolve = Callable[[str, int], list[str]]
Clock = Callable[[], float]


class FailureError(Exception):
    """There was no answer; the message says why. `passing`: it may be there in a moment.

    `silent`: nobody was there at all, as where our own line is down.
    """

    def __init__(self, message: str, *, passing: bool = False, silent: bool = False) -> None:
        super().__init__(message)
        self.passing, self.silent = passing, silent


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer: its status, and what its headers say of going elsewhere or later."""

    status: int
    location: str = ""
    retry_after: str = ""
    # A page that asks for a proof of being human stands before the real one.
    walled: bool = False


def look_up(host: str, port: int) -> list[str]:
    """Blocks for as long as the system's resolver is told to wait."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Connector:
    """How hosts are asked. `allowed` are places of the own network that may be asked, too."""

    agent: str
    allowed: frozenset[Place] = frozenset()
    resolve: Resolve = look_up
    clock: Clock = time.monotonic
    connect_within: float = CONNECT
    within: float = WHOLE
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(self, method: str, address: Address) -> Answer:
        """The answer of the host at `address` to `method`.

        Raises RefusedError where its name leads into a private network, and FailureError where
        nothing that can be read comes within the time.
        """
        ends = self.clock() + self.within
        try:
            with self.connected(address, self.places(address), ends) as connection:
                connection.settimeout(self.left(ends))
                connection.sendall(request(method, address, self.agent))
                return read(Head(connection, partial(self.left, ends)), method)
        except TimeoutError as error:
            raise FailureError(
                _("It did not answer in time."), passing=True, silent=True
            ) from error
        except ssl.SSLError as error:
            raise FailureError(_("Its encryption is not in order: %s.") % reason(error)) from error
        except http.client.HTTPException as error:
            raise FailureError(_("It answered something that cannot be read.")) from error
        except OSError as error:
            raise FailureError(_("It cannot be reached."), passing=True, silent=True) from error

    def left(self, ends: float) -> float:
        """Seconds until `ends`; raises TimeoutError when there are none."""
        seconds = ends - self.clock()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def places(self, address: Address) -> list[str]:
        """Where the name leads: all of it public, or nothing is asked."""
        try:
            found = self.resolve(address.host, address.port)
        except (socket.gaierror, UnicodeError) as error:
            passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            message = _("Its host has no address any more.")
            raise FailureError(message, passing=passing, silent=True) from error
        if address.place not in self.allowed:
            for one in found:
                refuse_private(ip_of(one))
        return found[:MOST_TRIES]

    def connected(self, address: Address, places: list[str], ends: float) -> socket.socket:
        """A connection to the first of `places` that takes one, encrypted where it has to be."""
        last: OSError = OSError()
        for place in places:
            within = min(self.connect_within, self.left(ends))
            try:
                plain = socket.create_connection((place, address.port), within)
            except OSError as error:
                last = error
                continue
            return self.wrapped(plain, address, ends) if address.scheme == "https" else plain
        raise last

    def wrapped(self, plain: socket.socket, address: Address, ends: float) -> socket.socket:
        try:
            plain.settimeout(self.left(ends))
            return self.tls.wrap_socket(plain, server_hostname=address.host)
        except (OSError, ValueError):
            plain.close()
            raise


def request(method: str, address: Address, agent: str) -> bytes:
    lines = (
        f"{method} {address.target} HTTP/1.1",
        f"Host: {address.name}",
        f"User-Agent: {agent}",
        "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language: en,*;q=0.5",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii", "replace")


class Head(io.RawIOBase):
    """What a connection sends, for as long as there is time, and no more than an answer's head."""

    def __init__(self, connection: socket.socket, left: Callable[[], float]) -> None:
        self.connection = connection
        self.left = left
        self.room = MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.room <= 0:
            raise http.client.HTTPException
        # A byte a second would keep a timeout for each of them from ever striking.
        self.connection.settimeout(self.left())
        count = self.connection.recv_into(memoryview(buffer)[: self.room])
        self.room -= count
        return count

    def makefile(self, mode: str) -> io.BufferedReader:
        """As http.client asks a socket for what it reads."""
        return io.BufferedReader(self)


def read(head: Head, method: str) -> Answer:
    response = http.client.HTTPResponse(cast(socket.socket, head), method=method)
    response.begin()
    return Answer(
        response.status,
        unmixed(response.getheader("Location", "") or ""),
        response.getheader("Retry-After", "") or "",
        walled=any(response.getheader(name) for name in ("cf-mitigated", "x-amzn-waf-action")),
    )


def unmixed(header: str) -> str:
    """Headers are read as Latin-1; what was sent as UTF-8 is told by its bytes."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(error.verify_message)
    return str(error.reason or _("no agreement")).replace("_", " ").lower()
