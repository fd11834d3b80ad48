"""Mails to who is invited to a class, and to who was put into one. Called by tasks."""

from collections.abc import Mapping
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from cohorts.models import Invitation, Membership


def mail_invitation(*, invitation_id: int, words: str, now: datetime) -> bool:
    """Whether a mail was sent: once, until `mailed_at` is taken away, and only while it is open.

    The time is written down before sending: rather no mail than two. A server that cannot take
    the mail takes it back; one that refuses the address does not.
    """
    waiting = Invitation.objects.open(now).filter(pk=invitation_id, cohort__archived_at=None)
    if not waiting.filter(mailed_at=None).update(mailed_at=now):
        return False
    invitation = waiting.select_related("cohort", "invited_by").get()
    link = settings.SITE_URL + reverse("invitation", args=[invitation.token])
    context = {"invitation": invitation, "words": words, "link": link}
    mail = mail_of("cohorts/people/mail_invitation", invitation.email, context)
    try:
        mail.send()
    except SMTPRecipientsRefused:
        # The address will not be another one the next time.
        raise
    except (SMTPException, OSError):
        Invitation.objects.filter(pk=invitation_id, mailed_at=now).update(mailed_at=None)
        raise
    return True


def mail_added(*, membership_id: int, by_id: int) -> bool:
    """Whether a mail was sent: not to who has left already."""
    members = Membership.objects.active().select_related("cohort", "user")
    member = members.filter(pk=membership_id, user__is_active=True).first()
    if member is None:
        return False
    link = settings.SITE_URL + reverse("cohort", args=[member.cohort.slug])
    by = User.objects.filter(pk=by_id).first()
    context = {"member": member, "by": by, "link": link}
    return bool(mail_of("cohorts/people/mail_added", member.user.email, context).send())


def mail_of(template: str, address: str, context: Mapping[str, Any]) -> EmailMessage:
    subject = render_to_string(f"{template}_subject.txt", context)
    return EmailMessage(
        # A line break in the name of a class must not begin another header.
        subject=" ".join(subject.split()),
        body=render_to_string(f"{template}.txt", context).strip() + "\n",
        to=[address],
    )
