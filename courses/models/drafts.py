"""What editors prepare before readers see it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from courses.models.content import Lesson
from courses.models.history import Mark, Revision

TOKEN_LENGTH = 32
PREVIEW_DAYS = 14


class DraftQuerySet(models.QuerySet["LessonDraft"]):
    def due(self, now: datetime) -> Self:
        """Those whose time has come; of one that failed then, its editor is told once."""
        return self.filter(publish_at__lte=now, problem="")


class LessonDraft(models.Model):
    """Changes to a lesson that readers have: its document as it is to be, waiting.

    A lesson that readers do not have yet needs none; it is edited as it is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")

    class Problem(models.TextChoices):
        CHANGED = "changed", _("the text that readers have was changed since")
        REFUSED = "refused", _("the text breaks a rule of the course’s files")
        FAILED = "failed", _("the site made a mistake, which its log tells")

    lesson = models.OneToOneField(Lesson, models.CASCADE, related_name="draft")
    # The lesson's document without its questions, which are edited by themselves.
    data = models.JSONField(_("content"))
    # What readers had when the draft was begun.
    base = models.ForeignKey(Revision, models.PROTECT, related_name="drafts")
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    # Why it was not published then; who saves it or gives it a date begins anew.
    problem = models.CharField(_("problem"), max_length=7, choices=Problem, blank=True)
    mark = models.CharField(_("kind of change"), max_length=3, choices=Mark.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # Grows with each save: who saves over another's save is told.
    edit = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("updated"))
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lesson_drafts",
        verbose_name=_("by"),
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a lesson")
        verbose_name_plural = _("drafts of lessons")
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return str(self.lesson)


def new_token() -> str:
    return get_random_string(TOKEN_LENGTH)


def in_some_days(now: datetime) -> datetime:
    return now + timedelta(days=PREVIEW_DAYS)


class PreviewQuerySet(models.QuerySet["Preview"]):
    def valid(self, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)


class Preview(models.Model):
    """A link by which whoever has it sees what is not published, until it expires."""

    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="%(class)ss",
        verbose_name=_("by"),
    )

    objects = PreviewQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="%(class)s_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.token[:6]


class LessonPreview(Preview):
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="previews")

    class Meta(Preview.Meta):
        verbose_name = _("preview link of a lesson")
        verbose_name_plural = _("preview links of lessons")
