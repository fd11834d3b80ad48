from django import template

from courses import trail
from courses.standing import State, Trail

register = template.Library()


@register.inclusion_tag("courses/_cairn.html")
def cairn(stones: int, laid: int, label: str = "", width: int = 160) -> dict[str, object]:
    """A picture of `laid` of `stones` laid stones; with a `label` it speaks, else it is silent."""
    return {"cairn": trail.cairn(stones, laid, width=width), "label": label}


@register.inclusion_tag("courses/_trail.html", takes_context=True)
def trail_of(context: dict[str, object], walked: Trail) -> dict[str, object]:
    rows = len(walked.stops)
    done = [stop.state is State.DONE for stop in walked.stops]
    stops = [
        {
            "stop": stop,
            "arrive": trail.arrive(row),
            "arrive_class": "walked" if row and done[row - 1] else "ahead",
            "leave": trail.leave(row, rows),
            "leave_class": "walked" if done[row] else "ahead",
        }
        for row, stop in enumerate(walked.stops)
    ]
    return {"stops": stops, "user": context["user"]}
