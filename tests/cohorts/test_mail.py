import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cohorts import mail
from cohorts.models import MailPreferences
from tests.class_factories import ClassOf

pytestmark = pytest.mark.django_db


def test_everybody_wants_what_they_have_not_switched_off(learner: User, stranger: User) -> None:
    MailPreferences.objects.create(user=learner, grades=False)
    found = [(kind, mail.wants(learner, kind), mail.wants(stranger, kind)) for kind in mail.KINDS]
    assert found == [
        ("announcements", True, True),
        ("reminders", True, True),
        ("replies", True, True),
        ("grades", False, True),
    ]
    assert list(User.objects.exclude(pk__in=mail.unwilling("grades"))) == [stranger]


def test_a_mail_says_how_to_stop_its_kind(learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"x_subject.txt": "On {{ topic }}\r\nBcc: x", "x.txt": "Hello {{ user }}, {{ site }}"}

    def render(name: str, context: dict[str, object]) -> str:
        source = words.get(name) or "{{ stop }}"
        return engines["django"].from_string(source).render(context)

    monkeypatch.setattr(mail, "render_to_string", render)
    message = mail.class_mail(learner, "x", {"topic": "dates"}, "replies")
    stop = f"http://testserver/cohorts/mail/stop/{mail.token_of(learner, 'replies')}/"
    assert (message.subject, message.to) == ("On dates Bcc: x", [learner.email])
    assert message.body == f"Hello Yi-Ting Chen, http://testserver\n\n-- \n{stop}\n"
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


class TestStop:
    def test_looking_stops_nothing(self, client: Client, learner: User) -> None:
        token = mail.token_of(learner, "reminders")
        response = client.get(reverse("class_mail_stop", args=[token]))
        assert response.status_code == 200
        assert "Stop reminders of what is due?" in response.text
        assert mail.wants(learner, "reminders")

    @pytest.mark.parametrize("kind", mail.KINDS)
    def test_one_click_without_cookie_or_account(self, learner: User, kind: mail.Kind) -> None:
        strict = Client(enforce_csrf_checks=True)
        address = reverse("class_mail_stop", args=[mail.token_of(learner, kind)])
        for _ in range(2):
            assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert [one for one in mail.KINDS if not mail.wants(learner, one)] == [kind]

    def test_of_an_account_that_is_gone(self, client: Client, learner: User) -> None:
        address = reverse("class_mail_stop", args=[mail.token_of(learner, "grades")])
        learner.delete()
        assert client.post(address).status_code == 200
        assert not MailPreferences.objects.exists()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_token_that_is_not_ours(self, client: Client, learner: User, method: str) -> None:
        token = mail.token_of(learner, "grades")[:-2]
        response = getattr(client, method)(reverse("class_mail_stop", args=[token]))
        assert response.status_code == 404
        assert "This link does not work" in response.text
        assert mail.wants(learner, "grades")


class TestPreferences:
    def test_saved(self, as_learner: Client, learner: User) -> None:
        assert as_learner.get("/cohorts/mail/").status_code == 200
        response = as_learner.post("/cohorts/mail/", {"announcements": "on", "replies": "on"})
        assert response.url == "/cohorts/mail/"
        found = MailPreferences.objects.get()
        assert (found.user, found.announcements, found.reminders) == (learner, True, False)
        assert (found.replies, found.grades) == (True, False)
        page = as_learner.get("/cohorts/mail/").text
        assert "Your choice of e-mails is saved." in page

    def test_of_who_is_in_a_class(self, client: Client, autumn: ClassOf) -> None:
        client.force_login(autumn.teacher.user)
        client.post("/cohorts/mail/")
        assert not mail.wants(autumn.teacher.user, "announcements")
        assert mail.wants(autumn.owner.user, "announcements")

    def test_a_visitor_signs_in_first(self, client: Client) -> None:
        assert client.get("/cohorts/mail/").url == "/accounts/login/?next=/cohorts/mail/"
