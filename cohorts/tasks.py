"""What is done for classes outside a request."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cohorts.grading import mails
from cohorts.models import Post
from cohorts.people import mails as people_mails
from cohorts.schedule import reminders
from cohorts.talk import mailing


@transaction.atomic
def queue_announcement_mails(now: datetime) -> None:
    """One task a person, so that one address that fails does not hold up the others. That they
    are queued is written down with the queue: neither without the other."""
    for announcement in mailing.claim(now):
        for membership_id in mailing.readers(announcement):
            mail_announcement.enqueue(announcement.pk, membership_id)


@task()
def mail_announcement(announcement_id: int, membership_id: int) -> bool:
    return mailing.mail_announcement(announcement_id=announcement_id, membership_id=membership_id)


@task()
def tell_of_answer(post_id: int) -> int:
    """How many were told: a task each. Apart, so that answering costs the same in any thread."""
    post = Post.objects.select_related("thread").filter(pk=post_id).first()
    told = list(mailing.followers(post)) if post else []
    for membership_id in told:
        mail_reply.enqueue(post_id, membership_id)
    return len(told)


@task()
def mail_reply(post_id: int, membership_id: int) -> bool:
    return mailing.mail_reply(post_id=post_id, membership_id=membership_id)


@task()
def queue_grade_mails(item_id: int) -> int:
    """One task for each learner who is told that grades are there; how many."""
    members = list(mails.people_to_tell(item_id))
    for membership_id in members:
        mail_grade.enqueue(item_id, membership_id)
    return len(members)


@task()
def mail_grade(item_id: int, membership_id: int) -> bool:
    return mails.tell(item_id=item_id, membership_id=membership_id)


@task()
def queue_people_mails(
    invitation_ids: list[int], membership_ids: list[int], by_id: int, words: str
) -> int:
    """A task for each who was invited, and each who was added; how many. Apart, so that adding
    a list costs the same however long it is."""
    for invitation_id in invitation_ids:
        mail_invitation.enqueue(invitation_id, words)
    for membership_id in membership_ids:
        mail_added.enqueue(membership_id, by_id)
    return len(invitation_ids) + len(membership_ids)


@task()
def mail_invitation(invitation_id: int, words: str) -> bool:
    return people_mails.mail_invitation(
        invitation_id=invitation_id, words=words, now=timezone.now()
    )


@task()
def mail_added(membership_id: int, by_id: int) -> bool:
    return people_mails.mail_added(membership_id=membership_id, by_id=by_id)


def queue_due_mails(now: datetime) -> None:
    """One task a person, so that one address that fails does not hold up the others."""
    for user_id in reminders.people_to_remind(now):
        mail_what_is_due.enqueue(user_id)


@task()
def mail_what_is_due(user_id: int) -> bool:
    return reminders.remind(user_id=user_id, now=timezone.now())
