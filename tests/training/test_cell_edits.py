"""New and removed cells are exported where a format can say it, and counted where it cannot."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.review.model import CellEdit, SuggestionState
from nbreview.store.database import Store
from nbreview.training.examples import accepted_examples, make_example
from nbreview.training.formats import FORMATS
from nbreview.training.manifest import ManifestBuilder
from nbreview.training.pipeline import NEW_CELL, Pipeline
from tests.store.samples import decision, suggestion

NEW = {"base_source": "", "proposed_source": "import os\n", "edit": CellEdit.INSERT}
GONE = {"base_source": "print(1)\n", "proposed_source": "", "edit": CellEdit.REMOVE}


def rows(store: Store, name: str) -> tuple[list[dict[str, object]], dict[str, int]]:
    builder = ManifestBuilder(FORMATS[name], None)
    pipeline = Pipeline(FORMATS[name], builder)
    lines = pipeline.lines(iter(accepted_examples(store)), 2)
    return [line.row for line in lines], dict(builder.left_out)


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_suggestions([suggestion("new", **NEW), suggestion("gone", **GONE)])
    store.decide(decision("d1", "new", final_source="import os\n"))
    store.decide(decision("d2", "gone", final_source="", time=1_700_000_201.0))
    return store


@pytest.mark.parametrize("name", ["chat", "prompt-completion", "preference", "parquet"])
def test_a_prompt_about_one_cell_leaves_them_out_and_says_why(filled: Store, name: str) -> None:
    assert rows(filled, name) == ([], {NEW_CELL: 2})


@pytest.mark.parametrize("name", ["edit-cell", "paper-cell"])
def test_edits_by_cell_hold_both(filled: Store, name: str) -> None:
    found, left_out = rows(filled, name)
    assert (len(found), left_out) == (2, {})


def test_alpaca_holds_a_new_cell_and_no_empty_output(filled: Store) -> None:
    found, left_out = rows(filled, "alpaca")
    assert [(row["input"], row["output"]) for row in found] == [("", "import os\n")]
    assert left_out == {"no instruction or no output": 1}


def test_a_change_that_answered_a_question_about_several_cells_asks_for_itself(tmp_path: Path) -> None:
    alone = make_example(suggestion(), decision())
    grouped = make_example(suggestion(group="g"), decision())
    part = make_example(suggestion(part_of="s0"), decision())
    assert alone.template == "edit-v1"
    assert grouped.template.startswith("rule-edit")
    assert grouped.prompt == part.prompt != alone.prompt
    assert grouped.prompt[-1].role == "user"
    assert "Rename x to größe." in grouped.prompt[-1].content


def test_what_was_divided_is_no_example(store: Store) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision())
    assert len(list(accepted_examples(store))) == 1
    store.divide("s1", [replace(suggestion("h"), part_of="s1")])
    assert store.suggestion("s1").state is SuggestionState.DIVIDED
    assert list(accepted_examples(store)) == []
