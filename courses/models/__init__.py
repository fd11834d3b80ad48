"""The course and what its learners did with it, one module a subject."""

from courses.models.content import Concept, Course, Lesson, Status, Track
from courses.models.drafts import LessonDraft, LessonPreview
from courses.models.files import CourseFile
from courses.models.glossary import Term
from courses.models.history import Edition, Mark, Revision
from courses.models.images import Image
from courses.models.imports import Readme, ReadmeImport
from courses.models.links import Link
from courses.models.material import Notebook, Reference
from courses.models.needs import Need
from courses.models.progress import ConceptTick, Enrolment, LessonProgress, ReferenceTick
from courses.models.search import SearchEntry

__all__ = [
    "Concept",
    "ConceptTick",
    "Course",
    "CourseFile",
    "Edition",
    "Enrolment",
    "Image",
    "Lesson",
    "LessonDraft",
    "LessonPreview",
    "LessonProgress",
    "Link",
    "Mark",
    "Need",
    "Notebook",
    "Readme",
    "ReadmeImport",
    "Reference",
    "ReferenceTick",
    "Revision",
    "SearchEntry",
    "Status",
    "Term",
    "Track",
]
