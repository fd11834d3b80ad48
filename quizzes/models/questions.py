from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown
from courses.models import Concept, Course, Lesson, Status
from courses.models.content import can_see_drafts
from quizzes.kinds import KINDS, PayloadError


class QuestionQuerySet(models.QuerySet["Question"]):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED, concept__archived=False)

    def get_by_natural_key(
        self, course: str, track: str, lesson: str, concept: str, slug: str
    ) -> "Question":
        return self.get(
            concept__lesson__track__course__slug=course,
            concept__lesson__track__slug=track,
            concept__lesson__slug=lesson,
            concept__slug=concept,
            slug=slug,
        )


class Question(models.Model):
    """A question as an editor sees it. What a learner is asked is a `QuestionVersion`."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One answer")
        MULTIPLE = "multiple", _("Several answers")

    class Difficulty(models.IntegerChoices):
        RECALL = 1, _("Recall")
        APPLY = 2, _("Apply")
        REASON = 3, _("Reason")

    concept = models.ForeignKey(
        Concept, models.PROTECT, related_name="questions", verbose_name=_("concept")
    )
    slug = models.SlugField(_("slug"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    prompt = models.TextField(_("question"), validators=[validate_markdown])
    payload = models.JSONField(_("answers"))
    explanation = models.TextField(_("explanation"), blank=True, validators=[validate_markdown])
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty.choices, default=Difficulty.APPLY
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["concept", "id"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "slug"], name="question_slug_unique")
        ]

    def __str__(self) -> str:
        return self.prompt.strip().split("\n")[0][:90]

    def clean(self) -> None:
        super().clean()
        if self.kind in KINDS:
            try:
                KINDS[self.kind].check(self.payload)
            except PayloadError as error:
                raise ValidationError({"payload": error.in_words()}) from error

    def natural_key(self) -> tuple[str, str, str, str, str]:
        return (*self.concept.natural_key(), self.slug)

    natural_key.dependencies = ["courses.concept"]  # type: ignore[attr-defined]


class QuestionVersion(models.Model):
    """What a question said at one time, found by its content; rows never change."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    prompt = models.TextField()
    payload = models.JSONField()
    explanation = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "digest"], name="question_version_digest_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.digest[:8]})"


class QuizQuerySet(models.QuerySet["Quiz"]):
    def published(self, now: datetime) -> Self:
        """What learners may take at `now`: published, and of a lesson that they can read."""
        return self.filter(
            Q(lesson=None) | Q(lesson__in=Lesson.objects.published(now)), status=Status.PUBLISHED
        )

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
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT
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
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quiz", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["courses.lesson"]  # type: ignore[attr-defined]

    def concepts(self) -> models.QuerySet[Concept]:
        """What the quiz covers, in the order of asking; `asked` counts each one's questions."""
        return (
            Concept.objects.current()
            .filter(questions__places__quiz=self, questions__status=Status.PUBLISHED)
            .select_related("lesson__track__course")
            .annotate(asked=Count("questions"), place=Min("questions__places__position"))
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
