"""What the course said, and from when on: revisions, and editions made of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.content import Course, Lesson


class Mark(models.TextChoices):
    """What kind of change it is to a reader; the editor says which."""

    FIX = "fix", _("Small fix")
    NEW = "new", _("New material")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of_lesson(self, lesson: Lesson) -> Self:
        return self.filter(lesson=lesson).order_by("-pk")

    def of_file(self, course: Course, name: str) -> Self:
        return self.filter(course=course, name=name).order_by("-pk")


class Revision(models.Model):
    """What one file of the course said from `made_at` on. A row never changes."""

    class Source(models.TextChoices):
        EDITOR = "editor", _("The admin")
        FILES = "files", _("The course’s files")
        README = "readme", _("A README")
        TABLE = "table", _("A table")
        LINKS = "links", _("The check of links")
        RESTORED = "restored", _("An earlier version")
        OUTSIDE = "outside", _("Before history was kept, or past it")

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="revisions", verbose_name=_("course")
    )
    # As in the folder of files, such as `the-llm-scientist/quantization.yaml`.
    name = models.CharField(_("file"), max_length=200)
    # Of a lesson's file: the lesson, and the version of it that readers got.
    lesson = models.ForeignKey(
        Lesson,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("lesson"),
    )
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    public = models.BooleanField(_("seen by readers"), default=False)
    data = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)
    source = models.CharField(_("from"), max_length=8, choices=Source.choices)
    mark = models.CharField(_("kind of change"), max_length=3, choices=Mark.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("by"),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["course", "name", "-id"], name="revision_of_file"),
            models.Index(fields=["course", "-made_at"], name="revision_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.made_at:%Y-%m-%d %H:%M}"


class Edition(models.Model):
    """A state of the whole course with a name: the revision of each of its files."""

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="editions", verbose_name=_("course")
    )
    name = models.CharField(_("name"), max_length=40)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("by"),
    )
    revisions = models.ManyToManyField(
        Revision, related_name="editions", verbose_name=_("revisions")
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["course", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="edition_name_unique")
        ]

    def __str__(self) -> str:
        return self.name
