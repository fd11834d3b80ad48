"""Makes whole attempts: `python -m benchmarks.taking PORT FILE SECONDS CONNECTIONS FIRST`.

FILE has the steps of an attempt, an empty line, and a learner's session a line. Each connection
makes one attempt after the other, each for the next learner from place FIRST on. Prints JSON.
An attempt that the end of the time cuts off counts by the share of its steps that were done.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks.flows import Places
from benchmarks.generator import ask, built

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Tally:
    """`times` of whole attempts in milliseconds; `begun` counts learners."""

    end: float
    steps: int = 0
    begun: int = 0
    times: list[float] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)


class WrongAnswerError(Exception):
    pass


async def attempt(streams: Streams, steps: list[str], session: str, tally: Tally) -> None:
    start, places = time.perf_counter(), Places(session)
    for step in steps:
        _, status, line = step.split("\t", 2)
        line = places.fill(line)
        answer = await ask(*streams, built(line, int(time.time() * 1000)))
        if time.perf_counter() > tally.end:
            return
        if answer.status != int(status):
            tally.bad.append(answer.status)
            raise WrongAnswerError(f"{line}: {answer.status} instead of {status}.")
        tally.steps += 1
        places.go(answer.location)
    tally.times.append((time.perf_counter() - start) * 1000)


async def connection(port: int, steps: list[str], learners: Iterator[str], tally: Tally) -> None:
    streams = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    while time.perf_counter() < tally.end:
        tally.begun += 1
        await attempt(streams, steps, next(learners), tally)
    streams[1].close()


async def main(
    port: int, file: Path, seconds: float, connections: int, first: int
) -> dict[str, float | None]:
    steps, sessions = (part.split("\n") for part in file.read_text().split("\n\n"))
    learners = (sessions[turn % len(sessions)] for turn in count(first))
    start, used = time.perf_counter(), time.process_time()
    tally = Tally(start + seconds)
    each = [connection(port, steps, learners, tally) for _ in range(connections)]
    outcomes = await asyncio.gather(*each, return_exceptions=True)
    failed = [found for found in outcomes if isinstance(found, BaseException)]
    for error in failed:
        print(repr(error), file=sys.stderr)
    times = sorted(tally.times)
    return {
        "requests": tally.steps / len(steps),
        "seconds": seconds,
        "p50": times[len(times) // 2] if times else None,
        "p99": times[len(times) * 99 // 100] if times else None,
        "bad": len(tally.bad),
        "status": max(tally.bad, default=0),
        "lost": len(failed) - len(tally.bad),
        "begun": tally.begun,
        "own_cpu": (time.process_time() - used) / (time.perf_counter() - start),
    }


if __name__ == "__main__":
    port, file, seconds, connections, first = sys.argv[1:]
    outcome = main(int(port), Path(file), float(seconds), int(connections), int(first))
    print(json.dumps(asyncio.run(outcome)))
