"""The answers of a choice question as rows of a form; rows left empty are dropped."""

from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from quizzes.kinds.choice import LEAST, MOST

# As the browser sends a row: {"id": "a", "text": …, "feedback": …, "right": bool}; a new one has
# no id yet.
Row = dict[str, Any]
SPARE = 2


def filled_rows(data: Mapping[str, Any], name: str) -> list[Row]:
    return [row for row in sent_rows(data, name) if row["text"] or row["feedback"]]


def sent_rows(data: Mapping[str, Any], name: str) -> Iterator[Row]:
    for at in range(MOST):
        yield {
            "id": data.get(f"{name}-{at}-id", ""),
            "text": one_break(data.get(f"{name}-{at}-text", "")),
            "right": f"{name}-{at}-right" in data,
            "feedback": one_break(data.get(f"{name}-{at}-feedback", "")),
        }


def one_break(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def padded(rows: list[Row]) -> list[Row]:
    """`rows` and some to fill in."""
    number = min(MOST, max(LEAST + SPARE, len(rows) + SPARE))
    return [*rows, *({} for _ in range(max(0, number - len(rows))))]


def payload_of(rows: Iterable[Row]) -> dict[str, Any]:
    rows = list(rows)
    used = {row["id"] for row in rows}
    free = (letter for letter in ascii_lowercase if letter not in used)
    return {
        "options": [
            {
                "id": row["id"] or next(free),
                "text": row["text"],
                "right": row["right"],
                "feedback": row.get("feedback", ""),
            }
            for row in rows
        ]
    }
