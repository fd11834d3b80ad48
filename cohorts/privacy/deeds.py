"""What somebody did in their classes for others. Who those were is not for this export."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section
from cohorts.models import Extension, Grade, Invitation, LogEntry, PendingImport, Report
from cohorts.privacy.own import TARGETS


def grades_given(user: User) -> Iterator[Row]:
    mine = Grade.objects.filter(graded_by=user).order_by("graded_at", "pk")
    for grade in mine.select_related("item__cohort", "item__quiz", "item__assignment"):
        yield {
            "class": grade.item.cohort.name,
            "item": str(grade.item),
            "graded": grade.graded_at,
        }


def extensions_given(user: User) -> Iterator[Row]:
    mine = Extension.objects.filter(given_by=user).order_by("given_at", "pk")
    for extension in mine.select_related("deadline__cohort", *TARGETS):
        yield {
            "class": extension.deadline.cohort.name,
            "for": str(extension.deadline),
            "given": extension.given_at,
        }


def invitations_sent(user: User) -> Iterator[Row]:
    mine = Invitation.objects.filter(invited_by=user).select_related("cohort")
    for invitation in mine.order_by("invited_at", "pk"):
        yield {
            "class": invitation.cohort.name,
            "role": str(invitation.get_role_display()),
            "invited": invitation.invited_at,
            "accepted": invitation.accepted_at,
        }


def uploads(user: User) -> Iterator[Row]:
    mine = PendingImport.objects.filter(made_by=user).select_related("cohort").defer("data")
    for upload in mine.order_by("made_at", "pk"):
        yield {
            "class": upload.cohort.name,
            "kind": str(upload.get_kind_display()),
            "file": upload.file_name,
            "uploaded": upload.made_at,
        }


def reports_settled(user: User) -> Iterator[Row]:
    mine = Report.objects.filter(settled_by=user).select_related("thread__cohort")
    for report in mine.order_by("settled_at", "pk"):
        yield {
            "class": report.thread.cohort.name,
            "question": report.thread.title,
            "settled": report.settled_at,
        }


def log(user: User) -> Iterator[Row]:
    for entry in LogEntry.objects.filter(actor=user).select_related("cohort").order_by("at", "pk"):
        own = {} if entry.about_id else {"before": entry.before, "after": entry.after}
        yield {"class": entry.cohort.name, "at": entry.at, "change": entry.what, **own}


NAMELESS = _("They stay in the class, without your name.")
DEEDS = (
    Section("class-grades-given", _("Work you graded in classes"), grades_given, NAMELESS),
    Section("class-extensions-given", _("More time you gave"), extensions_given, NAMELESS),
    Section("class-invitations-sent", _("Invitations you sent"), invitations_sent, NAMELESS),
    Section("class-uploads", _("Lists you uploaded for a class"), uploads, _("Deleted.")),
    Section("class-reports-settled", _("Reports you settled"), reports_settled, NAMELESS),
    Section(
        "class-log",
        _("What you changed in classes"),
        log,
        _("It stays in the log of the class, without your name."),
    ),
)
