"""What somebody said in their classes."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section
from cohorts.models import Announcement, Note, Post, Report, Thread


def questions(user: User) -> Iterator[Row]:
    mine = Thread.objects.filter(author=user).select_related("cohort", "lesson", "concept")
    for thread in mine.order_by("created_at", "pk"):
        yield {
            "class": thread.cohort.name,
            "lesson": thread.lesson.title,
            "concept": thread.concept.name if thread.concept else None,
            "question": thread.title,
            "text": thread.body,
            "asked": thread.created_at,
            "edited": thread.edited_at,
            "resolved": thread.resolved_at,
            "hidden": thread.hidden_at,
        }


def answers(user: User) -> Iterator[Row]:
    mine = Post.objects.filter(author=user).select_related("thread__cohort")
    for post in mine.order_by("created_at", "pk"):
        yield {
            "class": post.thread.cohort.name,
            "question": post.thread.title,
            "answer": post.body,
            "written": post.created_at,
            "edited": post.edited_at,
            "hidden": post.hidden_at,
            "pinned": post.pinned,
        }


def announcements(user: User) -> Iterator[Row]:
    mine = Announcement.objects.filter(author=user).select_related("cohort")
    for announcement in mine.order_by("post_at", "pk"):
        yield {
            "class": announcement.cohort.name,
            "title": announcement.title,
            "text": announcement.body,
            "posted": announcement.post_at,
            "edited": announcement.edited_at,
            "mailed": announcement.mailed_at,
        }


def reports(user: User) -> Iterator[Row]:
    mine = Report.objects.filter(by=user).select_related("thread__cohort")
    for report in mine.order_by("made_at", "pk"):
        yield {
            "class": report.thread.cohort.name,
            "question": report.thread.title,
            "reason": report.reason,
            "reported": report.made_at,
            "settled": report.settled_at,
        }


def notes(user: User) -> Iterator[Row]:
    """About whom is not for this export."""
    mine = Note.objects.filter(author=user).select_related("membership__cohort")
    for note in mine.order_by("written_at", "pk"):
        yield {
            "class": note.membership.cohort.name,
            "written": note.written_at,
            "note": note.body,
        }


NAMELESS = _("They stay in the class, without your name.")
WRITTEN = (
    Section("class-questions", _("Questions you asked in classes"), questions, NAMELESS),
    Section("class-answers", _("Answers you wrote in classes"), answers, NAMELESS),
    Section("class-announcements", _("Announcements you posted"), announcements, NAMELESS),
    Section("class-reports", _("Reports you made"), reports, _("Deleted.")),
    Section("class-notes", _("Notes you wrote about learners"), notes, NAMELESS),
)
