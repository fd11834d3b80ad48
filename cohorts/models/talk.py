"""What is said in a class: announcements, questions under a lesson, notes among the staff."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cohorts.models.classes import PUBLIC_NAME, Cohort, Membership
from courses.markdown import validate_markdown
from courses.models import Concept, Lesson

USER = settings.AUTH_USER_MODEL
MOST_CHARACTERS = 5000


def of_member(value: F | Case, cohort: str, user: str) -> Subquery:
    """`value` of the membership of whom `user` leads to; None for who has left."""
    members = Membership.objects.active().filter(cohort=OuterRef(cohort), user=OuterRef(user))
    return Subquery(members.values(value=value)[:1])


class WrittenQuerySet(models.QuerySet[Any]):
    """What somebody wrote in a class."""

    cohort_is_at = "cohort"

    def signed(self) -> Self:
        """With `author_name` and `author_role`, as the class knows them; None for who has left,
        and no name for a learner who gave none."""
        return self.annotate(
            author_name=of_member(PUBLIC_NAME, self.cohort_is_at, "author"),
            author_role=of_member(F("role"), self.cohort_is_at, "author"),
        )


class AnnouncementQuerySet(WrittenQuerySet):
    def posted(self, now: datetime) -> Self:
        return self.filter(post_at__lte=now)

    def to_mail(self, now: datetime) -> Self:
        """Posted, to be mailed, not mailed yet, and their class is running."""
        wanted = self.posted(now).filter(mail=True, mailed_at=None)
        return wanted.filter(cohort__archived_at=None)


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
    # Of the form that it was sent with: a form that is sent twice posts once.
    sent_as = models.UUIDField(null=True, editable=False)

    # From `signed()`.
    author_name: str | None
    author_role: str | None

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-pinned", "-post_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "sent_as"], name="announcement_sent_once")
        ]
        indexes = [
            models.Index(
                fields=["post_at"],
                condition=Q(mail=True, mailed_at=None),
                name="announcement_to_mail",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ThreadQuerySet(WrittenQuerySet):
    def shown(self) -> Self:
        return self.filter(hidden_at=None)

    def resolved(self, *, yes: bool) -> Self:
        return self.filter(resolved_at__isnull=not yes)

    def about(self, words: list[str]) -> Self:
        """With each of `words` somewhere in the question or in one of the answers shown."""
        found = self
        for word in words:
            answers = Post.objects.shown().filter(thread=OuterRef("pk"), body__icontains=word)
            asked = Q(title__icontains=word) | Q(body__icontains=word)
            found = found.filter(asked | Exists(answers))
        return found

    def counted(self) -> Self:
        """With `answers`: how many are shown."""
        posts = Post.objects.shown().filter(thread=OuterRef("pk")).order_by()
        number = posts.values("thread").annotate(number=Count("pk")).values("number")
        return self.annotate(answers=Coalesce(Subquery(number), 0))


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
    sent_as = models.UUIDField(null=True, editable=False)

    # From `signed()` and `counted()`.
    author_name: str | None
    author_role: str | None
    answers: int

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("question in a class")
        verbose_name_plural = _("questions in classes")
        ordering = ["-last_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "sent_as"], name="thread_sent_once")
        ]
        indexes = [
            models.Index(fields=["cohort", "lesson", "-last_at"], name="thread_under_lesson"),
            models.Index(fields=["cohort", "-last_at"], name="thread_of_class"),
        ]

    def __str__(self) -> str:
        return self.title


class PostQuerySet(WrittenQuerySet):
    cohort_is_at = "thread__cohort"

    def shown(self) -> Self:
        return self.filter(hidden_at=None)


class Post(models.Model):
    """An answer to a question; answers have no answers."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    author = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="posts")
    body = models.TextField(_("answer"), max_length=MOST_CHARACTERS)
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)
    sent_as = models.UUIDField(null=True, editable=False)

    # From `signed()`.
    author_name: str | None
    author_role: str | None

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer in a class")
        verbose_name_plural = _("answers in classes")
        ordering = ["thread", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "sent_as"], name="post_sent_once"),
            models.UniqueConstraint(
                fields=["thread"], condition=Q(pinned=True), name="post_one_pinned"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:50]


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def named(self) -> Self:
        """With `by_name`, who reported; None for who has left."""
        return self.annotate(by_name=of_member(PUBLIC_NAME, "thread__cohort", "by"))


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

    # From `named()`.
    by_name: str | None

    objects = ReportQuerySet.as_manager()

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
