from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from quizzes.models import ReviewPreferences
from quizzes.review.preferences import Cost, Costs, costs, costs_of, preferences_of
from quizzes.review.recall import interval_share, recall_after
from tests.review_factories import NOW, CardFactory

URL = "/review/settings/"
CHOICE = {"retention": "85", "reviews_a_day": "40", "new_a_day": "0", "mail": "on"}
FIELDS = ("retention", "reviews_a_day", "new_a_day", "keys", "mail")

pytestmark = pytest.mark.django_db


def chosen(user: User) -> tuple[Any, ...]:
    found = preferences_of(user)
    return tuple(getattr(found, name) for name in FIELDS)


def test_defaults_are_not_stored(learner: User) -> None:
    assert chosen(learner) == (0.9, 60, 10, True, False)
    assert not ReviewPreferences.objects.exists()


def test_settings_are_saved_and_said(as_learner: Client, learner: User) -> None:
    response = as_learner.post(URL, CHOICE, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    page = response.content.decode()
    assert "Your review settings are saved." in page
    assert 'name="retention" value="85"' in page
    assert chosen(learner) == (0.85, 40, 0, False, True)


def test_saving_again_changes_the_same_row(as_learner: Client, learner: User) -> None:
    as_learner.post(URL, CHOICE)
    ReviewPreferences.objects.update(mailed_on="2026-11-21")
    as_learner.post(URL, CHOICE | {"retention": "97", "keys": "on"})
    assert chosen(learner) == (0.97, 40, 0, True, True)
    assert str(ReviewPreferences.objects.get().mailed_on) == "2026-11-21"


def test_the_page_says_where_mail_would_go(as_learner: Client) -> None:
    page = as_learner.get(URL).content.decode()
    assert "At most one a day, to yi-ting@example.org." in page
    assert '<input type="checkbox" name="mail" class="tick"' in page
    assert 'name="mail" class="tick" id="id_mail" checked' not in page


@pytest.mark.parametrize("percent", [80, 90, 97])
def test_every_whole_percentage_survives(as_learner: Client, percent: int) -> None:
    as_learner.post(URL, CHOICE | {"retention": str(percent)})
    page = as_learner.get(URL).content.decode()
    assert f'name="retention" value="{percent}"' in page


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("retention", "79", "in percent: Give a whole number from 80 to 97."),
        ("retention", "98", "in percent: Give a whole number from 80 to 97."),
        ("retention", "ninety", "in percent: Give a whole number from 80 to 97."),
        ("retention", "", "in percent: Give a whole number from 80 to 97."),
        ("reviews_a_day", "0", "Cards a day at most: Ensure this value is greater than"),
        ("reviews_a_day", "1001", "Cards a day at most: Ensure this value is less than"),
        ("new_a_day", "-1", "New cards a day at most: Ensure this value is greater than"),
        ("new_a_day", "201", "New cards a day at most: Ensure this value is less than"),
    ],
)
def test_bad_input_names_the_field_and_keeps_what_was_typed(
    as_learner: Client, learner: User, field: str, value: str, error: str
) -> None:
    response = as_learner.post(URL, CHOICE | {field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'<a href="#id_{field}">' in page
    assert error in page
    assert value == "" or f'name="{field}" value="{value}"' in page
    assert chosen(learner) == (0.9, 60, 10, True, False)


def test_visitor_signs_in_first(client: Client) -> None:
    assert client.get(URL).url == f"/accounts/login/?next={URL}"
    assert client.post(URL, CHOICE).url == f"/accounts/login/?next={URL}"
    assert not ReviewPreferences.objects.exists()


def test_others_settings_are_their_own(as_learner: Client, learner: User, stranger: User) -> None:
    ReviewPreferences.objects.create(user=stranger, retention=0.8)
    as_learner.post(URL, CHOICE)
    assert preferences_of(stranger).retention == 0.8


def test_wrong_method(as_learner: Client) -> None:
    assert as_learner.put(URL).status_code == 405


@pytest.mark.parametrize("many", [1, 30])
def test_queries(
    as_learner: Client, learner: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CardFactory.create_batch(many, user=learner, remembered=True)
    with django_assert_num_queries(4):  # session, user, preferences, cards
        as_learner.get(URL)


class TestCosts:
    def test_by_hand(self) -> None:
        # The interval for r is S × (r ** (−1 / 0.1542) − 1) / 0.98035.
        assert [round(cost.times, 2) for cost in costs(10)] == [0.3, 0.52, 1.0, 2.48, 4.49]
        assert costs(10)[2] == Cost(90, pytest.approx(10), pytest.approx(1))

    @given(st.floats(0.8, 0.97))
    def test_a_card_comes_back_when_recall_has_fallen_so_far(self, retention: float) -> None:
        assert recall_after(7 * interval_share(retention), 7) == pytest.approx(retention)

    def test_from_the_cards_of_a_learner(self, learner: User, stranger: User) -> None:
        for stability in (2.0, 10.0):
            CardFactory(user=learner, remembered=True, stability=stability)
        CardFactory(user=learner, remembered=True, stability=0.2)  # in its first minutes
        CardFactory(user=learner)  # new
        CardFactory(user=learner, remembered=True, suspended_at=NOW)
        CardFactory(user=stranger, remembered=True)
        found = costs_of(learner)
        assert (found.cards, found.rows[2].a_day) == (2, pytest.approx(0.6))

    def test_without_cards(self, learner: User, as_learner: Client) -> None:
        assert costs_of(learner) == Costs(0, costs(0))
        page = as_learner.get(URL).content.decode()
        assert "Once you have reviewed some cards" in page
        assert "Reviews a day" not in page
