"""How quickly a long download comes, and how much memory the server takes for it."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection

from benchmarks import cpu
from benchmarks.errors import BenchError
from benchmarks.servers import Server

GRADES = "/cohorts/bench-large/gradebook/export.csv"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Stream:
    """`added` megabytes is what the server took more at its peak than before; None where it is
    not known."""

    rows: int
    bytes: int
    first_byte: float
    seconds: float
    added: float | None

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def download(server: Server, path: str, cookies: str) -> Stream:
    """Once to warm up each of the server's processes, then the best of three."""
    for _ in range(4):
        fetch(server.port, path, cookies)
    found = [measured(server, path, cookies) for _ in range(3)]
    return min(found, key=lambda one: one.seconds)


def measured(server: Server, path: str, cookies: str) -> Stream:
    before = cpu.memory_of_group(server.pid, peak=False)
    cpu.forget_peaks(server.pid)
    rows, size, first, seconds = fetch(server.port, path, cookies)
    peak = cpu.memory_of_group(server.pid, peak=True)
    added = None if before is None or peak is None else max(0.0, peak - before)
    return Stream(rows, size, first, seconds, added)


def fetch(port: int, path: str, cookies: str) -> tuple[int, int, float, float]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    begin = time.monotonic()
    connection.request("GET", path, headers={"Cookie": cookies})
    answer = connection.getresponse()
    if answer.status != 200:
        raise BenchError(f"{path}: the answer was {answer.status}.")
    rows, size, first = -1, 0, 0.0
    while data := answer.read(CHUNK):
        first = first or time.monotonic() - begin
        rows, size = rows + data.count(b"\n"), size + len(data)
    connection.close()
    return rows, size, first, time.monotonic() - begin
