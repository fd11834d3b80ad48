from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from courses.links.checking import Finding, Outcome
from courses.links.health import archive_url, dead_among, health_of
from courses.links.storing import chosen, due, forget, store
from courses.models import Link, Reference
from tests.factories import ReferenceFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
URL = "https://paper.example/1"
OK = Finding(Outcome.OK, 200)
FAILED = Finding(Outcome.FAILED, 404, "There is no such page any more.")
State = Link.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(db: None) -> Any:
    return ReferenceFactory(url=URL)


def link(url: str, state: str = State.OK, days: float = 0) -> Link:
    return Link.objects.create(url=url, state=state, checked_at=NOW - timedelta(days=days))


def version_of(reference: Reference) -> int:
    course = reference.lesson.track.course
    course.refresh_from_db()
    return course.version


def test_a_finding_becomes_a_row() -> None:
    assert store(url=URL, finding=OK, now=NOW).state == State.OK
    found = Link.objects.get()
    assert (found.url, found.checked_at, found.answered_at) == (URL, NOW, NOW)
    store(url=URL, finding=FAILED, now=NOW + timedelta(days=1))
    assert health_of({URL, "https://other.example/"})[URL].state == State.FAILING


def test_only_what_changed_is_written(django_assert_num_queries: Any) -> None:
    store(url=URL, finding=OK, now=NOW)
    later = NOW + timedelta(days=7)
    with django_assert_num_queries(6) as queries:  # uses (2), savepoint, row, update, release
        store(url=URL, finding=OK, now=later)
    update = next(one["sql"] for one in queries.captured_queries if one["sql"].startswith("UPDATE"))
    written = update.partition(" WHERE ")[0]
    assert "checked_at" in written
    assert "state" not in written


def test_pages_are_renewed_when_an_address_dies_and_when_it_comes_back(
    reference: Reference,
) -> None:
    before = version_of(reference)
    versions = []
    for day, finding in enumerate([OK, FAILED, FAILED, FAILED, FAILED, FAILED, OK, OK]):
        store(url=URL, finding=finding, now=NOW + timedelta(days=day))
        versions.append(version_of(reference) - before)
    assert versions == [0, 0, 0, 0, 1, 1, 2, 2]


def test_readers_are_told_of_dead_addresses_alone(django_assert_num_queries: Any) -> None:
    dead = link("https://dead.example/", State.DEAD)
    link("https://failing.example/", State.FAILING)
    urls = {"https://dead.example/", "https://failing.example/", URL}
    with django_assert_num_queries(1):
        assert dead_among(urls) == {dead.url: dead}
    with django_assert_num_queries(0):
        assert dead_among(set()) == {}


def test_the_archive_keeps_an_address_as_it_is() -> None:
    assert archive_url("https://a.example/x?y=1&z=ü#b") == (
        "https://web.archive.org/web/https://a.example/x?y=1&z=%C3%BC#b"
    )


def test_new_ones_are_due_then_failing_ones_daily_and_all_weekly() -> None:
    for url, state, days in [
        ("https://fine.example/", State.OK, 6),
        ("https://old.example/", State.OK, 7),
        ("https://dead.example/", State.DEAD, 0.9),
        ("https://failing.example/", State.FAILING, 0.5),
        ("https://gone.example/", State.DEAD, 30),
    ]:
        link(url, state, days)
    used = {"https://new.example/", *Link.objects.values_list("url", flat=True)}
    used.remove("https://gone.example/")
    wanted = ["https://new.example/", "https://old.example/", "https://dead.example/"]
    assert due(used, NOW, limit=9) == wanted
    assert due(used, NOW, limit=2) == wanted[:2]


def test_a_command_chooses() -> None:
    link("https://fine.example/", State.OK, 3)
    link("https://dead.example/", State.DEAD, 1)
    used = {"https://new.example/", "https://fine.example/", "https://dead.example/"}

    def choice(**options: Any) -> list[str]:
        return chosen(used, **{"before": None, "failing": False, "limit": None, **options})

    new, fine, dead = "https://new.example/", "https://fine.example/", "https://dead.example/"
    assert choice() == [new, fine, dead]
    assert choice(before=NOW - timedelta(days=2)) == [new, fine]
    assert choice(failing=True) == [dead]
    assert choice(limit=1) == [new]


def test_what_nothing_uses_is_forgotten_after_a_while() -> None:
    link(URL, days=100)
    link("https://unused.example/", days=100)
    link("https://lately.example/", days=10)
    assert forget(used={URL}, now=NOW) == 1
    assert set(health_of({URL, "https://unused.example/", "https://lately.example/"})) == {
        URL,
        "https://lately.example/",
    }
