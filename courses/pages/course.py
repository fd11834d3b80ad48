"""The course, its tracks and their lessons, as every reader sees them.

What holds text is equal only to itself, which makes it a quick key of rendered parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from courses.models import Concept, Course, Lesson, Notebook, Track
from courses.pages.needs import lessons_needed
from courses.pages.shared import kept


@dataclass(frozen=True, slots=True)
class ConceptLine:
    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class LessonLink:
    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class LessonLine:
    id: int
    title: str
    url: str
    summary: str
    minutes: int
    concepts: tuple[ConceptLine, ...]
    builds_on: tuple[LessonLink, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TrackPage:
    id: int
    slug: str
    title: str
    url: str
    icon: str
    tagline: str
    summary: str
    optional: bool
    lessons: tuple[LessonLine, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True, eq=False)
class CoursePage:
    id: int
    slug: str
    title: str
    url: str
    edition: str
    summary: str
    tracks: tuple[TrackPage, ...]
    notebooks: int
    glossary_url: str
    terms: int

    @property
    def lessons(self) -> tuple[LessonLine, ...]:
        return tuple(lesson for track in self.tracks for lesson in track.lessons)

    def track(self, slug: str) -> TrackPage | None:
        return next((track for track in self.tracks if track.slug == slug), None)


@dataclass(frozen=True, slots=True, eq=False)
class NotebookCategory:
    name: str
    notebooks: tuple[Notebook, ...]


def course_page(slug: str, now: datetime) -> CoursePage | None:
    """The course at this address with everything published in it, from the cache when known."""
    return kept(slug, "course", now, lambda: build(slug, now))


def build(slug: str, now: datetime) -> CoursePage | None:
    course = Course.objects.filter(slug=slug).first()
    if course is None:
        return None
    lessons = (
        Lesson.objects.published(now)
        .in_order()
        .prefetch_related(Prefetch("concepts", Concept.objects.current()))
    )
    tracks = list(course.tracks.current().prefetch_related(Prefetch("lessons", lessons)))
    links = links_of(course, tracks)
    order = {pk: place for place, pk in enumerate(links)}
    needed = lessons_needed(links, order)
    return CoursePage(
        id=course.pk,
        slug=course.slug,
        title=course.title,
        url=course.get_absolute_url(),
        edition=course.edition,
        summary=course.summary,
        tracks=tuple(
            TrackPage(
                id=track.pk,
                slug=track.slug,
                title=track.title,
                url=f"{course.get_absolute_url()}{track.slug}/",
                icon=track.icon,
                tagline=track.tagline,
                summary=track.summary,
                optional=track.optional,
                lessons=tuple(
                    lesson_line(
                        lesson,
                        links[lesson.pk].url,
                        tuple(links[pk] for pk in needed.get(lesson.pk, ())),
                    )
                    for lesson in track.lessons.all()
                ),
            )
            for track in tracks
        ),
        notebooks=course.notebooks.current().count(),
        glossary_url=f"{course.get_absolute_url()}glossary/",
        terms=course.terms.current().count(),
    )


def links_of(course: Course, tracks: Iterable[Track]) -> dict[int, LessonLink]:
    """By the lesson's id, in the order of the course."""
    return {
        lesson.pk: LessonLink(
            lesson.pk, lesson.title, f"{course.get_absolute_url()}{track.slug}/{lesson.slug}/"
        )
        for track in tracks
        for lesson in track.lessons.all()
    }


def lesson_line(lesson: Lesson, url: str, builds_on: tuple[LessonLink, ...]) -> LessonLine:
    return LessonLine(
        lesson.pk,
        lesson.title,
        url,
        lesson.summary,
        lesson.minutes,
        tuple(
            ConceptLine(concept.pk, concept.slug, concept.name) for concept in lesson.concepts.all()
        ),
        builds_on,
    )


def notebook_categories(slug: str, now: datetime) -> tuple[NotebookCategory, ...]:
    """The course's notebooks by category, each with its published lessons."""

    def make() -> tuple[NotebookCategory, ...]:
        lessons = Lesson.objects.published(now).in_order().select_related("track__course")
        found: dict[str, list[Notebook]] = {}
        for notebook in (
            Notebook.objects.current()
            .filter(course__slug=slug)
            .order_by("position")
            .prefetch_related(Prefetch("lessons", lessons))
        ):
            found.setdefault(notebook.category, []).append(notebook)
        return tuple(NotebookCategory(name, tuple(rows)) for name, rows in found.items())

    return kept(slug, "notebooks", now, make) or ()
