import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.markdown import validate_markdown
from quizzes.models.questions import QuestionVersion
from quizzes.models.quizzes import Quiz


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, user: models.Model) -> Self:
        return self.filter(user=user)

    def open(self) -> Self:
        return self.filter(submitted_at=None)

    def handed_in(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def locked(self) -> Self:
        """Held until the transaction ends. Whoever locks more locks the attempt first."""
        return self.select_for_update(of=("self",), no_key=True)


class Attempt(models.Model):
    """One learner's go at one quiz, on the server from its first question."""

    class ClosedBy(models.TextChoices):
        LEARNER = "learner", _("Handed in")
        TIME = "time", _("Time was up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts", verbose_name=_("person")
    )
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    # Orders the answers on the page, the same at every visit; 0 keeps the author's order.
    seed = models.PositiveBigIntegerField(_("seed"))
    started_at = models.DateTimeField(_("started"))
    # Set at the start from the quiz's time limit and window; None: no end. Answers count until
    # then and `quiz.grace` seconds more.
    deadline_at = models.DateTimeField(_("time ends"), null=True, blank=True)
    # So long somebody who learns with this one can answer the same quiz: see `disclosure`.
    others_until = models.DateTimeField(_("others can answer until"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    closed_by = models.CharField(
        _("closed by"), max_length=7, choices=ClosedBy.choices, blank=True, default=""
    )
    # How many of its answers a person has still to grade; they count as zero until then.
    awaiting = models.PositiveSmallIntegerField(_("answers to be graded"), default=0)
    # The share of all points, from 0 to 1, once handed in.
    score = models.FloatField(_("score"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), default=False)
    # Handed in, but the quiz tells no results yet: no lesson and no card knows of them.
    withheld = models.BooleanField(_("results withheld"), default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["user", "quiz", "-started_at"], name="attempt_of_user"),
            models.Index(
                fields=["deadline_at"],
                condition=Q(submitted_at=None, deadline_at__isnull=False),
                name="attempt_running_out",
            ),
            models.Index(fields=["quiz"], condition=Q(awaiting__gt=0), name="attempt_awaiting"),
            models.Index(fields=["quiz"], condition=Q(withheld=True), name="attempt_withheld"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "quiz"],
                condition=Q(submitted_at=None),
                name="attempt_one_open",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, score=None) | Q(submitted_at__gte=F("started_at")),
                name="attempt_submitted_after_started",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
                name="attempt_score_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.quiz}"

    def get_absolute_url(self) -> str:
        return reverse("attempt", args=[self.pk])

    def get_results_url(self) -> str:
        return reverse("attempt_results", args=[self.pk])


class ResponseQuerySet(models.QuerySet["Response"]):
    def in_order(self) -> Self:
        """By position: of one attempt, without a join to it as the default order has."""
        return self.order_by("position")


class Response(models.Model):
    """One question of an attempt, in the version that was asked, and how it was graded."""

    class GradedBy(models.TextChoices):
        MACHINE = "machine", _("Graded at once")
        SELF = "self", _("Rated by the learner")
        PERSON = "person", _("Graded by a person")

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="responses")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    # What was graded, and the score from 0 to 1: both empty until the question is checked or the
    # attempt handed in. An answer without a score then waits for a person.
    answer = models.JSONField(_("answer"), null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    # When the learner saw what was right, where the quiz says so after each question: what was
    # answered before is what counts.
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    graded_by = models.CharField(
        _("graded by"), max_length=7, choices=GradedBy.choices, blank=True, default=""
    )
    # The version by whose key the answer was graded again; None: the one that was asked.
    regraded_as = models.ForeignKey(
        QuestionVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What a person who graded it said about it, in Markdown.
    comment = models.TextField(_("comment"), blank=True, default="", validators=[validate_markdown])
    # From the answer before it, or the start, to its own last one.
    seconds = models.FloatField(_("seconds"), null=True, blank=True)

    # From the journal, where `quizzes.attempts` fetched it.
    newest_answer: Any
    newest_sequence: int | None
    newest_at: datetime | None
    same_answer: Any
    same_late: bool
    highest_sequence: int

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="response_position_unique"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
                name="response_score_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} · {self.position}"


class AnswerRecord(models.Model):
    """One saved answer. Records are only ever added; the highest sequence counts."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="records")
    # Milliseconds, growing with each answer: `quizzes.attempts` says whose clock.
    sequence = models.PositiveBigIntegerField(_("sequence"))
    answer = models.JSONField(_("answer"))
    received_at = models.DateTimeField(_("received"))
    # Came when the attempt was closed or the answer shown: kept, and not counted.
    late = models.BooleanField(_("late"), default=False)

    class Meta:
        verbose_name = _("saved answer")
        verbose_name_plural = _("saved answers")
        ordering = ["response", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "sequence"], name="answer_record_sequence_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response} · {self.sequence}"
