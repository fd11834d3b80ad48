"""The keys of a question's payload in the order in which files have them. Pure.

PostgreSQL keeps JSON without the order of its keys.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

ORDER = (
    *("kind", "id", "value", "accepted", "pattern", "case", "text", "blanks", "options", "left"),
    *("items", "right", "key", "tolerance", "absolute", "relative", "unit", "mistakes"),
    *("model_answer", "criteria", "longest", "feedback"),
)
PLACES = {name: at for at, name in enumerate(ORDER)}
GAP = re.compile(r"\[\[([a-z0-9-]{1,20})\]\]")


def in_order(payload: Any) -> Any:
    """`payload` with every mapping in order; what has ids for keys, in that of the things."""
    if isinstance(payload, list):
        return [in_order(one) for one in payload]
    if not isinstance(payload, dict):
        return payload
    keys = sorted(payload, key=lambda name: (PLACES.get(name, len(PLACES)), str(name)))
    found = {key: in_order(payload[key]) for key in keys}
    text, left = found.get("text"), found.get("left")
    if isinstance(text, str) and isinstance(found.get("blanks"), dict):
        found["blanks"] = by_ids(found["blanks"], GAP.findall(text))
    if isinstance(left, list):
        ids = [one.get("id") for one in left if isinstance(one, dict)]
        found |= {
            name: by_ids(found[name], ids)
            for name in ("key", "feedback")
            if isinstance(found.get(name), dict)
        }
    elif isinstance(found.get("feedback"), dict):
        found["feedback"] = by_ids(found["feedback"], ["true", "false"])
    return found


def by_ids(rows: Mapping[str, Any], ids: Iterable[Any]) -> dict[str, Any]:
    """First those of `ids`, in that order, then the others by name."""
    known = [one for one in ids if isinstance(one, str) and one in rows]
    return {name: rows[name] for name in (*dict.fromkeys(known), *sorted(rows.keys() - set(known)))}
