"""System checks for settings of accounts that contradict each other."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

NO_CACHE = "django.core.cache.backends.dummy.DummyCache"

Apps = Sequence[AppConfig] | None


@register(Tags.security)
def rate_limits_count(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if getattr(settings, "ACCOUNT_RATE_LIMITS", None) is False:
        return [Error("Sign-in has no rate limits.", id="accounts.E001")]
    if settings.CACHES["default"]["BACKEND"] == NO_CACHE:
        hint = "Set CACHE_URL to a cache that keeps what it is given."
        return [
            Error("Rate limits count in the cache, and there is none.", hint, id="accounts.E002")
        ]
    return []


@register(Tags.security)
def sign_up_tells_nothing(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    safe = (
        settings.ACCOUNT_PREVENT_ENUMERATION
        and settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"
        and not getattr(settings, "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE", False)
    )
    if safe:
        return []
    return [
        Error(
            "Sign-up would tell strangers who has an account.",
            "Keep ACCOUNT_PREVENT_ENUMERATION on, ACCOUNT_EMAIL_VERIFICATION mandatory, and "
            "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE off.",
            id="accounts.E003",
        )
    ]


@register(Tags.security)
def passkeys_need_https(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN and not settings.DEBUG:
        return [Error("Passkeys would be accepted over plain http.", id="accounts.E004")]
    return []


@register(Tags.security)
def proxies_are_counted(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None
    if behind_proxy and not getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0):
        hint = "Set ALLAUTH_TRUSTED_PROXY_COUNT to the number of proxies in front."
        return [
            checks.Warning("All visitors would share one rate limit.", hint, id="accounts.W001")
        ]
    return []
