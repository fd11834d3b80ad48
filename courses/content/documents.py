"""What the database holds, as the data of the course's files.

A document is plain data in the shape of one file, keys in the file's order and left out where they
say what their absence says too. Equal documents are equal content.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from courses.content.guests import guest
from courses.models import Concept, Course, Lesson, Notebook, Reference, Status, Track

Document = dict[str, Any]

COURSE, NOTEBOOKS, QUIZZES = "course.yaml", "notebooks.yaml", "quizzes.yaml"


def name_of(lesson: Lesson) -> str:
    return f"{lesson.track.slug}/{lesson.slug}.yaml"


def digest_of(document: Mapping[str, Any]) -> str:
    """Of what the document says, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def documents_of(course: Course) -> dict[str, Document]:
    """All documents of the course by the names of their files, in the order of the course."""
    lessons = (
        Lesson.objects.filter(track__course=course, track__archived=False)
        .exclude(status=Status.ARCHIVED)
        .in_order()
        .select_related("track")
        .prefetch_related("concepts", "references")
    )
    return {
        COURSE: course_document(course),
        **lesson_documents(list(lessons)),
        NOTEBOOKS: notebooks_document(course),
        QUIZZES: {"quizzes": guest().quizzes_of(course)},
    }


def documents_called(course: Course, names: Collection[str]) -> dict[str, Document]:
    """The documents with these names, those of archived lessons too; a fixed number of queries."""
    made = {
        COURSE: course_document,
        NOTEBOOKS: notebooks_document,
        QUIZZES: lambda course: {"quizzes": guest().quizzes_of(course)},
    }
    whole = {name: make(course) for name, make in made.items() if name in names}
    return whole | lesson_documents(lessons_called(course, names))


def document(course: Course, name: str) -> Document | None:
    """The document of one file, or None where the course has no such lesson."""
    return documents_called(course, [name]).get(name)


def lessons_called(course: Course, names: Iterable[str]) -> list[Lesson]:
    """The lessons whose files have these names, such as `track/lesson.yaml`, with their parts."""
    wanted = set(names) - {COURSE, NOTEBOOKS, QUIZZES}
    if not wanted:
        return []
    slugs = {name.removesuffix(".yaml").rpartition("/")[2] for name in wanted}
    lessons = Lesson.objects.filter(track__course=course, slug__in=slugs).in_order()
    found = lessons.select_related("track__course").prefetch_related("concepts", "references")
    return [lesson for lesson in found if name_of(lesson) in wanted]


def lesson_called(course: Course, name: str) -> Lesson | None:
    return next(iter(lessons_called(course, [name])), None)


def course_document(course: Course) -> Document:
    lessons: dict[int, list[str]] = {}
    current = Lesson.objects.filter(track__course=course).exclude(status=Status.ARCHIVED)
    for track, slug in current.in_order().values_list("track_id", "slug"):
        lessons.setdefault(track, []).append(slug)
    return {
        "slug": course.slug,
        "title": course.title,
        **said(edition=course.edition, summary=course.summary),
        "tracks": [
            track_document(track, lessons.get(track.pk, []))
            for track in course.tracks.current().order_by("position", "id")
        ],
    }


def track_document(track: Track, lessons: list[str]) -> Document:
    texts = said(icon=track.icon, tagline=track.tagline, summary=track.summary)
    return {
        "slug": track.slug,
        "title": track.title,
        **texts,
        **said(optional=track.optional),
        "lessons": lessons,
    }


def lesson_document(lesson: Lesson) -> Document:
    return lesson_documents([lesson])[name_of(lesson)]


def lesson_documents(lessons: Sequence[Lesson]) -> dict[str, Document]:
    """By the names of their files; the lessons come with their tracks, concepts and references."""
    parts = guest().parts_of_lessons(lessons) if lessons else {}
    return {
        name_of(lesson): {**text_document(lesson), **parts.get(lesson.pk, {})} for lesson in lessons
    }


def text_document(lesson: Lesson) -> Document:
    """A lesson without what guests keep in it: what its editor edits on one page."""
    publish_at = lesson.publish_at and lesson.publish_at.isoformat()
    concepts = sorted(lesson.concepts.all(), key=lambda one: (one.position, one.pk))
    references = sorted(lesson.references.all(), key=lambda one: (one.position, one.pk))
    return {
        "title": lesson.title,
        **said(summary=lesson.summary),
        "minutes": lesson.minutes,
        **({} if lesson.status == Status.PUBLISHED else {"status": str(lesson.status)}),
        **said(publish_at=publish_at),
        **({} if lesson.quiz_required else {"quiz_required": False}),
        "introduction": lesson.introduction,
        "concepts": [concept_document(one) for one in concepts if not one.archived],
        **said(references=[reference_document(one) for one in references if not one.archived]),
    }


def concept_document(concept: Concept) -> Document:
    fact = {"prompt": concept.fact_prompt, "answer": concept.fact_answer}
    return {
        "slug": concept.slug,
        "name": concept.name,
        **said(claim=concept.claim, fact=fact if concept.fact_prompt else None),
        "body": concept.body,
    }


def reference_document(reference: Reference) -> Document:
    return {
        "title": reference.title,
        "url": reference.url,
        **said(author=reference.author, author_url=reference.author_url),
        "kind": str(reference.kind),
        **said(note=reference.note),
    }


def notebooks_document(course: Course) -> Document:
    notebooks = course.notebooks.current().order_by("position", "id")
    return {
        "notebooks": [
            notebook_document(one) for one in notebooks.prefetch_related("lessons__track")
        ]
    }


def notebook_document(notebook: Notebook) -> Document:
    lessons = sorted(
        notebook.lessons.all(), key=lambda one: (one.track.position, one.position, one.pk)
    )
    current = [one for one in lessons if one.status != Status.ARCHIVED and not one.track.archived]
    return {
        "slug": notebook.slug,
        "category": notebook.category,
        "title": notebook.title,
        **said(
            description=notebook.description,
            colab=notebook.colab,
            article=notebook.article,
            homepage=notebook.homepage,
            lessons=[f"{one.track.slug}/{one.slug}" for one in current],
        ),
    }


def said(**values: Any) -> Document:
    """The values that say something."""
    return {name: value for name, value in values.items() if value}
