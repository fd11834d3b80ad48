"""A README that was read and waits for an editor's yes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.content import Course


class ReadmeImport(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        READY = "ready", _("Read, waits for a yes")
        RUNNING = "running", _("Being written")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    # The slug of the course that it is to become, or is compared with.
    course = models.SlugField(_("course"), max_length=80)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    # What each line became and what would change, as the review screen shows it.
    report = models.JSONField(default=dict, blank=True)
    # How far the work is: of `total` parts, `done`.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="readme_imports",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("import of a README")
        verbose_name_plural = _("imports of READMEs")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.filename


class Readme(models.Model):
    """The README that a course was brought to last: what a later version is compared with."""

    course = models.OneToOneField(Course, models.CASCADE, related_name="readme")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    # Where a heading was renamed, the address of the thing in the course by its address there.
    names = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("README of a course")
        verbose_name_plural = _("READMEs of courses")

    def __str__(self) -> str:
        return self.filename
