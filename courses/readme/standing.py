"""A course as it is, and the README that it was brought to last."""

from dataclasses import dataclass

from courses.content import documents as stored
from courses.content.documents import digest_of
from courses.content.normal import COURSE, NOTEBOOKS
from courses.editor.parts import text_of
from courses.models import Course, Lesson, LessonDraft, Readme, Status
from courses.readme.documents import Documents, documents_of
from courses.readme.naming import renamed
from courses.readme.reading import read


@dataclass(frozen=True, slots=True)
class Standing:
    """The course as it is: its documents, with what waits in drafts in place of the rows."""

    course: Course | None = None
    documents: Documents | None = None
    waiting: frozenset[str] = frozenset()
    # Those of the waiting that are to be published by themselves.
    scheduled: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()
    archived: frozenset[str] = frozenset()
    readme: Readme | None = None
    stamp: str = ""


def standing_of(slug: str) -> Standing:
    """Of the course at this address, as it is now."""
    course = Course.objects.filter(slug=slug).first()
    if course is None:
        return Standing()
    found = stored.documents_of(course)
    waiting = drafts_of(course)
    drafts = {name: draft.data for name, draft in waiting.items()}
    dates = {name: at.isoformat() for name, one in waiting.items() if (at := one.publish_at)}
    rows = {name.removesuffix(".yaml"): data for name, data in found.items() if "/" in name}
    states = states_of(course)
    lessons = {name: text_of(drafts.get(name, data)) for name, data in rows.items()}
    readme = Readme.objects.filter(course=course).first()
    known = readme.imported_at.isoformat() if readme else ""
    texts = {"rows": found, "drafts": drafts}
    stamp = digest_of({**texts, "dates": dates, "states": states, "readme": known})
    return Standing(
        course=course,
        documents=Documents(found[COURSE], lessons, found[NOTEBOOKS]),
        waiting=frozenset(drafts),
        scheduled=frozenset(dates),
        published=frozenset(name for name, one in states.items() if one == Status.PUBLISHED),
        archived=frozenset(name for name, one in states.items() if one == Status.ARCHIVED),
        readme=readme,
        stamp=stamp,
    )


def drafts_of(course: Course) -> dict[str, LessonDraft]:
    """By `track/lesson`."""
    drafts = LessonDraft.objects.filter(lesson__track__course=course)
    return {
        stored.name_of(one.lesson).removesuffix(".yaml"): one
        for one in drafts.select_related("lesson__track")
    }


def states_of(course: Course) -> dict[str, str]:
    """The status of each lesson by `track/lesson`, archived ones too."""
    rows = Lesson.objects.filter(track__course=course)
    found = rows.values_list("track__slug", "slug", "status")
    return {f"{track}/{slug}": str(status) for track, slug, status in found}


def base_of(standing: Standing, slug: str, title: str) -> Documents | None:
    """The README imported last, read again, under the addresses that the course has."""
    if standing.readme is None:
        return None
    outline = read(bytes(standing.readme.content)).outline
    before = documents_of(outline, slug=slug, title=outline.title or title)
    return renamed(before, standing.readme.names)
