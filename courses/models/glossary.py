"""The words of a course that a reader would want to look up."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown
from courses.models.content import Concept, Course


class TermQuerySet(models.QuerySet["Term"]):
    def current(self) -> Self:
        return self.filter(archived=False)

    def get_by_natural_key(self, course: str, slug: str) -> "Term":
        return self.get(course__slug=course, slug=slug)


class Term(models.Model):
    """`also` are its other spellings and plurals, as they stand in texts."""

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="terms", verbose_name=_("course")
    )
    slug = models.SlugField(_("address"), max_length=80)
    term = models.CharField(
        _("term"),
        max_length=120,
        help_text=_(
            "As it stands inside a sentence: “learning rate”, “LoRA”. With a capital it is found "
            "in texts only as it is written here."
        ),
    )
    also = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        help_text=_("Other spellings and plurals, one a line. Lessons link them, too."),
    )
    definition = models.TextField(_("definition"), validators=[validate_markdown])
    concept = models.ForeignKey(
        Concept,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("concept"),
        help_text=_("Where the course explains it."),
    )
    archived = models.BooleanField(_("archived"), default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["course", Lower("term"), "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="term_slug_unique"),
            models.CheckConstraint(condition=~models.Q(term=""), name="term_has_name"),
        ]

    def __str__(self) -> str:
        return self.term

    def natural_key(self) -> tuple[str, str]:
        return (self.course.slug, self.slug)

    natural_key.dependencies = ["courses.course"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary', args=[self.course.slug])}#{self.slug}"
