"""What wrk.lua does, for machines without wrk: `python -m benchmarks.generator PORT FILE
SECONDS CONNECTIONS` prints the same JSON."""

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

LENGTH = re.compile(rb"content-length: *(\d+)")
LOCATION = re.compile(rb"^location: *(\S+)", re.IGNORECASE | re.MULTILINE)

Timed = tuple[float, int]  # milliseconds, status


class Answer(NamedTuple):
    status: int
    location: str


def built(line: str, sequence: int) -> bytes:
    method, path, cookies, header, body = line.replace("{sequence}", str(sequence)).split("\t")
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"Cookie: {cookies}"] if cookies else []
    lines += [header] if header else []
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body]).encode()


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answer:
    writer.write(request)
    raw = await reader.readuntil(b"\r\n\r\n")
    head = raw.lower()
    if b"transfer-encoding: chunked" in head:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    elif found := LENGTH.search(head):
        await reader.readexactly(int(found[1]))
    led = LOCATION.search(raw)
    return Answer(int(head[9:12]), led[1].decode() if led else "")


async def connection(port: int, requests: Iterator[bytes], end: float) -> list[Timed]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    answers = []
    while (start := time.perf_counter()) < end:
        answer = await ask(reader, writer, next(requests))
        answers.append(((time.perf_counter() - start) * 1000, answer.status))
    writer.close()
    return answers


def in_turn(lines: list[str]) -> Iterator[bytes]:
    for turn in count():
        sequence = int(time.time() - 60) * 1000 + turn
        yield built(lines[turn % len(lines)], sequence)


async def main(port: int, file: Path, seconds: float, connections: int) -> dict[str, float]:
    requests = in_turn(file.read_text().split("\n"))
    start = time.perf_counter()
    each = [connection(port, requests, start + seconds) for _ in range(connections)]
    outcomes = await asyncio.gather(*each, return_exceptions=True)
    answers = [answer for found in outcomes if isinstance(found, list) for answer in found]
    times = sorted(milliseconds for milliseconds, _ in answers)
    bad = [status for _, status in answers if not 200 <= status < 300]
    return {
        "requests": len(answers),
        "seconds": time.perf_counter() - start,
        "p50": times[len(times) // 2] if times else 0,
        "p99": times[len(times) * 99 // 100] if times else 0,
        "bad": len(bad),
        "status": max(bad, default=0),
        "lost": sum(not isinstance(found, list) for found in outcomes),
    }


if __name__ == "__main__":
    port, file, seconds, connections = sys.argv[1:]
    print(json.dumps(asyncio.run(main(int(port), Path(file), float(seconds), int(connections)))))
