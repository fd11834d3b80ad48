"""System checks for settings that contradict each other, each with what to do about it.

Those about a real site run with `manage.py check --deploy`; the one about demo people needs
the database and runs with `migrate`.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import connections

from accounts.models import User
from config import demo

SHORTEST_KEY = 32
MAIL_THAT_STAYS_HERE = {
    f"django.core.mail.backends.{name}.EmailBackend"
    for name in ("console", "dummy", "filebased", "locmem")
}
CACHES_THAT_SHARE_NOTHING = {
    f"django.core.cache.backends.{name}" for name in ("locmem.LocMemCache", "dummy.DummyCache")
}


@register(Tags.security)
def secret_key_is_long(**kwargs: Any) -> Sequence[CheckMessage]:
    if settings.DEBUG or len(settings.SECRET_KEY) >= SHORTEST_KEY:
        return []
    return [
        Error(
            f"SECRET_KEY is shorter than {SHORTEST_KEY} characters; sessions could be forged.",
            hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="cairn.E001",
        )
    ]


@register(Tags.security, deploy=True)
def hosts_are_named(**kwargs: Any) -> Sequence[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS answers to any name, so e-mails may link to a stranger's site.",
            hint="Name the site's hosts: ALLOWED_HOSTS=learn.example.org",
            id="cairn.W002",
        )
    ]


@register(deploy=True)
def mail_leaves_the_machine(**kwargs: Any) -> Sequence[CheckMessage]:
    if settings.EMAIL_BACKEND not in MAIL_THAT_STAYS_HERE:
        return []
    return [
        Warning(
            "E-mails are not sent, and nobody can sign up or reset a password without them.",
            hint="Name a mail server: EMAIL_URL=smtp+tls://user:password@mail.example.org:587",
            id="cairn.W003",
        )
    ]


@register(Tags.caches, deploy=True)
def rate_limits_are_shared(**kwargs: Any) -> Sequence[CheckMessage]:
    if settings.CACHES["default"]["BACKEND"] not in CACHES_THAT_SHARE_NOTHING:
        return []
    return [
        Warning(
            "Each process has a cache of its own, so the limits on failed sign-ins are multiplied.",
            hint="Share it between processes: CACHE_URL=filecache:///var/cache/cairn",
            id="cairn.W004",
        )
    ]


@register(Tags.security)
def the_own_network_is_not_asked(**kwargs: Any) -> Sequence[CheckMessage]:
    if settings.DEBUG or not settings.LINK_CHECK_ALLOW_PRIVATE:
        return []
    return [
        Error(
            "DEBUG is off, but the check of links may ask hosts of this network for an author.",
            hint="Take LINK_CHECK_ALLOW_PRIVATE out of the environment.",
            id="cairn.E006",
        )
    ]


@register(Tags.database)
def demo_people_are_gone(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> Sequence[CheckMessage]:
    if settings.DEBUG or not databases or "default" not in databases:
        return []
    if User._meta.db_table not in connections["default"].introspection.table_names():
        return []
    found = demo.remaining()
    if not found:
        return []
    return [
        Error(
            f"DEBUG is off, but {len(found)} demo people can sign in, such as {found[0]}.",
            hint="Everybody knows their password. Remove them: manage.py demo --remove",
            id="cairn.E005",
        )
    ]
