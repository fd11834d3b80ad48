from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.overview.risk import (
    Facts,
    Failed,
    Term,
    Thresholds,
    at_risk,
    idle_days,
    reasons_of,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
BEGAN = NOW - timedelta(days=56)
TERM = Term(BEGAN)
THRESHOLDS = Thresholds(idle_days=7, lessons_behind=2, failed_attempts=2)
DAY = timedelta(days=1)


def words(facts: Facts, term: Term = TERM) -> list[str]:
    return [reason.words for reason in reasons_of(facts, THRESHOLDS, term, NOW)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(1, BEGAN, NOW - 6 * DAY), []),
        (Facts(1, BEGAN, NOW - 7 * DAY), ["No activity for 7 days"]),
        (Facts(1, BEGAN, NOW - 9 * DAY - timedelta(hours=23)), ["No activity for 9 days"]),
        (Facts(1, BEGAN), ["Nothing yet, for 56 days"]),
        # Whoever joined yesterday has not been idle for 56 days, whatever they did before.
        (Facts(1, NOW - DAY), []),
        (Facts(1, NOW - DAY, NOW - 300 * DAY), []),
        (Facts(1, NOW - 8 * DAY, NOW - 300 * DAY), ["No activity for 8 days"]),
        # Whoever was here before the class began has not been idle since then.
        (Facts(1, BEGAN - 90 * DAY, NOW - 90 * DAY), ["No activity for 56 days"]),
        (Facts(1, BEGAN, NOW, behind=1), []),
        (Facts(1, BEGAN, NOW, behind=3), ["3 lessons behind the schedule"]),
        (Facts(1, BEGAN, NOW, failed=(Failed("Quantization", 1),)), []),
        (
            Facts(1, BEGAN, NOW, failed=(Failed("Quantization", 2), Failed("Agents", 3))),
            ["Failed the quiz on Quantization twice", "Failed the quiz on Agents 3 times"],
        ),
        (
            Facts(1, BEGAN, NOW - 14 * DAY, behind=2, failed=(Failed("Agents", 2),)),
            [
                "No activity for 14 days",
                "2 lessons behind the schedule",
                "Failed the quiz on Agents twice",
            ],
        ),
    ],
)
def test_reasons(facts: Facts, expected: list[str]) -> None:
    assert words(facts) == expected


def test_thresholds_of_one() -> None:
    facts = Facts(1, BEGAN, NOW - DAY, behind=1, failed=(Failed("Agents", 1),))
    found = reasons_of(facts, Thresholds(1, 1, 1), TERM, NOW)
    assert [reason.words for reason in found] == [
        "No activity for 1 day",
        "1 lesson behind the schedule",
        "Failed the quiz on Agents once",
    ]


@pytest.mark.parametrize("term", [Term(NOW + DAY), Term(BEGAN, NOW - DAY), Term(BEGAN, NOW)])
def test_nobody_is_idle_before_the_first_day_or_after_the_last(term: Term) -> None:
    assert words(Facts(1, BEGAN, NOW - 50 * DAY, behind=2), term) == [
        "2 lessons behind the schedule"
    ]


def test_the_worst_come_first_and_the_others_not_at_all() -> None:
    everyone = [
        Facts(1, BEGAN, NOW - 8 * DAY),
        Facts(2, BEGAN, NOW),
        Facts(3, BEGAN, NOW - 8 * DAY, behind=4),
        Facts(4, BEGAN, NOW - 8 * DAY),
        Facts(5, BEGAN, NOW - 50 * DAY),
    ]
    found = at_risk(everyone, THRESHOLDS, TERM, NOW)
    assert [one.member_id for one in found] == [5, 3, 1, 4]
    assert found[1].words == "No activity for 8 days. 4 lessons behind the schedule"


times = st.one_of(st.none(), st.integers(0, 400).map(lambda days: NOW - days * DAY))
facts_in = st.builds(
    Facts,
    st.integers(1, 50),
    st.integers(0, 100).map(lambda days: NOW - days * DAY),
    times,
    st.integers(0, 20),
    st.lists(st.builds(Failed, st.text("ab", max_size=3), st.integers(1, 9)), max_size=3).map(
        tuple
    ),
)
thresholds_in = st.builds(Thresholds, *[st.integers(1, 30)] * 3)


@settings(max_examples=100)
@given(facts_in, thresholds_in)
def test_a_reason_is_over_its_threshold_and_idleness_within_the_time_in_class(
    facts: Facts, thresholds: Thresholds
) -> None:
    found = reasons_of(facts, thresholds, TERM, NOW)
    assert all(reason.weight >= 1 for reason in found)
    assert 0 <= idle_days(facts, TERM, NOW) <= min((NOW - facts.joined_at) // DAY, 56)


@settings(max_examples=100)
@given(facts_in, thresholds_in)
def test_more_of_something_is_never_less_at_risk(facts: Facts, thresholds: Thresholds) -> None:
    def weight(facts: Facts, thresholds: Thresholds) -> float:
        return sum(one.weight for one in at_risk([facts], thresholds, TERM, NOW) for one in [one])

    worse = facts._replace(behind=facts.behind + 1)
    assert weight(worse, thresholds) >= weight(facts, thresholds)
    looser = Thresholds(*(one + 1 for one in (thresholds.idle_days, thresholds.lessons_behind, 8)))
    tight = Thresholds(thresholds.idle_days, thresholds.lessons_behind, 8)
    assert len(at_risk([facts], looser, TERM, NOW)) <= len(at_risk([facts], tight, TERM, NOW))
