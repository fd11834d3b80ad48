"""A class: one course, one term, its people and who of them may do what."""

from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone
from courses.markdown import validate_markdown
from courses.models import Course


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    TEACHER = "teacher", _("Teacher")
    ASSISTANT = "assistant", _("Assistant")
    OBSERVER = "observer", _("Observer")
    LEARNER = "learner", _("Learner")


class CohortQuerySet(models.QuerySet["Cohort"]):
    def running(self) -> Self:
        return self.filter(archived_at=None)

    def of(self, user: Any) -> Self:
        """Those that `user` is in, in whatever role."""
        return self.filter(members__user=user, members__left_at=None)


class Cohort(models.Model):
    """One class of a course. People call it a class; the code and its addresses, a cohort."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="cohorts", verbose_name=_("course")
    )
    # Made from the name and five random characters; it never changes.
    slug = models.SlugField(_("address"), max_length=60, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    term = models.CharField(_("term"), max_length=80, blank=True)
    description = models.TextField(
        _("description"), blank=True, max_length=5000, validators=[validate_markdown]
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    # Eight characters without look-alikes, in upper case and without the dash that is shown.
    join_code = models.CharField(_("join code"), max_length=8, unique=True, editable=False)
    self_join = models.BooleanField(
        _("people may join by the code"),
        default=True,
        help_text=_("With it off, only invited people can join."),
    )
    created_at = models.DateTimeField(_("created"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )

    # The late policy: `cohorts.gradebook.late` says what it means.
    late_percent = models.PositiveSmallIntegerField(
        _("taken off for each day late"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent of the points of the item."),
    )
    late_floor = models.PositiveSmallIntegerField(
        _("but never below"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent of the points of the item."),
    )
    late_cutoff = models.PositiveSmallIntegerField(
        _("accepted until so many days late"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(366)],
        help_text=_("0: nothing after the due date. Empty: as long as the class runs."),
    )

    # The gradebook
    missing_as_zero = models.BooleanField(
        _("missing work counts as zero"),
        default=False,
        help_text=_("Once nothing is accepted any more. Otherwise it does not count."),
    )
    earlier_work = models.BooleanField(_("quizzes taken before the first day count"), default=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In percent of the total."),
    )
    digits = models.PositiveSmallIntegerField(
        _("digits after the point"),
        default=1,
        validators=[MaxValueValidator(2)],
        help_text=_("Totals are rounded half up to so many, when they are shown."),
    )

    # Who is at risk
    idle_days = models.PositiveSmallIntegerField(
        _("days without activity"), default=7, validators=[MinValueValidator(1)]
    )
    lessons_behind = models.PositiveSmallIntegerField(
        _("lessons behind the schedule"), default=2, validators=[MinValueValidator(1)]
    )
    failed_attempts = models.PositiveSmallIntegerField(
        _("times that a quiz was failed"), default=2, validators=[MinValueValidator(1)]
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(late_percent__lte=100, late_floor__lte=100),
                name="cohort_late_in_percent",
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="cohort_pass_mark_1_to_100"
            ),
            models.CheckConstraint(condition=Q(digits__lte=2), name="cohort_digits_0_to_2"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohort", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """In which its dates are entered and shown."""
        return ZoneInfo(self.time_zone)


class Group(models.Model):
    """Some of a class: a section, a lab, a team."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["cohort", "name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="group_name_unique")]

    def __str__(self) -> str:
        return self.name


NAME = Case(
    When(~Q(listed_as=""), then=F("listed_as")),
    When(~Q(user__display_name=""), then=F("user__display_name")),
    default=F("user__email"),
    output_field=models.CharField(),
)


# For classmates: an address is for who teaches.
PUBLIC_NAME = Case(
    When(~Q(listed_as=""), then=F("listed_as")),
    When(~Q(user__display_name=""), then=F("user__display_name")),
    When(~Q(role=Role.LEARNER), then=F("user__email")),
    default=Value(""),
    output_field=models.CharField(),
)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(left_at=None)

    def learners(self) -> Self:
        return self.active().filter(role=Role.LEARNER)

    def staff(self) -> Self:
        return self.active().exclude(role=Role.LEARNER)

    def in_group(self, group: "Group | None") -> Self:
        """Of one group; of all for None."""
        return self if group is None else self.filter(group=group)

    def named(self) -> Self:
        """With `name`, as the class knows each: listed, or their own, or their address."""
        return self.annotate(name=NAME)

    def by_name(self) -> Self:
        return self.named().order_by("name", "pk")

    def by_role(self) -> Self:
        ranks = [When(role=role, then=Value(rank)) for rank, role in enumerate(Role)]
        return self.annotate(rank=Case(*ranks)).order_by("rank")


class Membership(models.Model):
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=9, choices=Role.choices, default=Role.LEARNER)
    group = models.ForeignKey(
        Group,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("group"),
    )
    listed_as = models.CharField(
        _("name in the class"),
        max_length=120,
        blank=True,
        help_text=_("As in the roster. Empty: the name that they chose themselves."),
    )
    number = models.CharField(
        _("student number"),
        max_length=64,
        blank=True,
        help_text=_("As your school's systems know them."),
    )
    extra_time = models.PositiveSmallIntegerField(
        _("extra time"),
        default=0,
        validators=[MaxValueValidator(300)],
        help_text=_("In percent, in quizzes with a time limit."),
    )
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    # Taken out by the staff: does not come back by the code, only by a new invitation.
    removed = models.BooleanField(_("removed"), default=False)

    # From `named()`.
    name: str

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["cohort", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="membership_unique"),
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(role="owner"), name="membership_one_owner"
            ),
            models.CheckConstraint(
                condition=~Q(role="owner") | Q(left_at=None), name="membership_owner_stays"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.cohort}"
