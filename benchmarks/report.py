"""What a run found, for people and as JSON."""

import os
import platform
from typing import Any

import django

from benchmarks import load
from benchmarks.rounds import rows
from benchmarks.run import Figures
from benchmarks.servers import FLAGS
from benchmarks.table import Target, table, targets


def text(figures: Figures) -> str:
    found = rows(figures.counts, figures.pairs)
    lines = [conditions(figures), "", table(found), "", *weight(figures)]
    lines += [str(target) for target in targets(found, figures.weight)]
    return "\n".join(lines)


def conditions(figures: Figures) -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django"
        f" {django.get_version()}, PostgreSQL {figures.postgres}; granian {' '.join(FLAGS)};"
        f" {load.generator()} with {load.CONNECTIONS} connections.\n{drift(figures)}"
    )


def drift(figures: Figures) -> str:
    """How steady the machine was: the slowest and the quickest round of the yardstick."""
    rates = [pair.yardstick.load.rate for pair in figures.pairs if pair.page.against == "read"]
    if not rates:
        return ""
    return f"The yardstick served {min(rates):,.0f} to {max(rates):,.0f} requests/s in the rounds."


def weight(figures: Figures) -> list[str]:
    found = figures.weight
    if not found:
        return []
    sizes = f"{found.html:,} of HTML, {found.css:,} of CSS, {found.js:,} of JavaScript"
    return [f"A lesson's bytes, uncompressed: {sizes}.", ""]


def as_json(figures: Figures) -> dict[str, Any]:
    found = rows(figures.counts, figures.pairs)
    aims: list[Target] = targets(found, figures.weight)
    return {
        "conditions": conditions(figures),
        "pages": [row.as_json() for row in found],
        "weight": vars(figures.weight) if figures.weight else None,
        "targets": [vars(aim) for aim in aims],
    }
