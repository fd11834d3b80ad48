"""What a lesson points at outside the course: references and notebooks."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown
from courses.models.content import Course, Lesson


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def current(self) -> Self:
        return self.filter(archived=False)


class Reference(models.Model):
    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        ARTICLE = "article", _("Article")
        PAPER = "paper", _("Paper")
        DOCUMENTATION = "documentation", _("Documentation")
        COURSE = "course", _("Course")
        BOOK = "book", _("Book")
        REPOSITORY = "repository", _("Repository")
        TOOL = "tool", _("Tool")
        LEADERBOARD = "leaderboard", _("Leaderboard")

    class Level(models.TextChoices):
        INTRODUCTORY = "introductory", _("Introductory")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    lesson = models.ForeignKey(
        Lesson, models.CASCADE, related_name="references", verbose_name=_("lesson")
    )
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    level = models.CharField(
        _("level"), max_length=12, choices=Level.choices, blank=True, default=""
    )
    author = models.CharField(_("author"), max_length=200, blank=True)
    author_url = models.URLField(_("author’s address"), max_length=500, blank=True)
    note = models.TextField(
        _("note"),
        blank=True,
        validators=[validate_markdown],
        help_text=_("What the reader gets from it, in one or two sentences."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    archived = models.BooleanField(_("archived"), default=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["lesson", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "url"], name="reference_url_unique")
        ]

    def __str__(self) -> str:
        return self.title


class NotebookQuerySet(models.QuerySet["Notebook"]):
    def current(self) -> Self:
        return self.filter(archived=False)

    def get_by_natural_key(self, course: str, slug: str) -> "Notebook":
        return self.get(course__slug=course, slug=slug)


class Notebook(models.Model):
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="notebooks", verbose_name=_("course")
    )
    slug = models.SlugField(_("slug"), max_length=80)
    category = models.CharField(_("category"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    colab = models.URLField(_("Colab address"), max_length=500, blank=True)
    article = models.URLField(_("article address"), max_length=500, blank=True)
    homepage = models.URLField(_("home page"), max_length=500, blank=True)
    lessons = models.ManyToManyField(
        Lesson, related_name="notebooks", blank=True, verbose_name=_("lessons")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    archived = models.BooleanField(_("archived"), default=False)

    objects = NotebookQuerySet.as_manager()

    class Meta:
        verbose_name = _("notebook")
        verbose_name_plural = _("notebooks")
        ordering = ["course", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="notebook_slug_unique")
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.course.slug, self.slug)

    natural_key.dependencies = ["courses.course"]  # type: ignore[attr-defined]
