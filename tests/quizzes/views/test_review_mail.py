import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from quizzes.models import ReviewPreferences
from quizzes.review.reminders import token_of

pytestmark = pytest.mark.django_db


def address(token: str) -> str:
    return reverse("review_unsubscribe", args=[token])


@pytest.fixture
def wanted(learner: User) -> ReviewPreferences:
    return ReviewPreferences.objects.create(user=learner, mail=True)


def is_wanted() -> bool:
    return ReviewPreferences.objects.get().mail


def test_looking_stops_nothing(client: Client, learner: User, wanted: ReviewPreferences) -> None:
    response = client.get(address(token_of(learner)))
    assert response.status_code == 200
    assert "Stop the e-mails about reviews?" in response.text
    assert is_wanted()


def test_one_click_without_cookie_or_account(learner: User, wanted: ReviewPreferences) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address(token_of(learner)), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "You get no more e-mails about reviews" in response.text
    assert not is_wanted()


def test_twice_is_fine(client: Client, learner: User, wanted: ReviewPreferences) -> None:
    for _ in range(2):
        assert client.post(address(token_of(learner))).status_code == 200
    assert not is_wanted()


def test_anothers_stay(
    client: Client, learner: User, stranger: User, wanted: ReviewPreferences
) -> None:
    client.post(address(token_of(stranger)))
    assert is_wanted()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_that_is_not_ours(
    client: Client, learner: User, wanted: ReviewPreferences, method: str
) -> None:
    response = getattr(client, method)(address(token_of(learner)[:-2]))
    assert response.status_code == 404
    assert "This link does not work" in response.text
    assert is_wanted()


def test_other_methods(client: Client, learner: User) -> None:
    assert client.put(address(token_of(learner))).status_code == 405
