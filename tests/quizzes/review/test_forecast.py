from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.models import Status
from quizzes.review.forecast import DueDay, forecast, forecast_of, midnight_after
from tests.quiz_factories import QuestionFactory
from tests.review_factories import NOW, CardFactory

PARIS, TAIPEI = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Taipei")
OFFSETS = st.lists(st.integers(-50_000, 50_000).map(lambda minutes: timedelta(minutes=minutes)))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def numbers(*due: datetime, now: datetime, zone: ZoneInfo = PARIS, days: int = 3) -> list[int]:
    return [one.cards for one in forecast(due, now=now, zone=zone, days=days)]


def test_days_are_the_learners_own() -> None:
    # In Taipei it is 7:00 of the next day.
    assert forecast(
        [utc(2026, 11, 22, 15, 59)], now=utc(2026, 11, 21, 23), zone=TAIPEI, days=2
    ) == (
        DueDay(date(2026, 11, 22), 1),
        DueDay(date(2026, 11, 23), 0),
    )
    assert numbers(utc(2026, 11, 22, 16), now=utc(2026, 11, 21, 23), zone=TAIPEI) == [0, 1, 0]


def test_what_is_overdue_stands_on_today() -> None:
    now = utc(2026, 11, 21, 12)
    assert numbers(utc(2020, 1, 1), utc(2026, 11, 20, 3), now, now=now) == [3, 0, 0]


def test_what_comes_later_is_left_out() -> None:
    now = utc(2026, 11, 21, 12)
    assert numbers(utc(2026, 11, 23, 22, 59), utc(2026, 11, 23, 23), now=now) == [0, 0, 1]


def test_a_day_of_25_hours() -> None:
    """On 25 October 2026 Paris goes from UTC+2 to UTC+1: the day lasts from 22:00 to 23:00 UTC."""
    now = utc(2026, 10, 24, 12)
    edges = [utc(2026, 10, 24, 21, 59), utc(2026, 10, 24, 22), utc(2026, 10, 25, 22, 59)]
    assert numbers(*edges, utc(2026, 10, 25, 23), now=now) == [1, 2, 1]
    assert midnight_after(now, PARIS, 1) == utc(2026, 10, 24, 22)
    assert midnight_after(now, PARIS, 2) == utc(2026, 10, 25, 23)


def test_a_day_of_23_hours() -> None:
    """On 29 March 2026 Paris goes from UTC+1 to UTC+2: the day lasts from 23:00 to 22:00 UTC."""
    now = utc(2026, 3, 28, 12)
    edges = [utc(2026, 3, 28, 22, 59), utc(2026, 3, 28, 23), utc(2026, 3, 29, 21, 59)]
    assert numbers(*edges, utc(2026, 3, 29, 22), now=now) == [1, 2, 1]


@given(OFFSETS, st.integers(1, 30))
def test_every_card_before_the_end_is_counted_once(due: list[timedelta], days: int) -> None:
    moments = [NOW + offset for offset in due]
    end = midnight_after(NOW, PARIS, days)
    assert sum(numbers(*moments, now=NOW, days=days)) == sum(at < end for at in moments)


@given(OFFSETS, st.integers(1, 29))
def test_a_shorter_time_is_the_beginning_of_a_longer_one(due: list[timedelta], days: int) -> None:
    moments = [NOW + offset for offset in due]
    assert numbers(*moments, now=NOW, days=30)[:days] == numbers(*moments, now=NOW, days=days)


@pytest.mark.django_db
class TestOfALearner:
    def test_counts_what_will_be_asked(self, learner: User, stranger: User) -> None:
        CardFactory(user=learner)  # new: due whenever one likes
        CardFactory(user=learner, remembered=True, days=4, stability=5.0)
        CardFactory(user=learner, remembered=True, days=9, stability=5.0, fact=True)
        CardFactory(user=learner, remembered=True, suspended_at=NOW)
        CardFactory(user=learner, remembered=True, question=QuestionFactory(status=Status.ARCHIVED))
        CardFactory(user=stranger, remembered=True)
        assert [day.cards for day in forecast_of(learner, NOW)] == [1, 1] + [0] * 28

    @pytest.mark.parametrize("many", [1, 30])
    def test_queries(
        self, learner: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        CardFactory.create_batch(many, user=learner, remembered=True)
        with django_assert_num_queries(1):
            assert sum(day.cards for day in forecast_of(learner, NOW)) == many


def picture(days: int, *due: datetime) -> str:
    found = forecast(due, now=NOW, zone=UTC, days=days)
    return render_to_string("quizzes/review/_forecast.html", {"forecast": found})


def test_the_picture_of_a_week_says_each_day() -> None:
    page = picture(7, NOW, NOW, NOW + timedelta(days=1))
    label = "Cards due: today 2, Sunday 1, Monday 0, Tuesday 0, Wednesday 0, Thursday 0, Friday 0"
    assert f'aria-label="{label}"' in page
    assert page.count("<rect") == 2
    assert '<rect x="8" y="22" width="28" height="66" rx="3"/>' in page.replace(".0", "")
    assert '<rect class="later" x="51" y="55" width="28" height="33" rx="3"/>' in page.replace(
        ".0", ""
    )


def test_the_picture_of_a_month_has_a_table() -> None:
    page = picture(30, NOW, NOW + timedelta(days=3), NOW + timedelta(days=3))
    label = "3 in all, 1 today, most on 24 November: 2"
    assert f'aria-label="Cards due in the next 30 days: {label}"' in page
    assert page.count('<td class="num">') == 30
    assert page.count('class="n"') == 2


def test_nothing_to_come_is_said_without_a_picture() -> None:
    page = picture(30)
    assert "No card comes back in this time." in page
    assert "<svg" not in page
