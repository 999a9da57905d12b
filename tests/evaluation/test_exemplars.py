"""Exemplars resemble what is asked for, and never come from where it comes from."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.edit_items import EditItem, Mode, read_edits
from nbreview.evaluation.exemplars import ExemplarPool, chosen_edits, divided
from tests.evaluation.edit_files import six_edits


@pytest.fixture
def items(tmp_path: Path) -> tuple[EditItem, ...]:
    return read_edits(six_edits(tmp_path / "edits.jsonl"), (Mode.CELL, Mode.FILE)).items


def test_what_resembles_most_comes_first_and_nothing_of_the_same_repository(
    items: tuple[EditItem, ...],
) -> None:
    pool = ExemplarPool(items)
    for item in items:
        shown = pool.resembling(item, 5)
        assert all(each.mode is item.mode and each.group != item.group for each in shown)
    first = pool.resembling(items[0], 5)
    assert len(first) == 4 and "other" not in {each.group for each in first}
    assert pool.resembling(items[0], 0) == () and len(pool.resembling(items[0], 1)) == 1
    assert pool.resembling(items[0], 2) == first[:2]


@pytest.mark.parametrize(
    "same",
    [
        {"repository": "https://example.org/people/Repo0.git"},
        {"repository": "git@example.org:others/repo0"},
        {"repository": "elsewhere", "notebook": "repo0:a.ipynb"},
        {"repository": "elsewhere", "notebook": "n", "after": "y = 0\nprint(y)"},
    ],
)
def test_the_same_repository_notebook_or_code_is_never_shown(
    items: tuple[EditItem, ...], same: dict[str, str]
) -> None:
    twin = replace(items[0], id="twin", before="x = 0\nprint(x, x)", **{"notebook": "k", **same})
    assert "twin" not in {each.id for each in ExemplarPool([twin, *items]).resembling(items[0], 5)}


def test_a_data_set_is_divided_by_repository_and_the_parts_share_none(items: tuple[EditItem, ...]) -> None:
    many = [replace(item, id=f"{n} {item.id}", repository=f"r{n}") for n in range(30) for item in items[:2]]
    train, rest = divided(many)
    assert len(train) + len(rest) == 60 and len(train) > len(rest) > 0
    assert not {item.group for item in train} & {item.group for item in rest}
    with pytest.raises(UserError, match="--exemplars-from"):
        divided(many[:2])


def test_of_two_repositories_whose_hashes_fall_together_one_is_asked_for(items: tuple[EditItem, ...]) -> None:
    for first in range(12):
        few = [replace(items[0], id=f"{n}", repository=f"r{n}") for n in (first, first + 1)]
        train, rest = divided(few)
        assert len(train) == len(rest) == 1
        assert divided(few[::-1]) == (train, rest)


def test_a_limit_draws_the_same_items_of_each_mode_whatever_their_order(items: tuple[EditItem, ...]) -> None:
    asked, pool = chosen_edits(items, None, 0, 2)
    again, _ = chosen_edits(tuple(reversed(items)), None, 0, 2)
    assert len(asked) == 4 and {item.id for item in asked} == {item.id for item in again} and pool == ()
    assert chosen_edits(items, items[:3], 5, None) == (items, items[:3])
