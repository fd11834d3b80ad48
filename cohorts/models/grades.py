"""The gradebook: categories, the items in them, and what each learner got for each."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import Cohort, Membership
from cohorts.models.work import Assignment, Criterion, Level, Submission
from courses.markdown import validate_markdown
from quizzes.models import Quiz


class Category(models.Model):
    """Items that count together: `cohorts.gradebook.arithmetic` says how."""

    class Counts(models.TextChoices):
        POINTS = "points", _("By points: an item with more points counts more")
        EQUAL = "equal", _("All items alike")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="categories")
    name = models.CharField(_("name"), max_length=80)
    weight = models.DecimalField(
        _("weight"),
        max_digits=6,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1000))],
        help_text=_("In relation to the other categories, such as percent of the total."),
    )
    counts = models.CharField(
        _("how items count"), max_length=6, choices=Counts.choices, default=Counts.POINTS
    )
    drop_lowest = models.PositiveSmallIntegerField(
        _("leave out the lowest"),
        default=0,
        validators=[MaxValueValidator(50)],
        help_text=_("So many items with the lowest percent do not count; one always does."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["cohort", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "name"], name="category_name_unique"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="category_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class GradeItem(models.Model):
    """A column of the gradebook: a quiz, an assignment, or what is only entered by hand."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="grade_items")
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="items", verbose_name=_("category")
    )
    quiz = models.ForeignKey(
        Quiz, models.PROTECT, null=True, blank=True, related_name="grade_items"
    )
    assignment = models.OneToOneField(
        Assignment, models.CASCADE, null=True, blank=True, related_name="grade_item"
    )
    # Empty: the title of the quiz or the assignment.
    title = models.CharField(_("title"), max_length=150, blank=True)
    points = models.DecimalField(
        _("points"),
        max_digits=7,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    # From when on learners see their grades; None: not yet. A quiz tells by its own rules, too.
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        verbose_name = _("grade item")
        verbose_name_plural = _("grade items")
        ordering = ["cohort", "category__position", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quiz=None) | Q(assignment=None), name="grade_item_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(quiz__isnull=False) | Q(assignment__isnull=False) | ~Q(title=""),
                name="grade_item_has_a_title",
            ),
            models.CheckConstraint(condition=Q(points__gt=0), name="grade_item_points_positive"),
            models.UniqueConstraint(fields=["cohort", "quiz"], name="grade_item_quiz_once"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.quiz or self.assignment)


class Grade(models.Model):
    """What people said about one learner's work for one item.

    A quiz's score stands in its attempts, not here; `override` replaces either.
    """

    item = models.ForeignKey(GradeItem, models.CASCADE, related_name="grades")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="grades")
    # In points, before the late policy. Empty: not graded.
    score = models.DecimalField(
        _("points"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    # In points, after everything.
    override = models.DecimalField(
        _("changed to"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    excused = models.BooleanField(_("excused"), default=False)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("For the change or the excuse. The learner reads it."),
    )
    feedback = models.TextField(
        _("feedback"), blank=True, max_length=10_000, validators=[validate_markdown]
    )
    # Which hand-in was graded.
    submission = models.ForeignKey(
        Submission, models.SET_NULL, null=True, blank=True, related_name="grades"
    )
    graded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="class_grades_given"
    )
    graded_at = models.DateTimeField(_("graded"), null=True, blank=True)
    # Raised by each change: who saves over another's change is told.
    revision = models.PositiveIntegerField(_("revision"), default=0)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ["item", "membership"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "item"], name="grade_unique"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0), name="grade_score_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(override=None) | Q(override__gte=0), name="grade_override_not_negative"
            ),
            models.CheckConstraint(
                condition=(Q(override=None) & Q(excused=False)) | ~Q(reason=""),
                name="grade_change_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} · {self.item}"


class RubricMark(models.Model):
    """How one criterion was met."""

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks")
    level = models.ForeignKey(Level, models.SET_NULL, null=True, related_name="marks")
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    comment = models.CharField(_("comment"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["grade", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["grade", "criterion"], name="rubric_mark_unique")
        ]

    def __str__(self) -> str:
        return f"{self.grade} · {self.criterion}"
