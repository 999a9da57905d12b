"""Edits that were asked for by name become suggestions; the notebook is written by nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.notebook.reader import read_bytes
from nbreview.services import refactoring
from nbreview.services.opening import Comparison, open_notebook
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook

CELLS = (
    markdown("# Train", id="m"),
    code("import numpy as np\nlr = 0.1", id="a"),
    code("import pandas as pd\nw = np.ones(3) * lr", id="b"),
    code("model = fit(w, lr=0.1)", id="c"),
)


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    path = tmp_path / "book.ipynb"
    path.write_bytes(notebook(*CELLS))
    return open_notebook(path, Settings()).comparison


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


def test_each_edit_is_a_suggestion_for_each_changed_cell(comparison: Comparison, store: Store) -> None:
    edits = {
        "rename": refactoring.rename(comparison, store, "w", "weights"),
        "set": refactoring.set_value(comparison, store, "lr", "0.01"),
        "wrap": refactoring.wrap(comparison, store, 2, "make_weights"),
        "collect": refactoring.collect(comparison, store),
    }
    cells = {name: [card.cell_index for card in cards] for name, cards in edits.items()}
    assert cells == {"rename": [2, 3], "set": [1, 3], "wrap": [2], "collect": [1, 2]}
    assert edits["rename"][1].suggestion.proposed_source == "model = fit(weights, lr=0.1)"
    assert edits["set"][1].suggestion.instruction == "Set lr to 0.01"
    kept = store.suggestions(str(comparison.target.notebook))
    assert len(kept) == sum(map(len, edits.values()))
    assert comparison.target.notebook.read_bytes() == notebook(*CELLS)


def test_what_cannot_be_done_is_said(comparison: Comparison, store: Store) -> None:
    with pytest.raises(UserError, match="in use in cell 2"):
        refactoring.rename(comparison, store, "w", "lr")
    with pytest.raises(UserError, match="not an expression"):
        refactoring.set_value(comparison, store, "lr", "0,1")
    with pytest.raises(UserError, match="not one value"):
        refactoring.set_value(comparison, store, "lr", "0, n=1")
    with pytest.raises(UserError, match="another cell"):
        refactoring.wrap(comparison, store, 0, "f")
    assert store.suggestions(str(comparison.target.notebook)) == ()


def test_names_of_the_current_cell_come_first(comparison: Comparison) -> None:
    head = comparison.head.notebook
    assert refactoring.variables_of(head, 3) == ("lr", "model", "w")[1:] + ("lr",)
    assert refactoring.variables_of(head, None) == ("lr", "model", "w")
    assert dict(refactoring.parameters_of(head, 1)) == {"lr": "0.1"}


def test_another_language_has_neither_names_nor_edits(
    comparison: Comparison, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "r.ipynb"
    path.write_bytes(notebook(code("x <- 1"), kernelspec={"name": "ir", "language": "R"}))
    opened = open_notebook(path, Settings()).comparison
    head = read_bytes(path.read_bytes(), "r.ipynb")
    assert (refactoring.variables_of(head, 0), dict(refactoring.parameters_of(head, 0))) == ((), {})
    with pytest.raises(UserError, match="for Python"):
        refactoring.collect(opened, store)
