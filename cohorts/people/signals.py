"""Who signs up with an address that was invited is in the class when it is confirmed."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_signed_up
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.people.invitations import accept_waiting


@receiver(email_confirmed)
def let_in_by_address(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    let_in(request, email_address.user)


@receiver(user_signed_up)
def let_in_at_once(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Where no confirmation is asked for; else there is no confirmed address yet."""
    let_in(request, user)


def let_in(request: HttpRequest, user: User) -> None:
    for cohort in accept_waiting(user=user, now=timezone.now()):
        messages.success(request, _("You are in the class %(name)s now.") % {"name": cohort.name})
