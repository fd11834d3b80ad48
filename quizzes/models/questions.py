from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown
from courses.models import Concept, Status
from courses.models.drafts import Preview
from courses.search.plain import plain_text
from quizzes.kinds import KINDS, PayloadError


class QuestionQuerySet(models.QuerySet["Question"]):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED, concept__archived=False)

    def due(self, now: datetime) -> Self:
        """Scheduled ones whose time has come."""
        return self.filter(status=Question.State.SCHEDULED, publish_at__lte=now)

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
        BOOLEAN = "boolean", _("True or false")
        NUMERIC = "numeric", _("A number")
        TEXT = "text", _("A short text")
        ORDERING = "ordering", _("Put in order")
        MATCHING = "matching", _("Match")
        BLANKS = "blanks", _("Fill the gaps")
        FREE = "free", _("In your own words")

    class Difficulty(models.IntegerChoices):
        RECALL = 1, _("Recall")
        APPLY = 2, _("Apply")
        REASON = 3, _("Reason")

    class State(models.TextChoices):
        """As of lessons, and one more: a scheduled lesson is published with a date ahead."""

        DRAFT = Status.DRAFT.value, Status.DRAFT.label
        REVIEW = Status.REVIEW.value, Status.REVIEW.label
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = Status.PUBLISHED.value, Status.PUBLISHED.label
        ARCHIVED = Status.ARCHIVED.value, Status.ARCHIVED.label

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
    status = models.CharField(_("status"), max_length=9, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["concept", "id"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "slug"], name="question_slug_unique"),
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(publish_at__isnull=False),
                name="question_scheduled_for_a_time",
                violation_error_message=_("Say when it is to be published."),
            ),
        ]

    def __str__(self) -> str:
        """The first line as it is read: in lists and headings nobody wants its marks."""
        line = self.prompt.strip().split("\n")[0]
        return (plain_text(line) or line)[:90]

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


class QuestionPreview(Preview):
    question = models.ForeignKey(Question, models.CASCADE, related_name="previews")

    class Meta(Preview.Meta):
        verbose_name = _("preview link of a question")
        verbose_name_plural = _("preview links of questions")
