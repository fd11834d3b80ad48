import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from courses.links.checking import Finding, Outcome
from courses.links.connecting import Connector
from courses.links.running import allowed_places, believed, check_due, check_links
from courses.links.tasks import PORTION, check_these, queue_checks
from courses.models import Link
from tests.courses.links.hosts import Timer, serving
from tests.factories import ReferenceFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UP, DOWN = Finding(Outcome.OK, 200), Finding(Outcome.FAILED)
REFUSED = Finding(Outcome.CLOSED)


@pytest.fixture
def host(settings: Settings) -> Iterator[str]:
    """The start of addresses on a real host, of which one is gone."""

    def talk(connection: socket.socket, request: bytes) -> None:
        status = "404 Not found" if b"/gone" in request else "200 OK"
        connection.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())

    with serving(talk) as port:
        settings.LINK_CHECK_ALLOW_PRIVATE = [f"127.0.0.1:{port}"]
        yield f"http://127.0.0.1:{port}"


def states() -> dict[str, str]:
    return dict(Link.objects.values_list("url", "state"))


@pytest.mark.django_db
def test_a_run_asks_and_stores(host: str) -> None:
    timer = Timer()
    urls = [f"{host}/fine", f"{host}/gone", "http://127.0.0.1:1/inside"]
    links = list(check_links(urls, now=NOW, within=60, clock=timer, sleep=timer.sleep))
    assert states() == {link.url: link.state for link in links}
    assert [states()[url] for url in urls] == ["ok", "failing", "closed"]
    assert timer.slept == [1.0, 1.0]


@pytest.mark.django_db
def test_a_run_ends_in_time(host: str) -> None:
    timer = Timer()
    urls = [f"{host}/{number}" for number in range(9)]
    links = check_links(urls, now=NOW, within=2.5, clock=timer, sleep=timer.sleep)
    assert [link.url for link in links] == urls[:3]


@pytest.mark.django_db
def test_the_round_asks_what_is_due(host: str, settings: Settings) -> None:
    ReferenceFactory(url=f"{host}/fine")
    check_due(NOW)
    assert states() == {}
    settings.CHECK_LINKS = True
    check_due(NOW)
    check_due(NOW)
    assert states() == {f"{host}/fine": "ok"}


@pytest.mark.django_db
def test_an_editor_can_have_addresses_asked(host: str) -> None:
    assert check_these.call([f"{host}/fine"]) == 1
    assert states() == {f"{host}/fine": "ok"}


def test_many_are_asked_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    portions: list[int] = []
    monkeypatch.setattr(type(check_these), "enqueue", lambda self, urls: portions.append(len(urls)))
    queue_checks([str(number) for number in range(PORTION * 2 + 3)])
    assert portions == [PORTION, PORTION, 3]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([UP, DOWN], [UP, DOWN]),
        ([DOWN] * 9 + [UP], [DOWN] * 9 + [UP]),
        ([DOWN] * 4, [DOWN] * 4),
        ([DOWN, REFUSED, DOWN, DOWN, DOWN, DOWN], [REFUSED]),
    ],
)
def test_where_nobody_answers_our_own_line_is_down(found: list[Any], kept: list[Any]) -> None:
    named = [(str(place), one) for place, one in enumerate(found)]
    assert [one for _, one in believed(named, lambda: False)] == kept


@pytest.mark.django_db
def test_a_run_without_a_network_ends_soon_and_writes_nothing() -> None:
    """Hosts have several addresses, so that what is found of them all would come late."""
    timer, asked = Timer(), []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    urls = [f"https://host-{host}.example/{page}" for host in range(40) for page in range(5)]
    asking = Connector(agent="Test", resolve=resolve)
    found = check_links(urls, now=NOW, within=900.0, asking=asking, clock=timer, sleep=timer.sleep)
    assert list(found) == []
    assert Link.objects.count() == 0
    assert len(asked) < 100  # of 200 addresses, each of which would be asked four times


def test_places_are_read_from_the_settings(settings: Settings) -> None:
    settings.LINK_CHECK_ALLOW_PRIVATE = ["127.0.0.1:80", "::1:8000"]
    assert allowed_places() == {("127.0.0.1", 80), ("::1", 8000)}
