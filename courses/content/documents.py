"""What the database holds, as the data of the course's files.

A document is plain data in the shape of one file, as `normal` has it. Equal documents are equal
content.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from courses.content import normal as forms
from courses.content.guests import guest
from courses.content.normal import (
    COURSE,
    GLOSSARY,
    IMAGES,
    NOTEBOOKS,
    QUIZZES,
    Document,
    formed,
    moment,
    normal,
    normal_glossary,
)
from courses.models import (
    Concept,
    Course,
    CourseFile,
    Lesson,
    Notebook,
    Reference,
    Status,
    Term,
    Track,
)

# What a lesson's document is made of, to be fetched with the lesson.
PARTS = ("concepts__needs", "references")


def name_of(lesson: Lesson) -> str:
    return f"{lesson.track.slug}/{lesson.slug}.yaml"


def digest_of(document: Mapping[str, Any]) -> str:
    """Of what the document says, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def lessons_in_files(course: Course) -> list[Lesson]:
    """The lessons that have a file, in the order of the course.

    Not those of an archived track; of the archived ones those whose file is there: an editor
    archived them. One whose file left was archived by that, and has none.
    """
    known = set(CourseFile.objects.filter(course=course).values_list("name", flat=True))
    current = Lesson.objects.filter(track__course=course, track__archived=False).in_order()
    return [
        lesson
        for lesson in current.select_related("track__course")
        if lesson.status != Status.ARCHIVED or name_of(lesson) in known
    ]


def names_of(lessons: Iterable[Lesson]) -> dict[int, str]:
    """`track/lesson` by the lesson's id."""
    return {lesson.pk: f"{lesson.track.slug}/{lesson.slug}" for lesson in lessons}


def documents_of(course: Course) -> dict[str, Document]:
    """All documents of the course by the names of their files, in the order of the course."""
    lessons = lessons_in_files(course)
    prefetch_related_objects(lessons, *PARTS)
    names = names_of(lessons)
    images = images_document(course)
    glossary = glossary_document(course, names)
    return {
        COURSE: course_document(course, lessons),
        **lesson_documents(lessons, names),
        NOTEBOOKS: notebooks_document(course, names),
        **({GLOSSARY: glossary} if glossary and glossary["terms"] else {}),
        QUIZZES: {"quizzes": guest().quizzes_of(course, names)},
        **({IMAGES: images} if images["images"] else {}),
    }


def documents_called(course: Course, names: Collection[str]) -> dict[str, Document]:
    """The documents with these names, those of archived lessons too; a fixed number of queries."""
    lessons = lessons_in_files(course)
    known = names_of(lessons)
    made: dict[str, Callable[[], Document]] = {
        COURSE: lambda: course_document(course, lessons),
        NOTEBOOKS: lambda: notebooks_document(course, known),
        QUIZZES: lambda: {"quizzes": guest().quizzes_of(course, known)},
        IMAGES: lambda: images_document(course),
    }
    whole = {name: make() for name, make in made.items() if name in names}
    glossary = glossary_document(course, known) if GLOSSARY in names else None
    whole |= {GLOSSARY: glossary} if glossary else {}
    return whole | lesson_documents(lessons_called(course, names), known)


def document(course: Course, name: str) -> Document | None:
    """The document of one file, or None where the course has no such lesson."""
    return documents_called(course, [name]).get(name)


def lessons_called(course: Course, names: Iterable[str]) -> list[Lesson]:
    """The lessons whose files have these names, such as `track/lesson.yaml`, with their parts."""
    wanted = set(names) - {COURSE, NOTEBOOKS, GLOSSARY, QUIZZES, IMAGES}
    if not wanted:
        return []
    slugs = {name.removesuffix(".yaml").rpartition("/")[2] for name in wanted}
    lessons = Lesson.objects.filter(track__course=course, slug__in=slugs).in_order()
    found = lessons.select_related("track__course").prefetch_related(*PARTS)
    return [lesson for lesson in found if name_of(lesson) in wanted]


def lesson_called(course: Course, name: str) -> Lesson | None:
    return next(iter(lessons_called(course, [name])), None)


def course_document(course: Course, lessons: Iterable[Lesson]) -> Document:
    of_track: dict[int, list[str]] = {}
    for lesson in lessons:
        of_track.setdefault(lesson.track_id, []).append(lesson.slug)
    tracks = [
        track_document(track, of_track.get(track.pk, []))
        for track in course.tracks.current().order_by("position", "id")
    ]
    return formed({**values_of(course, forms.OF_COURSE), "tracks": tracks}, forms.OF_COURSE)


def track_document(track: Track, lessons: list[str]) -> Document:
    return formed({**values_of(track, forms.OF_TRACK), "lessons": lessons}, forms.OF_TRACK)


def lesson_documents(lessons: Sequence[Lesson], names: Mapping[int, str]) -> dict[str, Document]:
    """By the names of their files; the lessons come with their tracks, concepts and references."""
    parts = guest().parts_of_lessons(lessons, names) if lessons else {}
    return {
        name_of(lesson): {**text_document(lesson), **parts.get(lesson.pk, {})} for lesson in lessons
    }


def text_document(lesson: Lesson) -> Document:
    """A lesson without what guests keep in it: what its editor edits on one page."""
    concepts = sorted(lesson.concepts.all(), key=lambda one: (one.position, one.pk))
    references = sorted(lesson.references.all(), key=lambda one: (one.position, one.pk))
    whole = {
        **values_of(lesson, forms.OF_LESSON),
        "status": str(lesson.status),
        "publish_at": moment(lesson.publish_at),
        "exercise": exercise_document(lesson),
        "concepts": [concept_document(one) for one in concepts if not one.archived],
        "references": [reference_document(one) for one in references if not one.archived],
    }
    return formed(whole, forms.OF_LESSON)


def exercise_document(lesson: Lesson) -> Document | None:
    exercise = {"task": lesson.exercise_task, "answer": lesson.exercise_answer}
    return formed(exercise, forms.OF_EXERCISE) if lesson.exercise_task else None


def concept_document(concept: Concept) -> Document:
    fact = {"prompt": concept.fact_prompt, "answer": concept.fact_answer}
    whole = {
        **values_of(concept, forms.OF_CONCEPT),
        "needs": needs_document(concept),
        "fact": fact if concept.fact_prompt else None,
    }
    return formed(whole, forms.OF_CONCEPT)


def needs_document(concept: Concept) -> list[str]:
    """It names only concepts that are part of the course."""
    needs = sorted(concept.needs.all(), key=lambda one: (one.position, one.pk))
    found = [one.needed for one in needs if one.is_current]
    return [one.slug if one.lesson_id == concept.lesson_id else address_of(one) for one in found]


def address_of(concept: Concept) -> str:
    lesson = concept.lesson
    return f"{lesson.track.slug}/{lesson.slug}/{concept.slug}"


def reference_document(reference: Reference) -> Document:
    whole = {**values_of(reference, forms.OF_REFERENCE), "kind": str(reference.kind)}
    return formed(whole, forms.OF_REFERENCE)


def notebooks_document(course: Course, names: Mapping[int, str]) -> Document:
    notebooks = course.notebooks.current().order_by("position", "id").prefetch_related("lessons")
    return {"notebooks": [notebook_document(one, names) for one in notebooks]}


def notebook_document(notebook: Notebook, names: Mapping[int, str]) -> Document:
    """It names only lessons that have a file."""
    lessons = sorted(names[one.pk] for one in notebook.lessons.all() if one.pk in names)
    whole = {**values_of(notebook, forms.OF_NOTEBOOK), "lessons": lessons}
    return formed(whole, forms.OF_NOTEBOOK)


def glossary_document(course: Course, names: Mapping[int, str]) -> Document | None:
    """None for a course that never had a term."""
    terms = list(course.terms.select_related("concept"))
    rows = [term_document(one, names) for one in terms if not one.archived]
    return normal_glossary(rows) if terms else None


def term_document(term: Term, names: Mapping[int, str]) -> Document:
    """It names only a concept that stands in a file."""
    found = term.concept
    there = found is not None and not found.archived and found.lesson_id in names
    concept = f"{names[found.lesson_id]}/{found.slug}" if found and there else ""
    return formed({**values_of(term, forms.OF_TERM), "concept": concept}, forms.OF_TERM)


def images_document(course: Course) -> Document:
    """The pictures themselves stand beside this, as `images/<name>.<format>`."""
    rows = [values_of(one, forms.OF_IMAGE) for one in course.images.all()]
    return normal(IMAGES, {"images": rows})


def values_of(thing: Any, form: forms.Form) -> Document:
    """The fields of `thing` that are called as the keys of `form`."""
    fields = {field.attname for field in thing._meta.concrete_fields}
    return {key: getattr(thing, key) for key in form if key in fields}
