from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.models import Status
from quizzes.review.forecast import DueDay, day_by_day, forecast_of, midnights
from tests.quiz_factories import QuestionFactory
from tests.review_factories import NOW, CardFactory

# Summer time that begins at midnight, two hours of it, and half hours.
ZONES = ["Europe/Paris", "America/Havana", "Asia/Beirut", "Antarctica/Troll", "Asia/Kolkata"]
PARIS, TAIPEI = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Taipei")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_a_day_of_25_hours() -> None:
    """On 25 October 2026 Paris goes from UTC+2 to UTC+1."""
    assert midnights(utc(2026, 10, 24, 12), PARIS, 3) == [
        utc(2026, 10, 24, 22),
        utc(2026, 10, 25, 23),
        utc(2026, 10, 26, 23),
    ]


def test_a_day_of_23_hours() -> None:
    """On 29 March 2026 Paris goes from UTC+1 to UTC+2."""
    assert midnights(utc(2026, 3, 28, 12), PARIS, 3) == [
        utc(2026, 3, 28, 23),
        utc(2026, 3, 29, 22),
        utc(2026, 3, 30, 22),
    ]


def test_days_are_the_learners_own() -> None:
    # In Taipei it is 7:00 of the next day.
    assert midnights(utc(2026, 11, 21, 23), TAIPEI, 1) == [utc(2026, 11, 22, 16)]


@given(st.integers(0, 37 * 365 * 1440), st.sampled_from(ZONES))
def test_days_follow_on_each_other(minutes: int, name: str) -> None:
    now, zone = utc(2000, 1, 1) + timedelta(minutes=minutes), ZoneInfo(name)
    ends = midnights(now, zone, 30)
    today = now.astimezone(zone).date()
    assert now < ends[0]
    for number, end in enumerate(ends, 1):
        instant = timedelta(microseconds=1)
        assert (end - instant).astimezone(zone).date() == today + timedelta(days=number - 1)
        assert end.astimezone(zone).date() == today + timedelta(days=number)


def test_counts_are_told_apart() -> None:
    assert day_by_day(date(2026, 12, 31), [3, 3, 5]) == (
        DueDay(date(2026, 12, 31), 3),
        DueDay(date(2027, 1, 1), 0),
        DueDay(date(2027, 1, 2), 2),
    )


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_every_card_is_counted_once(cards: list[int]) -> None:
    found = day_by_day(date(2026, 11, 21), list(accumulate(cards)))
    assert [due.cards for due in found] == cards


@pytest.mark.django_db
class TestOfALearner:
    def test_counts_what_will_be_asked(self, learner: User, stranger: User) -> None:
        CardFactory(user=learner)  # new: due whenever one likes
        CardFactory(user=learner, remembered=True, days=4, stability=5.0)
        fact = CardFactory(user=learner, remembered=True, days=9, stability=5.0, fact=True)
        progress.tick_concept(user=learner, concept=fact.concept, now=NOW)
        CardFactory(user=learner, remembered=True, suspended_at=NOW)
        CardFactory(user=learner, remembered=True, question=QuestionFactory(status=Status.ARCHIVED))
        CardFactory(user=stranger, remembered=True)
        assert [day.cards for day in forecast_of(learner, NOW)] == [1, 1] + [0] * 28

    def test_on_a_day_of_25_hours(self, learner: User) -> None:
        """Paris's 25 October 2026 lasts from 22:00 to 23:00 UTC."""
        learner.time_zone = "Europe/Paris"
        now = utc(2026, 10, 24, 12)
        for due_at in (
            utc(2020, 1, 1),  # overdue
            utc(2026, 10, 24, 21, 59),
            utc(2026, 10, 24, 22),
            utc(2026, 10, 25, 22, 59),
            utc(2026, 10, 25, 23),
            utc(2026, 10, 26, 23),  # after the end
        ):
            CardFactory(user=learner, remembered=True, due_at=due_at)
        assert [day.cards for day in forecast_of(learner, now, 3)] == [2, 2, 1]

    def test_a_shorter_time_is_the_beginning_of_a_longer_one(self, learner: User) -> None:
        for days in range(40):
            CardFactory(user=learner, remembered=True, due_at=NOW + timedelta(hours=17 * days))
        assert forecast_of(learner, NOW, 7) == forecast_of(learner, NOW)[:7]

    @pytest.mark.parametrize("many", [1, 30])
    def test_queries(
        self, learner: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        CardFactory.create_batch(many, user=learner, remembered=True)
        with django_assert_num_queries(1):
            assert sum(day.cards for day in forecast_of(learner, NOW)) == many


def picture(*cards: int) -> str:
    found = day_by_day(NOW.date(), list(accumulate(cards)))
    return render_to_string("quizzes/review/_forecast.html", {"forecast": found})


def test_the_picture_of_a_week_says_each_day() -> None:
    page = picture(2, 1, 0, 0, 0, 0, 0)
    label = "Cards due: today 2, Sunday 1, Monday 0, Tuesday 0, Wednesday 0, Thursday 0, Friday 0"
    assert f'aria-label="{label}"' in page
    assert page.count("<rect") == 2
    assert '<rect x="8" y="22" width="28" height="66" rx="3"/>' in page.replace(".0", "")
    assert '<rect class="later" x="51" y="55" width="28" height="33" rx="3"/>' in page.replace(
        ".0", ""
    )


def test_the_picture_of_a_month_has_a_table() -> None:
    page = picture(1, 0, 0, 2, *[0] * 26)
    label = "3 in all, 1 today, most on 24 November: 2"
    assert f'aria-label="Cards due in the next 30 days: {label}"' in page
    assert page.count('<td class="num">') == 30
    assert page.count('class="n"') == 2


def test_nothing_to_come_is_said_without_a_picture() -> None:
    page = picture(*[0] * 30)
    assert "No card comes back in this time." in page
    assert "<svg" not in page
