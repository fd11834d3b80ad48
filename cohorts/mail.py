"""E-mails about classes: who wants which, how they are made, and how they are stopped."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from cohorts.models import MailPreferences

Kind = Literal["announcements", "reminders", "replies", "grades"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Without a time: the link in an old mail works for good.
SIGNER = signing.Signer(salt="class-mails")


def wants(user: User, kind: Kind) -> bool:
    """One query. For many people at once: `unwilling`."""
    return user.is_active and not unwilling(kind).filter(user=user).exists()


def unwilling(kind: Kind) -> QuerySet[MailPreferences, Any]:
    """The ids of those who do not want it, to exclude: `.exclude(user__in=unwilling("grades"))`."""
    return MailPreferences.objects.filter(**{kind: False}).values("user")


def class_mail(user: User, template: str, context: Mapping[str, Any], kind: Kind) -> EmailMessage:
    """The mail of `<template>.txt` and `<template>_subject.txt`, which are given `context`, `user`
    and `site` (the start of addresses); how to stop mails of this kind is added below it."""
    stop = settings.SITE_URL + reverse("class_mail_stop", args=[token_of(user, kind)])
    words = {**context, "user": user, "site": settings.SITE_URL, "stop": stop, "kind": kind}
    subject = render_to_string(f"{template}_subject.txt", words)
    body = render_to_string(f"{template}.txt", words).strip()
    foot = render_to_string("cohorts/mail/_foot.txt", words).strip()
    return EmailMessage(
        # A line break in the name of a class must not begin another header.
        subject=" ".join(subject.split()),
        body=f"{body}\n\n-- \n{foot}\n",
        to=[user.email],
        # RFC 8058: mail programs offer a button that posts to this address.
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def token_of(user: User, kind: Kind) -> str:
    return SIGNER.sign(f"{user.pk}:{kind}")


def read_token(token: str) -> tuple[int, Kind] | None:
    """Whose mails of which kind it stops; None: it is not ours."""
    try:
        user_id, _, kind = SIGNER.unsign(token).partition(":")
    except signing.BadSignature:
        return None
    return int(user_id), next(one for one in KINDS if one == kind)


def stop(user_id: int, kind: Kind) -> None:
    """From now on this person gets no more of these mails; nothing, where the account is gone."""
    if User.objects.filter(pk=user_id).exists():
        MailPreferences.objects.update_or_create(user_id=user_id, defaults={kind: False})
