"""Questions and quizzes in the one form in which documents are compared. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from courses.content.normal import Always, Document, Form, formed, moment
from courses.models import Status
from quizzes.content.payload_order import in_order
from quizzes.models import Question, Quiz

Data = Mapping[str, Any]
BLANK = Quiz()

OF_QUESTION: Form = {
    "slug": Always,
    "concept": Always,
    "kind": Always,
    "difficulty": Always,
    "status": str(Status.PUBLISHED),
    "publish_at": None,
    "in_quiz": True,
    "points": 1,
    "prompt": Always,
    "payload": Always,
    "explanation": "",
}
# Settings by the names of their fields; in files one is called otherwise.
FIELDS = {
    "pass_mark": "pass_mark",
    "shuffle": "shuffle",
    "feedback": "feedback",
    "time_limit": "time_limit",
    "grace": "grace",
    "attempts": "attempts_allowed",
    "counts": "counts",
    "opens_at": "opens_at",
    "closes_at": "closes_at",
}
TIMES = ("opens_at", "closes_at")
SETTINGS: Form = {key: getattr(BLANK, field) for key, field in FIELDS.items()}
LISTS: Form = {"draws": [], "questions": []}
OF_QUIZ: Form = {
    "slug": Always,
    "title": Always,
    "mode": Always,
    "status": str(Status.PUBLISHED),
    "lesson": None,
    "track": None,
    **SETTINGS,
    **LISTS,
}
# Of a lesson's own quiz; its title and status depend on the lesson.
OF_OWN_QUIZ: Form = {
    "title": Always,
    "mode": str(BLANK.mode),
    "status": Always,
    "track": None,
    **SETTINGS,
    **LISTS,
}
OF_PLACE: Form = {"lesson": Always, "question": Always, "concept": None, "points": 1}
OF_DRAW: Form = {
    "lesson": Always,
    "concept": None,
    "difficulty": None,
    "number": 1,
    "points": 1,
}


def normal_part(name: str, data: Data) -> Document:
    """`questions` and `quiz` of the data of the lesson's file `name`; nothing where it has neither.

    First come the questions that the quiz asks, in its order, then the others by their slugs.
    """
    if "questions" not in data and "quiz" not in data:
        return {}
    quiz = data.get("quiz") or {}
    rows = [normal_question(row) for row in data.get("questions") or ()]
    asked = places_among(rows, name.removesuffix(".yaml"), quiz.get("questions") or ())
    rows.sort(key=lambda row: asked.get(key_of(row), (len(rows), row["slug"], row["concept"])))
    own = normal_own_quiz(quiz, bool(asked), str(data["title"]))
    return {
        **({"quiz": own} if own else {}),
        **({"questions": rows} if rows else {}),
    }


def key_of(row: Data) -> tuple[str, str]:
    return (row["concept"], row["slug"])


def places_among(
    rows: list[Document], lesson: str, listed: Any
) -> dict[tuple[str, str], tuple[int, str, str]]:
    """Where the quiz asks each of these questions. `listed` is its own list, if it has one."""
    if not listed:
        return {
            key_of(row): (at, "", "") for at, row in enumerate(rows) if row.get("in_quiz", True)
        }
    named = [part for part in listed if part["lesson"] == lesson]
    found = {}
    for at, part in enumerate(named):
        for row in rows:
            if row["slug"] == part["question"] and part.get("concept") in (None, row["concept"]):
                found[key_of(row)] = (at, "", "")
    return found


def normal_question(row: Data) -> Document:
    usual = {"difficulty": int(Question.Difficulty.APPLY)}
    whole = {**usual, **row, "payload": in_order(row["payload"])}
    return formed({**whole, **numbers(row), **times(row, ("publish_at",))}, OF_QUESTION)


def normal_own_quiz(quiz: Data, asks: bool, lesson_title: str) -> Document:
    """What differs from the quiz that a lesson's questions make by themselves."""
    asks = asks or bool(quiz.get("questions") or quiz.get("draws"))
    usual = {
        "title": own_title(lesson_title),
        "status": str(Status.PUBLISHED if asks else Status.ARCHIVED),
    }
    if not asks and quiz.get("status", usual["status"]) == usual["status"]:
        return {}
    whole = formed({**usual, **normal_lists(quiz)}, OF_OWN_QUIZ)
    return {key: value for key, value in whole.items() if value != usual.get(key)}


def own_title(lesson_title: str) -> str:
    return f"Quiz: {lesson_title}"[:200]


def normal_quizzes(rows: list[Document]) -> list[Document]:
    """In the order of their slugs: they have no other."""
    return sorted((normal_quiz(row) for row in rows), key=lambda row: str(row["slug"]))


def normal_quiz(row: Data) -> Document:
    quiz = formed(normal_lists(row), OF_QUIZ)
    return quiz if "draws" in quiz or "questions" in quiz else {**quiz, "questions": []}


def normal_lists(row: Data) -> Document:
    draws = [formed({**part, **numbers(part)}, OF_DRAW) for part in row.get("draws") or ()]
    places = [formed({**part, **numbers(part)}, OF_PLACE) for part in row.get("questions") or ()]
    return {**row, **times(row, TIMES), "draws": draws, "questions": places}


def times(row: Data, keys: tuple[str, ...]) -> Document:
    return {key: moment(row[key]) for key in keys if key in row}


def numbers(row: Data) -> Document:
    return {"points": number(row["points"])} if "points" in row else {}


def number(points: Any) -> int | float:
    """Points, which have two decimals, as files and JSON say them."""
    exact = Decimal(str(points))
    return int(exact) if exact == int(exact) else float(exact)
