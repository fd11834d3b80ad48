"""Which concepts are to be read before another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.content import Concept, Status


class NeedManager(models.Manager["Need"]):
    """With both concepts, and all that the address of the needed one is made of."""

    def get_queryset(self) -> models.QuerySet["Need"]:
        return super().get_queryset().select_related("concept", "needed__lesson__track")


class Need(models.Model):
    concept = models.ForeignKey(
        Concept, models.CASCADE, related_name="needs", verbose_name=_("concept")
    )
    needed = models.ForeignKey(
        Concept, models.CASCADE, related_name="needed_by", verbose_name=_("read first")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = NeedManager()

    class Meta:
        verbose_name = _("needed concept")
        verbose_name_plural = _("needed concepts")
        ordering = ["concept", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "needed"], name="need_unique"),
            models.CheckConstraint(
                condition=~models.Q(concept=models.F("needed")), name="need_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept} → {self.needed}"

    @property
    def is_current(self) -> bool:
        """Whether the needed concept is still part of the course, or of the same lesson, whatever
        became of that. No reader sees it otherwise."""
        lesson = self.needed.lesson
        there = lesson.status != Status.ARCHIVED and not lesson.track.archived
        return not self.needed.archived and (there or self.concept.lesson_id == lesson.pk)
