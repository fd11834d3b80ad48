from hypothesis import given
from hypothesis import strategies as st

from quizzes.review.ordering import Place, in_turn

LESSONS = st.lists(st.integers(1, 5), max_size=25)


def places(lessons: str, start: int = 1) -> list[Place]:
    """`places("aab")`: two cards of lesson 1, one of lesson 2."""
    return [Place(at, "abcdef".index(one) + 1) for at, one in enumerate(lessons, start)]


def lessons(groups: list[list[Place]], last: int | None = None, seed: str = "") -> str:
    return "".join("abcdef"[one.lesson - 1] for one in in_turn(groups, last=last, seed=seed))


def test_lessons_take_turns() -> None:
    assert lessons([places("aaabb")]) == "ababa"
    assert lessons([places("aabbb")]) == "babab"
    assert lessons([places("aaaab")]) == "abaaa"


def test_the_lesson_before_waits() -> None:
    assert lessons([places("aab")], last=1) == "baa"
    assert lessons([places("aa")], last=1) == "aa"


def test_an_earlier_group_comes_first_unless_its_lesson_was_last() -> None:
    learning, due = places("a"), places("ab", start=2)
    order = [place.card for place in in_turn([learning, due], last=None, seed="")]
    assert order == [1, 3, 2]
    assert [place.card for place in in_turn([learning, due], last=1, seed="")] == [3, 1, 2]


def test_within_a_lesson_the_most_urgent_first() -> None:
    assert [place.card for place in in_turn([places("abab")], last=1, seed="")] == [2, 1, 4, 3]


def test_the_seed_decides_between_equals() -> None:
    starts = {lessons([places("abcdef")], seed=str(day))[0] for day in range(60)}
    assert starts == set("abcdef")


def test_the_same_seed_the_same_order() -> None:
    group = places("abcabcdd")
    assert lessons([group], seed="7:2026-11-21") == lessons([group], seed="7:2026-11-21")


def test_nothing_to_ask() -> None:
    assert lessons([]) == ""
    assert lessons([[], []], last=3) == ""


@given(LESSONS, LESSONS, st.integers(1, 5))
def test_never_two_in_a_row_while_another_waits(one: list[int], two: list[int], last: int) -> None:
    groups = [
        [Place(at, lesson) for at, lesson in enumerate(one)],
        [Place(at, lesson) for at, lesson in enumerate(two, 100)],
    ]
    order = list(in_turn(groups, last=last, seed="x"))
    assert sorted(place.card for place in order) == sorted(p.card for g in groups for p in g)
    before = last
    for at, place in enumerate(order):
        if place.lesson == before:
            assert {left.lesson for left in order[at:]} == {before}
        before = place.lesson


@given(LESSONS, st.integers(1, 5))
def test_the_rest_stays_in_order(one: list[int], last: int) -> None:
    group = [Place(at, lesson) for at, lesson in enumerate(one)]
    order = list(in_turn([group], last=last, seed="x"))
    if order:
        rest = [place for place in group if place != order[0]]
        assert list(in_turn([rest], last=order[0].lesson, seed="x")) == order[1:]
