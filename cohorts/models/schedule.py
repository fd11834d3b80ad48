"""When things open and are due in a class, who has longer, and what is said about it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import Cohort, Membership
from cohorts.models.work import Assignment
from courses.models import Lesson
from quizzes.models import Quiz


class Deadline(models.Model):
    """When one lesson, quiz or assignment opens to a class, and when it is due."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="deadlines")
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="deadlines"
    )
    quiz = models.ForeignKey(Quiz, models.PROTECT, null=True, blank=True, related_name="deadlines")
    assignment = models.OneToOneField(
        Assignment, models.CASCADE, null=True, blank=True, related_name="deadline"
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["cohort", "due_at", "id"]
        indexes = [models.Index(fields=["due_at"], name="deadline_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson__isnull=False, quiz=None, assignment=None)
                | Q(lesson=None, quiz__isnull=False, assignment=None)
                | Q(lesson=None, quiz=None, assignment__isnull=False),
                name="deadline_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(due_at=None) | Q(due_at__gt=F("opens_at")),
                name="deadline_due_after_opening",
            ),
            models.UniqueConstraint(fields=["cohort", "lesson"], name="deadline_lesson_unique"),
            models.UniqueConstraint(fields=["cohort", "quiz"], name="deadline_quiz_unique"),
        ]

    def __str__(self) -> str:
        return str(self.target)

    @property
    def target(self) -> Lesson | Quiz | Assignment:
        found = self.lesson or self.quiz or self.assignment
        assert found is not None, "deadline_of_one_thing"  # noqa: S101
        return found


class Extension(models.Model):
    """One learner's later due date, and why."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="extensions")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="extensions")
    due_at = models.DateTimeField(_("due"))
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="extensions_given"
    )
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["deadline", "membership"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "membership"], name="extension_one_for_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} · {self.deadline}"


class Reminder(models.Model):
    """That one person was reminded of one due date; so that nobody is twice."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField(_("due"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "membership", "due_at"], name="reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} · {self.deadline}"


class CalendarFeed(models.Model):
    """The private address of one person's calendar, over all their classes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)


class MailPreferences(models.Model):
    """Which e-mails of their classes a person wants. Without a row: all of them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="class_mail")
    announcements = models.BooleanField(_("announcements"), default=True)
    reminders = models.BooleanField(_("reminders of what is due"), default=True)
    replies = models.BooleanField(_("replies to my questions"), default=True)
    grades = models.BooleanField(_("released grades"), default=True)

    class Meta:
        verbose_name = _("e-mails about classes")
        verbose_name_plural = _("e-mails about classes")

    def __str__(self) -> str:
        return str(self.user)
