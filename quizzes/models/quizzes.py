from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Concept, Course, Lesson, Status, Track
from courses.models.content import can_see_drafts
from quizzes.models.questions import Question


class QuizQuerySet(models.QuerySet["Quiz"]):
    def published(self, now: datetime) -> Self:
        """What learners may take at `now`: published, and of what they can read."""
        of_lesson = Q(lesson__in=Lesson.objects.published(now))
        of_track = Q(lesson=None) & (Q(track=None) | Q(track__archived=False))
        return self.filter(of_lesson | of_track, status=Status.PUBLISHED)

    def visible_to(self, user: Any, now: datetime) -> Self:
        """What `user` may take at `now`: editors try drafts, nobody sees the archive."""
        if can_see_drafts(user):
            return self.exclude(status=Status.ARCHIVED)
        return self.published(now)

    def get_by_natural_key(self, slug: str) -> "Quiz":
        return self.get(slug=slug)


class Quiz(models.Model):
    class Mode(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        GRADED = "graded", _("Graded")
        PLACEMENT = "placement", _("Placement")

    class Feedback(models.TextChoices):
        """When a graded quiz says what was right; practice does so after each question."""

        AT_ONCE = "at-once", _("After each question")
        SUBMITTED = "submitted", _("After handing in")
        CLOSED = "closed", _("After the quiz has closed")

    class Counts(models.TextChoices):
        BEST = "best", _("The best attempt")
        LAST = "last", _("The last attempt")
        FIRST = "first", _("The first attempt")
        MEAN = "mean", _("The mean of all attempts")

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="quizzes", verbose_name=_("course")
    )
    lesson = models.ForeignKey(
        Lesson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quizzes",
        verbose_name=_("lesson"),
        help_text=_("Passing it counts towards this lesson."),
    )
    track = models.ForeignKey(
        Track,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quizzes",
        verbose_name=_("track"),
        help_text=_("For a quiz over a whole track, such as a placement."),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.PRACTICE)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In percent."),
    )
    shuffle = models.BooleanField(_("shuffle the answers"), default=True)
    feedback = models.CharField(
        _("feedback"),
        max_length=9,
        choices=Feedback.choices,
        default=Feedback.SUBMITTED,
        help_text=_("In a graded quiz. Practice gives it after each question."),
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("In minutes, by the clock of the server. Empty: no limit."),
    )
    grace = models.PositiveSmallIntegerField(
        _("grace"),
        default=30,
        validators=[MaxValueValidator(600)],
        help_text=_("In seconds: answers that arrive so much after the end still count."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("number of attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as many as one likes."),
    )
    counts = models.CharField(
        _("which attempt counts"), max_length=5, choices=Counts.choices, default=Counts.BEST
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT
    )
    in_files = models.BooleanField(
        _("in the course’s files"),
        default=True,
        help_text=_("Written by the command that exports the course."),
    )
    questions = models.ManyToManyField(
        Question, through="QuizQuestion", related_name="quizzes", verbose_name=_("questions")
    )

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["course", "lesson__track__position", "lesson__position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="quiz_pass_mark_1_to_100"
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="quiz_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(time_limit=None) | Q(time_limit__gte=1), name="quiz_time_limit_1_up"
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed=None) | Q(attempts_allowed__gte=1),
                name="quiz_attempts_allowed_1_up",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quiz", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["courses.lesson"]  # type: ignore[attr-defined]

    def concepts(self) -> models.QuerySet[Concept]:
        """What the fixed list covers, in the order of asking; `asked` counts each one's questions,
        `points` what they are worth."""
        return (
            Concept.objects.current()
            .filter(questions__places__quiz=self, questions__status=Status.PUBLISHED)
            .select_related("lesson__track__course")
            .annotate(
                asked=Count("questions"),
                points=Sum("questions__places__points"),
                place=Min("questions__places__position"),
            )
            .order_by("place")
        )


class PlaceQuerySet(models.QuerySet["QuizQuestion"]):
    def askable(self) -> Self:
        return self.filter(question__status=Status.PUBLISHED, question__concept__archived=False)


class QuizQuestion(models.Model):
    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="places")
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="places", verbose_name=_("question")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    points = models.DecimalField(
        _("points"),
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the quiz")
        verbose_name_plural = _("questions of the quiz")
        ordering: ClassVar[list[str]] = ["quiz", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_unique")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.question}"


class Draw(models.Model):
    """Questions that each attempt draws anew, by concept or lesson, and by difficulty if set."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="draws")
    lesson = models.ForeignKey(
        Lesson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("lesson"),
    )
    concept = models.ForeignKey(
        Concept,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("concept"),
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Question.Difficulty.choices, null=True, blank=True
    )
    number = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    points = models.DecimalField(
        _("points each"),
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering: ClassVar[list[str]] = ["quiz", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson=None, concept__isnull=False)
                | Q(lesson__isnull=False, concept=None),
                name="draw_from_lesson_or_concept",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=50), name="draw_number_1_to_50"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.concept or self.lesson}"
