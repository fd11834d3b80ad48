"""One form for what a file says, however it says it: keys in order, none that say nothing.

What the database holds is put into this form too, so equal documents are equal content.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from courses.content.guests import guest
from courses.content.needs import short

Document = dict[str, Any]

COURSE, NOTEBOOKS, QUIZZES = "course.yaml", "notebooks.yaml", "quizzes.yaml"
GLOSSARY, IMAGES = "glossary.yaml", "images.yaml"


class Always:
    """The default of a key that is never left out."""


# The keys of each mapping in the order of the files, and what the absence of one says.
Form = Mapping[str, Any]
OF_COURSE: Form = {"slug": Always, "title": Always, "edition": "", "summary": "", "tracks": Always}
OF_TRACK: Form = {
    "slug": Always,
    "title": Always,
    "icon": "",
    "tagline": "",
    "summary": "",
    "optional": Always,
    "lessons": Always,
}
OF_LESSON: Form = {
    "title": Always,
    "summary": "",
    "minutes": Always,
    "status": "published",
    "publish_at": None,
    "quiz_required": True,
    "outcomes": [],
    "introduction": Always,
    "concepts": Always,
    "exercise": None,
    "references": [],
}
OF_CONCEPT: Form = {
    "slug": Always,
    "name": Always,
    "claim": "",
    "needs": [],
    "fact": None,
    "body": Always,
}
OF_EXERCISE: Form = {"task": Always, "answer": ""}
OF_FACT: Form = {"prompt": Always, "answer": Always}
OF_REFERENCE: Form = {
    "title": Always,
    "url": Always,
    "author": "",
    "author_url": "",
    "kind": Always,
    "level": "",
    "note": "",
}
OF_NOTEBOOK: Form = {
    "slug": Always,
    "category": Always,
    "title": Always,
    "description": "",
    "colab": "",
    "article": "",
    "homepage": "",
    "lessons": [],
}
OF_TERM: Form = {
    "slug": Always,
    "term": Always,
    "also": [],
    "definition": Always,
    "concept": "",
}
OF_IMAGE: Form = {"name": Always, "format": Always, "alt": Always}


def formed(row: Mapping[str, Any], form: Form) -> Document:
    """`row` with the keys of `form` in its order, without those that say what absence says."""
    return {
        key: row[key]
        for key, default in form.items()
        if key in row and (default is Always or row[key] != default)
    }


def normal(name: str, data: Mapping[str, Any]) -> Document:
    """The sound data of the file `name` in the one form in which documents are compared.

    What a lesson's data leaves out of its guests' keys stays out. Nothing is changed in place.
    """
    if name == COURSE:
        tracks = [formed({"optional": False, **row}, OF_TRACK) for row in data["tracks"]]
        return formed({**data, "tracks": tracks}, OF_COURSE)
    if name == NOTEBOOKS:
        return {"notebooks": [normal_notebook(row) for row in data["notebooks"]]}
    if name == QUIZZES:
        return {"quizzes": guest().normal_quizzes(data["quizzes"])}
    if name == GLOSSARY:
        return normal_glossary(data["terms"])
    if name == IMAGES:
        rows = [formed(row, OF_IMAGE) for row in data["images"]]
        return {"images": sorted(rows, key=lambda row: str(row["name"]))}
    return normal_lesson(name, data)


def normal_lesson(name: str, data: Mapping[str, Any]) -> Document:
    lesson = name.removesuffix(".yaml")
    concepts = [normal_concept(lesson, row) for row in data["concepts"]]
    references = [formed(row, OF_REFERENCE) for row in data.get("references") or ()]
    whole = {**data, "concepts": concepts, "references": references}
    if exercise := data.get("exercise"):
        whole["exercise"] = formed(exercise, OF_EXERCISE)
    if "publish_at" in data:
        whole["publish_at"] = moment(data["publish_at"])
    return {**formed(whole, OF_LESSON), **guest().normal_part(name, data)}


def normal_concept(lesson: str, row: Mapping[str, Any]) -> Document:
    fact = row.get("fact")
    parts = {
        "fact": formed(fact, OF_FACT) if fact else None,
        "needs": [short(lesson, one) for one in row.get("needs") or ()],
    }
    return formed({**row, **parts}, OF_CONCEPT)


def normal_notebook(row: Mapping[str, Any]) -> Document:
    """Which lessons a notebook belongs to has no order; here it is that of their names."""
    return formed({**row, "lessons": sorted(set(row.get("lessons") or ()))}, OF_NOTEBOOK)


def normal_glossary(rows: Iterable[Mapping[str, Any]]) -> Document:
    """Terms stand in the order of their letters, whatever the file's is."""
    terms = [formed({**row, "also": list(row.get("also") or ())}, OF_TERM) for row in rows]
    return {"terms": sorted(terms, key=lambda row: (row["term"].casefold(), row["slug"]))}


def moment(value: str | datetime | None) -> str | None:
    """A time as documents say it: ISO 8601 in UTC. Raises ValueError for one without a zone."""
    if value is None or value == "":
        return None
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    if time.tzinfo is None:
        raise ValueError("no time zone")
    return time.astimezone(UTC).isoformat()


def time_of(value: str | datetime | None) -> datetime | None:
    """The time that a document says."""
    said = moment(value)
    return datetime.fromisoformat(said) if said else None
