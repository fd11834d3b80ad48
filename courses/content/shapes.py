"""What a file must hold: each mapping's keys, their types and their bounds."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import UnionType
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from courses.content.normal import moment
from courses.content.problems import Key as Path
from courses.content.problems import Problem
from courses.markdown import validate_markdown
from courses.models.content import MOST_MINUTES

# What the admin lets an address be.
SLUG = re.compile(r"[a-zA-Z0-9_-]+")
# NUL and half a surrogate pair: no database keeps those.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# Nobody sees or types these; forms refuse them, too (`courses/admin/fields.py`).
HIDDEN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
NUMBER = int | float
TIME = str | datetime
TYPES = {
    str: "text",
    TIME: "a date and time",
    int: "a whole number",
    NUMBER: "a number",
    bool: "true or false",
    list: "a list",
    dict: "keys",
}
Check = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping. `check` raises ValidationError for a value of the right type."""

    type: type | UnionType = str
    required: bool = True
    longest: int = 0
    choices: frozenset[str] = frozenset()
    check: Check | None = None


def slug(value: str) -> None:
    if not SLUG.fullmatch(value):
        raise ValidationError("use small letters, digits and single hyphens.")


def url(value: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise ValidationError("is not an address that starts with http or https.") from error


def not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("is empty.")


def markdown_text(value: str) -> None:
    not_blank(value)
    validate_markdown(value)


def bearable_minutes(value: int) -> None:
    if not 1 <= value <= MOST_MINUTES:
        raise ValidationError(f"must be from 1 to {MOST_MINUTES}.")


def in_a_zone(value: str | datetime) -> None:
    try:
        moment(value)
    except (ValueError, OverflowError) as error:
        raise ValidationError(
            "must be such as 2026-12-01T09:00:00+00:00, with its zone."
        ) from error


SLUG_KEY = Key(longest=80, check=slug)
TITLE = Key(longest=200, check=not_blank)
LINE = Key(longest=200, required=False)
TEXT = Key(required=False)
MARKDOWN = Key(check=validate_markdown)
MOMENT = Key(TIME, required=False, check=in_a_zone)
URL = Key(longest=500, check=url)
OPTIONAL_URL = Key(longest=500, check=url, required=False)


def problems_of(data: Any, shape: Mapping[str, Key]) -> Iterator[Problem]:
    """Everything in which `data` differs from `shape`; nothing when it fits."""
    if not isinstance(data, dict):
        yield Problem((), f"must be keys with values ({', '.join(shape)}).")
        return
    for name in data.keys() - shape.keys():
        yield Problem((name,), f"is not a key here; known are {', '.join(shape)}.")
    for name, key in shape.items():
        if name in data:
            yield from (problem.under(name) for problem in problems_of_value(data[name], key))
        elif key.required:
            yield Problem((), f"the key “{name}” is missing.")


def problems_of_value(value: Any, key: Key) -> Iterator[Problem]:
    if not isinstance(value, key.type) or (isinstance(value, bool) and key.type is not bool):
        found = "empty" if value is None else f"“{value}”"
        yield Problem((), f"must be {TYPES[key.type]}, not {found[:60]}.")
    elif isinstance(value, str) and UNSTORABLE.search(value):
        yield Problem((), "has a character that cannot be stored.")
    elif isinstance(value, str) and key.longest and len(value) > key.longest:
        yield Problem((), f"has {len(value)} characters; {key.longest} is the most.")
    elif key.choices and value not in key.choices:
        yield Problem((), f"“{value}” is none of {', '.join(sorted(key.choices))}.")
    elif key.check:
        try:
            key.check(value)
        except ValidationError as error:
            yield Problem((), " ".join(error.messages))


def hidden_in(data: Any, path: Path = ()) -> Iterator[Problem]:
    """The control characters in any text of a file's `data`, whatever its shape; pure."""
    if isinstance(data, str) and (found := HIDDEN.search(data)):
        line, code = data.count("\n", 0, found.start()) + 1, f"U+{ord(found[0]):04X}"
        message = f"line {line} of the text has a control character ({code}) that nobody sees."
        yield Problem(path, message)
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from hidden_in(value, (*path, name))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from hidden_in(value, (*path, at))


def problems_of_rows(
    rows: Any, shape: Mapping[str, Key], unique: str, *, within: str = ""
) -> Iterator[Problem]:
    """Problems of a list of mappings, in which `unique` tells them apart, `within` another key."""
    seen: set[tuple[str, str]] = set()
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        yield from (problem.under(index) for problem in problems_of(row, shape))
        name = row.get(unique) if isinstance(row, dict) else None
        if isinstance(name, str):
            key = (str(row.get(within, "")), name)
            if key in seen:
                yield Problem((index, unique), f"“{name}” stands here twice.")
            seen.add(key)
