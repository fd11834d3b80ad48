import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts.middleware import preferences
from accounts.models import User


def zone_seen(user: User) -> str:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(timezone.get_current_timezone_name())

    request = RequestFactory().get("/")
    request.user = user
    return preferences(view)(request).content.decode()


def test_zone_of_the_person() -> None:
    assert zone_seen(User(time_zone="Asia/Taipei")) == "Asia/Taipei"


@pytest.mark.parametrize(
    "stored", ["Mars/Olympus", "", "Europe", "../../etc/passwd", "/etc/passwd", "a\0b"]
)
def test_unknown_zone_shows_the_sites_own(stored: str) -> None:
    assert zone_seen(User(time_zone=stored)) == "UTC"
