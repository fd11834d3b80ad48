"""Who was asked to join a class, and lists of people that wait for a yes."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import Cohort, Group, Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        """Neither used nor too old."""
        return self.filter(accepted_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """An address that may join, in a role; mailed, or from a roster."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=9, choices=Role.choices, default=Role.LEARNER)
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    listed_as = models.CharField(_("name in the class"), max_length=120, blank=True)
    number = models.CharField(_("student number"), max_length=64, blank=True)
    token = models.CharField(max_length=43, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(_("invited"))
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["cohort", "email"]
        indexes = [
            models.Index(
                fields=["email"], condition=Q(accepted_at=None), name="invitation_open_by_email"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "email"], name="invitation_unique"),
            models.CheckConstraint(condition=~Q(role="owner"), name="invitation_not_as_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.cohort}"


class PendingImport(models.Model):
    """An uploaded file, read and checked, that waits for somebody to say yes."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("Roster")
        ONEROSTER = "oneroster", _("OneRoster")
        GRADES = "grades", _("Grades")

    id = models.UUIDField(primary_key=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="pending_imports")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    file_name = models.CharField(_("file"), max_length=200)
    data = models.JSONField(_("what was read"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.file_name} · {self.cohort}"
