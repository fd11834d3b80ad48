import pytest

from courses import trail


def test_the_paths_are_those_of_the_design() -> None:
    assert trail.leave(0, 8) == "M50 50C50 75 56.5 87.5 63 100"
    assert trail.arrive(1) == "M63 0C69.5 12.5 76 25 76 50"
    assert trail.leave(1, 8) == "M76 50C76 75 73 87.5 70 100"
    assert trail.leave(7, 8) == "M32 50C32 75 36.5 87.5 41 100"


def test_the_first_row_is_not_arrived_at() -> None:
    assert trail.arrive(0) == ""


@pytest.mark.parametrize("rows", [1, 2, 8, 9, 20])
def test_each_row_begins_where_the_last_one_ended(rows: int) -> None:
    for row in range(rows - 1):
        end = trail.leave(row, rows).split()[-2]
        assert trail.arrive(row + 1).split()[0] == f"M{end}"


def test_stones_are_set_to_the_newest_and_then_ghosts() -> None:
    kinds = [stone.kind for stone in trail.cairn(5, 3).stones]
    assert kinds == ["set", "set", "top", "ghost", "ghost"]


def test_a_cairn_of_none_laid_is_all_ghosts() -> None:
    assert {stone.kind for stone in trail.cairn(4, 0).stones} == {"ghost"}


def test_one_stone_is_a_cairn() -> None:
    assert trail.cairn(1, 1).stones[0].kind == "top"
