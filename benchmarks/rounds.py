"""Measures each page and each flow right after its yardstick, round after round."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import cpu, load
from benchmarks.errors import BenchError
from benchmarks.flows import YARDSTICK, Flow
from benchmarks.load import Load
from benchmarks.pages import YARDSTICKS as OF_PAGES
from benchmarks.pages import Page
from benchmarks.postgres import Cluster
from benchmarks.servers import Server
from benchmarks.sites import Site, Subject
from benchmarks.table import FlowRow, Row

YARDSTICKS: dict[str, Subject] = {**OF_PAGES, YARDSTICK.key: YARDSTICK}


@dataclass(frozen=True)
class Sample:
    """One measurement; CPU in milliseconds a request, or an attempt."""

    load: Load
    cpu: float | None
    database_cpu: float | None


@dataclass(frozen=True)
class Pair:
    subject: Subject
    sample: Sample
    yardstick: Sample

    @property
    def ratio(self) -> float:
        return self.sample.load.rate / self.yardstick.load.rate


@dataclass(frozen=True)
class Bench:
    cluster: Cluster
    sites: dict[str, tuple[Site, Server]]
    # How many learners have made an attempt, by flow.
    begun: Counter[str] = field(default_factory=Counter)

    def warm_up(self, subjects: Iterable[Subject]) -> None:
        subjects = tuple(subjects)
        yardsticks = {subject.against: YARDSTICKS[subject.against] for subject in subjects}
        for subject in (*yardsticks.values(), *subjects):
            self.ask(subject, subject.warm_up)

    def pairs(self, subjects: Iterable[Subject], rounds: int, seconds: float) -> Iterator[Pair]:
        subjects = tuple(subjects)
        for _ in range(rounds):
            for subject in subjects:
                yardstick = self.sample(YARDSTICKS[subject.against], seconds)
                yield Pair(subject, self.sample(subject, seconds), yardstick)

    def sample(self, subject: Subject, seconds: float) -> Sample:
        # Attempts take a while: some should be whole.
        seconds = max(seconds, 3) if isinstance(subject, Flow) else seconds
        _, server = self.site_of(subject)
        before = server.cpu_seconds(), cpu.of_tree(self.cluster.pid)
        found = self.ask(subject, seconds)
        if not found.requests:
            raise BenchError(f"{subject.title}: not one answer in {seconds} seconds.")
        after = server.cpu_seconds(), cpu.of_tree(self.cluster.pid)
        served, database = (
            None if start is None or end is None else (end - start) / found.requests * 1000
            for start, end in zip(before, after, strict=True)
        )
        return Sample(found, served, database)

    def ask(self, subject: Subject, seconds: float) -> Load:
        site, server = self.site_of(subject)
        try:
            return self.asked(subject, server.port, site.requests_of(subject), seconds)
        except BenchError as error:
            raise BenchError(f"{error}\n{site.log.read_text()[-3000:]}") from error

    def asked(self, subject: Subject, port: int, requests: Path, seconds: float) -> Load:
        if isinstance(subject, Page):
            return load.measure(port, requests, seconds)
        found = load.take(port, requests, seconds, self.begun[subject.key])
        self.begun[subject.key] += found.begun
        return found

    def site_of(self, subject: Subject) -> tuple[Site, Server]:
        return self.sites["yardstick" if subject in YARDSTICKS.values() else "cairn"]


def page_row(page: Page, counts: dict[str, int], samples: list[Sample], ratio: float) -> Row:
    return Row(page=page, **counts, **middles(samples), ratio=ratio)


def flow_row(
    flow: Flow, counts: dict[str, int], samples: list[Sample], ratio: float | None
) -> FlowRow:
    own = middle([sample.load.own_cpu for sample in samples])
    return FlowRow(flow=flow, queries=counts, **middles(samples), ratio=ratio, own_cpu=own)


def middles(samples: list[Sample]) -> dict[str, Any]:
    """Medians over the rounds."""
    return {
        "rate": middle([sample.load.rate for sample in samples]),
        "p50": middle([sample.load.p50 for sample in samples]),
        "p99": middle([sample.load.p99 for sample in samples]),
        "cpu": middle([sample.cpu for sample in samples]),
        "database_cpu": middle([sample.database_cpu for sample in samples]),
    }


def middle(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def rows(counts: dict[str, dict[str, int]], pairs: list[Pair]) -> list[Row]:
    """The yardsticks first, then the pages in the order in which they were measured."""
    return [
        page_row(subject, counts[subject.key], samples, ratio)
        for subject, samples, ratio in measured(pairs)
        if isinstance(subject, Page)
    ]


def flow_rows(
    flows: Iterable[Flow], counts: dict[str, dict[str, int]], pairs: list[Pair]
) -> list[FlowRow]:
    """The yardstick first, then the flows that were measured, and those that were counted."""
    timed = [
        flow_row(subject, counts[subject.key], samples, ratio)
        for subject, samples, ratio in measured(pairs)
        if isinstance(subject, Flow)
    ]
    return timed + [flow_row(flow, counts[flow.key], [], None) for flow in flows if not flow.timed]


def measured(pairs: list[Pair]) -> Iterator[tuple[Subject, list[Sample], float]]:
    for yardstick in YARDSTICKS.values():
        samples = [pair.yardstick for pair in pairs if pair.subject.against == yardstick.key]
        if samples:
            yield yardstick, samples, 1.0
    for subject in dict.fromkeys(pair.subject for pair in pairs):
        own = [pair for pair in pairs if pair.subject == subject]
        yield subject, [pair.sample for pair in own], median(pair.ratio for pair in own)
