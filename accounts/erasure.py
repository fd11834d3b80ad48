"""Deleting an account with everything that belongs to it."""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LastSuperuserError(Exception):
    """Without this account nobody could run the site any more."""


class EmailForm(forms.Form):
    """The first of the two questions before erasing."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.lower() != self.user.email:
            raise forms.ValidationError(
                _("This is not the address of this account. Type %(email)s."),
                params={"email": self.user.email},
            )
        return email


def is_last_superuser(user: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and user.is_active and not others.exists()


@transaction.atomic
def erase(*, user: User) -> None:
    """Delete `user` and all of their rows; sessions elsewhere end with the account.

    Superusers are locked first, so that the last two cannot both leave at once; and `user`, so
    that another window adds no row while theirs are deleted.
    """
    concerned = User.objects.filter(Q(is_superuser=True) | Q(pk=user.pk))
    list(concerned.select_for_update().order_by("pk"))
    if is_last_superuser(user):
        raise LastSuperuserError
    user.delete()
