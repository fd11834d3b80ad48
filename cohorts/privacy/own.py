"""What hangs off somebody's memberships, their addresses, and they themselves."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section
from cohorts.models import (
    CalendarFeed,
    Extension,
    Grade,
    Invitation,
    LogEntry,
    MailPreferences,
    Membership,
    Note,
    Reminder,
    RubricMark,
    Submission,
)
from quizzes.models import Attempt

TARGETS = ("deadline__lesson", "deadline__quiz", "deadline__assignment")


def memberships(user: User) -> Iterator[Row]:
    mine = Membership.objects.filter(user=user).select_related("cohort", "group")
    for member in mine.order_by("joined_at", "pk"):
        yield {
            "class": member.cohort.name,
            "term": member.cohort.term,
            "role": str(member.get_role_display()),
            "group": member.group.name if member.group else None,
            "name_in_the_class": member.listed_as,
            "student_number": member.number,
            "extra_time_percent": member.extra_time,
            "joined": member.joined_at,
            "left": member.left_at,
            "removed": member.removed,
        }


def hand_ins(user: User) -> Iterator[Row]:
    """Drafts, too; the files themselves are on the page of the assignment."""
    mine = Submission.objects.filter(membership__user=user).select_related("assignment__cohort")
    for work in mine.prefetch_related("files").order_by("saved_at", "pk"):
        yield {
            "class": work.assignment.cohort.name,
            "assignment": work.assignment.title,
            "number": work.number,
            "saved": work.saved_at,
            "handed_in": work.submitted_at,
            "text": work.text,
            "link": work.link,
            "files": [
                {"name": file.name, "bytes": file.size, "uploaded": file.uploaded_at}
                for file in work.files.all()
            ],
        }


def grades(user: User) -> Iterator[Row]:
    """Those that were released: the export tells nothing before the class does."""
    released = Grade.objects.filter(membership__user=user, item__released_at__lte=Now())
    marks = RubricMark.objects.select_related("criterion", "level")
    found = released.select_related("item__cohort", "item__quiz", "item__assignment")
    for grade in found.prefetch_related(Prefetch("marks", marks)).order_by("pk"):
        yield {
            "class": grade.item.cohort.name,
            "item": str(grade.item),
            "out_of": str(grade.item.points),
            "points": plain(grade.score),
            "changed_to": plain(grade.override),
            "excused": grade.excused,
            "reason": grade.reason,
            "feedback": grade.feedback,
            "graded": grade.graded_at,
            "marks": [mark_row(mark) for mark in grade.marks.all()],
        }


def plain(points: object) -> str | None:
    return None if points is None else str(points)


def mark_row(mark: RubricMark) -> Row:
    return {
        "criterion": mark.criterion.title,
        "level": mark.level.title if mark.level else None,
        "points": str(mark.points),
        "comment": mark.comment,
    }


def extensions(user: User) -> Iterator[Row]:
    mine = Extension.objects.filter(membership__user=user).order_by("given_at", "pk")
    for extension in mine.select_related("deadline__cohort", *TARGETS):
        yield {
            "class": extension.deadline.cohort.name,
            "for": str(extension.deadline),
            "due": extension.due_at,
            "reason": extension.reason,
            "given": extension.given_at,
        }


def reminders(user: User) -> Iterator[Row]:
    mine = Reminder.objects.filter(membership__user=user).order_by("sent_at", "pk")
    for reminder in mine.select_related("deadline__cohort", *TARGETS):
        yield {
            "class": reminder.deadline.cohort.name,
            "of": str(reminder.deadline),
            "due": reminder.due_at,
            "sent": reminder.sent_at,
        }


def notes_about(user: User) -> Iterator[Row]:
    about = Note.objects.filter(membership__user=user).select_related("membership__cohort")
    for note in about.order_by("written_at", "pk"):
        yield {
            "class": note.membership.cohort.name,
            "written": note.written_at,
            "note": note.body,
        }


def log_about(user: User) -> Iterator[Row]:
    """Of a grade nothing but that it was changed, before it is released, or its quiz tells it:
    not of what either, as learners do not know all columns."""
    withheld = Attempt.objects.filter(user=user, quiz=OuterRef("item__quiz"), withheld=True)
    unknown = ~Q(item__released_at__lte=Now()) | Exists(withheld)
    unreleased = Q(kind=LogEntry.Kind.GRADES) & unknown
    about = LogEntry.objects.filter(about__user=user).select_related("cohort")
    silent = Case(When(unreleased, then=True), default=False)
    for entry in about.annotate(silent=silent).order_by("at", "pk"):
        told = not entry.silent
        yield {
            "class": entry.cohort.name,
            "at": entry.at,
            "change": entry.what if told else str(_("A grade")),
            **({"before": entry.before, "after": entry.after} if told else {}),
            **({"reason": entry.reason} if told else {}),
        }


def invited(user: User) -> QuerySet[Invitation]:
    """Of all addresses that `user` has confirmed."""
    mine = EmailAddress.objects.filter(user=user, verified=True)
    return Invitation.objects.filter(email__in=[one.email for one in mine])


def invitations(user: User) -> Iterator[Row]:
    for invitation in invited(user).select_related("cohort", "group").order_by("invited_at", "pk"):
        yield {
            "class": invitation.cohort.name,
            "email": invitation.email,
            "role": str(invitation.get_role_display()),
            "group": invitation.group.name if invitation.group else None,
            "name_in_the_class": invitation.listed_as,
            "student_number": invitation.number,
            "invited": invitation.invited_at,
            "valid_until": invitation.expires_at,
            "accepted": invitation.accepted_at,
        }


def calendar(user: User) -> Iterator[Row]:
    """When, never the address: who has it reads the calendar."""
    for feed in CalendarFeed.objects.filter(user=user):
        yield {"made": feed.made_at}


def mail(user: User) -> Iterator[Row]:
    for wanted in MailPreferences.objects.filter(user=user):
        yield {
            "announcements": wanted.announcements,
            "reminders": wanted.reminders,
            "replies": wanted.replies,
            "grades": wanted.grades,
        }


DELETED = _("Deleted.")
OWN = (
    Section(
        "classes",
        _("Classes you are in or were in"),
        memberships,
        _(
            "Deleted. A class that you own stays, and nobody owns it until an administrator names "
            "somebody: hand it over first."
        ),
    ),
    Section("class-work", _("Work you handed in, and drafts"), hand_ins, _("Deleted, with files.")),
    Section("class-grades", _("Grades and feedback you were given in classes"), grades, DELETED),
    Section("class-extensions", _("More time you were given"), extensions, DELETED),
    Section("class-reminders", _("Reminders you were sent"), reminders, DELETED),
    Section("class-notes-about", _("Notes that teachers wrote about you"), notes_about, DELETED),
    Section(
        "class-log-about",
        _("What was changed for you in classes"),
        log_about,
        _("It stays in the log of the class, without your name."),
    ),
    Section("class-invitations", _("Invitations to classes"), invitations, DELETED),
    Section("class-calendar", _("Your calendar address"), calendar, DELETED),
    Section("class-mail", _("Which e-mails of classes you want"), mail, DELETED),
)
