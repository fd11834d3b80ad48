"""Hosts are asked side by side; each of them one thing at a time, and slowly."""

from threading import Lock

import pytest

from courses.links.addresses import address_of
from courses.links.connecting import Answer
from courses.links.politeness import MOST_WAIT, Pace, PostponedError, in_turn, side_by_side
from tests.courses.links.hosts import FakeHosts, Timer

A, A2, B = (address_of(f"https://{name}") for name in ("a.example/1", "a.example/2", "b.example"))


def pace(timer: Timer, answer: Answer | None = None, ends: float = 600.0) -> Pace:
    hosts = FakeHosts({A.url: answer or Answer(200)})
    return Pace(hosts.ask, ends, clock=timer, sleep=timer.sleep)


def test_a_host_is_left_alone_for_a_second_and_others_are_not() -> None:
    timer = Timer()
    polite = pace(timer)
    for address in (A, B, A2, A):
        polite.ask("HEAD", address)
    assert timer.slept == [1.0, 1.0]


def test_a_host_is_asked_no_sooner_than_it_says() -> None:
    timer = Timer()
    polite = pace(timer, Answer(429, retry_after="30"))
    polite.ask("HEAD", A)
    polite.ask("HEAD", A2)
    assert timer.slept == [31.0]


@pytest.mark.parametrize(
    "later", ["61", "99999999999999999999", "Sat, 21 Nov 2026 18:00:00 GMT", "-1"]
)
def test_a_host_that_wants_much_time_is_left_for_the_next_run(later: str) -> None:
    timer = Timer()
    polite = pace(timer, Answer(503, retry_after=later))
    polite.ask("HEAD", A)
    with pytest.raises(PostponedError):
        polite.ask("HEAD", A2)
    assert timer.slept == []
    assert MOST_WAIT == 60


def test_nothing_is_asked_when_the_run_is_over() -> None:
    timer = Timer()
    polite = pace(timer, ends=1.0)
    polite.ask("HEAD", A)
    with pytest.raises(PostponedError):
        polite.ask("HEAD", A2)


def test_addresses_are_sorted_by_host() -> None:
    urls = ["https://b/1", "https://A/1", "https://a/2", "http://[", "https://a/3"]
    assert in_turn(urls) == [
        ["https://A/1", "https://a/2", "https://a/3"],
        ["https://b/1"],
        ["http://["],
    ]


def test_one_question_is_in_flight_a_host() -> None:
    guard, busy, most = Lock(), dict.fromkeys("abc", 0), dict.fromkeys("abc", 0)

    def check(url: str) -> str:
        host = url[8]
        with guard:
            busy[host] += 1
            most[host] = max(most[host], busy[host])
        with guard:
            busy[host] -= 1
        return url.upper()

    urls = [f"https://{host}/{number}" for number in range(20) for host in "abc"]
    found = dict(side_by_side(urls, check, workers=6))
    assert found == {url: url.upper() for url in urls}
    assert most == {"a": 1, "b": 1, "c": 1}


def test_what_is_postponed_is_left_out_with_the_rest_of_its_host() -> None:
    def check(url: str) -> int:
        if url == "https://a/2":
            raise PostponedError
        return 1

    urls = ["https://a/1", "https://a/2", "https://a/3", "https://b/1"]
    assert dict(side_by_side(urls, check, workers=1)) == {"https://a/1": 1, "https://b/1": 1}


def test_an_error_of_our_own_is_not_lost() -> None:
    def check(url: str) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(["https://a/1"], check))
