"""The figures as tables that read in a terminal and in Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.flows import Flow
from benchmarks.pages import Page

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
STEPS = ("start", "answer", "check", "submit", "results")
FLOW_COLUMNS = (
    "a whole attempt",
    *(f"queries to {step}" for step in ("start", "answer", "check", "submit")),
    "of the results",
    "attempts/s",
    *COLUMNS[5:],
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
            number(self.p50, 1),
            number(self.p99, 1),
            number(self.cpu),
            number(self.database_cpu),
            number(self.ratio),
        ]

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        return {**values, "page": self.page.key}


@dataclass(frozen=True)
class FlowRow:
    """The same of attempts; the most queries by the name of a step. No times of a flow that is
    only counted. `own_cpu` is the share of a core that asking took."""

    flow: Flow
    queries: dict[str, int]
    rate: float | None
    p50: float | None
    p99: float | None
    cpu: float | None
    database_cpu: float | None
    ratio: float | None
    own_cpu: float | None

    def cells(self) -> list[str]:
        return [
            self.flow.title,
            *(str(self.queries.get(step, "–")) for step in STEPS),
            *(number(value, 1) for value in (self.rate, self.p50, self.p99)),
            *(number(value, 1) for value in (self.cpu, self.database_cpu)),
            number(self.ratio),
        ]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "flow": self.flow.key}


def number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def table(columns: Sequence[str], rows: Iterable[Row | FlowRow]) -> str:
    cells = [list(columns), *(row.cells() for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        [row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]
        for row in [cells[0], rule, *cells[1:]]
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
