import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.attempts.counting import Counted, counted, passes
from quizzes.models import Quiz

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("scores", "counts", "expected"),
    [
        ([], "best", None),
        ([0.5, 0.9, 0.9, 0.1], "best", Counted(0.9, passed=True, at=1)),
        ([0.5, 0.9, 0.1], "last", Counted(0.1, passed=False, at=2)),
        ([0.5, 0.9, 0.1], "first", Counted(0.5, passed=False, at=0)),
        ([0.5, 1.0], "mean", Counted(0.75, passed=True, at=None)),
        ([0.4, 0.9], "mean", Counted(0.65, passed=False, at=None)),
    ],
)
def test_what_counts(scores: list[float], counts: str, expected: Counted | None) -> None:
    assert counted(scores, counts, 70) == expected


@pytest.mark.parametrize(("score", "passed"), [(0.694, False), (0.695, True), (0.7, True)])
def test_people_pass_by_the_percentage_they_see(score: float, passed: bool) -> None:
    assert passes(score, 70) is passed


@given(SCORES, st.sampled_from(Quiz.Counts.values))
def test_what_counts_lies_among_the_scores(scores: list[float], counts: str) -> None:
    found = counted(scores, counts, 70)
    assert found is not None
    assert min(scores) - 1e-9 <= found.score <= max(scores) + 1e-9
    assert found.at is None or scores[found.at] == found.score


@given(SCORES, st.floats(0, 1))
def test_a_better_attempt_never_hurts_the_best(scores: list[float], more: float) -> None:
    before, after = counted(scores, "best", 70), counted([*scores, more], "best", 70)
    assert before is not None
    assert after is not None
    assert after.score >= before.score
