"""One run of the bench, from an empty folder to the figures; nothing is left behind."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import postgres, sites
from benchmarks.flows import Flow
from benchmarks.pages import LESSON, Page
from benchmarks.postgres import Cluster
from benchmarks.rounds import YARDSTICKS, Bench, Pair
from benchmarks.servers import serve
from benchmarks.sites import Subject
from benchmarks.stream import GRADES, Stream, download
from benchmarks.weight import Weight, weigh

START = time.monotonic()


@dataclass(frozen=True)
class Figures:
    postgres: str
    counts: dict[str, dict[str, int]]
    pairs: list[Pair]
    weight: Weight | None
    flows: list[Flow]
    stream: Stream | None


@contextmanager
def prepared(subjects: list[Subject]) -> Iterator[tuple[Bench, dict[str, dict[str, int]]]]:
    """Both sites filled, counted and served."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cairn-bench-")))
        folder.chmod(0o711)  # PostgreSQL may run as another account
        say("Starting PostgreSQL")
        cluster = stack.enter_context(postgres.cluster(folder / "postgres"))
        say("Filling the yardstick's database")
        yardstick = sites.yardstick(cluster, folder / "yardstick")
        say("Loading the course, a thousand learners, and two classes")
        cairn = sites.cairn(cluster, folder / "cairn")
        say("Counting queries")
        counts = counted(yardstick, cairn, subjects)
        settle(cluster)
        say("Serving both")
        served = {
            site.name: (
                site,
                stack.enter_context(serve(site.application, site.environment, site.log)),
            )
            for site in (yardstick, cairn)
        }
        yield Bench(cluster, served), counts


def measured(subjects: list[Subject], rounds: int, seconds: float) -> Figures:
    flows = [subject for subject in subjects if isinstance(subject, Flow)]
    pages = [subject for subject in subjects if isinstance(subject, Page)]
    timed: list[Subject] = [*pages, *(flow for flow in flows if flow.timed)]
    with prepared(subjects) as (bench, counts):
        say("Warming up")
        bench.warm_up(timed)
        pairs = []
        for pair in bench.pairs(timed, rounds, seconds):
            pairs.append(pair)
            say(in_words(pair))
        weight = lesson_weight(bench) if any(page.path == LESSON for page in pages) else None
        stream = taken_away(bench) if any("gradebook" in page.key for page in pages) else None
        return Figures(bench.cluster.version, counts, pairs, weight, flows, stream)


def in_words(pair: Pair) -> str:
    rate, flow = pair.sample.load.rate, isinstance(pair.subject, Flow)
    speed = f"{rate:,.1f} attempts/s" if flow else f"{rate:,.0f} requests/s"
    return f"{pair.subject.title}: {speed}, {pair.ratio:.2f} of the yardstick"


def counted(
    yardstick: sites.Site, cairn: sites.Site, subjects: list[Subject]
) -> dict[str, dict[str, int]]:
    yardsticks = list(YARDSTICKS.values())
    yardstick.write_requests(yardsticks)
    cairn.write_requests(subjects)
    return {**yardstick.counts(yardsticks), **cairn.counts(subjects)}


def settle(cluster: Cluster) -> None:
    """What autovacuum and the checkpointer would do at moments of their own."""
    for database in ("yardstick", "cairn"):
        cluster.execute("VACUUM ANALYZE", database=database)
    cluster.execute("CHECKPOINT")


def lesson_weight(bench: Bench) -> Weight:
    site, server = bench.sites["cairn"]
    return weigh(server.port, LESSON, f"sessionid={site.learners()[0]['session']}")


def taken_away(bench: Bench) -> Stream:
    say("Taking a large gradebook away")
    site, server = bench.sites["cairn"]
    return download(server, GRADES, f"sessionid={site.learners()[0]['teacher']}")


def say(words: str) -> None:
    print(f"{time.monotonic() - START:4.0f} s  {words}", file=sys.stderr, flush=True)
