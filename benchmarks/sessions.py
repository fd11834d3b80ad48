"""Signs people in without a password form: session rows written straight to the database."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from string import ascii_lowercase, digits
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone


def sign_in(users: Iterable[Any], rng: Random) -> list[str]:
    """One session key a user, in their order."""
    sessions = [session_of(user, rng) for user in users]
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def session_of(user: Any, rng: Random) -> Session:
    content = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    return Session(
        session_key="".join(rng.choices(ascii_lowercase + digits, k=32)),
        session_data=SessionStore().encode(content),
        expire_date=timezone.now() + timedelta(days=1),
    )
