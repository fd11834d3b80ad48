"""What is said in a class: announcements, questions under a lesson, notes among the staff."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import Cohort, Membership
from courses.markdown import validate_markdown
from courses.models import Concept, Lesson

USER = settings.AUTH_USER_MODEL
MOST_CHARACTERS = 5000


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def posted(self, now: datetime) -> Self:
        return self.filter(post_at__lte=now)


class Announcement(models.Model):
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="announcements")
    author = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="announcements")
    title = models.CharField(_("title"), max_length=150)
    body = models.TextField(_("text"), max_length=20_000, validators=[validate_markdown])
    # In the future: it is planned.
    post_at = models.DateTimeField(_("posted"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    pinned = models.BooleanField(_("keep at the top"), default=False)
    mail = models.BooleanField(_("send it by e-mail, too"), default=True)
    # When its e-mails were queued.
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-pinned", "-post_at", "-id"]
        indexes = [
            models.Index(
                fields=["post_at"],
                condition=Q(mail=True, mailed_at=None),
                name="announcement_to_mail",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Thread(models.Model):
    """A question about a lesson, asked in a class."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="threads")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="threads")
    concept = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="threads"
    )
    author = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="threads")
    title = models.CharField(_("question"), max_length=150)
    body = models.TextField(_("more about it"), blank=True, max_length=MOST_CHARACTERS)
    created_at = models.DateTimeField(_("asked"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    # Of the newest post, so that lists are sorted without looking at posts.
    last_at = models.DateTimeField(_("last post"))
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)

    class Meta:
        verbose_name = _("question in a class")
        verbose_name_plural = _("questions in classes")
        ordering = ["-last_at", "-id"]
        indexes = [
            models.Index(fields=["cohort", "lesson", "-last_at"], name="thread_under_lesson"),
            models.Index(fields=["cohort", "-last_at"], name="thread_of_class"),
        ]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """An answer to a question; answers have no answers."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    author = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="posts")
    body = models.TextField(_("answer"), max_length=MOST_CHARACTERS)
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)

    class Meta:
        verbose_name = _("answer in a class")
        verbose_name_plural = _("answers in classes")
        ordering = ["thread", "created_at", "id"]

    def __str__(self) -> str:
        return self.body[:50]


class Report(models.Model):
    """Somebody finds that a question or an answer should not stand there."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reports")
    # None: the question itself.
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="reports")
    by = models.ForeignKey(USER, models.CASCADE, related_name="reports")
    reason = models.CharField(_("what is wrong with it"), max_length=300)
    made_at = models.DateTimeField(_("reported"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "by"], condition=Q(post=None), name="report_question_once"
            ),
            models.UniqueConstraint(fields=["post", "by"], name="report_answer_once"),
        ]

    def __str__(self) -> str:
        return self.reason[:50]


class Note(models.Model):
    """What the staff of a class write about a learner, for themselves."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="notes")
    author = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="class_notes")
    body = models.TextField(_("note"), max_length=MOST_CHARACTERS)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.body[:50]
