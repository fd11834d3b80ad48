"""An e-mail when reviews are due: for who asked for it, in their morning, at most one a day."""

from collections.abc import Iterator
from datetime import date, datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from courses.statements import fetch
from quizzes.models import ReviewPreferences
from quizzes.review.queue import ASKABLE

# What is due, by the rule of the queue: a mail promises nothing that `/review/` does not ask.
DUE = f"{ASKABLE} AND card.state > 0 AND card.due_at <= %s"
OF_PREFERENCES = DUE.replace(
    "card.user_id = %s", "card.user_id = quizzes_reviewpreferences.user_id"
)
# The hour of the person's day from which on the mail may come.
MORNING = 7
# Without a time: the link in an old mail works for good.
SIGNER = signing.Signer(salt="review-mails")


def people_to_remind(now: datetime) -> Iterator[int]:
    """The ids of those whom a mail would reach today for the first time. One query."""
    at = connection.ops.adapt_datetimefield_value(now)
    some = f"EXISTS (SELECT 1 {OF_PREFERENCES})"
    due = RawSQL(some, [at, at], output_field=BooleanField())  # noqa: S611  (of constants)
    wanted = ReviewPreferences.objects.filter(due, mail=True, user__is_active=True)
    for preferences in wanted.select_related("user").iterator():
        if is_time(preferences, now):
            yield preferences.user_id


def due_of(user: User, now: datetime) -> int:
    at = connection.ops.adapt_datetimefield_value(now)
    ((found,),) = fetch(f"SELECT COUNT(*) {DUE}", [user.pk, at, at])
    return int(found)


def is_time(preferences: ReviewPreferences, now: datetime) -> bool:
    here = now.astimezone(preferences.user.zone)
    # Who travels west has the same day twice.
    mailed_today = preferences.mailed_on is not None and preferences.mailed_on >= here.date()
    return here.hour >= MORNING and not mailed_today


def remind(*, user_id: int, now: datetime) -> bool:
    """Send the mail, unless it was sent today, or is no longer wanted or needed.

    The day is written down before sending: rather no mail than two. A server that cannot take
    the mail takes the day back; one that refuses the address does not.
    """
    day = claim(user_id, now)
    if day is None:
        return False
    user = User.objects.get(pk=user_id)
    try:
        mail_to(user, due_of(user, now)).send()
    except SMTPRecipientsRefused:
        # The address will not be another one in ten minutes.
        raise
    except (SMTPException, OSError):
        ReviewPreferences.objects.filter(user=user, mailed_on=day).update(mailed_on=None)
        raise
    return True


@transaction.atomic
def claim(user_id: int, now: datetime) -> date | None:
    """The day that was written down, or None where nothing is to be sent."""
    locked = ReviewPreferences.objects.select_for_update(of=("self",)).select_related("user")
    preferences = locked.filter(user=user_id, mail=True, user__is_active=True).first()
    if preferences is None or not is_time(preferences, now):
        return None
    if not due_of(preferences.user, now):
        return None
    preferences.mailed_on = now.astimezone(preferences.user.zone).date()
    preferences.save(update_fields=["mailed_on"])
    return preferences.mailed_on


def mail_to(user: User, due: int) -> EmailMessage:
    stop = settings.SITE_URL + reverse("review_unsubscribe", args=[token_of(user)])
    context = {
        "user": user,
        "due": due,
        "review": settings.SITE_URL + reverse("review"),
        "stop": stop,
    }
    return EmailMessage(
        subject=render_to_string("quizzes/review/mail_subject.txt", context).strip(),
        body=render_to_string("quizzes/review/mail.txt", context),
        to=[user.email],
        # RFC 8058: mail programs offer a button that posts to this address.
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def token_of(user: User) -> str:
    return SIGNER.sign(str(user.pk))


def person_of(token: str) -> int | None:
    try:
        return int(SIGNER.unsign(token))
    except signing.BadSignature:
        return None


def is_ours(token: str) -> bool:
    return person_of(token) is not None


def unsubscribe(token: str) -> bool:
    """Whether `token` was ours; from then on its person gets no more mail. It never expires."""
    user_id = person_of(token)
    ReviewPreferences.objects.filter(user=user_id).update(mail=False)
    return user_id is not None
