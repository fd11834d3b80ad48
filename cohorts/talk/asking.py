"""Questions and answers as their writers make, change and take them away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.log import note
from cohorts.models import LogEntry, Membership, Post, Report, Thread
from cohorts.talk.moderating import move_pin, reports_of, thread_of
from cohorts.talk.pace import check_pace, take_turn
from cohorts.tasks import tell_of_answer
from courses.models import Concept, Lesson


class ClosedError(Exception):
    """The question was hidden: nobody writes there any more."""


@transaction.atomic
def ask(
    *,
    member: Membership,
    lesson: Lesson,
    concept: Concept | None,
    title: str,
    body: str,
    sent_as: UUID | None,
    now: datetime,
) -> Thread:
    """Once for each `sent_as`. Raises TooFastError."""
    take_turn(member.user)
    mine = Thread.objects.filter(author=member.user)
    if sent_as and (sent := mine.filter(sent_as=sent_as).first()):
        return sent
    check_pace(member.user, now)
    return Thread.objects.create(
        cohort=member.cohort,
        lesson=lesson,
        concept=concept,
        author=member.user,
        title=title,
        body=body,
        created_at=now,
        last_at=now,
        sent_as=sent_as,
    )


@transaction.atomic
def answer(
    *,
    member: Membership,
    thread: Thread,
    body: str,
    pinned: bool,
    sent_as: UUID | None,
    now: datetime,
) -> Post:
    """Once for each `sent_as`; who asked and who answered is told by e-mail.

    Raises TooFastError, and ClosedError where the question was hidden meanwhile.
    """
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    take_turn(member.user)
    mine = Post.objects.filter(author=member.user)
    if sent_as and (sent := mine.filter(sent_as=sent_as).first()):
        return sent
    if thread.hidden_at:
        raise ClosedError
    check_pace(member.user, now)
    post = Post.objects.create(
        thread=thread, author=member.user, body=body, created_at=now, sent_as=sent_as
    )
    thread.last_at = now
    thread.save(update_fields=["last_at"])
    if pinned:
        move_pin(thread, post)
    tell_of_answer.enqueue(post.pk)
    return post


@transaction.atomic
def edit_question(*, thread: Thread, title: str, body: str, now: datetime) -> None:
    """Marked as edited once somebody may have answered what it said before. What somebody has
    reported is noted in the log before it changes."""
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    if (locked.title, locked.body) == (title, body):
        return
    keep_reported(locked, f"{locked.title}\n{locked.body}", now)
    locked.title, locked.body = title, body
    if locked.posts.exists():
        locked.edited_at = now
    locked.save(update_fields=["title", "body", "edited_at"])


@transaction.atomic
def edit_answer(*, post: Post, body: str, now: datetime) -> None:
    """Marked as edited once somebody wrote after it. What somebody has reported is noted in the
    log before it changes."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    if post.body == body:
        return
    keep_reported(post, post.body, now)
    post.body = body
    if thread.posts.filter(pk__gt=post.pk).exists():
        post.edited_at = now
    post.save(update_fields=["body", "edited_at"])


def keep_reported(written: Thread | Post, before: str, now: datetime) -> None:
    """So that the staff reads what was reported, not what its author made of it since."""
    if not reports_of(written).exists():
        return
    thread = thread_of(written)
    note(
        cohort=thread.cohort,
        kind=LogEntry.Kind.TALK,
        what=_("Changed by its author, after a report: “%(title)s”") % {"title": thread.title},
        by=written.author,
        now=now,
        about=Membership.objects.filter(cohort=thread.cohort_id, user=written.author_id).first(),
        before=before,
    )


@transaction.atomic
def delete_answer(*, post: Post, member: Membership, now: datetime) -> None:
    """What somebody has reported is noted in the log before it goes."""
    if Report.objects.filter(post=post, settled_at=None).exists():
        note(
            cohort=member.cohort,
            kind=LogEntry.Kind.TALK,
            what=_("Answer to “%(title)s” deleted by its author, after a report")
            % {"title": post.thread.title},
            by=member.user,
            now=now,
            about=member,
            before=post.body,
        )
    post.delete()


def resolve(*, thread: Thread, yes: bool, now: datetime) -> None:
    """Saying it twice changes nothing."""
    changed = Thread.objects.filter(pk=thread.pk).resolved(yes=not yes)
    changed.update(resolved_at=now if yes else None)
