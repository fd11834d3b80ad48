from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Concept
from quizzes.models.questions import Question, QuestionVersion


class Algorithm(models.Model):
    """What computed a card's memory: kept with the card, so that it can be told and refitted."""

    name = models.CharField(_("name"), max_length=20)
    package = models.CharField(_("package"), max_length=40)
    parameters = models.JSONField(_("parameters"))
    # Of the three above.
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("algorithm")
        verbose_name_plural = _("algorithms")

    def __str__(self) -> str:
        return f"{self.name} ({self.package})"


class ReviewCardQuerySet(models.QuerySet["ReviewCard"]):
    def of(self, user: models.Model) -> Self:
        return self.filter(user=user)

    def locked(self) -> Self:
        """Held until the transaction ends; an action never holds two."""
        return self.select_for_update(of=("self",), no_key=True)

    def active(self) -> Self:
        """Not put aside by the learner."""
        return self.filter(suspended_at=None)

    def seen(self) -> Self:
        return self.exclude(state=ReviewCard.State.NEW)


class ReviewCard(models.Model):
    """What one learner remembers of one question, or of the key fact of one concept.

    `stability` in days, `difficulty` from 1 to 10: both None while the card is new.
    """

    class State(models.IntegerChoices):
        NEW = 0, _("New")
        LEARNING = 1, _("Learning")
        REVIEW = 2, _("Review")
        RELEARNING = 3, _("Relearning")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_cards")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="cards"
    )
    # Of a key fact only; a question knows its own.
    concept = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="cards"
    )
    algorithm = models.ForeignKey(Algorithm, models.PROTECT, null=True, related_name="cards")
    made_at = models.DateTimeField(_("made"))
    # What the learner scored when the card was made: new cards come worst first.
    first_score = models.FloatField(_("first score"), default=1.0)
    state = models.PositiveSmallIntegerField(_("state"), choices=State.choices, default=State.NEW)
    step = models.PositiveSmallIntegerField(_("step"), null=True)
    stability = models.FloatField(_("stability"), null=True)
    difficulty = models.FloatField(_("difficulty"), null=True)
    due_at = models.DateTimeField(_("due"))
    reviewed_at = models.DateTimeField(_("last reviewed"), null=True)
    # How often it was reviewed; a rating names the count it saw, so that it counts once.
    reviews = models.PositiveIntegerField(_("reviews"), default=0)
    lapses = models.PositiveIntegerField(_("lapses"), default=0)
    suspended_at = models.DateTimeField(_("put aside"), null=True, blank=True)

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("review card")
        verbose_name_plural = _("review cards")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["user", "state", "due_at"],
                condition=Q(suspended_at=None),
                name="card_due",
            ),
            models.Index(
                fields=["user", "first_score", "made_at"],
                condition=Q(suspended_at=None, state=0),
                name="card_new",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "question"], name="card_of_question_unique"),
            models.UniqueConstraint(fields=["user", "concept"], name="card_of_concept_unique"),
            models.CheckConstraint(
                condition=Q(question=None, concept__isnull=False)
                | Q(question__isnull=False, concept=None),
                name="card_of_question_or_concept",
            ),
            models.CheckConstraint(
                condition=Q(state=0, stability=None, reviewed_at=None)
                | Q(state__gt=0, stability__gt=0, reviewed_at__isnull=False),
                name="card_remembers_when_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.question or self.concept}"


class ReviewLogQuerySet(models.QuerySet["ReviewLog"]):
    def of(self, user: models.Model) -> Self:
        return self.filter(user=user)

    def counted(self) -> Self:
        return self.filter(undone_at=None)


class ReviewLog(models.Model):
    """One review, with the memory before and after it: enough to undo it, and to fit
    parameters to a learner later. Rows are only ever added, and marked when undone."""

    class Rating(models.IntegerChoices):
        AGAIN = 1, _("Again")
        HARD = 2, _("Hard")
        GOOD = 3, _("Good")
        EASY = 4, _("Easy")

    card = models.ForeignKey(ReviewCard, models.CASCADE, related_name="logs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_logs")
    algorithm = models.ForeignKey(Algorithm, models.PROTECT, related_name="logs")
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Rating.choices)
    reviewed_at = models.DateTimeField(_("reviewed"))
    # How long the learner looked at the card, as the browser says.
    seconds = models.FloatField(_("seconds"), null=True)
    retention = models.FloatField(_("wanted retention"))
    # What was asked and answered, where the card is a question.
    version = models.ForeignKey(QuestionVersion, models.PROTECT, null=True, related_name="+")
    answer = models.JSONField(_("answer"), null=True)
    score = models.FloatField(_("score"), null=True)
    # The card as it was: state, step, stability, difficulty, due_at, reviewed_at, lapses.
    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder)
    state = models.PositiveSmallIntegerField(_("state"), choices=ReviewCard.State.choices)
    stability = models.FloatField(_("stability"))
    difficulty = models.FloatField(_("difficulty"))
    due_at = models.DateTimeField(_("due"))
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = ReviewLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-reviewed_at", "-id"]
        indexes = [models.Index(fields=["user", "-reviewed_at"], name="review_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=4), name="review_rating"),
        ]

    def __str__(self) -> str:
        return f"{self.card} · {self.get_rating_display()}"


class ReviewPreferences(models.Model):
    """How one person wants to review; without a row, the defaults hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="review_preferences",
    )
    retention = models.FloatField(
        _("how much you want to remember"),
        default=0.9,
        validators=[MinValueValidator(0.80), MaxValueValidator(0.97)],
    )
    reviews_a_day = models.PositiveSmallIntegerField(
        _("cards a day at most"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    new_a_day = models.PositiveSmallIntegerField(
        _("new cards a day at most"), default=10, validators=[MaxValueValidator(200)]
    )
    keys = models.BooleanField(_("review with the keys 1 to 4, space and U"), default=True)
    mail = models.BooleanField(_("send an e-mail when reviews are due"), default=False)
    # The day of the last e-mail, in the person's time zone.
    mailed_on = models.DateField(_("last e-mail"), null=True, editable=False)

    class Meta:
        verbose_name = _("review preferences")
        verbose_name_plural = _("review preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(retention__gte=0.80, retention__lte=0.97), name="retention_80_to_97"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
