"""What a run found, for people and as JSON."""

import os
import platform
from typing import Any

import django

from benchmarks import load
from benchmarks.rounds import flow_rows, rows
from benchmarks.run import Figures
from benchmarks.servers import FLAGS
from benchmarks.table import COLUMNS, FLOW_COLUMNS, FlowRow, table
from benchmarks.targets import Target, targets


def text(figures: Figures) -> str:
    pages, flows = rows(figures.counts, figures.pairs), of_flows(figures)
    lines = [conditions(figures), ""]
    lines += [table(COLUMNS, pages), ""] if pages else []
    lines += [table(FLOW_COLUMNS, flows), "", *asking(flows)] if flows else []
    aims = targets(pages, flows, figures.weight, figures.stream)
    lines += [*weight(figures), *stream(figures), *map(str, aims)]
    return "\n".join(lines)


def of_flows(figures: Figures) -> list[FlowRow]:
    return flow_rows(figures.flows, figures.counts, figures.pairs)


def asking(flows: list[FlowRow]) -> list[str]:
    """How much of the machine was not the server's: more of it makes every flow look slower."""
    shares = ", ".join(f"{row.own_cpu:.0%}" for row in flows if row.own_cpu is not None)
    return [f"Asking took {shares} of one core, row by row.", ""] if shares else []


def conditions(figures: Figures) -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django"
        f" {django.get_version()}, PostgreSQL {figures.postgres}; granian {' '.join(FLAGS)};"
        f" {load.generator()} with {load.CONNECTIONS} connections.{drift(figures)}"
    )


def drift(figures: Figures) -> str:
    """How steady the machine was: the slowest and the quickest round of the yardstick."""
    rates = [pair.yardstick.load.rate for pair in figures.pairs if pair.subject.against == "read"]
    if not rates:
        return ""
    between = f"{min(rates):,.0f} to {max(rates):,.0f}"
    return f"\nThe yardstick served {between} requests/s in the rounds."


def weight(figures: Figures) -> list[str]:
    found = figures.weight
    if not found:
        return []
    sizes = f"{found.html:,} of HTML, {found.css:,} of CSS, {found.js:,} of JavaScript"
    return [f"A lesson's bytes, uncompressed: {sizes}.", ""]


def stream(figures: Figures) -> list[str]:
    found = figures.stream
    if not found:
        return []
    memory = "" if found.added is None else f", {found.added:.1f} MB of memory added"
    return [
        f"A gradebook of {found.rows:,} learners x 40 as CSV: {found.bytes:,} bytes in"
        f" {found.seconds:.2f} s ({found.rate:,.0f} rows/s), the first after"
        f" {found.first_byte:.2f} s{memory}.",
        "",
    ]


def as_json(figures: Figures) -> dict[str, Any]:
    pages, flows = rows(figures.counts, figures.pairs), of_flows(figures)
    aims: list[Target] = targets(pages, flows, figures.weight, figures.stream)
    return {
        "conditions": conditions(figures),
        "pages": [row.as_json() for row in pages],
        "flows": [row.as_json() for row in flows],
        "weight": vars(figures.weight) if figures.weight else None,
        "stream": vars(figures.stream) if figures.stream else None,
        "targets": [vars(aim) for aim in aims],
    }
