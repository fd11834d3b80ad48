from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from config import clock
from config.clock import Round, strike

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(params=[DatabaseError(), KeyError("a mistake of ours")])
def struck(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[str]:
    """Two rounds in place of the real ones; the first fails each time."""
    done: list[str] = []
    error: Exception = request.param

    def fail(now: datetime) -> None:
        done.append("failing")
        raise error

    rounds = (
        Round("failing", timedelta(minutes=1), fail),
        Round("other", timedelta(hours=1), lambda now: done.append(f"{now:%H:%M}")),
    )
    monkeypatch.setattr(clock, "ROUNDS", rounds)
    return done


def test_one_that_fails_stops_no_other(struck: list[str], caplog: Any) -> None:
    strike(NOW)
    assert struck == ["failing", "12:00"]
    assert [record.getMessage() for record in caplog.records] == ["The round failing failed."]


def test_each_at_its_own_pace(struck: list[str]) -> None:
    strike(NOW)
    strike(NOW)
    assert struck == ["failing", "12:00"]
    cache.delete("round:failing")
    strike(NOW)
    assert struck == ["failing", "12:00", "failing"]


@pytest.mark.django_db
def test_the_real_rounds(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    seen: list[Any] = []
    monkeypatch.setattr(clock, "close_overdue", lambda *, now: seen.append(now))
    strike(NOW)
    assert seen == [NOW]
    assert not Session.objects.exists()
    assert [one.name for one in clock.ROUNDS] == [
        "close-attempts",
        "publish-lessons",
        "publish-questions",
        "review-mails",
        "announcement-mails",
        "due-mails",
        "check-links",
        "tidy-up",
    ]
