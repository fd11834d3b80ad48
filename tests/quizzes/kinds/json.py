"""What anybody may send: JSON of any shape, and JSON that was nearly right."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
PLAUSIBLE = st.sampled_from(["", "a", "b", "x", "6.5", "-0", "1e9", "true", " ", "\0", "\ud800"])


def paths(value: Any) -> Iterator[tuple[Any, ...]]:
    """The way to everything within `value`, itself included."""
    yield ()
    inner = value.items() if isinstance(value, dict) else ()
    for step, one in enumerate(value) if isinstance(value, list) else inner:
        yield from ((step, *rest) for rest in paths(one))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy of `value` with `new` at `path`."""
    if not path:
        return new
    found = deepcopy(value)
    inner = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return found


@st.composite
def nearly(draw: st.DrawFn, value: Any) -> Any:
    """`value` with one or two things in it exchanged for something else, or gone."""
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(list(paths(value))))
        if path and draw(st.booleans()) and isinstance(path[-1], str):
            found = deepcopy(value)
            inner = found
            for step in path[:-1]:
                inner = inner[step]
            del inner[path[-1]]
            value = found
        else:
            value = put(value, path, draw(PLAUSIBLE | JSON))
    return value
