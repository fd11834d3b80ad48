"""The health of addresses outside the course."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkQuerySet(models.QuerySet["Link"]):
    def dead(self) -> Self:
        return self.filter(state=Link.State.DEAD)


class Link(models.Model):
    """One address, however many references and notebooks have it, and how it answered."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("Not checked yet")
        OK = "ok", _("Answers")
        MOVED = "moved", _("Moved")
        FAILING = "failing", _("Fails")
        DEAD = "dead", _("Dead")
        CLOSED = "closed", _("Cannot be checked")

    url = models.URLField(_("address"), max_length=500, unique=True)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.UNKNOWN)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("last answered"), null=True, blank=True)
    # Days on which it failed since it last answered, the first and the last of them.
    failed_days = models.PositiveSmallIntegerField(_("days of failure"), default=0)
    failing_since = models.DateField(_("failing since"), null=True, blank=True)
    failed_on = models.DateField(_("last failed"), null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    # Where permanent redirects lead, and the one that an editor does not want.
    moved_to = models.URLField(_("moved to"), max_length=500, blank=True)
    move_declined = models.URLField(max_length=500, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url
