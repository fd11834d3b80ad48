"""Two editors at one question: which parts of it moved since a form began. Pure.

A part is what one chooses between as a whole, such as the kind together with the answers.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

# The fields of each part, and what it is called.
PARTS: dict[str, tuple[str, ...]] = {
    "concept": ("concept",),
    "difficulty": ("difficulty",),
    "state": ("status", "publish_at"),
    "prompt": ("prompt",),
    "answers": ("kind", "payload"),
    "explanation": ("explanation",),
    "slug": ("slug",),
}
LABELS = {
    "concept": _("Concept"),
    "difficulty": _("Difficulty"),
    "state": _("State"),
    "prompt": _("Question"),
    "answers": _("Kind and answers"),
    "explanation": _("Explanation"),
    "slug": _("Slug"),
}
Marks = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A part that another editor changed. `kept`: "mine" or "theirs", "" until it is chosen."""

    part: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    kept: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.part])


def marks_of(values: Mapping[str, Any]) -> Marks:
    """A short digest of each part, of the values of its fields."""
    return {part: mark(values, fields) for part, fields in PARTS.items()}


def mark(values: Mapping[str, Any], fields: Iterable[str]) -> str:
    said = json.dumps([plain(values.get(name)) for name in fields], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def plain(value: Any) -> Any:
    """A moment is the same in every zone."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def read_marks(sent: str) -> Marks | None:
    """What a form carried; None where it says nothing that makes sense."""
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or set(found) != set(PARTS):
        return None
    return {part: str(value) for part, value in found.items()}


def moved(seen: Marks, now: Marks) -> list[str]:
    return [part for part in PARTS if seen[part] != now[part]]
