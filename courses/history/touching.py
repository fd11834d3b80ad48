"""Which of the course's files tell of a thing."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from courses.content.documents import COURSE, GLOSSARY, NOTEBOOKS, QUIZZES, name_of
from courses.models import Concept, Course, Lesson, Need, Notebook, Revision, Term, Track
from courses.models.history import RevisionQuerySet

# The files that name lessons, tracks, concepts or questions.
LISTS = frozenset({COURSE, NOTEBOOKS, GLOSSARY, QUIZZES})
OF_LESSON = "lesson__track__course"
# How a need finds what it is of.
NEEDED = {Track: "needed__lesson__track", Lesson: "needed__lesson", Concept: "needed"}


def reach(thing: Any, path: str) -> Any:
    """What the lookup `path` leads to; the thing itself where it is empty."""
    return reduce(getattr, path.split("__"), thing) if path else thing


def documents_touched(thing: Any, course: str) -> set[str]:
    """The names of the files that may differ when `thing` does."""
    return documents_with(thing, course) | needing([thing])


def documents_with(thing: Any, course: str) -> set[str]:
    """The same without those of lessons that build on it, which `needing` asks for.

    `course` is the lookup from the thing to its course, such as `concept__lesson__track__course`.
    """
    if isinstance(thing, Course):
        return {COURSE}
    if isinstance(thing, Notebook):
        return {NOTEBOOKS}
    if isinstance(thing, Term):
        return {GLOSSARY}
    if isinstance(thing, Track):
        lessons = Lesson.objects.filter(track=thing.pk).values_list("slug", flat=True)
        return {*LISTS, *(f"{thing.slug}/{slug}.yaml" for slug in lessons)}
    if isinstance(thing, Lesson):
        return {*LISTS, name_of(thing)}
    if course.endswith(OF_LESSON):
        lists = {QUIZZES, GLOSSARY} if isinstance(thing, Concept) else {QUIZZES}
        return {*lists, name_of(reach(thing, course.removesuffix("__track__course")))}
    return {QUIZZES}


def needing(things: Iterable[Any]) -> set[str]:
    """The files of lessons with a concept that needs one of `things`, or one within them; one
    query where they are tracks, lessons or concepts, all of one kind."""
    listed = [one for one in things if type(one) in NEEDED]
    if not listed:
        return set()
    lookup = f"{NEEDED[type(listed[0])]}__in"
    rows = Need.objects.filter(**{lookup: [one.pk for one in listed]}).order_by()
    found = rows.values_list("concept__lesson__track__slug", "concept__lesson__slug")
    return {f"{track}/{lesson}.yaml" for track, lesson in found.distinct()}


def revisions_of(thing: Any, course: str) -> RevisionQuerySet:
    """The history of the document that `thing` stands in, the newest first."""
    if isinstance(thing, Lesson) or course.endswith(OF_LESSON):
        lesson = reach(thing, course.removesuffix("track__course").removesuffix("__"))
        return Revision.objects.of_lesson(lesson)
    name = COURSE if isinstance(thing, Course | Track) else NOTEBOOKS
    name = GLOSSARY if isinstance(thing, Term) else name
    return Revision.objects.of_file(reach(thing, course), name)
