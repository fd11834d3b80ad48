"""The entries of a course's search, made from its content."""

from collections.abc import Iterable, Iterator

from asgiref.local import Local
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.models import (
    Concept,
    Course,
    Lesson,
    Notebook,
    Reference,
    SearchEntry,
    Status,
    Term,
)
from courses.search.plain import one_line, plain_text

FIELDS = ["lesson_id", "kind", "title", "text", "context", "url"]
Kind = SearchEntry.Kind
state = Local()


@transaction.atomic
def rebuild(course: Course) -> None:
    """Bring the course's entries up to its content; where nothing changed, nothing is written."""
    Course.objects.select_for_update().get(pk=course.pk)
    with override(settings.LANGUAGE_CODE):
        wanted = list(entries_of(course))
    existing = SearchEntry.objects.filter(course=course)
    known = {entry.url: entry for entry in existing}
    spare = {entry.pk for entry in existing} - {entry.pk for entry in known.values()}
    new, changed = [], []
    for entry in wanted:
        old = known.pop(entry.url, None)
        if old is None:
            new.append(entry)
        elif content(old) != content(entry):
            entry.pk = old.pk
            changed.append(entry)
    gone = spare | {entry.pk for entry in known.values()}
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    SearchEntry.objects.bulk_update(changed, FIELDS)
    SearchEntry.objects.bulk_create(new)


def rebuild_on_commit(course_id: int) -> None:
    """Rebuild the course's entries once this transaction is through, once for all its changes."""
    pending: set[int] = state.__dict__.setdefault("pending", set())
    pending.add(course_id)

    def rebuild_it() -> None:
        rebuild_pending(course_id, pending)

    transaction.on_commit(rebuild_it, robust=True)


def rebuild_pending(course_id: int, pending: set[int]) -> None:
    if course_id in pending:
        pending.discard(course_id)
        if course := Course.objects.filter(pk=course_id).first():
            rebuild(course)


def content(entry: SearchEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in FIELDS)


def entries_of(course: Course) -> Iterator[SearchEntry]:
    """Everything that is not archived; who may find it is decided when they search."""
    lessons = Lesson.objects.filter(track__course=course, track__archived=False)
    current = lessons.exclude(status=Status.ARCHIVED).select_related("track__course").in_order()
    places = {lesson.pk: lesson for lesson in current}
    yield from (of_lesson(lesson) for lesson in places.values())
    concepts = Concept.objects.current().filter(lesson__in=places).order_by("pk")
    yield from (of_concept(concept, places[concept.lesson_id]) for concept in concepts)
    references = Reference.objects.current().filter(lesson__in=places).order_by("pk")
    yield from (of_reference(reference, places[reference.lesson_id]) for reference in references)
    yield from of_notebooks(course, Notebook.objects.current().filter(course=course))
    yield from of_terms(course, Term.objects.current().filter(course=course))


def of_lesson(lesson: Lesson) -> SearchEntry:
    return SearchEntry(
        course=lesson.track.course,
        lesson=lesson,
        kind=Kind.LESSON,
        title=one_line(lesson.title),
        text=" ".join(filter(None, texts_of(lesson))),
        context=lesson.track.title,
        url=lesson.get_absolute_url(),
    )


def texts_of(lesson: Lesson) -> Iterator[str]:
    """What a lesson says beside its concepts; not the answer of its exercise."""
    yield one_line(lesson.summary)
    yield from map(plain_text, (*lesson.outcomes, lesson.introduction, lesson.exercise_task))


def of_concept(concept: Concept, lesson: Lesson) -> SearchEntry:
    return SearchEntry(
        course=lesson.track.course,
        lesson=lesson,
        kind=Kind.CONCEPT,
        title=one_line(concept.name),
        text=plain_text(concept.body),
        context=f"{lesson.track.title} · {lesson.title}",
        url=f"{lesson.get_absolute_url()}#{concept.slug}",
    )


def of_reference(reference: Reference, lesson: Lesson) -> SearchEntry:
    kind = reference.get_kind_display()
    return SearchEntry(
        course=lesson.track.course,
        lesson=lesson,
        kind=Kind.REFERENCE,
        title=one_line(reference.title),
        text=" · ".join(filter(None, (one_line(reference.author), plain_text(reference.note)))),
        context=f"{kind} · {lesson.track.title} · {lesson.title}",
        url=f"{lesson.get_absolute_url()}#ref-{reference.pk}",
    )


def of_notebooks(course: Course, notebooks: Iterable[Notebook]) -> Iterator[SearchEntry]:
    page = reverse("notebooks", args=[course.slug])
    for notebook in notebooks:
        if not notebook.archived:
            yield SearchEntry(
                course=course,
                kind=Kind.NOTEBOOK,
                title=one_line(notebook.title),
                text=one_line(notebook.description),
                context=notebook.category,
                url=f"{page}#{notebook.slug}",
            )


def of_terms(course: Course, terms: Iterable[Term]) -> Iterator[SearchEntry]:
    """What a term is also called is found, too, and shown beside it."""
    page = reverse("glossary", args=[course.slug])
    with_names = _("Glossary: %s")
    for term in terms:
        names = ", ".join(map(one_line, term.also))
        yield SearchEntry(
            course=course,
            kind=Kind.TERM,
            title=one_line(term.term),
            text=plain_text(term.definition),
            context=(with_names % names if names else _("Glossary"))[:500],
            url=f"{page}#{term.slug}",
        )
