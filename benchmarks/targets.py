"""Whether what was aimed at was met."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.stream import Stream
from benchmarks.table import FlowRow, Row
from benchmarks.weight import Weight

# The steps of an attempt that a target for queries is for.
BOUNDED = {"start": "starting", "submit": "handing in"}


@dataclass(frozen=True)
class Target:
    words: str
    value: float
    met: bool

    def __str__(self) -> str:
        return f"{'met   ' if self.met else 'MISSED'}  {self.words}: {self.value:,.10g}"


def targets(
    rows: Iterable[Row],
    flows: Iterable[FlowRow],
    weight: Weight | None,
    stream: Stream | None,
) -> list[Target]:
    found = [target for row in rows for target in targets_of(row)]
    found += [target for row in flows for target in targets_of_flow(row)]
    return found + (weights(weight) if weight else []) + (streamed(stream) if stream else [])


def targets_of(row: Row) -> list[Target]:
    page, found = row.page, []
    if page.least_ratio is not None and row.ratio is not None:
        words = f"{page.title}, at least {page.least_ratio} of the yardstick"
        found.append(Target(words, round(row.ratio, 2), row.ratio >= page.least_ratio))
    if page.most_queries is not None:
        words = f"{page.title}, at most {page.most_queries} queries"
        found.append(Target(words, row.queries, row.queries <= page.most_queries))
    return found


def targets_of_flow(row: FlowRow) -> list[Target]:
    flow, found = row.flow, []
    if flow.least_rate is not None and row.rate is not None:
        words = f"{flow.title}, at least {flow.least_rate} attempts/s"
        found.append(Target(words, round(row.rate, 1), row.rate >= flow.least_rate))
    if flow.most_queries is not None:
        for step, name in BOUNDED.items():
            words = f"{flow.title}, {name} in at most {flow.most_queries} queries"
            found.append(Target(words, row.queries[step], row.queries[step] <= flow.most_queries))
    return found


def weights(weight: Weight) -> list[Target]:
    total = weight.html + weight.css + weight.js
    return [
        Target("lesson, HTML + CSS + JS under 120,000 bytes", total, total < 120_000),
        Target("lesson, CSS under 40,000 bytes", weight.css, weight.css < 40_000),
    ]


def streamed(stream: Stream) -> list[Target]:
    rate = round(stream.rate)
    found = [Target("gradebook of 10,000 as CSV, at least 5,000 rows/s", rate, rate >= 5_000)]
    if stream.added is not None:
        words = "the same, less than 50 MB of memory added"
        found.append(Target(words, round(stream.added, 1), stream.added < 50))
    return found
