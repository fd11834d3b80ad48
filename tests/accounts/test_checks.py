from typing import Any

import pytest
from django.core import checks


def found(settings: Any, *, deploy: bool = False) -> list[str | None]:
    messages = checks.run_checks(tags=["security"], include_deployment_checks=deploy)
    return [message.id for message in messages if (message.id or "").startswith("accounts.")]


def test_settings_as_they_are(settings: Any) -> None:
    assert found(settings) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ACCOUNT_RATE_LIMITS", False, "accounts.E001"),
        ("ACCOUNT_PREVENT_ENUMERATION", False, "accounts.E003"),
        ("ACCOUNT_EMAIL_VERIFICATION", "optional", "accounts.E003"),
        ("ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE", True, "accounts.E003"),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", True, "accounts.E004"),
        ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https"), "accounts.W001"),
    ],
)
def test_contradiction(settings: Any, name: str, value: Any, expected: str) -> None:
    setattr(settings, name, value)
    assert found(settings) == [expected]


def test_no_cache(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert found(settings) == ["accounts.E002"]
