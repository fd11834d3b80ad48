from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from courses.models import Status
from quizzes.attempts.opening import Closed, closed, in_words, left
from quizzes.models import Quiz

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def quiz(**fields: object) -> Quiz:
    return Quiz(**({"status": Status.PUBLISHED} | fields))


@pytest.mark.parametrize(
    ("fields", "used", "reason"),
    [
        ({}, 0, None),
        ({}, 1000, None),
        ({"status": Status.DRAFT}, 0, Closed.UNPUBLISHED),
        ({"status": Status.ARCHIVED}, 0, Closed.UNPUBLISHED),
        ({"opens_at": NOW + SECOND}, 0, Closed.NOT_YET),
        ({"opens_at": NOW}, 0, None),
        ({"closes_at": NOW + SECOND}, 0, None),
        ({"closes_at": NOW}, 0, Closed.OVER),
        ({"attempts_allowed": 2}, 1, None),
        ({"attempts_allowed": 2}, 2, Closed.USED_UP),
        ({"attempts_allowed": 2, "closes_at": NOW}, 2, Closed.OVER),
    ],
)
def test_who_can_start_when(fields: dict[str, object], used: int, reason: Closed | None) -> None:
    assert closed(quiz(**fields), user=AnonymousUser(), used=used, now=NOW) is reason


def test_editors_try_drafts_and_nobody_the_archive(superuser: User) -> None:
    assert closed(quiz(status=Status.DRAFT), user=superuser, used=0, now=NOW) is None
    archived = quiz(status=Status.ARCHIVED)
    assert closed(archived, user=superuser, used=0, now=NOW) is Closed.UNPUBLISHED


@pytest.mark.parametrize(("allowed", "used", "number"), [(None, 5, None), (3, 1, 2), (3, 9, 0)])
def test_attempts_left(allowed: int | None, used: int, number: int | None) -> None:
    assert left(quiz(attempts_allowed=allowed), used) == number


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Closed.UNPUBLISHED, "This quiz is not open to learners."),
        (Closed.NOT_YET, "This quiz opens on 1 March 2026 at 12:00."),
        (Closed.OVER, "This quiz closed on 2 March 2026 at 12:00."),
        (Closed.USED_UP, "You have used all your 3 attempts."),
    ],
)
def test_reasons_in_words(reason: Closed, sentence: str) -> None:
    asked = quiz(opens_at=NOW, closes_at=NOW + timedelta(days=1), attempts_allowed=3)
    assert in_words(reason, asked) == sentence
