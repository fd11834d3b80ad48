"""Nothing is dead because of one bad day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.links.checking import Finding, Outcome
from courses.links.judging import Health, judge, keep_old
from courses.models import Link

State = Link.State
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEW = "https://new.example/"
OK = Finding(Outcome.OK, 200)
MOVED = Finding(Outcome.MOVED, 200, moved_to=NEW)
CLOSED = Finding(Outcome.CLOSED, 403, "It answers to people only.")
REFUSED = Finding(Outcome.CLOSED, None, "It leads into a private network.")
FAILED = Finding(Outcome.FAILED, 404, "There is no such page any more.")


def after(*days: tuple[float, Finding]) -> Health:
    health = Health()
    for day, finding in days:
        health = judge(health, finding, MONDAY + timedelta(days=day))
    return health


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ([(0, OK)], State.OK),
        ([(0, MOVED)], State.MOVED),
        ([(0, CLOSED)], State.CLOSED),
        ([(0, FAILED)], State.FAILING),
        ([(0, FAILED), (0.1, FAILED), (0.2, FAILED), (0.3, FAILED)], State.FAILING),
        ([(0, FAILED), (1, FAILED), (2, FAILED)], State.FAILING),
        ([(0, FAILED), (3, FAILED)], State.FAILING),
        ([(0, FAILED), (1, FAILED), (3, FAILED)], State.DEAD),
        ([(0, FAILED), (1, FAILED), (2, FAILED), (3, FAILED)], State.DEAD),
        ([(0, FAILED), (7, FAILED), (14, FAILED)], State.DEAD),
        ([(0, FAILED), (1, FAILED), (2, OK), (3, FAILED), (4, FAILED)], State.FAILING),
        ([(0, FAILED), (1, FAILED), (2, CLOSED), (3, FAILED)], State.FAILING),
        ([(0, FAILED), (1, FAILED), (3, FAILED), (4, OK)], State.OK),
        ([(0, FAILED), (1, FAILED), (3, FAILED), (4, CLOSED)], State.CLOSED),
        # A clock that was put back counts no day twice.
        ([(1, FAILED), (0, FAILED), (1, FAILED), (0, FAILED)], State.FAILING),
    ],
)
def test_a_state_takes_its_days(days: list[tuple[float, Finding]], state: str) -> None:
    assert after(*days).state == state


def test_a_failure_remembers_since_when_and_what_answered_last() -> None:
    health = after((0, OK), (1, FAILED), (1.2, FAILED), (3, FAILED))
    assert health == Health(
        state=State.FAILING,
        checked_at=MONDAY + timedelta(days=3),
        answered_at=MONDAY,
        failing_since=date(2026, 3, 3),
        failed_on=date(2026, 3, 5),
        failed_days=2,
        status_code=404,
        problem="There is no such page any more.",
    )


def test_any_answer_takes_the_failures_back() -> None:
    health = after((0, FAILED), (1, OK))
    assert (health.failing_since, health.failed_on, health.failed_days) == (None, None, 0)
    assert health.problem == ""


def test_what_was_never_asked_did_not_answer() -> None:
    assert after((0, REFUSED)).answered_at is None
    assert after((0, CLOSED)).answered_at == MONDAY


def test_a_move_that_the_editor_does_not_want_is_not_offered_again() -> None:
    kept = keep_old(after((0, MOVED)))
    assert (kept.state, kept.move_declined) == (State.OK, NEW)
    assert judge(kept, MOVED, MONDAY).state == State.OK
    further = Finding(Outcome.MOVED, 200, moved_to=f"{NEW}2")
    assert judge(kept, further, MONDAY).state == State.MOVED


def test_where_it_moved_is_known_while_it_fails() -> None:
    assert after((0, MOVED), (1, FAILED)).moved_to == NEW
    assert after((0, MOVED), (1, OK)).moved_to == ""


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from([OK, MOVED, CLOSED, REFUSED, FAILED])),
        max_size=12,
    )
)
def test_dead_is_only_what_failed_on_three_days_without_an_answer(
    days: list[tuple[int, Finding]],
) -> None:
    ordered = sorted(days, key=lambda one: one[0])
    health = after(*((float(day), finding) for day, finding in ordered))
    answers = [place for place, (_, finding) in enumerate(ordered) if finding != FAILED]
    since = {day for day, _ in ordered[answers[-1] + 1 if answers else 0 :]}
    assert health.failed_days == len(since)
    dead = len(since) >= 3 and max(since) - min(since) >= 3
    assert (health.state == State.DEAD) is dead
