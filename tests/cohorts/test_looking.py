"""Looking as a learner: on every page it is said, and nothing is written."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cohorts.models import Membership, Role
from courses.models import Course, LessonProgress
from quizzes.models import Attempt
from tests.class_factories import ClassOf, CohortFactory, MembershipFactory
from tests.cohorts import test_routes as of_classes
from tests.cohorts.things import MAKERS, names_in
from tests.factories import LessonFactory
from tests.quizzes.sql import queries
from tests.test_routes import NOW, address, is_of_classes, routes, world

__all__ = ["world"]

BANNER = 'class="looking"'


@pytest.fixture
def looking(autumn: ClassOf) -> Client:
    """The owner of the class, who looks at it as a learner."""
    return client_of(autumn.owner.user, autumn.cohort.slug)


def client_of(user: User, cohort: str) -> Client:
    client = Client()
    client.force_login(user)
    assert client.post(f"/cohorts/{cohort}/look/").status_code == 302
    return client


def test_the_class_is_seen_with_a_learners_eyes(autumn: ClassOf, looking: Client) -> None:
    answer = looking.get("/cohorts/autumn/")
    assert answer.status_code == 200
    assert answer.context["member"].role == Role.LEARNER
    assert "You see <strong>Autumn class</strong> as a learner does" in answer.content.decode()
    assert looking.get("/cohorts/autumn/settings/").status_code == 403
    assert Membership.objects.get(pk=autumn.owner.pk).role == Role.OWNER


def test_another_class_is_seen_as_ever(autumn: ClassOf, looking: Client) -> None:
    MembershipFactory(cohort=autumn.other, user=autumn.owner.user, role=Role.TEACHER)
    answer = looking.get("/cohorts/other/settings/")
    assert answer.status_code == 200
    assert BANNER in answer.content.decode()


def test_stopping(looking: Client) -> None:
    answer = looking.post("/cohorts/look/stop/")
    assert (answer.status_code, answer["Location"]) == (302, "/cohorts/autumn/")
    page = looking.get("/cohorts/autumn/settings/")
    assert page.status_code == 200
    assert BANNER not in page.content.decode()


def test_the_page_to_stop(looking: Client) -> None:
    page = looking.get("/cohorts/look/stop/").content.decode()
    assert "You are looking as a learner</h1>" in page
    assert page.count('action="/cohorts/look/stop/"') == 2


def test_nothing_is_changed_and_that_is_said(autumn: ClassOf, looking: Client) -> None:
    answer = looking.post("/cohorts/autumn/archive/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Nothing was changed</h1>" in page
    assert 'action="/cohorts/look/stop/"' in page
    autumn.cohort.refresh_from_db()
    assert autumn.cohort.archived_at is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_method_that_could_write(method: str, looking: Client) -> None:
    assert getattr(looking, method)("/accounts/preferences/").status_code == 403


def test_htmx_is_led_to_the_page_to_stop(looking: Client) -> None:
    answer = looking.post("/concepts/1/tick/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/cohorts/look/stop/"


def test_signing_out_stays_possible(looking: Client) -> None:
    assert looking.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in looking.session
    assert "looking_at" not in looking.session


def test_who_is_not_looking_pays_no_query(autumn: ClassOf, client: Client) -> None:
    client.force_login(autumn.learner.user)
    with queries(2):  # session and person
        page = client.get("/accessibility/")
    assert BANNER not in page.content.decode()


def test_who_looks_pays_none_either(looking: Client) -> None:
    with queries(2):
        page = looking.get("/accessibility/")
    assert BANNER in page.content.decode()


def test_visitors_pages_stay_shared(client: Client, autumn: ClassOf) -> None:
    LessonFactory(track__course=autumn.cohort.course)
    url = f"/courses/{autumn.cohort.course.slug}/"
    client.get(url)
    with queries(0):
        again = client.get(url)
    assert again.status_code == 200
    assert not again.cookies


# Every address there is ---------------------------------------------------------


def written(client: Client, url: str) -> list[str]:
    """What getting `url` wrote, but for sessions."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(url)
        for close in answer._resource_closers:  # files; `close()` would take the database along
            close()
        transaction.set_rollback(True)
    verbs = ("INSERT", "UPDATE", "DELETE")
    made = [query["sql"] for query in captured if query["sql"].lstrip().startswith(verbs)]
    return [sql for sql in made if "django_session" not in sql]


def addresses(owner: Membership) -> list[str]:
    every = sorted(route for route in set(routes()) if not route.startswith("/admin/"))
    site = [address(route) for route in every if not is_of_classes(route)]
    found = SimpleNamespace(cohort=owner.cohort, learner=owner)
    names = names_in(found, MAKERS)  # type: ignore[arg-type]
    return site + [of_classes.address(route, names) for route in every if is_of_classes(route)]


@pytest.fixture
def owner(world: dict[str, User | None]) -> Membership:
    """Of a class of the course that the learner of the route walk is on; with what would be
    written down as soon as they look: a lesson not read for long, an attempt out of time."""
    cohort = CohortFactory(slug="autumn", course=Course.objects.get(slug="llm-course"))
    user = world["learner"]
    LessonProgress.objects.update(last_read_at=NOW - timedelta(days=9))
    Attempt.objects.update(deadline_at=NOW - timedelta(days=1))
    return MembershipFactory(cohort=cohort, user=user, role=Role.OWNER)


def test_no_address_writes_for_who_looks(owner: Membership) -> None:
    urls = addresses(owner)
    client = client_of(owner.user, "autumn")
    assert {url: found for url in urls if (found := written(client, url))} == {}


def test_some_would_write_for_others(owner: Membership) -> None:
    """Or the test above would show nothing."""
    client = Client()
    client.force_login(owner.user)
    attempt = Attempt.objects.get()
    lesson = "/courses/llm-course/scientist/quantization/"
    for url in (lesson, f"/attempts/{attempt.pk}/", f"/attempts/{attempt.pk}/results/"):
        assert written(client, url) != [], url
