"""The figures as a table that reads in a terminal and in Markdown, and the targets."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.pages import Page
from benchmarks.weight import Weight

COLUMNS = (
    "page",
    "queries",
    "at first",
    "bytes",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "CPU ms",
    "database CPU ms",
    "of the yardstick",
)


@dataclass(frozen=True)
class Row:
    """Medians over the rounds; CPU in milliseconds a request, None where it is not known."""

    page: Page
    queries: int
    first: int
    bytes: int
    rate: float
    p50: float
    p99: float
    cpu: float | None
    database_cpu: float | None
    ratio: float | None

    def cells(self) -> list[str]:
        return [
            self.page.title,
            str(self.queries),
            str(self.first),
            f"{self.bytes:,}",
            f"{self.rate:,.0f}",
            f"{self.p50:.1f}",
            f"{self.p99:.1f}",
            number(self.cpu),
            number(self.database_cpu),
            number(self.ratio),
        ]

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        return {**values, "page": self.page.key}


@dataclass(frozen=True)
class Target:
    words: str
    value: float
    met: bool

    def __str__(self) -> str:
        return f"{'met   ' if self.met else 'MISSED'}  {self.words}: {self.value:,.10g}"


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def table(rows: Iterable[Row]) -> str:
    cells = [list(COLUMNS), *(row.cells() for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(COLUMNS))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        [row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]
        for row in [cells[0], rule, *cells[1:]]
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def targets(rows: Iterable[Row], weight: Weight | None) -> list[Target]:
    found = [target for row in rows for target in targets_of(row)]
    return found + (weights(weight) if weight else [])


def targets_of(row: Row) -> list[Target]:
    page, found = row.page, []
    if page.least_ratio is not None and row.ratio is not None:
        words = f"{page.title}, at least {page.least_ratio} of the yardstick"
        found.append(Target(words, round(row.ratio, 2), row.ratio >= page.least_ratio))
    if page.most_queries is not None:
        words = f"{page.title}, at most {page.most_queries} queries"
        found.append(Target(words, row.queries, row.queries <= page.most_queries))
    return found


def weights(weight: Weight) -> list[Target]:
    total = weight.html + weight.css + weight.js
    return [
        Target("lesson, HTML + CSS + JS under 120,000 bytes", total, total < 120_000),
        Target("lesson, CSS under 40,000 bytes", weight.css, weight.css < 40_000),
    ]
