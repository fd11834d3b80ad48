"""Assignments, what is handed in for them, and the rubric that it is graded by."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import Cohort, Membership
from courses.markdown import validate_markdown
from courses.models import Lesson


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def published(self) -> Self:
        return self.filter(published=True)

    def open_to_learners(self, now: datetime) -> Self:
        """Published, and released by the schedule."""
        return self.published().filter(Q(deadline=None) | released(now, "deadline__"))


def released(now: datetime, prefix: str = "") -> Q:
    """Of deadlines, or of what `prefix` leads to them from: those without a release to come."""
    opens = f"{prefix}opens_at"
    return Q(**{opens: None}) | Q(**{f"{opens}__lte": now})


class Assignment(models.Model):
    """Work that a class hands in: text, a link, files, or several of them."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="assignments")
    lesson = models.ForeignKey(
        Lesson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("lesson"),
    )
    title = models.CharField(_("title"), max_length=150)
    instructions = models.TextField(
        _("instructions"), blank=True, max_length=20_000, validators=[validate_markdown]
    )
    takes_text = models.BooleanField(_("text"), default=True)
    takes_link = models.BooleanField(_("a link"), default=False)
    takes_files = models.BooleanField(_("files"), default=False)
    # Space-separated extensions out of `cohorts.files.TYPES`; empty: all of those.
    file_types = models.CharField(_("types of file"), max_length=200, blank=True)
    most_files = models.PositiveSmallIntegerField(
        _("files at most"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    most_megabytes = models.PositiveSmallIntegerField(
        _("megabytes a file at most"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    resubmission = models.BooleanField(
        _("may be handed in again"),
        default=True,
        help_text=_("Until it is due, or as long as late work is accepted."),
    )
    anonymous = models.BooleanField(
        _("graded without names"),
        default=False,
        help_text=_("Graders see no names until the grades are released."),
    )
    published = models.BooleanField(_("published"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    created_at = models.DateTimeField(_("created"))
    # The form that it came from: one that is sent twice makes it once.
    sent_as = models.UUIDField(null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["cohort", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_text=True) | Q(takes_link=True) | Q(takes_files=True),
                name="assignment_takes_something",
            ),
            models.UniqueConstraint(fields=["cohort", "sent_as"], name="assignment_sent_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.cohort.slug, self.pk])


Row = TypeVar("Row", bound=models.Model)


class InUse(models.Manager[Row]):
    """Leaves out what was taken out of a rubric after somebody was graded by it."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(dropped=False)


class Criterion(models.Model):
    """One row of a rubric."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("criterion"), max_length=150)
    description = models.CharField(_("what is looked at"), max_length=500, blank=True)
    # No longer in the rubric; kept for the marks that were given by it.
    dropped = models.BooleanField(_("taken out"), default=False, editable=False)

    objects = InUse["Criterion"]()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["assignment", "position", "id"]

    def __str__(self) -> str:
        return self.title


class Level(models.Model):
    """One cell of a rubric: how well a criterion is met, and what that is worth."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("level"), max_length=80)
    description = models.CharField(_("what it looks like"), max_length=500, blank=True)
    points = models.DecimalField(
        _("points"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    dropped = models.BooleanField(_("taken out"), default=False, editable=False)

    objects = InUse["Level"]()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["criterion", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0), name="level_points_not_negative")
        ]

    def __str__(self) -> str:
        return self.title


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def drafts(self) -> Self:
        return self.filter(submitted_at=None)

    def handed_in(self) -> Self:
        return self.filter(submitted_at__isnull=False)


class Submission(models.Model):
    """One hand-in, or the draft of one. Each is kept; the newest that was handed in counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="submissions")
    # 1 for the first that was handed in; 0 while it is a draft.
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    text = models.TextField(_("text"), blank=True, max_length=50_000)
    link = models.URLField(_("link"), blank=True, max_length=500)
    saved_at = models.DateTimeField(_("saved"))
    # Of the draft: raised by each save, so that an older packet never wins over a newer one.
    sequence = models.PositiveBigIntegerField(_("sequence"), default=0)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["assignment", "membership", "number"]
        indexes = [
            models.Index(fields=["assignment", "submitted_at"], name="submission_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "membership", "number"], name="submission_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, number=0)
                | Q(submitted_at__isnull=False, number__gte=1),
                name="submission_draft_has_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} · {self.assignment}"


def path_of(file: "SubmissionFile", name: str) -> str:
    """Nothing of the learner's name for it: that is kept apart, and only sent as a header."""
    return f"submissions/{get_random_string(2)}/{get_random_string(30)}"


class SubmissionFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to=path_of, max_length=200)
    name = models.CharField(_("name"), max_length=150)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("handed-in file")
        verbose_name_plural = _("handed-in files")
        ordering = ["submission", "uploaded_at", "id"]

    def __str__(self) -> str:
        return self.name
