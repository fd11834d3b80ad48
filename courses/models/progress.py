"""What a learner did: enrolments, ticks, and where they are in each lesson."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.content import Concept, Course, Lesson
from courses.models.material import Reference


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def active(self) -> Self:
        return self.filter(left_at=None)


class Enrolment(models.Model):
    """A learner on a course. Leaving keeps the row, and with it all progress."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="enrolments",
        verbose_name=_("person"),
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    enrolled_at = models.DateTimeField(_("enrolled"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="enrolment_unique"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("enrolled_at")),
                name="enrolment_left_after_enrolled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.course}"


class ConceptTick(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="concept_ticks")
    concept = models.ForeignKey(Concept, models.CASCADE, related_name="ticks")
    ticked_at = models.DateTimeField(_("ticked"))

    class Meta:
        verbose_name = _("concept tick")
        verbose_name_plural = _("concept ticks")
        constraints = [
            models.UniqueConstraint(fields=["user", "concept"], name="concept_tick_unique")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.concept}"


class ReferenceTick(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reference_ticks"
    )
    reference = models.ForeignKey(Reference, models.CASCADE, related_name="ticks")
    ticked_at = models.DateTimeField(_("ticked"))

    class Meta:
        verbose_name = _("reference tick")
        verbose_name_plural = _("reference ticks")
        constraints = [
            models.UniqueConstraint(fields=["user", "reference"], name="reference_tick_unique")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.reference}"


class LessonProgress(models.Model):
    """Where one learner is in one lesson; `courses.progress` alone writes it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lesson_progress"
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="progress")
    started_at = models.DateTimeField(_("started"))
    last_read_at = models.DateTimeField(_("last read"))
    # 0 where it was never opened: its quiz was taken, or a placement let it be skipped.
    version_read = models.PositiveIntegerField(_("content version last read"), default=0)
    # The version that the marked changes are counted from; 0 where none are marked.
    changes_from = models.PositiveIntegerField(
        _("changes marked since version"), default=0, db_default=0
    )
    quiz_score = models.FloatField(_("best quiz score"), null=True, blank=True)
    quiz_passed_at = models.DateTimeField(_("quiz passed"), null=True, blank=True)
    completed_at = models.DateTimeField(_("done"), null=True, blank=True)
    by_hand = models.BooleanField(_("marked done by hand"), default=False)

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson"], name="lesson_progress_unique"),
            models.CheckConstraint(
                condition=Q(quiz_score=None) | Q(quiz_score__gte=0, quiz_score__lte=1),
                name="lesson_progress_score_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False) | Q(completed_at__isnull=False),
                name="lesson_progress_by_hand_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.lesson}"
