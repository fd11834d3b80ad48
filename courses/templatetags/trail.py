from dataclasses import dataclass
from typing import Any

from django import template

from courses import trail
from courses.standing import State, Trail

register = template.Library()


@dataclass(frozen=True, slots=True)
class Path:
    """The trail through one row: its two halves, and whether each was walked."""

    arrive: str
    leave: str
    arrived: bool
    left: bool


@register.inclusion_tag("courses/_cairn.html")
def cairn(stones: int, laid: int, label: str = "", width: int = 160) -> dict[str, object]:
    """A picture of `laid` of `stones` laid stones; with a `label` it speaks, else it is silent."""
    return {"cairn": trail.cairn(stones, laid, width=width), "label": label}


@register.inclusion_tag("courses/_trail.html", takes_context=True)
def trail_of(context: dict[str, Any], walked: Trail) -> dict[str, Any]:
    rows = len(walked.stops)
    done = [stop.state is State.DONE for stop in walked.stops]
    stops = [
        {
            "stop": stop,
            "path": Path(
                trail.arrive(row),
                trail.leave(row, rows),
                row > 0 and done[row - 1],
                done[row],
            ),
        }
        for row, stop in enumerate(walked.stops)
    ]
    return {"stops": stops, "personal": context["user"].is_authenticated}
