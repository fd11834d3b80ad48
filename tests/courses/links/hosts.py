"""Hosts to ask: one that answers from a table, and a real one on loopback."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urldefrag

from courses.links.addresses import Address
from courses.links.connecting import Answer, FailureError

Script = Mapping[str, Answer | Exception]


def redirect(location: str, status: int = 301) -> Answer:
    return Answer(status, location)


OK = Answer(200)
SILENT = FailureError("It did not answer in time.", passing=True)


@dataclass
class FakeHosts:
    """Answers by method and address, or by address alone; remembers what was asked."""

    script: Script
    asked: list[str] = field(default_factory=list)

    def ask(self, method: str, address: Address) -> Answer:
        url = urldefrag(address.url).url
        self.asked.append(f"{method} {url}")
        answer = self.script.get(f"{method} {url}", self.script.get(url, OK))
        if isinstance(answer, Exception):
            raise answer
        return answer


class Timer:
    """A clock that goes on only while somebody sleeps by it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def serving(talk: Callable[[socket.socket, bytes], None]) -> Iterator[int]:
    """The port of a server on loopback that reads a request and then does `talk`."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def work() -> None:
            while True:
                try:
                    connection, _peer = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(5)
                    try:
                        talk(connection, connection.recv(8192))
                    except OSError:
                        continue

        thread = Thread(target=work, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
    thread.join(5)
