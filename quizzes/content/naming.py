"""The address of the quiz that a lesson's questions make."""

from collections.abc import Iterator

from courses.models import Lesson
from quizzes.models import Quiz

LONGEST = 80


def own_slugs(lesson: Lesson) -> Iterator[str]:
    """Those that it may have: the lesson's own, with the track or more before it where others have
    that."""
    yield lesson.slug
    yield f"{lesson.track.slug}-{lesson.slug}"[:LONGEST]
    yield f"{lesson.track.course.slug}-{lesson.track.slug}-{lesson.slug}"[:LONGEST]
    yield f"lesson-{lesson.pk}"


def own_quiz(lesson: Lesson) -> Quiz | None:
    """One of the files before one that is not."""
    stored = Quiz.objects.filter(lesson=lesson).order_by("in_files", "-pk")
    found = {quiz.slug: quiz for quiz in stored}
    there = [found[slug] for slug in own_slugs(lesson) if slug in found]
    return next((quiz for quiz in there if quiz.in_files), there[0] if there else None)


def free_slug(lesson: Lesson) -> str:
    slugs = list(own_slugs(lesson))
    taken = set(Quiz.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    return next((slug for slug in slugs if slug not in taken), slugs[-1])
