"""Ids for new rows; those that a row has stay, because saved answers name them."""

import hashlib
from collections.abc import Collection, Sequence
from string import ascii_lowercase

from quizzes.editor.nodes import Sheet

LETTERS = [*ascii_lowercase, *(f"{letter}{number}" for number in "23" for letter in "abcdefghij")]


def with_ids(
    rows: Sequence[Sheet], *, mixed: bool = False, taken: Collection[str] = ()
) -> list[Sheet]:
    """`rows`, each with an id: the next free letter, or where `mixed`, one that tells no order."""
    used = {str(row["id"]) for row in rows if row.get("id")} | set(taken)
    found = []
    for row in rows:
        if not row.get("id"):
            free = [one for one in LETTERS if one not in used]
            row = row | {"id": by_digest(free, str(row.get("text", ""))) if mixed else free[0]}
            used.add(str(row["id"]))
        found.append(row)
    return found


def by_digest(letters: Sequence[str], text: str) -> str:
    return min(letters, key=lambda one: hashlib.sha256(f"{one}:{text}".encode()).digest())


def untold(rows: Sequence[Sheet]) -> list[Sheet]:
    """`rows` whose ids in alphabetical order are not their order: one gets another id if so."""
    ids = [str(row["id"]) for row in rows]
    if len(rows) < 2 or ids != sorted(ids):
        return list(rows)
    later = [one for one in (*LETTERS, "zz", "zzz") if one > ids[1] and one not in ids]
    return [rows[0] | {"id": later[0]}, *rows[1:]] if later else list(rows)
