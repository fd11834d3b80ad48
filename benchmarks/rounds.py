"""Measures each page right after its yardstick, round after round."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks import cpu, load
from benchmarks.errors import BenchError
from benchmarks.load import Load
from benchmarks.pages import YARDSTICKS, Page
from benchmarks.postgres import Cluster
from benchmarks.servers import Server
from benchmarks.sites import Site
from benchmarks.table import Row


@dataclass(frozen=True)
class Sample:
    """One measurement; CPU in milliseconds a request."""

    load: Load
    cpu: float | None
    database_cpu: float | None


@dataclass(frozen=True)
class Pair:
    page: Page
    sample: Sample
    yardstick: Sample

    @property
    def ratio(self) -> float:
        return self.sample.load.rate / self.yardstick.load.rate


@dataclass(frozen=True)
class Bench:
    cluster: Cluster
    sites: dict[str, tuple[Site, Server]]

    def warm_up(self, pages: Iterable[Page]) -> None:
        for page in (*YARDSTICKS.values(), *pages):
            self.ask(page, page.warm_up)

    def pairs(self, pages: Iterable[Page], rounds: int, seconds: float) -> Iterator[Pair]:
        pages = tuple(pages)
        for _ in range(rounds):
            for page in pages:
                yardstick = self.sample(YARDSTICKS[page.against], seconds)
                yield Pair(page, self.sample(page, seconds), yardstick)

    def sample(self, page: Page, seconds: float) -> Sample:
        _, server = self.site_of(page)
        before = server.cpu_seconds(), cpu.of_tree(self.cluster.pid)
        found = self.ask(page, seconds)
        if not found.requests:
            raise BenchError(f"{page.title}: not one answer in {seconds} seconds.")
        after = server.cpu_seconds(), cpu.of_tree(self.cluster.pid)
        served, database = (
            None if start is None or end is None else (end - start) / found.requests * 1000
            for start, end in zip(before, after, strict=True)
        )
        return Sample(found, served, database)

    def ask(self, page: Page, seconds: float) -> Load:
        site, server = self.site_of(page)
        try:
            return load.measure(server.port, site.requests_of(page), seconds)
        except BenchError as error:
            raise BenchError(f"{error}\n{site.log.read_text()[-3000:]}") from error

    def site_of(self, page: Page) -> tuple[Site, Server]:
        return self.sites["yardstick" if page in YARDSTICKS.values() else "cairn"]


def row_of(page: Page, counts: dict[str, int], samples: list[Sample], ratios: list[float]) -> Row:
    return Row(
        page=page,
        **counts,
        rate=median(sample.load.rate for sample in samples),
        p50=median(sample.load.p50 for sample in samples),
        p99=median(sample.load.p99 for sample in samples),
        cpu=middle([sample.cpu for sample in samples]),
        database_cpu=middle([sample.database_cpu for sample in samples]),
        ratio=median(ratios) if ratios else None,
    )


def middle(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def rows(counts: dict[str, dict[str, int]], pairs: list[Pair]) -> list[Row]:
    """The yardsticks first, then the pages in the order in which they were measured."""
    found = []
    for key, yardstick in YARDSTICKS.items():
        samples = [pair.yardstick for pair in pairs if pair.page.against == key]
        if samples:
            found.append(row_of(yardstick, counts[key], samples, [1.0]))
    for page in dict.fromkeys(pair.page for pair in pairs):
        own = [pair for pair in pairs if pair.page == page]
        samples, ratios = [pair.sample for pair in own], [pair.ratio for pair in own]
        found.append(row_of(page, counts[page.key], samples, ratios))
    return found
