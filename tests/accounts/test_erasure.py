import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.erasure import LastSuperuserError, erase, is_last_superuser
from accounts.models import User
from courses.models import Enrolment
from tests import people
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

URL = "/accounts/erase/"
CONFIRM = "/accounts/erase/confirm/"


def test_asked_twice_then_gone(as_sure_learner: Client, learner: User, stranger: User) -> None:
    EnrolmentFactory(user=learner)
    kept = EnrolmentFactory(user=stranger)
    response = as_sure_learner.post(URL, {"email": "Yi-Ting@example.org"})
    assert response["Location"] == CONFIRM
    assert "This is the last question." in as_sure_learner.get(CONFIRM).content.decode()
    assert User.objects.filter(pk=learner.pk).exists()

    response = as_sure_learner.post(CONFIRM)
    assert response["Location"] == "/"
    assert list(User.objects.all()) == [stranger]
    assert list(Enrolment.objects.all()) == [kept]
    assert not EmailAddress.objects.filter(email=learner.email).exists()
    assert "_auth_user_id" not in as_sure_learner.session
    page = as_sure_learner.get("/accounts/login/").content.decode()
    assert "Your account and everything that belonged to it are deleted." in page
    assert mail.outbox[-1].to == ["yi-ting@example.org"]
    assert mail.outbox[-1].subject == "Your account at Cairn is erased"


def test_page_says_what_goes_and_offers_the_export(as_sure_learner: Client) -> None:
    page = as_sure_learner.get(URL).content.decode()
    for words in ("Profile and preferences", "Progress in lessons", "Quizzes you took"):
        assert f"<dt><strong>{words}</strong></dt>" in page
    assert "What you wrote for the course stays." in page
    assert 'action="/accounts/export/"' in page


def test_another_address_goes_no_further(as_sure_learner: Client, stranger: User) -> None:
    response = as_sure_learner.post(URL, {"email": stranger.email})
    assert "Type yi-ting@example.org." in response.content.decode()
    assert as_sure_learner.post(CONFIRM)["Location"] == URL
    assert User.objects.count() == 2


def test_second_question_needs_the_first(as_sure_learner: Client) -> None:
    assert as_sure_learner.get(CONFIRM)["Location"] == URL
    assert as_sure_learner.post(CONFIRM)["Location"] == URL
    assert User.objects.count() == 1


@pytest.mark.parametrize("url", [URL, CONFIRM])
def test_password_is_asked_first(as_learner: Client, url: str) -> None:
    assert as_learner.get(url)["Location"].startswith("/accounts/reauthenticate/?next=")
    assert as_learner.post(url)["Location"].startswith("/accounts/reauthenticate/?next=")
    assert User.objects.count() == 1


def test_other_devices_are_signed_out(as_sure_learner: Client, learner: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(learner)
    erase(user=learner)
    assert elsewhere.get("/accounts/").status_code == 302


def test_last_superuser_stays(client: Client, superuser: User) -> None:
    client.force_login(superuser)
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    for response in (client.get(URL), client.post(URL, {"email": superuser.email})):
        assert response.status_code == 403
        assert "You are the last person who may run this site." in response.content.decode()
    with pytest.raises(LastSuperuserError):
        erase(user=superuser)
    assert User.objects.filter(pk=superuser.pk).exists()


def test_one_of_two_superusers_may_go(superuser: User) -> None:
    other = User.objects.create_superuser("two@example.org")
    assert not is_last_superuser(superuser)
    erase(user=other)
    assert is_last_superuser(superuser)


def test_closed_superuser_does_not_count(superuser: User) -> None:
    User.objects.create_superuser("closed@example.org", is_active=False)
    assert is_last_superuser(superuser)


def test_wrong_method(as_sure_learner: Client) -> None:
    assert as_sure_learner.put(URL).status_code == 405
    assert as_sure_learner.delete(CONFIRM).status_code == 405
