"""The shapes of `course.yaml`, `notebooks.yaml` and a lesson's file."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from courses.content import needs
from courses.content.guests import Known, guest
from courses.content.problems import Problem
from courses.content.shapes import (
    LINE,
    MARKDOWN,
    MOMENT,
    OPTIONAL_URL,
    SLUG,
    SLUG_KEY,
    TEXT,
    TITLE,
    URL,
    Key,
    bearable_minutes,
    markdown_text,
    not_blank,
    problems_of,
    problems_of_rows,
    problems_of_value,
    slug,
)
from courses.models import Image, Reference, Status
from courses.models.content import validate_track_slug


def track_slug(value: str) -> None:
    slug(value)
    validate_track_slug(value)


# Of a lesson or a quiz; a question may have more.
STATUSES = frozenset(
    map(str, (Status.DRAFT, Status.REVIEW, Status.PUBLISHED, Status.ARCHIVED)),
)
COURSE = {
    "slug": SLUG_KEY,
    "title": TITLE,
    "edition": Key(longest=40, required=False),
    "summary": TEXT,
    "tracks": Key(list),
}
TRACK = {
    "slug": Key(longest=80, check=track_slug),
    "title": TITLE,
    "icon": Key(longest=40, required=False),
    "tagline": Key(longest=80, required=False),
    "summary": TEXT,
    "optional": Key(bool, required=False),
    "lessons": Key(list),
}
LESSON = {
    "title": TITLE,
    "summary": TEXT,
    "minutes": Key(int, check=bearable_minutes),
    "status": Key(choices=STATUSES, required=False),
    "publish_at": MOMENT,
    "quiz_required": Key(bool, required=False),
    "outcomes": Key(list, required=False),
    "introduction": MARKDOWN,
    "concepts": Key(list),
    "exercise": Key(dict, required=False),
    "references": Key(list, required=False),
    "quiz": Key(dict, required=False),
    "questions": Key(list, required=False),
}
CONCEPT = {
    "slug": SLUG_KEY,
    "name": TITLE,
    "claim": LINE,
    "needs": Key(list, required=False),
    "fact": Key(dict, required=False),
    "body": MARKDOWN,
}
FACT = {"prompt": Key(longest=300, check=markdown_text), "answer": Key(check=markdown_text)}
EXERCISE = {"task": Key(check=markdown_text), "answer": Key(required=False, check=MARKDOWN.check)}
OUTCOME = Key(longest=200, check=markdown_text)
MOST_OUTCOMES = 8
# So many fit into the form that edits a lesson.
MOST_CONCEPTS, MOST_REFERENCES = 60, 150
REFERENCE = {
    "title": TITLE,
    "url": URL,
    "author": LINE,
    "author_url": OPTIONAL_URL,
    "kind": Key(choices=frozenset(Reference.Kind.values)),
    "level": Key(choices=frozenset(Reference.Level.values), required=False),
    "note": Key(required=False, check=MARKDOWN.check),
}
NOTEBOOKS = {"notebooks": Key(list)}
IMAGES = {"images": Key(list)}
IMAGE = {
    "name": SLUG_KEY,
    "format": Key(choices=frozenset(Image.Format.values)),
    "alt": Key(longest=300, check=not_blank),
}
QUIZZES = {"quizzes": Key(list)}
NOTEBOOK = {
    "slug": SLUG_KEY,
    "category": Key(longest=80),
    "title": TITLE,
    "description": TEXT,
    "colab": OPTIONAL_URL,
    "article": OPTIONAL_URL,
    "homepage": OPTIONAL_URL,
    "lessons": Key(list, required=False),
}


def problems_of_course(data: Any) -> Iterator[Problem]:
    yield from problems_of(data, COURSE)
    tracks = data.get("tracks") if isinstance(data, dict) else ()
    for problem in problems_of_rows(tracks, TRACK, "slug"):
        yield problem.under("tracks")
    for index, row in enumerate(tracks if isinstance(tracks, list) else ()):
        for problem in problems_of_addresses(row.get("lessons") if isinstance(row, dict) else ()):
            yield problem.under("tracks", index, "lessons")


def problems_of_addresses(slugs: Any) -> Iterator[Problem]:
    """Of the lessons of a track."""
    seen: set[str] = set()
    for place, name in enumerate(slugs if isinstance(slugs, list) else ()):
        if not isinstance(name, str) or not SLUG.fullmatch(name) or name in seen:
            yield Problem((place,), f"“{name}” is no address, or here twice.")
        else:
            seen.add(name)


def problems_of_lesson(data: Any, known: Known) -> Iterator[Problem]:
    """`known` are the data of all lessons, of this one too, by `track/lesson`.

    What concepts need is not among it: that is a matter of the whole course.
    """
    yield from problems_of(data, LESSON)
    if isinstance(data, dict):
        yield from guest().check_lesson(data, known)
        yield from problems_of_outcomes(data.get("outcomes"))
        yield from too_many(data, {"concepts": MOST_CONCEPTS, "references": MOST_REFERENCES})
        for problem in problems_of_concepts(data.get("concepts")):
            yield problem.under("concepts")
        if isinstance(data.get("exercise"), dict):
            for problem in problems_of(data["exercise"], EXERCISE):
                yield problem.under("exercise")
        for problem in problems_of_rows(data.get("references"), REFERENCE, "url"):
            yield problem.under("references")


def too_many(data: Mapping[str, Any], most: Mapping[str, int]) -> Iterator[Problem]:
    for name, number in most.items():
        rows = data.get(name)
        if isinstance(rows, list) and len(rows) > number:
            yield Problem((name,), f"has {len(rows)} entries; {number} is the most in a lesson.")


def problems_of_outcomes(lines: Any) -> Iterator[Problem]:
    if not isinstance(lines, list):
        return
    if not 1 <= len(lines) <= MOST_OUTCOMES:
        yield Problem(("outcomes",), f"has {len(lines)} lines; say 1 to {MOST_OUTCOMES}.")
    for place, line in enumerate(lines):
        for problem in problems_of_value(line, OUTCOME):
            yield problem.under("outcomes", place)
        if isinstance(line, str) and "\n" in line.strip():
            yield Problem(("outcomes", place), "must be one line.")


def problems_of_concepts(rows: Any) -> Iterator[Problem]:
    yield from problems_of_rows(rows, CONCEPT, "slug")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("fact"), dict):
            for problem in problems_of(row["fact"], FACT):
                yield problem.under(index, "fact")
    yield from needs.problems_in_form(rows)


def problems_of_images(data: Any) -> Iterator[Problem]:
    yield from problems_of(data, IMAGES)
    rows = data.get("images") if isinstance(data, dict) else ()
    for problem in problems_of_rows(rows, IMAGE, "name"):
        yield problem.under("images")


def problems_of_quizzes(data: Any, known: Known) -> Iterator[Problem]:
    """`known` are the data of all lessons by `track/lesson`."""
    yield from problems_of(data, QUIZZES)
    rows = data.get("quizzes") if isinstance(data, dict) else None
    if isinstance(rows, list):
        for problem in guest().check_quizzes(rows, known):
            yield problem.under("quizzes")


def problems_of_notebooks(data: Any, lessons: Collection[str]) -> Iterator[Problem]:
    """`lessons` are the `track/lesson` addresses that a notebook may name."""
    yield from problems_of(data, NOTEBOOKS)
    rows = data.get("notebooks") if isinstance(data, dict) else ()
    for problem in problems_of_rows(rows, NOTEBOOK, "slug"):
        yield problem.under("notebooks")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        names = row.get("lessons") if isinstance(row, dict) else None
        for place, name in enumerate(names if isinstance(names, list) else ()):
            if not isinstance(name, str) or name not in lessons:
                yield Problem(("notebooks", index, "lessons", place), f"no lesson “{name}”.")
