"""What was accepted and then taken back teaches nothing, however it was taken back."""

from typing import Any

import pytest

from nbreview.review.records import KeptAct
from nbreview.store.database import Store
from nbreview.training.undone import PUT_BACK, REVERTED, TakenBack
from tests.builders import code, notebook
from tests.store.samples import NOTEBOOK, decision, suggestion

LATER = 1_700_000_900.0
BASE, FINAL = "x = 1\n", "größe = 1\n"


@pytest.fixture
def accepted(store: Store) -> Store:
    store.add_suggestion(suggestion())
    store.decide(decision())
    return store


def reverted(store: Store, before: bytes, after: bytes, **changes: Any) -> None:
    values: dict[str, Any] = {"id": "a1", "notebook": NOTEBOOK, "kind": "reverted", "time": LATER, **changes}
    store.put_cell_act(KeptAct(before=before, after=after, **values))


def reasons(store: Store) -> list[str | None]:
    taken_back = TakenBack(store)
    return [taken_back.reason(*pair) for pair in store.accepted()]


def cells(*sources: str) -> bytes:
    return notebook(*(code(source) for source in sources))


def test_what_stands_has_no_reason(accepted: Store) -> None:
    assert reasons(accepted) == [None]


def test_a_cell_given_back_to_the_base_takes_its_acceptance_with_it(accepted: Store) -> None:
    reverted(accepted, cells("import os", FINAL), cells("import os", BASE))
    assert reasons(accepted) == [REVERTED]


def test_also_where_the_base_is_older_than_what_the_suggestion_was_made_for(accepted: Store) -> None:
    reverted(accepted, cells(FINAL), cells("x = 0\n"))
    assert reasons(accepted) == [REVERTED]


def test_also_where_the_accepted_cell_was_edited_before_it_was_given_back(accepted: Store) -> None:
    reverted(accepted, cells("größe = 1  # more\n"), cells(BASE))
    assert reasons(accepted) == [REVERTED]


def test_a_revert_of_another_cell_takes_nothing_away(accepted: Store) -> None:
    reverted(accepted, cells(FINAL, "y = 2"), cells(FINAL, "y = 1"))
    assert reasons(accepted) == [None]


def test_a_cell_of_another_id_is_another_cell(accepted: Store) -> None:
    reverted(accepted, notebook(code(FINAL, id="other")), notebook(code(BASE, id="other")))
    assert reasons(accepted) == [None]
    reverted(accepted, notebook(code(FINAL, id="c-3")), notebook(code(BASE, id="c-3")), id="a2")
    assert reasons(accepted) == [REVERTED]


@pytest.mark.parametrize("change", [{"time": 1.0}, {"kind": "staged"}, {"notebook": "/srv/other.ipynb"}])
def test_acts_before_it_of_another_kind_or_elsewhere_take_nothing_away(
    accepted: Store, change: dict[str, Any]
) -> None:
    reverted(accepted, cells(FINAL), cells(BASE), **change)
    assert reasons(accepted) == [None]


def test_a_revert_that_was_itself_undone_takes_nothing_away(accepted: Store) -> None:
    reverted(accepted, cells(FINAL), cells(BASE))
    accepted.drop_cell_act("a1")
    assert reasons(accepted) == [None]


def test_bytes_that_are_no_notebook_are_passed_over(accepted: Store) -> None:
    reverted(accepted, b"not a notebook", cells(BASE))
    assert reasons(accepted) == [None]


def test_a_later_acceptance_that_puts_the_cell_back_takes_the_first_away(accepted: Store) -> None:
    accepted.add_suggestion(suggestion("s2", base_source=FINAL, proposed_source=BASE))
    accepted.decide(decision("d2", "s2", final_source=BASE, time=LATER))
    assert reasons(accepted) == [PUT_BACK, None]
