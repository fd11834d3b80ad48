"""Announcements: posted now or later, changed, taken away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from cohorts.models import Announcement, Cohort, Membership
from cohorts.models.talk import AnnouncementQuerySet
from cohorts.permissions import can_announce
from cohorts.talk.pace import take_turn


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written. `post_at` None: now."""

    title: str
    body: str
    post_at: datetime | None
    pinned: bool
    mail: bool


def visible_to(member: Membership, now: datetime) -> AnnouncementQuerySet:
    """Those that `member` may read: planned ones, only who may write them."""
    mine = Announcement.objects.filter(cohort=member.cohort_id)
    return mine if can_announce(member) else mine.posted(now)


@transaction.atomic
def post(
    *, cohort: Cohort, by: User, draft: Draft, sent_as: UUID | None, now: datetime
) -> Announcement:
    """Once for each `sent_as`. Its e-mails are queued by the clock, when it is posted."""
    take_turn(by)
    if sent_as and (sent := Announcement.objects.filter(author=by, sent_as=sent_as).first()):
        return sent
    return Announcement.objects.create(
        cohort=cohort,
        author=by,
        title=draft.title,
        body=draft.body,
        post_at=draft.post_at or now,
        pinned=draft.pinned,
        mail=draft.mail,
        sent_as=sent_as,
    )


@transaction.atomic
def edit(*, announcement: Announcement, draft: Draft, now: datetime) -> Announcement:
    """A mail that is out stays out, and what is posted stays posted."""
    found = Announcement.objects.select_for_update().get(pk=announcement.pk)
    posted = found.post_at <= now
    said = (found.title, found.body) != (draft.title, draft.body)
    found.title, found.body, found.pinned = draft.title, draft.body, draft.pinned
    if posted and said:
        found.edited_at = now
    if not posted:
        found.post_at = draft.post_at or now
    if found.mailed_at is None:
        found.mail = draft.mail
    found.save(update_fields=["title", "body", "pinned", "edited_at", "post_at", "mail"])
    return found
