"""What the accounts app itself keeps about a person."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section, register


def profile(user: User) -> Iterator[Row]:
    yield {
        "email": user.email,
        "name": user.display_name,
        "time_zone": user.time_zone,
        "colours": user.get_theme_display(),
        "joined": user.date_joined,
        "last_signed_in": user.last_login,
        "may_open_the_admin": user.is_staff,
        "is_superuser": user.is_superuser,
        "groups": [group.name for group in user.groups.order_by("name")],
    }


def email_addresses(user: User) -> Iterator[Row]:
    for address in EmailAddress.objects.filter(user=user).order_by("pk"):
        yield {
            "email": address.email,
            "confirmed": address.verified,
            "used_for_signing_in": address.primary,
        }


def second_factors(user: User) -> Iterator[Row]:
    """Kinds, names and dates; never a secret."""
    for factor in Authenticator.objects.filter(user=user).order_by("pk"):
        yield {
            "kind": factor.get_type_display(),
            "name": str(factor),
            "added": factor.created_at,
            "last_used": factor.last_used_at,
        }


def admin_history(user: User) -> Iterator[Row]:
    for entry in LogEntry.objects.filter(user=user).order_by("pk"):
        yield {
            "at": entry.action_time,
            "change": entry.get_action_flag_display(),
            "thing": entry.object_repr,
            "details": entry.get_change_message(),
        }


register(
    Section(
        "profile",
        _("Profile and preferences"),
        profile,
        _("Your name, time zone, colours and groups are deleted."),
    ),
    Section(
        "email-addresses",
        _("E-mail addresses"),
        email_addresses,
        _("Deleted. The address can be used for a new account."),
    ),
    Section(
        "second-factors",
        _("Second factors and passkeys"),
        second_factors,
        _("Deleted. Remove Cairn from your authenticator app and your passkeys yourself."),
    ),
    Section(
        "admin-history",
        _("Changes you made in the admin"),
        admin_history,
        _("The list of your changes is deleted. What you wrote for the course stays."),
    ),
)
