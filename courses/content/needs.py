"""Which concepts a lesson's concepts need, as files say it, over the whole course. Pure.

An address is `track/lesson/concept`; a file may leave out what it has in common with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from courses.content.problems import Problem

# The addresses that each concept needs, in the order of the course.
Edges = Mapping[str, Collection[str]]
Lessons = Mapping[str, Any]
MOST = 6


def problems_in_form(rows: Any) -> Iterator[Problem]:
    """What is wrong with the lists themselves, `rows` being the concepts of a lesson."""
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        names = row.get("needs") if isinstance(row, dict) else None
        if not isinstance(names, list):
            continue
        if len(names) > MOST:
            yield Problem((index, "needs"), f"names {len(names)} concepts; {MOST} is the most.")
        for place, name in enumerate(names):
            if not isinstance(name, str):
                yield Problem((index, "needs", place), "must be the address of a concept.")


def whole(lesson: str, need: str) -> str:
    """The address of what a concept of `lesson`, a `track/lesson`, calls `need`."""
    return need if "/" in need else f"{lesson}/{need}"


def short(lesson: str, need: str) -> str:
    """The address as the file of `lesson` says it: the slug alone of its own concepts."""
    return need.removeprefix(f"{lesson}/")


def needs_of(lesson: str, data: Any) -> dict[str, list[str]]:
    """The addresses that each concept of a lesson's data needs, by its own; total on any data."""
    rows = data.get("concepts") if isinstance(data, dict) else None
    found: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("slug"), str):
            names = row.get("needs")
            said = [one for one in names if isinstance(one, str)] if isinstance(names, list) else []
            found[f"{lesson}/{row['slug']}"] = [whole(lesson, one) for one in said]
    return found


def edges_of(lessons: Lessons) -> dict[str, list[str]]:
    """`lessons` are data by `track/lesson`. Nothing builds on what is archived."""
    return {
        address: needs
        for lesson, data in lessons.items()
        if not (isinstance(data, dict) and data.get("status") == "archived")
        for address, needs in needs_of(lesson, data).items()
    }


def problems_of_needs(
    lesson: str, data: Any, edges: Edges, gone: Collection[str] = ()
) -> Iterator[Problem]:
    """What is wrong with the needs of one lesson, `edges` being those of the whole course.

    Concepts that are `gone` may be named; no reader sees them. A circle is said once.
    """
    rows = data.get("concepts") if isinstance(data, dict) else None
    edges = {**edges, **needs_of(lesson, data)}
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        own, needs = next(iter(needs_of(lesson, {"concepts": [row]}).items()), ("", []))
        for place, need in enumerate(needs):
            if wrong := wrong_with(own, need, needs[:place], edges, gone):
                yield Problem(("concepts", index, "needs", place), wrong)


def wrong_with(
    own: str, need: str, before: Collection[str], edges: Edges, gone: Collection[str]
) -> str:
    if need == own:
        return "a concept cannot need itself."
    if need in before:
        return f"“{need}” stands here twice."
    if need not in edges and need not in gone:
        return f"the course has no concept “{need}”."
    return ""


def circle(edges: Edges) -> tuple[str, ...]:
    """Concepts each of which needs the next, the last one the first; none where there is no
    circle. In time linear in the edges: what needs nothing that is left is taken away, until
    nothing is left (Kahn) or every walk goes round."""
    left = {one: {need for need in needs if need in edges} for one, needs in edges.items()}
    needing: dict[str, list[str]] = {}
    for one, needs in left.items():
        for need in needs:
            needing.setdefault(need, []).append(one)
    free = [one for one, needs in left.items() if not needs]
    while free:
        done = free.pop()
        del left[done]
        for one in needing.get(done, ()):
            left[one].discard(done)
            if not left[one]:
                free.append(one)
    return walk(edges, left) if left else ()


def walk(edges: Edges, left: Collection[str]) -> tuple[str, ...]:
    """The circle that one comes to from the first concept of `left`, begun at its earliest."""
    seen: dict[str, None] = {}
    at = next(iter(left))
    while at not in seen:
        seen[at] = None
        at = next(need for need in edges[at] if need in left)
    names = list(seen)
    round_ = names[names.index(at) :]
    first = round_.index(next(one for one in edges if one in round_))
    return tuple(round_[first:] + round_[:first])


def circle_through(edges: Edges, starts: Iterable[str]) -> tuple[str, ...]:
    """A shortest circle through one of `starts`; none where they are in no circle."""
    for start in starts:
        came: dict[str, str] = {}
        queue = [start]
        for one in queue:
            for need in edges.get(one, ()):
                if need == start:
                    return path_to(one, came, start)
                if need not in came and need in edges:
                    came[need] = one
                    queue.append(need)
    return ()


def path_to(end: str, came: Mapping[str, str], start: str) -> tuple[str, ...]:
    names = [end]
    while names[-1] != start:
        names.append(came[names[-1]])
    return tuple(reversed(names))


def said(names: tuple[str, ...]) -> str:
    """A circle in words."""
    return f"goes round in a circle: {' → '.join((*names, names[0]))}."


def at(lesson: str, data: Any, names: tuple[str, ...]) -> Problem:
    """The circle as a problem of the file of the lesson that its first concept is of."""
    edges = needs_of(lesson, data)
    index = list(edges).index(names[0]) if names[0] in edges else 0
    return Problem(("concepts", index, "needs"), said(names))
