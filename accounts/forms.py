"""What Cairn asks people, where allauth's forms are named differently or ask too much."""

from collections.abc import Mapping
from typing import Any, ClassVar
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import validate_name

Words = Mapping[str, Any]  # field name → text, often lazy

EMAIL = _("E-mail address")
PASSWORD = _("Password")
PASSWORD_HINT = _("At least 8 characters. A few unrelated words are easy to keep in mind.")
CODE_WIDGET = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class Worded(forms.Form):
    """Names and explains the fields of an allauth form in our words; asks no password twice."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            if name == "code":
                field.widget.attrs.update(CODE_WIDGET)


class SignupForm(Worded, allauth_forms.SignupForm):
    labels = {"email": EMAIL, "password1": PASSWORD}
    hints = {"password1": PASSWORD_HINT}
    field_order = ["email", "display_name", "password1", "time_zone"]

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("What we call you."),
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Filled by static/js/time-zone.js. Nobody could correct it, so a wrong one is no error.
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        return name if name in available_timezones() else ""

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        if self.account_already_exists:
            # The other branch hashes the password, too: the time taken tells nothing.
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, Any] = super().try_save(request)
        return saved

    def signup(self, request: HttpRequest, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.time_zone = self.cleaned_data["time_zone"] or user.time_zone
        user.save(update_fields=["display_name", "time_zone"])


class LoginForm(Worded, allauth_forms.LoginForm):
    labels = {
        "login": EMAIL,
        "password": PASSWORD,
        "remember": _("Stay signed in on this device"),
    }
    hints = {"password": ""}


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordForm):
    labels = {"email": EMAIL}


class ResetPasswordKeyForm(Worded, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):
    labels = {"oldpassword": _("Password now"), "password1": _("New password")}
    hints = {"oldpassword": "", "password1": PASSWORD_HINT}


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):
    labels = {"password1": _("New password")}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(Worded, allauth_forms.ReauthenticateForm):
    labels = {"password": PASSWORD}
    hints = {"password": ""}


class AddEmailForm(Worded, allauth_forms.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ConfirmEmailForm(Worded, allauth_forms.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code from the mail")}


class AuthenticateForm(Worded, mfa_forms.AuthenticateForm):
    labels = {"code": _("Code from your authenticator app")}
    hints = {"code": _("Six digits, or one of your recovery codes.")}


class ReauthenticateByCodeForm(Worded, mfa_forms.ReauthenticateForm):
    labels = AuthenticateForm.labels
    hints = AuthenticateForm.hints


class ActivateTOTPForm(Worded, totp_forms.ActivateTOTPForm):
    labels = {"code": _("Six digits that the app shows now")}


class AddPasskeyForm(Worded, webauthn_forms.AddWebAuthnForm):
    labels = {"name": _("Name"), "passwordless": _("Sign in with it alone, without my password")}
    hints = {
        "name": _("To tell your passkeys apart, like “Phone” or “Blue key”."),
        "passwordless": _("It will ask for your fingerprint, face or PIN instead."),
    }


class EditPasskeyForm(Worded, webauthn_forms.EditWebAuthnForm):
    labels = {"name": _("Name")}
