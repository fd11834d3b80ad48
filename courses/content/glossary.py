"""The shape of `glossary.yaml`, and what no shape can say: names that are taken, concepts."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from courses.content.guests import Known
from courses.content.problems import Problem
from courses.content.shapes import (
    SLUG_KEY,
    Key,
    markdown_text,
    problems_of,
    problems_of_rows,
    problems_of_value,
)

LONGEST_NAME = 120
LONGEST_DEFINITION = 2_000
MOST_NAMES = 20
MOST_TERMS = 2_000
WORD = re.compile(r"[^\W_]")


def check_name(value: str) -> None:
    """A name is looked for in texts: it is a line with a letter or a digit."""
    if len(value.splitlines()) > 1 or not value.isprintable():
        raise ValidationError("must be one line.")
    if value != value.strip():
        raise ValidationError("begins or ends with a blank.")
    if not WORD.search(value):
        raise ValidationError("has no letter and no digit.")


NAME = Key(longest=LONGEST_NAME, check=check_name)
GLOSSARY = {"terms": Key(list)}
TERM = {
    "slug": SLUG_KEY,
    "term": NAME,
    "also": Key(list, required=False),
    "definition": Key(longest=LONGEST_DEFINITION, check=markdown_text),
    "concept": Key(longest=250, required=False),
}


def same_name(name: str) -> str:
    """Equal for names between which no reader would see a difference but capitals and blanks."""
    return " ".join(name.split()).casefold()


def problems_of_glossary(data: Any, lessons: Known) -> Iterator[Problem]:
    """`lessons` are the data of all lessons by `track/lesson`."""
    yield from problems_of(data, GLOSSARY)
    found = data.get("terms") if isinstance(data, dict) else ()
    rows = found if isinstance(found, list) else []
    if len(rows) > MOST_TERMS:
        yield Problem(("terms",), f"has {len(rows)} terms; {MOST_TERMS} is the most.")
        return
    named: dict[str, str] = {}
    for problem in problems_of_rows(rows, TERM, "slug"):
        yield problem.under("terms")
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            for problem in (*problems_of_names(row, named), *problems_of_concept(row, lessons)):
                yield problem.under("terms", index)


def problems_of_names(row: dict[str, Any], named: dict[str, str]) -> Iterator[Problem]:
    """Of a term's name and its other names; `named` are those of the terms before it."""
    term = row.get("term")
    others = row.get("also")
    also = others if isinstance(others, list) else []
    if len(also) > MOST_NAMES:
        yield Problem(("also",), f"has {len(also)} names; {MOST_NAMES} is the most.")
        return
    for place, name in enumerate(also):
        yield from (one.under("also", place) for one in problems_of_value(name, NAME))
    places = [(("term",), term), *((("also", place), name) for place, name in enumerate(also))]
    for path, name in places:
        if not isinstance(name, str):
            continue
        if (there := named.get(same_name(name))) is not None:
            yield Problem(path, f"“{name}” is a name of “{there}” already; keep it in one place.")
        named.setdefault(same_name(name), str(term))


def problems_of_concept(row: dict[str, Any], lessons: Known) -> Iterator[Problem]:
    name = row.get("concept")
    if not isinstance(name, str):
        return
    lesson, _, slug = name.rpartition("/")
    concepts = lessons.get(lesson, {}).get("concepts")
    rows = concepts if isinstance(concepts, list) else []
    if slug not in [one.get("slug") for one in rows if isinstance(one, dict)]:
        yield Problem(("concept",), f"no concept “{name}”; it is track/lesson/concept.")
