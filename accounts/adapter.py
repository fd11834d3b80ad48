from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode  # type: ignore[import-untyped]

from accounts.models import User

WRONG_CODE = _("That code does not fit. Check it, or ask for a new one.")

WAYS_TO_SHOW_IT = {
    "reauthenticate": _("Use my password"),
    "mfa_reauthenticate": _("Use a code from my app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Cairn's ways where they differ from allauth's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to whoever runs this site."),
        "duplicate_email": _("This is your address already. Give another one."),
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. "
            "Check both, or ask for a new password."
        ),
        "email_taken": _("Another account uses this e-mail address. Give another one."),
        "enter_current_password": _("This is not your password. Try it again."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your password. Try it again."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("That was a little fast. Wait a minute, then try again."),
    }

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": WAYS_TO_SHOW_IT[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account")


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Turn on a second factor first."),
        "incorrect_code": _("That code does not fit. Wait for the next one and type it in."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as SVG without styles, for use inside the page."""
        code = QRCode(border=4)
        code.add_data(url)
        matrix = code.get_matrix()
        dots = "".join(
            f"M{x} {y}h1v1h-1z"
            for y, row in enumerate(matrix)
            for x, dark in enumerate(row)
            if dark
        )
        return format_html(
            '<svg role="img" aria-label="{}" width="232" height="232" viewBox="0 0 {size} {size}">'
            '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{}"/></svg>',
            _("QR code for your authenticator app"),
            dots,
            size=len(matrix),
        )

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Passkey %(number)d")) % {"number": count + 1}
