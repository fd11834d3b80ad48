"""Who gets an e-mail about what was said in a class, and what stands in it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from cohorts.mail import Kind, class_mail, unwilling, wants
from cohorts.models import Announcement, Membership, Post
from cohorts.talk.readable import readable

# So many announcements are mailed at a time.
AT_ONCE = 20


@transaction.atomic
def claim(now: datetime) -> list[Announcement]:
    """Those whose e-mails are to be queued, each given to one caller only."""
    due = Announcement.objects.select_for_update(of=("self",), skip_locked=True).to_mail(now)
    claimed = list(due.order_by("post_at", "pk")[:AT_ONCE])
    for announcement in claimed:
        announcement.mailed_at = now
        announcement.save(update_fields=["mailed_at"])
    return claimed


def readers(announcement: Announcement) -> Iterable[int]:
    """Whom to mail, by their membership: all who want it, but its author. One query."""
    members = Membership.objects.active().filter(cohort=announcement.cohort_id)
    members = members.exclude(user=announcement.author_id).filter(user__is_active=True)
    willing = members.exclude(user__in=unwilling("announcements"))
    return willing.order_by("pk").values_list("pk", flat=True)


def followers(post: Post) -> Iterable[int]:
    """Who asked, and who answered, as far as they want mails; not the author. One query."""
    said = Q(user=post.thread.author_id) | Q(user__posts__thread=post.thread_id)
    members = Membership.objects.active().filter(said, cohort=post.thread.cohort_id)
    members = members.exclude(user=post.author_id).filter(user__is_active=True)
    willing = members.exclude(user__in=unwilling("replies"))
    return willing.order_by("pk").values_list("pk", flat=True).distinct()


def mail_announcement(*, announcement_id: int, membership_id: int) -> bool:
    """Whether it was sent: nothing is said to who has left or wants no mail, or of what is gone."""
    found = Announcement.objects.signed().filter(pk=announcement_id, cohort__archived_at=None)
    announcement = found.select_related("cohort").first()
    if announcement is None:
        return False
    user = reached(membership_id, announcement.cohort_id, "announcements")
    if user is None:
        return False
    context = {"announcement": announcement, "text": readable(announcement.body)}
    class_mail(user, "cohorts/mail/announcement", context, "announcements").send()
    return True


def mail_reply(*, post_id: int, membership_id: int) -> bool:
    """Whether it was sent; what is hidden is not told."""
    shown = Post.objects.shown().filter(
        thread__hidden_at=None, thread__cohort__archived_at=None, pk=post_id
    )
    post = shown.signed().select_related("thread__cohort", "thread__lesson").first()
    if post is None:
        return False
    user = reached(membership_id, post.thread.cohort_id, "replies")
    if user is None:
        return False
    class_mail(user, "cohorts/mail/reply", {"post": post}, "replies").send()
    return True


def reached(membership_id: int, cohort_id: int, kind: Kind) -> User | None:
    """Whom a mail may go to: they are still in the class, and still want it."""
    members = Membership.objects.active().filter(pk=membership_id, cohort=cohort_id)
    member = members.select_related("user").first()
    return member.user if member is not None and wants(member.user, kind) else None
