"""From the window to the file: what is stored is surveyed, chosen, counted, shown and written off the main
thread.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.side_windows import SideWindows
from nbreview.gui.training_window import NO_DECISIONS, NONE_CHOSEN
from nbreview.review.model import DecisionKind
from nbreview.store.database import Store
from tests.gui.programs import settled
from tests.store.samples import decision, rule_suggestion, suggestion


@pytest.fixture
def side(start: Callable[..., Program], tmp_path: Path, qtbot: QtBot) -> SideWindows:
    """The program over a store with a model's acceptance and a rule's; the training data window is open."""
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.add_suggestion(suggestion())
        store.add_suggestion(rule_suggestion())
        store.decide(decision(kind=DecisionKind.EDITED, final_source="größe = 'anna@uni-ulm.de'\n"))
        store.decide(decision("d2", "r1", final_source="import pandas as pd\n", time=1_700_000_300.5))
    return opened(start(), qtbot)


def opened(program: Program, qtbot: QtBot) -> SideWindows:
    side = program.window.side
    side.show_training_data()
    settled(program, qtbot, lambda: "counting" not in side.training.rows_label.text())
    return side


def said(side: SideWindows, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in side.training.rows_label.text())


def test_what_is_stored_is_listed_counted_and_shown(side: SideWindows, qtbot: QtBot) -> None:
    window = side.training
    assert window.rows_label.text() == "2 rows would be written"
    assert window.model.rowCount() == 2
    qtbot.waitUntil(lambda: "<EMAIL>" in window.row.text.toPlainText())
    assert json.loads(window.row.text.toPlainText())["metadata"]["decision"] == "d1"
    assert window.row.found.text().startswith("Placeholders: email 1")


def test_counts_and_list_follow_the_filter(side: SideWindows, qtbot: QtBot) -> None:
    side.training.filters.choose("states", "edited")
    said(side, qtbot, "1 row would be written")
    assert side.training.model.rowCount() == 1
    side.training.filters.since.setText("2026-01-01")
    qtbot.waitUntil(lambda: side.training.model.rowCount() == 0)
    assert side.training.row.text.placeholderText() == NONE_CHOSEN


def test_what_is_left_out_by_hand_is_not_in_the_file(side: SideWindows, qtbot: QtBot, tmp_path: Path) -> None:
    side.training.model.keep([0], False)
    said(side, qtbot, "1 row would be written; left out: by hand: 1")
    out = tmp_path / "x.jsonl"
    side.acts.export(out, side._wanted())
    qtbot.waitUntil(lambda: side.training.folder_button.isVisible())
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["metadata"]["decision"] for row in rows] == ["d2"]
    assert "1 row written to" in side.training.outcome.text()


def test_splits_are_written_to_a_folder(side: SideWindows, qtbot: QtBot, tmp_path: Path) -> None:
    side.training.splits.setCurrentIndex(1)
    out = tmp_path / "data"
    side.acts.export(out, side._wanted())
    qtbot.waitUntil(lambda: side.training.folder_button.isVisible())
    assert (out / "train.jsonl").exists()


def test_an_error_stands_in_the_window_and_another_export_can_follow(
    side: SideWindows, qtbot: QtBot, tmp_path: Path
) -> None:
    side.acts.export(tmp_path / "missing" / "x.jsonl", side._wanted())
    qtbot.waitUntil(lambda: side.training.outcome.isVisible())
    assert "make it first, or name a file in another one" in side.training.outcome.text()
    assert side.training.export_button.isEnabled()


def test_tokens_of_a_model_are_counted(
    side: SideWindows, qtbot: QtBot, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    side._offer_models(tiny_model)
    side.training.longest.setText("1")
    side.training.recount()
    said(side, qtbot, "longer than 1 tokens: 2")
    qtbot.waitUntil(lambda: "tokens." in side.training.row.found.text())


def test_stop_ends_an_export_and_nothing_is_left(side: SideWindows, qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    side.acts.export(out, side._wanted())
    with qtbot.waitSignal(side.acts.stopped):
        side.training.stop_requested.emit()
    said(side, qtbot, "the rows are not counted")
    assert side.training.export_button.isEnabled()


def test_an_empty_store_says_what_to_do(start: Callable[..., Program], qtbot: QtBot) -> None:
    side = opened(start(), qtbot)
    assert side.training.row.text.placeholderText() == NO_DECISIONS
    assert not side.training.export_button.isEnabled()
