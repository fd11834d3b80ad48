"""How an address answers: a table of hosts, and redirects of a real one."""

import socket
from dataclasses import replace
from itertools import pairwise

import pytest

from courses.links.addresses import address_of
from courses.links.checking import PAUSE, Finding, Outcome, check
from courses.links.connecting import Answer, Connector, FailureError
from tests.courses.links.hosts import OK, SILENT, FakeHosts, Script, Timer, redirect, serving

A, B, C = (f"https://{name}.example/page" for name in "abc")
GONE = FailureError("Its host has no address any more.")
FINE, CLOSED, FAILED = Outcome.OK, Outcome.CLOSED, Outcome.FAILED


def found(script: Script, url: str = A) -> Finding:
    return check(url, ask=FakeHosts(script).ask, parse=address_of, sleep=Timer().sleep)


def asked(script: Script, url: str = A) -> list[str]:
    hosts = FakeHosts(script)
    check(url, ask=hosts.ask, parse=address_of, sleep=Timer().sleep)
    return hosts.asked


@pytest.mark.parametrize(
    ("script", "outcome", "status"),
    [
        ({}, FINE, 200),
        ({A: Answer(204)}, FINE, 204),
        ({f"HEAD {A}": Answer(405)}, FINE, 200),
        ({f"HEAD {A}": Answer(404)}, FINE, 200),
        ({f"HEAD {A}": SILENT}, FINE, 200),
        ({A: Answer(404)}, FAILED, 404),
        ({A: Answer(410)}, FAILED, 410),
        ({A: Answer(500)}, FAILED, 500),
        ({A: SILENT}, FAILED, None),
        ({A: GONE}, FAILED, None),
        ({A: Answer(401)}, CLOSED, 401),
        ({A: Answer(403)}, CLOSED, 403),
        ({A: Answer(429)}, CLOSED, 429),
        ({A: Answer(451)}, CLOSED, 451),
        ({A: Answer(999)}, CLOSED, 999),
        ({A: Answer(503, walled=True)}, CLOSED, 503),
        ({A: Answer(302)}, CLOSED, 302),
        ({A: redirect(B, 302)}, FINE, 200),
        ({A: redirect(A, 302)}, CLOSED, None),
        ({A: redirect(B), B: redirect(A)}, CLOSED, None),
        ({A: redirect(B), B: Answer(404)}, FAILED, 404),
        ({A: redirect("https://b.example/")}, CLOSED, 200),
        ({A: redirect("http://[")}, CLOSED, None),
        ({A: redirect("http://127.0.0.1/")}, CLOSED, None),
        ({A: redirect("http://[::1]/")}, CLOSED, None),
        ({A: redirect("http://169.254.169.254/latest/meta-data")}, CLOSED, None),
        ({A: redirect("file:///etc/passwd")}, CLOSED, None),
        ({A: redirect("//localhost/x")}, CLOSED, None),
        ({A: redirect("https://b.example:8080/x")}, CLOSED, None),
    ],
)
def test_an_address_answers(script: Script, outcome: Outcome, status: int | None) -> None:
    answer = found(script)
    assert (answer.outcome, answer.status, answer.moved_to) == (outcome, status, "")
    assert bool(answer.problem) is (outcome is not FINE)


@pytest.mark.parametrize(
    ("script", "url", "moved_to"),
    [
        ({A: redirect(B)}, A, B),
        ({A: redirect(B, 308)}, A, B),
        ({A: redirect(B), B: redirect(C, 308)}, A, C),
        ({A: redirect("/other?x=1")}, A, "https://a.example/other?x=1"),
        ({A: redirect("other")}, A, "https://a.example/other"),
        ({A: redirect(B)}, f"{A}#part", f"{B}#part"),
        ({A: redirect(f"{B}#new")}, f"{A}#part", f"{B}#new"),
        ({"http://a.example/page": redirect(A)}, "http://a.example/page", A),
        # Not for good, not as safe, not an address that a reference could have.
        ({A: redirect(B, 302)}, A, ""),
        ({A: redirect(B), B: redirect(C, 302)}, A, ""),
        ({A: redirect(B, 307), B: redirect(C)}, A, ""),
        ({A: redirect("http://b.example/page")}, A, ""),
        ({A: redirect(f"https://b.example/{'x' * 500}")}, A, ""),
    ],
)
def test_only_a_permanent_redirect_is_a_suggestion(script: Script, url: str, moved_to: str) -> None:
    answer = found(script, url)
    assert answer.moved_to == moved_to
    assert answer.outcome is (Outcome.MOVED if moved_to else FINE)


def test_five_redirects_are_followed_and_no_sixth() -> None:
    pages = [f"https://a.example/{number}" for number in range(7)]
    script = {one: redirect(two) for one, two in pairwise(pages)}
    assert found(script, pages[1]).moved_to == pages[6]
    assert found(script, pages[0]).outcome is CLOSED
    assert len(asked(script, pages[0])) == 6


def test_what_is_refused_is_not_asked() -> None:
    assert asked({}, "http://127.0.0.1/") == []
    assert asked({A: redirect("http://10.0.0.1/")}) == [f"HEAD {A}"]


def test_get_follows_only_where_head_said_no() -> None:
    assert asked({}) == [f"HEAD {A}"]
    assert asked({A: Answer(404)}) == [f"HEAD {A}", f"GET {A}"]
    assert asked({A: Answer(429)}) == [f"HEAD {A}"]


def test_what_may_pass_is_asked_once_more_after_a_pause() -> None:
    for script, pauses in (({A: SILENT}, [PAUSE]), ({A: Answer(502)}, [PAUSE]), ({A: GONE}, [])):
        timer = Timer()
        check(A, ask=FakeHosts(script).ask, parse=address_of, sleep=timer.sleep)
        assert timer.slept == pauses

    hosts = FakeHosts({A: SILENT})

    def mend(seconds: float) -> None:
        hosts.script = {A: OK}

    assert check(A, ask=hosts.ask, parse=address_of, sleep=mend) == Finding(FINE, 200)


def test_redirects_of_a_real_host_lead_where_they_may_and_no_further() -> None:
    heard: list[str] = []

    def talk(connection: socket.socket, request: bytes) -> None:
        path = request.split()[1].decode()
        heard.append(path)
        onward = {
            "/moved": "/new?a=1",
            "/inside": "http://127.0.0.1:1/",
            "/six": "http://[::1]/",
            "/cloud": "http://169.254.169.254/latest",
            "/file": "file:///etc/passwd",
        }.get(path)
        status = f"308 Moved\r\nLocation: {onward}" if onward else "200 OK"
        connection.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())

    with serving(talk) as port:
        allowed = frozenset({("127.0.0.1", port)})
        connector = Connector("Cairn", allowed=allowed)

        def look(path: str) -> Finding:
            url = f"http://127.0.0.1:{port}{path}"
            return check(
                url,
                ask=connector.ask,
                parse=lambda one: address_of(one, allowed),
                sleep=Timer().sleep,
            )

        moved = look("/moved#x")
        assert replace(moved, moved_to="") == Finding(Outcome.MOVED, 200)
        assert moved.moved_to == f"http://127.0.0.1:{port}/new?a=1#x"
        for path in ("/inside", "/six", "/cloud", "/file"):
            assert look(path).outcome is CLOSED
        assert heard == ["/moved", "/new?a=1", "/inside", "/six", "/cloud", "/file"]
