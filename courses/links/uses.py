"""Where the course names an address outside it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from courses.models import Course, Notebook, Reference, Status

OF_REFERENCES = ("url", "author_url")
OF_NOTEBOOKS = ("colab", "article", "homepage")


@dataclass(frozen=True, slots=True)
class Use:
    """One field of one reference or notebook that has the address `url`."""

    url: str
    model: str
    field: str
    id: int
    title: str
    # The lesson of a reference, the category of a notebook.
    place: str
    course_id: int


def references(course: Course | None = None) -> QuerySet[Reference]:
    """Those that readers have or will have."""
    found = Reference.objects.current().filter(lesson__track__archived=False)
    found = found.exclude(lesson__status=Status.ARCHIVED)
    return found.filter(lesson__track__course=course) if course else found


def notebooks(course: Course | None = None) -> QuerySet[Notebook]:
    found = Notebook.objects.current()
    return found.filter(course=course) if course else found


def addresses(course: Course | None = None) -> set[str]:
    """Every address that is in use, once; two queries."""
    rows = [
        *references(course).order_by().values_list(*OF_REFERENCES),
        *notebooks(course).order_by().values_list(*OF_NOTEBOOKS),
    ]
    return {url for row in rows for url in row if url}


def uses_of(urls: Collection[str]) -> Mapping[str, list[Use]]:
    """What uses each of `urls`, in the order of the course; two queries."""
    found: dict[str, list[Use]] = defaultdict(list)
    for use in (*in_references(urls), *in_notebooks(urls)):
        found[use.url].append(use)
    return found


def in_references(urls: Collection[str]) -> Iterator[Use]:
    named = references().filter(one_of(OF_REFERENCES, urls)).select_related("lesson__track")
    ordered = named.order_by("lesson__track__position", "lesson__position", "position", "id")
    for one in ordered:
        for field in fields_with(one, OF_REFERENCES, urls):
            place, course = one.lesson.title, one.lesson.track.course_id
            yield Use(getattr(one, field), "reference", field, one.pk, one.title, place, course)


def in_notebooks(urls: Collection[str]) -> Iterator[Use]:
    for one in notebooks().filter(one_of(OF_NOTEBOOKS, urls)).order_by("position", "id"):
        for field in fields_with(one, OF_NOTEBOOKS, urls):
            url, course = getattr(one, field), one.course_id
            yield Use(url, "notebook", field, one.pk, one.title, one.category, course)


def one_of(fields: Collection[str], urls: Collection[str]) -> Q:
    return Q.create([(f"{field}__in", list(urls)) for field in fields], connector=Q.OR)


def fields_with(
    thing: Reference | Notebook, fields: Collection[str], urls: Collection[str]
) -> list[str]:
    return [field for field in fields if getattr(thing, field) in urls]
