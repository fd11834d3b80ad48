"""What the courses app keeps about a learner."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section, register
from courses.models import ConceptTick, Enrolment, LessonProgress, ReferenceTick


def enrolments(user: User) -> Iterator[Row]:
    for enrolment in Enrolment.objects.filter(user=user).select_related("course").order_by("pk"):
        yield {
            "course": enrolment.course.title,
            "enrolled": enrolment.enrolled_at,
            "left": enrolment.left_at,
        }


def concept_ticks(user: User) -> Iterator[Row]:
    ticks = ConceptTick.objects.filter(user=user).select_related("concept__lesson__track")
    for tick in ticks.order_by("ticked_at", "pk"):
        yield {
            "track": tick.concept.lesson.track.title,
            "lesson": tick.concept.lesson.title,
            "concept": tick.concept.name,
            "ticked": tick.ticked_at,
        }


def reference_ticks(user: User) -> Iterator[Row]:
    ticks = ReferenceTick.objects.filter(user=user).select_related("reference__lesson")
    for tick in ticks.order_by("ticked_at", "pk"):
        yield {
            "lesson": tick.reference.lesson.title,
            "reference": tick.reference.title,
            "address": tick.reference.url,
            "ticked": tick.ticked_at,
        }


def lesson_progress(user: User) -> Iterator[Row]:
    progress = LessonProgress.objects.filter(user=user).select_related("lesson__track")
    for lesson in progress.order_by("started_at", "pk"):
        yield {
            "track": lesson.lesson.track.title,
            "lesson": lesson.lesson.title,
            "started": lesson.started_at,
            "last_read": lesson.last_read_at,
            "version_last_read": lesson.version_read,
            "best_quiz_score": lesson.quiz_score,
            "quiz_passed": lesson.quiz_passed_at,
            "done": lesson.completed_at,
            "marked_done_by_hand": lesson.by_hand,
        }


register(
    Section("enrolments", _("Enrolments"), enrolments, _("Deleted.")),
    Section("concept-ticks", _("Concepts you ticked"), concept_ticks, _("Deleted.")),
    Section("reference-ticks", _("References you ticked"), reference_ticks, _("Deleted.")),
    Section(
        "lesson-progress",
        _("Progress in lessons"),
        lesson_progress,
        _("Deleted. The lessons themselves stay open to everyone."),
    ),
)
