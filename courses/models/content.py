"""Course → Track → Lesson → Concept: the text of the course, addressed by natural keys."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown

MOST_MINUTES = 6000


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


def validate_track_slug(slug: str) -> None:
    if slug in {"notebooks", "glossary", "enrol", "leave", "changes", "images"}:
        raise ValidationError(
            _("“%(slug)s” is the address of another page."), params={"slug": slug}
        )


class CourseManager(models.Manager["Course"]):
    def get_by_natural_key(self, slug: str) -> "Course":
        return self.get(slug=slug)


class Course(models.Model):
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    # Grows with every change of content; pages shared by all readers are kept under it.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects: ClassVar[CourseManager] = CourseManager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.slug])


class TrackQuerySet(models.QuerySet["Track"]):
    def current(self) -> Self:
        return self.filter(archived=False)

    def get_by_natural_key(self, course: str, slug: str) -> "Track":
        return self.get(course__slug=course, slug=slug)


class Track(models.Model):
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="tracks", verbose_name=_("course")
    )
    slug = models.SlugField(_("address"), max_length=80, validators=[validate_track_slug])
    title = models.CharField(_("title"), max_length=200)
    icon = models.CharField(_("icon"), max_length=40, blank=True, help_text=_("A Lucide name."))
    tagline = models.CharField(_("tagline"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    optional = models.BooleanField(_("optional"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    archived = models.BooleanField(_("archived"), default=False)

    objects = TrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["course", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="track_slug_unique")]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.course.slug, self.slug)

    natural_key.dependencies = ["courses.course"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return reverse("track", args=[self.course.slug, self.slug])


class LessonQuerySet(models.QuerySet["Lesson"]):
    def published(self, now: datetime) -> Self:
        """Lessons that readers see at `now`: published, due, and in a current track."""
        return self.filter(
            Q(publish_at=None) | Q(publish_at__lte=now),
            status=Status.PUBLISHED,
            track__archived=False,
        )

    def visible_to(self, user: Any, now: datetime) -> Self:
        """What `user` may read at `now`: editors see drafts, nobody sees the archive."""
        if can_see_drafts(user):
            return self.exclude(status=Status.ARCHIVED).filter(track__archived=False)
        return self.published(now)

    def in_order(self) -> Self:
        return self.order_by("track__position", "track_id", "position", "id")

    def get_by_natural_key(self, course: str, track: str, slug: str) -> "Lesson":
        return self.get(track__course__slug=course, track__slug=track, slug=slug)


def can_see_drafts(user: Any) -> bool:
    return bool(user.is_staff and user.has_perm("courses.change_lesson"))


class Lesson(models.Model):
    track = models.ForeignKey(
        Track, models.PROTECT, related_name="lessons", verbose_name=_("track")
    )
    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True, validators=[validate_markdown])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text=_("To read the lesson and take its quiz."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT
    )
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Empty: as soon as it is published.")
    )
    # Lines of inline Markdown; what the reader will be able to do.
    outcomes = models.JSONField(_("outcomes"), default=list, blank=True)
    exercise_task = models.TextField(
        _("exercise: task"), blank=True, default="", validators=[validate_markdown]
    )
    exercise_answer = models.TextField(
        _("exercise: model answer"), blank=True, default="", validators=[validate_markdown]
    )
    quiz_required = models.BooleanField(
        _("quiz is part of the lesson"),
        default=True,
        help_text=_("The lesson counts as done once its quiz is passed, too."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["track", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["track", "slug"], name="lesson_slug_unique"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="lesson_minutes_positive"),
            models.CheckConstraint(
                condition=~Q(exercise_task="") | Q(exercise_answer=""),
                name="lesson_exercise_has_task",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.track.natural_key(), self.slug)

    natural_key.dependencies = ["courses.track"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return reverse("lesson", args=[self.track.course.slug, self.track.slug, self.slug])


class ConceptQuerySet(models.QuerySet["Concept"]):
    def current(self) -> Self:
        return self.filter(archived=False)

    def get_by_natural_key(self, course: str, track: str, lesson: str, slug: str) -> "Concept":
        return self.get(
            lesson__track__course__slug=course,
            lesson__track__slug=track,
            lesson__slug=lesson,
            slug=slug,
        )


class Concept(models.Model):
    """One idea of a lesson: its section, and what ticks, quizzes and review point at."""

    lesson = models.ForeignKey(
        Lesson, models.CASCADE, related_name="concepts", verbose_name=_("lesson")
    )
    slug = models.SlugField(_("address"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    claim = models.CharField(
        _("claim"),
        max_length=200,
        blank=True,
        help_text=_("What the learner says by ticking it: “I could explain … to a colleague”."),
    )
    body = models.TextField(_("text"), blank=True, validators=[validate_markdown])
    fact_prompt = models.CharField(
        _("key fact: question"),
        max_length=300,
        blank=True,
        default="",
        validators=[validate_markdown],
        help_text=_("What a review card asks once the concept is ticked. Empty: no card."),
    )
    fact_answer = models.TextField(
        _("key fact: answer"), blank=True, default="", validators=[validate_markdown]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    archived = models.BooleanField(_("archived"), default=False)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["lesson", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "slug"], name="concept_slug_unique"),
            models.CheckConstraint(
                condition=Q(fact_prompt="", fact_answer="")
                | (~Q(fact_prompt="") & ~Q(fact_answer="")),
                name="concept_fact_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.lesson.natural_key(), self.slug)

    natural_key.dependencies = ["courses.lesson"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.slug}"
