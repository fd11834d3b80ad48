"""What is wrong with the quizzes that files describe. Total: whatever the data, it answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from courses.content.normal import moment
from courses.content.problems import Problem
from courses.content.shapes import Key, problems_of, problems_of_rows
from quizzes.content.questions import validate_questions
from quizzes.content.shapes import DRAW, OWN_QUIZ, PLACE, QUIZ

# The data of each lesson's file by `track/lesson`.
LessonData = Mapping[str, Mapping[str, Any]]
Row = Mapping[str, Any]


def validate_quizzes(rows: object, lessons: LessonData) -> Iterator[Problem]:
    """Everything wrong with the list `quizzes`; the paths start at a row's place:
    `(0, "draws", 2, "lesson")`."""
    yield from problems_of_rows(rows, QUIZ, "slug")
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield from (problem.under(at) for problem in problems_of_quiz(row, lessons))


def problems_of_quiz(row: Row, lessons: LessonData) -> Iterator[Problem]:
    lesson = row.get("lesson")
    if isinstance(lesson, str) and lesson not in lessons:
        yield Problem(("lesson",), f"no lesson “{lesson}”.")
    if isinstance(lesson, str) and row.get("slug") in own_addresses(lesson):
        message = "is the address of the lesson’s own quiz; say it in the lesson’s file."
        yield Problem(("slug",), message)
    if not row.get("questions") and not row.get("draws") and "questions" not in row:
        yield Problem((), "needs questions, draws, or both.")
    yield from problems_of_lists(row, lessons)


def own_addresses(lesson: str) -> tuple[str, str]:
    track, _, slug = lesson.partition("/")
    return slug, f"{track}-{slug}"


def problems_of_lists(row: Row, lessons: LessonData) -> Iterator[Problem]:
    """What a quiz names must exist, and it must close after it opens."""
    tracks = {name.split("/")[0] for name in lessons}
    if isinstance(row.get("track"), str) and row["track"] not in tracks:
        yield Problem(("track",), f"no track “{row['track']}”.")
    for name, shape, inner in (("questions", PLACE, "question"), ("draws", DRAW, "concept")):
        listed = row.get(name)
        for at, part in enumerate(listed if isinstance(listed, list) else ()):
            for problem in problems_of_part(part, shape, inner, lessons):
                yield problem.under(name, at)
    yield from problems_of_twice(row.get("questions"))
    if is_upside_down(row):
        yield Problem(("closes_at",), "must be after opens_at.")


def is_upside_down(row: Row) -> bool:
    try:
        opens, closes = (moment(row.get(name)) for name in ("opens_at", "closes_at"))
    except (ValueError, OverflowError, TypeError, AttributeError):
        return False  # said elsewhere
    return bool(opens and closes and closes <= opens)


def problems_of_twice(places: Any) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for at, place in enumerate(places if isinstance(places, list) else ()):
        if isinstance(place, dict):
            key = tuple(str(place.get(name)) for name in ("lesson", "concept", "question"))
            if key in seen:
                yield Problem(("questions", at), "stands here twice.")
            seen.add(key)


def problems_of_part(
    part: Any, shape: Mapping[str, Key], inner: str, lessons: LessonData
) -> Iterator[Problem]:
    """Of one question or draw: its lesson must exist, and in it what `inner` names."""
    found = list(problems_of(part, shape))
    yield from found
    if found:
        return
    if part["lesson"] not in lessons:
        yield Problem(("lesson",), f"no lesson “{part['lesson']}”.")
        return
    rows = [one for one in rows_of(lessons[part["lesson"]], f"{inner}s") if isinstance(one, dict)]
    named = [one for one in rows if one.get("slug") == part.get(inner)]
    if inner in part and not named:
        yield Problem((inner,), f"the lesson has no {inner} “{part[inner]}”.")
    elif inner == "question":
        yield from problems_of_concept(part, [str(one.get("concept")) for one in named])


def problems_of_concept(place: Row, concepts: list[str]) -> Iterator[Problem]:
    """`concept` is said exactly where the lesson has two questions with the same slug."""
    if "concept" in place and len(concepts) == 1:
        yield Problem(
            ("concept",), "is for a lesson with two questions of this slug; leave it out."
        )
    elif "concept" in place and place["concept"] not in concepts:
        yield Problem(("concept",), f"has no question “{place['question']}”.")
    elif "concept" not in place and len(concepts) > 1:
        message = f"the lesson has {len(concepts)} of this slug: say the concept, too."
        yield Problem(("question",), message)


def rows_of(data: Mapping[str, Any], name: str) -> list[Any]:
    rows = data.get(name)
    return rows if isinstance(rows, list) else []


def check_lesson(data: Mapping[str, Any], lessons: LessonData) -> Iterator[Problem]:
    """Of the keys `questions` and `quiz` of a lesson's data."""
    rows = data.get("questions")
    if isinstance(rows, list):
        concepts = {
            str(one.get("slug")) for one in rows_of(data, "concepts") if isinstance(one, dict)
        }
        for problem in validate_questions(rows, concepts):
            yield problem.under("questions")
    quiz = data.get("quiz")
    if isinstance(quiz, dict):
        for problem in problems_of_own_quiz(quiz, data, lessons):
            yield problem.under("quiz")


def problems_of_own_quiz(quiz: Row, data: Row, lessons: LessonData) -> Iterator[Problem]:
    yield from problems_of(quiz, OWN_QUIZ)
    yield from problems_of_lists(quiz, lessons)
    listed = quiz.get("questions")
    if not isinstance(listed, list) or not listed:
        return
    names = {place.get("lesson") for place in listed if isinstance(place, dict)}
    own = next((name for name, known in lessons.items() if known is data), None)
    if names == {own}:
        message = "is for a quiz that asks questions of other lessons, too; leave it out."
        yield Problem(("questions",), message)
    if any("in_quiz" in row or "points" in row for row in rows_of(data, "questions") if row):
        message = "says which questions are asked: take in_quiz and points from the questions."
        yield Problem(("questions",), message)
