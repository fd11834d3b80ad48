"""Which of the course's files tell of a thing."""

from functools import reduce
from typing import Any

from courses.content.documents import COURSE, GLOSSARY, NOTEBOOKS, QUIZZES, name_of
from courses.models import Concept, Course, Lesson, Need, Notebook, Revision, Term, Track
from courses.models.history import RevisionQuerySet

# The files that name lessons, tracks, concepts or questions.
LISTS = frozenset({COURSE, NOTEBOOKS, GLOSSARY, QUIZZES})
OF_LESSON = "lesson__track__course"


def reach(thing: Any, path: str) -> Any:
    """What the lookup `path` leads to; the thing itself where it is empty."""
    return reduce(getattr, path.split("__"), thing) if path else thing


def documents_touched(thing: Any, course: str) -> set[str]:
    """The names of the files that may differ when `thing` does.

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
        own = {f"{thing.slug}/{slug}.yaml" for slug in lessons}
        return {*LISTS, *own, *needing(needed__lesson__track=thing.pk)}
    if isinstance(thing, Lesson):
        return {*LISTS, name_of(thing), *needing(needed__lesson=thing.pk)}
    if course.endswith(OF_LESSON):
        lists = {QUIZZES}
        if isinstance(thing, Concept):
            lists |= {GLOSSARY, *needing(needed=thing.pk)}
        return {*lists, name_of(reach(thing, course.removesuffix("__track__course")))}
    return {QUIZZES}


def needing(**needed: int) -> set[str]:
    """The files of lessons with a concept that needs one of these."""
    rows = Need.objects.filter(**needed).order_by()
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
