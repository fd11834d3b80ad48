from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import Cohort, Membership


class LogEntry(models.Model):
    """A date, grade, role or setting that was changed: by whom, when, from what to what."""

    class Kind(models.TextChoices):
        CLASS = "class", _("Class")
        PEOPLE = "people", _("People and roles")
        DATES = "dates", _("Dates")
        GRADES = "grades", _("Grades")
        TALK = "talk", _("Questions and answers")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="log")
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="class_log"
    )
    kind = models.CharField(_("of"), max_length=6, choices=Kind.choices)
    # What was changed, in words without names of people: those come from the keys.
    what = models.CharField(_("what"), max_length=300)
    about = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="log"
    )
    # Which column of the gradebook it is of, where it is of one.
    item = models.ForeignKey(
        "cohorts.GradeItem", models.SET_NULL, null=True, blank=True, related_name="log"
    )
    before = models.CharField(_("before"), max_length=500, blank=True)
    after = models.CharField(_("after"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["cohort", "-at"], name="class_log_newest")]

    def __str__(self) -> str:
        return self.what
