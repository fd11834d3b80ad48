"""A stored document in the order of its file, which some databases do not keep. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from courses.content.documents import COURSE, GLOSSARY, NOTEBOOKS, Document
from courses.content.normal import (
    OF_CONCEPT,
    OF_COURSE,
    OF_EXERCISE,
    OF_LESSON,
    OF_NOTEBOOK,
    OF_REFERENCE,
    OF_TERM,
    OF_TRACK,
)

LISTS: Mapping[str, Iterable[str]] = {
    COURSE: OF_COURSE,
    NOTEBOOKS: ("notebooks",),
    GLOSSARY: ("terms",),
}
ROWS: Mapping[str, Iterable[str]] = {
    "tracks": OF_TRACK,
    "concepts": OF_CONCEPT,
    "references": OF_REFERENCE,
    "notebooks": OF_NOTEBOOK,
    "terms": OF_TERM,
}


def arranged(name: str, data: Mapping[str, Any]) -> Document:
    """`data` of the file `name`; nothing is left out, whatever it is."""
    whole = by(LISTS.get(name, OF_LESSON), data)
    for key, keys in ROWS.items():
        if isinstance(whole.get(key), list):
            whole[key] = [by(keys, row) if isinstance(row, dict) else row for row in whole[key]]
    if isinstance(whole.get("exercise"), dict):
        whole["exercise"] = by(OF_EXERCISE, whole["exercise"])
    return whole


def by(keys: Iterable[str], row: Mapping[str, Any]) -> Document:
    known = {key: row[key] for key in keys if key in row}
    return known | {key: value for key, value in row.items() if key not in known}
