"""A small course with dates in a class."""

from datetime import datetime, timedelta
from typing import Any

from cohorts.models import Assignment, Cohort, Deadline, Extension, Membership
from courses.models import Lesson
from quizzes.models import Quiz
from tests.class_factories import NOW, AssignmentFactory
from tests.factories import LessonFactory, TrackFactory
from tests.quiz_factories import QuizFactory

DAY = timedelta(days=1)


def due(cohort: Cohort, target: Lesson | Quiz | Assignment, days: float, **more: Any) -> Deadline:
    """Due so many days from NOW."""
    fields = {str(target._meta.model_name): target, "due_at": NOW + days * DAY, **more}
    return Deadline.objects.create(cohort=cohort, **fields)


def lesson_in(cohort: Cohort, title: str = "Quantization", **fields: Any) -> Lesson:
    track = cohort.course.tracks.first() or TrackFactory(course=cohort.course, title="Scientist")
    return LessonFactory(**{"track": track, "title": title, **fields})


def quiz_in(cohort: Cohort, title: str = "Quiz: Q", **fields: Any) -> Quiz:
    """A graded one, of a lesson of its own where none is said."""
    lesson = fields.pop("lesson", None) or lesson_in(cohort)
    return QuizFactory(lesson=lesson, title=title, **{"mode": Quiz.Mode.GRADED, **fields})


def work_in(cohort: Cohort, title: str = "Essay", **fields: Any) -> Assignment:
    return AssignmentFactory(cohort=cohort, title=title, **fields)


def on(days: float) -> datetime:
    return NOW + days * DAY


def extension_of(learner: Membership, days: float = 9) -> Extension:
    """Of something that is due in seven days, until so many days from NOW."""
    deadline = due(learner.cohort, work_in(learner.cohort), 7)
    return Extension.objects.create(
        deadline=deadline, membership=learner, due_at=on(days), reason="Ill.", given_at=NOW
    )
