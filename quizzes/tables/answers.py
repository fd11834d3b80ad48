"""The answers of a question in the columns of a table. Pure.

A question with options has them in columns of their own, as long as nothing is lost by it: the
letters of the options then follow their order. Every other payload is YAML, as in the files.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.content.files import parsed
from courses.content.problems import ContentError, Problem, spelled
from courses.content.writing import mapping, said_by
from quizzes.content.payload_order import in_order
from quizzes.kinds.choice import MOST

IN_OPTIONS = frozenset({"single", "multiple"})
LETTERS = "abcdefgh"[:MOST]
OPTIONS = tuple(f"option_{number}" for number in range(1, MOST + 1))
FEEDBACK = tuple(f"feedback_{number}" for number in range(1, MOST + 1))
COLUMNS = (*OPTIONS, "right", *FEEDBACK, "payload")
KEYS = {"id", "text", "right"}
LONGEST = 40_000

Row = Mapping[str, str]


class AnswersError(Exception):
    """What stands in the columns is no payload; `problem` names the column first."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem((column,), message)


def columns_of(kind: str, payload: Any) -> dict[str, str]:
    """All COLUMNS for a payload of any shape; `payload_in` reads them back to an equal one."""
    empty = dict.fromkeys(COLUMNS, "")
    if not fits(kind, payload):
        return {**empty, "payload": written(payload)}
    options = payload["options"]
    right = (str(place) for place, one in enumerate(options, 1) if one["right"])
    return {
        **empty,
        **{OPTIONS[place]: one["text"] for place, one in enumerate(options)},
        **{FEEDBACK[place]: one.get("feedback", "") for place, one in enumerate(options)},
        "right": " ".join(right),
    }


def fits(kind: str, payload: Any) -> bool:
    """Whether the columns of options say all of it."""
    if kind not in IN_OPTIONS or not isinstance(payload, dict) or payload.keys() != {"options"}:
        return False
    options = payload["options"]
    return (
        isinstance(options, list)
        and 0 < len(options) <= MOST
        and all(is_plain(one, LETTERS[place]) for place, one in enumerate(options))
    )


def is_plain(option: Any, letter: str) -> bool:
    return (
        isinstance(option, dict)
        and KEYS <= option.keys() <= KEYS | {"feedback"}
        and option["id"] == letter
        and isinstance(option["right"], bool)
        and all(isinstance(option.get(key, ""), str) for key in ("text", "feedback"))
        and option["text"].strip() != ""
    )


def written(payload: Any) -> str:
    """As YAML; what YAML cannot say, and no kind has, as nothing."""
    if not isinstance(payload, dict):
        return ""
    ordered = in_order(payload)
    for safe in (False, True):
        text = "".join(f"{line}\n" for line in mapping(ordered, "", safe=safe))
        if said_by(text) == ordered:
            return text
    return ""


def payload_in(kind: str, row: Row) -> Any:
    """The payload that the columns say, not checked by its kind. Raises AnswersError."""
    source = row.get("payload", "")
    options = any(row.get(name, "").strip() for name in (*OPTIONS, "right", *FEEDBACK))
    if source.strip() and options:
        raise AnswersError("payload", _("says the answers, and so do the options: empty one."))
    if source.strip():
        return read(source)
    return {"options": options_in(row)} if options or kind in IN_OPTIONS else {}


def read(source: str) -> Any:
    if len(source) > LONGEST:
        raise AnswersError("payload", _("is over %d characters long.") % LONGEST)
    try:
        return parsed("payload", source.encode()).data
    except (ContentError, UnicodeError) as error:
        raise AnswersError("payload", str(error).removeprefix("payload:")) from error


def options_in(row: Row) -> list[dict[str, Any]]:
    filled = [place for place in range(MOST) if row.get(OPTIONS[place], "").strip()]
    right = right_in(row.get("right", ""))
    for place in range(MOST):
        column, beside = OPTIONS[place], row.get(FEEDBACK[place], "").strip()
        needed = place < len(filled) or place + 1 in right or beside
        if needed and place not in filled:
            raise AnswersError(
                column, _("is empty, though there is an answer after it or about it.")
            )
    return [
        {
            "id": LETTERS[place],
            "text": row[OPTIONS[place]],
            "right": place + 1 in right,
            **({"feedback": said} if (said := row.get(FEEDBACK[place], "")) else {}),
        }
        for place in filled
    ]


def right_in(text: str) -> set[int]:
    """The numbers of the right options: `2`, `1 3`, or with commas."""
    parts = text.replace(",", " ").replace(";", " ").split()
    if not all(part in {str(number) for number in range(1, MOST + 1)} for part in parts):
        message = _("must be the numbers of the right options, such as 2, or 1 3.")
        raise AnswersError("right", message)
    return {int(part) for part in parts}


def same(one: Any, other: Any) -> bool:
    """Whether two payloads ask, grade and say the same: what is said of nothing is nothing."""
    return bool(without_silence(one) == without_silence(other))


def without_silence(payload: Any) -> Any:
    if not isinstance(payload, dict) or not isinstance(payload.get("options"), list):
        return payload
    options = [
        {key: value for key, value in one.items() if (key, value) != ("feedback", "")}
        if isinstance(one, dict)
        else one
        for one in payload["options"]
    ]
    return {**payload, "options": options}


def in_column(problem: Problem, kind: str, row: Row) -> Problem:
    """A problem of a payload, at the column where it is mended."""
    path = problem.path[1:]
    if kind not in IN_OPTIONS or row.get("payload", "").strip():
        where = spelled(path)
        return Problem(("payload",), f"{where}: {problem.message}" if where else problem.message)
    match path:
        case ("options", int(place), "feedback", *_rest) if place < MOST:
            return Problem((FEEDBACK[place],), problem.message)
        case ("options", int(place), *_rest) if place < MOST:
            return Problem((OPTIONS[place],), problem.message)
    return Problem(("right",), problem.message)
