from datetime import timedelta

import pytest

from quizzes.review.intervals import in_words


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (timedelta(seconds=20), "1 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=45), "45 days"),
        (timedelta(days=46), "2 months"),
        (timedelta(days=340), "11 months"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=550), "1.5 years"),
        (timedelta(days=5 * 365), "5 years"),
    ],
)
def test_in_words(interval: timedelta, words: str) -> None:
    assert in_words(interval) == words
