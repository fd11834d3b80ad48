"""A question or an answer as one reader sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from cohorts.models import Membership, Post, Report, Role, Thread
from cohorts.permissions import can_ask, can_moderate, can_see_hidden
from cohorts.talk.plain_text import render


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a thread. `reported` are the answers that they have reported, and None among
    them for the question."""

    user_id: int
    writes: bool
    moderates: bool
    sees_hidden: bool
    reported: frozenset[int | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """`author` is None for who has left; `role`, the staff's only; `shown` is whether this
    reader may read it; otherwise `html` is empty."""

    pk: int
    author: str | None
    role: str
    html: SafeString
    at: datetime
    edited_at: datetime | None
    hidden: bool
    shown: bool
    mine: bool
    may_edit: bool
    may_moderate: bool
    may_report: bool
    reported: bool
    pinned: bool = False


def reader_of(member: Membership, thread: Thread) -> Reader:
    """One query, for who may report."""
    writes = can_ask(member)
    mine = Report.objects.filter(thread=thread, by=member.user_id)
    return Reader(
        user_id=member.user_id,
        writes=writes,
        moderates=can_moderate(member),
        sees_hidden=can_see_hidden(member),
        reported=frozenset(mine.values_list("post", flat=True)) if writes else frozenset(),
    )


def said(written: Thread | Post, reader: Reader) -> Said:
    """`written` comes from `signed()`."""
    post = written if isinstance(written, Post) else None
    hidden = written.hidden_at is not None
    mine = written.author_id == reader.user_id
    readable = not hidden or reader.sees_hidden
    reported = (post and post.pk) in reader.reported
    return Said(
        pk=written.pk,
        author=written.author_name,
        role=role_in_words(written.author_role),
        html=mark_safe(render(written.body) if readable else ""),  # noqa: S308  (all escaped)
        at=written.created_at,
        edited_at=written.edited_at,
        hidden=hidden,
        shown=readable,
        mine=mine,
        may_edit=mine and reader.writes and not hidden,
        may_moderate=reader.moderates,
        may_report=reader.writes and not (mine or hidden or reported or reader.moderates),
        reported=reported,
        pinned=post is not None and post.pinned,
    )


def role_in_words(role: str | None) -> str:
    return str(Role(role).label) if role and role != Role.LEARNER else ""
