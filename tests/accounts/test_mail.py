"""Every mail that allauth may send, in our words."""

from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.test import RequestFactory
from django.utils import timezone

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def kinds_in(templates: Path) -> set[str]:
    return {
        str(path.relative_to(templates)).removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in templates.glob(f"{app}/email/*_subject.txt")
    }


KINDS = sorted(kinds_in(TEMPLATES))


@pytest.mark.parametrize("kind", KINDS)
def test_mail(kind: str) -> None:
    request = RequestFactory().get("/", HTTP_HOST="testserver")
    words = {
        "request": request,
        "current_site": RequestSite(request),
        "timestamp": timezone.now(),
        "user_agent": "Fire<fox",
        "ip": "192.0.2.1",
        "code": "ABCD-1234",
        "to_email": "new&y@example.org",
        "from_email": "old@example.org",
        "deleted_email": "gone@example.org",
        "password_reset_url": "http://testserver/reset/?a=1&b=2",
        "signup_url": "http://testserver/signup/",
    }
    with context.request_context(request):
        mail = get_adapter().render_mail(kind, "x@example.org", words)
    assert mail.subject == mail.subject.strip() != ""
    assert mail.body.endswith("\nCairn\ntestserver")
    assert "&amp;" not in mail.body
    assert "&lt;" not in mail.body
    assert "\n\n\n" not in mail.body.replace("\n \n", "\n\n")
    assert "!" not in mail.body


def test_none_of_allauths_own_is_left() -> None:
    by_code = {"account/email/login_code", "account/email/password_reset_code"}  # not in use
    signup = {"account/email/email_confirmation_signup"}  # includes ours
    assert kinds_in(Path(allauth.__file__).parent / "templates") - by_code - signup <= set(KINDS)
