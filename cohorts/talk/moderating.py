"""What the staff of a class do with questions and answers, and what anybody can report to them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.log import note
from cohorts.models import Cohort, LogEntry, Membership, Post, Report, Thread
from cohorts.models.talk import ReportQuerySet

Written = Thread | Post


def thread_of(written: Written) -> Thread:
    return written if isinstance(written, Thread) else written.thread


def reports_of(written: Written) -> ReportQuerySet:
    """Those that nobody has settled."""
    post = None if isinstance(written, Thread) else written
    return Report.objects.open().filter(thread=thread_of(written), post=post)


@transaction.atomic
def set_hidden(*, written: Written, yes: bool, by: Membership, now: datetime) -> None:
    """Hiding settles what was reported about it, and takes a pin away. Doing it twice changes
    nothing."""
    other = type(written).objects.filter(pk=written.pk, hidden_at__isnull=yes)
    if not other.update(hidden_at=now if yes else None):
        return
    if yes:
        reports_of(written).update(settled_at=now, settled_by=by.user)
        if isinstance(written, Post):
            Post.objects.filter(pk=written.pk).update(pinned=False)
    of_question = isinstance(written, Thread)
    what = [
        (_("Answer to “%(title)s” shown again"), _("Question “%(title)s” shown again")),
        (_("Answer to “%(title)s” hidden"), _("Question “%(title)s” hidden")),
    ][yes][of_question]
    log(written, what, by, now, before=written.body)


@transaction.atomic
def set_pinned(*, post: Post, yes: bool, by: Membership, now: datetime) -> None:
    """One answer at most stands on top: pinning one takes the pin from another."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    move_pin(thread, post if yes else None)
    what = _("Answer to “%(title)s” pinned") if yes else _("Answer to “%(title)s” unpinned")
    log(post, what, by, now)


def move_pin(thread: Thread, post: Post | None) -> None:
    """The thread's row is locked."""
    thread.posts.filter(pinned=True).update(pinned=False)
    if post:
        thread.posts.filter(pk=post.pk).update(pinned=True)


@transaction.atomic
def report(*, written: Written, by: Membership, reason: str, now: datetime) -> Report:
    """Once a person: who has reported it before gets that report, as it is."""
    thread = thread_of(written)
    post = None if isinstance(written, Thread) else written
    made, _created = Report.objects.get_or_create(
        thread=thread, post=post, by=by.user, defaults={"reason": reason, "made_at": now}
    )
    return made


@transaction.atomic
def settle(*, report: Report, by: Membership, now: datetime) -> None:
    """The text stays as it is. Settling twice changes nothing."""
    still_open = Report.objects.open().filter(pk=report.pk)
    if still_open.update(settled_at=now, settled_by=by.user):
        written = report.post or report.thread
        what = _("Report about “%(title)s” settled, nothing hidden")
        log(written, what, by, now, reason=report.reason)


def open_reports(cohort: Cohort) -> ReportQuerySet:
    return Report.objects.open().filter(thread__cohort=cohort)


def log(
    written: Written,
    what: str,
    by: Membership,
    now: datetime,
    *,
    before: str = "",
    reason: str = "",
) -> None:
    note(
        cohort=by.cohort,
        kind=LogEntry.Kind.TALK,
        what=what % {"title": thread_of(written).title},
        by=by.user,
        now=now,
        about=Membership.objects.filter(cohort=by.cohort_id, user=written.author_id).first(),
        before=before,
        reason=reason,
    )
