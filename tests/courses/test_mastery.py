from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from courses.mastery import Mastery, mastery_of, of_concepts, together

PARTS = st.lists(st.builds(Mastery, st.floats(0, 1), st.integers(1, 50), st.integers(0, 50)))


def test_every_card_weighs_the_same() -> None:
    assert together([Mastery(1.0, 1, 0), Mastery(0.5, 3, 2)]) == Mastery(0.625, 4, 2)


def test_nothing_reviewed_is_no_mastery() -> None:
    assert together([]) is None


def test_of_some_concepts() -> None:
    known = {1: Mastery(0.8, 2), 2: Mastery(0.6, 2), 3: Mastery(0.1, 9)}
    assert of_concepts([1, 2, 4], known) == Mastery(pytest.approx(0.7), 4, 0)
    assert of_concepts([4], known) is None


@given(PARTS)
def test_lies_between_the_parts(parts: list[Mastery]) -> None:
    whole = together(parts)
    assert (whole is None) == (not parts)
    if whole:
        recalls = [part.recall for part in parts]
        assert min(recalls) - 1e-9 <= whole.recall <= max(recalls) + 1e-9
        assert 0 <= whole.recall <= 1


@given(PARTS, st.randoms())
def test_order_does_not_matter(parts: list[Mastery], rng: object) -> None:
    mixed = parts[:]
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = together(parts), together(mixed)
    assert (one and one.cards, one and one.due) == (other and other.cards, other and other.due)
    if one and other:
        assert one.recall == pytest.approx(other.recall)


def test_nothing_is_asked_about_a_visitor(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert mastery_of(AnonymousUser(), datetime(2026, 11, 21, tzinfo=UTC)) == {}
