"""The course and what its learners did with it, one module a subject."""

from courses.models.content import Concept, Course, Lesson, Status, Track
from courses.models.material import Notebook, Reference
from courses.models.progress import ConceptTick, Enrolment, LessonProgress, ReferenceTick
from courses.models.search import SearchEntry

__all__ = [
    "Concept",
    "ConceptTick",
    "Course",
    "Enrolment",
    "Lesson",
    "LessonProgress",
    "Notebook",
    "Reference",
    "ReferenceTick",
    "SearchEntry",
    "Status",
    "Track",
]
