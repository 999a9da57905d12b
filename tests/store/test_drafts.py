"""Steps of drafts are kept in their order, never changed, and gone when their notebook is forgotten."""

import sqlite3

import pytest

from nbreview.store.database import Store
from nbreview.store.drafts import KeptDraftStep


def step(number: int, draft: str = "d1", notebook: str = "/n/a.ipynb") -> KeptDraftStep:
    return KeptDraftStep(f"{draft}-{number}", draft, "plans", notebook, float(number), f'{{"n": {number}}}')


def test_steps_come_back_in_their_order_and_drafts_newest_first(store: Store) -> None:
    for each in (step(1), step(2), step(1, "d2"), step(1)):
        store.add_draft_step(each)
    assert store.draft_steps("d1") == (step(1), step(2))
    assert store.draft_steps("none") == ()
    assert store.drafts() == ("d2", "d1") and store.drafts(1) == ("d2",)


def test_a_step_is_never_changed(store: Store) -> None:
    store.add_draft_step(step(1))
    with sqlite3.connect(store.path) as other, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        other.execute("UPDATE draft_steps SET step = 'cells'")
    other.close()
