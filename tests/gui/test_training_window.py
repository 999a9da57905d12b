"""The training window shows what is stored, what an export would write of it, and why not."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.theme import load_theme
from nbreview.gui.training_row import CHOOSE
from nbreview.gui.training_tally import TrainingCounts
from nbreview.gui.training_window import NO_DECISIONS, TrainingWindow
from nbreview.store.database import Store
from nbreview.training.rehearsal import Rehearsal, ShownRow, survey
from tests.store.samples import decision, rule_suggestion, suggestion


@pytest.fixture
def window(qtbot: QtBot) -> TrainingWindow:
    window = TrainingWindow(theme=load_theme("light"))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def filled(window: TrainingWindow, store: Store) -> TrainingWindow:
    """Shows a model's acceptance and a rule's."""
    store.add_suggestion(suggestion())
    store.add_suggestion(rule_suggestion())
    store.decide(decision())
    store.decide(decision("d2", "r1", final_source="import pandas as pd\n", time=1_700_000_300.5))
    window.set_counts(TrainingCounts(accepted=2))
    window.set_chosen(survey(store))
    return window


def shown(window: TrainingWindow, row: int) -> list[str]:
    return [window.model.index(row, column).data() for column in range(window.model.columnCount())]


def test_counts_are_told_by_kind_and_aloud(window: TrainingWindow) -> None:
    window.set_counts(TrainingCounts(accepted=1204, edited=88, rejected=310, undone=12))
    figures = [figure.text() for figure, _word in window.tally._labels]
    assert figures == ["1 204", "88", "310", "12"]
    heard = "Decisions stored: 1204 accepted, 88 edited, 310 rejected, 12 undone"
    assert window.tally.accessibleName() == heard


def test_a_decision_is_a_line_of_the_list(filled: TrainingWindow) -> None:
    assert shown(filled, 0)[:6] == [
        "ünï train.ipynb",
        "4",
        "accepted",
        "…",
        "Rename x to größe.",
        "Qwen2.5-Coder-7B",
    ]
    assert shown(filled, 1)[5] == "rule:names"


def test_the_count_says_what_is_left_out_and_why(filled: TrainingWindow) -> None:
    assert filled.rows_label.text() == "2 decisions asked for; counting rows…"
    left_out = {"near duplicate": 1, "not asked for": 7}
    filled.set_rehearsal(Rehearsal(1, left_out, {"d1": "", "d2": "near duplicate"}))
    assert filled.rows_label.text() == "1 row would be written; left out: near duplicate: 1"
    assert [shown(filled, row)[3] for row in (0, 1)] == ["a row", "near duplicate"]
    assert filled.export_button.isEnabled()


def test_where_no_row_comes_of_it_there_is_nothing_to_export(filled: TrainingWindow) -> None:
    filled.set_rehearsal(Rehearsal(0, {"exact duplicate": 2}, {}))
    assert not filled.export_button.isEnabled()


def test_a_click_on_the_box_leaves_a_decision_out(filled: TrainingWindow, qtbot: QtBot) -> None:
    box = filled.list.visualRect(filled.model.index(1, 0))
    with qtbot.waitSignal(filled.count_requested):
        qtbot.mouseClick(
            filled.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=filled.list._boxes._box(box).center(),
        )
    assert filled.model.without == {"d2"}
    assert shown(filled, 1)[3] == "left out by hand"


def test_space_ticks_all_that_is_selected(filled: TrainingWindow, qtbot: QtBot) -> None:
    filled.list.selectAll()
    qtbot.keyClick(filled.list, Qt.Key.Key_Space)
    assert filled.model.without == {"d1", "d2"}
    qtbot.keyClick(filled.list, Qt.Key.Key_Space)
    assert filled.model.without == set()


def test_the_row_of_the_chosen_decision_is_asked_for(filled: TrainingWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(filled.row_requested) as asked:
        filled.list.selectRow(1)
    assert asked.args == ["d2"]


def test_the_preview_holds_the_very_row_with_its_placeholders_marked(filled: TrainingWindow) -> None:
    text = '{"a":"😀 <API_KEY>"}'
    filled.set_row(ShownRow("d1", text, "── a ──\n😀 <API_KEY>", ((8, 17),), ((10, 19),), {"api_key": 1}))
    assert filled.row.text.toPlainText() == text
    marked = [mark.cursor.selectedText() for mark in filled.row.text.extraSelections()]
    assert marked == ["<API_KEY>"]
    assert filled.row.found.text() == "Placeholders: api key 1."
    filled.row.unfolded.setChecked(True)
    assert filled.row.text.toPlainText() == "── a ──\n😀 <API_KEY>"
    assert [mark.cursor.selectedText() for mark in filled.row.text.extraSelections()] == ["<API_KEY>"]


def test_a_row_that_comes_too_late_is_not_shown(filled: TrainingWindow) -> None:
    filled.set_row(ShownRow("d2", "too late"))
    assert filled.row.text.toPlainText() == ""


def test_why_there_is_no_row_is_said_where_it_would_stand(filled: TrainingWindow) -> None:
    filled.set_row(ShownRow("d1", reason="no line put in"))
    assert filled.row.found.text() == "No row comes of this decision: no line put in."


def test_without_a_decision_a_sentence_says_how_to_get_one(window: TrainingWindow) -> None:
    window.set_counts(TrainingCounts(rejected=4))
    window.set_chosen(())
    assert not window.export_button.isEnabled()
    assert window.row.text.placeholderText() == NO_DECISIONS
    assert window.rows_label.text() == "no row to write yet"
    window.set_counts(TrainingCounts(accepted=1))
    assert window.row.text.placeholderText() == CHOOSE


def test_export_names_the_format(filled: TrainingWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(filled.export_requested) as requested:
        qtbot.mouseClick(filled.export_button, Qt.MouseButton.LeftButton)
    assert requested.args == ["chat"]


def test_while_it_writes_there_is_a_bar_and_stop_and_no_second_export(
    filled: TrainingWindow, qtbot: QtBot
) -> None:
    assert not filled.stop_button.isVisible()
    filled.set_progress(0.25, exporting=True)
    assert filled.progress.value() == 250
    assert not filled.export_button.isEnabled()
    with qtbot.waitSignal(filled.stop_requested):
        qtbot.mouseClick(filled.stop_button, Qt.MouseButton.LeftButton)
    filled.set_progress(None)
    assert not filled.progress.isVisible()
    assert filled.export_button.isEnabled()


def test_another_format_asks_for_its_row_and_its_count(filled: TrainingWindow, qtbot: QtBot) -> None:
    filled.set_formats((("chat", "chat"), ("pairs", "pairs")))
    with qtbot.waitSignals([filled.row_requested, filled.count_requested]):
        filled.format.setCurrentIndex(1)
    assert filled.format_name() == "pairs"


def test_filters_offer_what_there_is_and_say_what_is_asked_for(window: TrainingWindow, qtbot: QtBot) -> None:
    window.filters.set_choices({"makers": [("model", 3), ("rule:names", 1)]})
    with qtbot.waitSignal(window.wanted_changed):
        window.filters.choose("makers", "rule:names")
    assert window.filters.only().makers == ("rule:names",)
    with qtbot.waitSignal(window.wanted_changed):
        window.filters.since.setText("2026-03-01")
    assert window.filters.only().since is not None
    window.filters.set_choices({"makers": [("model", 4), ("rule:names", 2)]})
    assert window.filters.only().makers == ("rule:names",)


def test_a_date_that_is_none_is_said_in_place(window: TrainingWindow, qtbot: QtBot) -> None:
    window.filters.since.setText("soon")
    qtbot.waitUntil(lambda: window.outcome.isVisible())
    assert "“soon” is no time; give a date" in window.outcome.text()


def test_tokens_are_counted_with_the_model_that_is_chosen(window: TrainingWindow, qtbot: QtBot) -> None:
    assert window.model_file() is None
    assert not window.longest.isEnabled()
    window.set_models([("Tiny", Path("/m/tiny.gguf"))], Path("/m/tiny.gguf"))
    window.longest.setText("4096")
    assert (window.model_file(), window.max_tokens()) == (Path("/m/tiny.gguf"), 4096)
    window.lengths.setCurrentIndex(window.lengths.count() - 1)
    with qtbot.waitSignal(window.model_requested):
        window.lengths.activated.emit(window.lengths.count() - 1)
    assert window.model_file() is None


def test_the_outcome_is_said_in_place_with_its_folder(filled: TrainingWindow) -> None:
    assert not filled.outcome.isVisible()
    filled.set_outcome("Wrote 2 rows to a.jsonl.", folder=Path("/x"))
    assert filled.outcome.isVisible()
    assert filled.folder_button.isVisible()
    filled.set_outcome("It cannot be written; choose another place.", failed=True)
    assert not filled.folder_button.isVisible()
    assert filled.export_button.isEnabled()


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0)])
def test_it_paints_in_both_themes_and_at_twice_the_size(
    filled: TrainingWindow, theme: str, scale: float
) -> None:
    filled.set_theme(load_theme(theme, text_scale=scale))
    filled.set_row(ShownRow("d1", "<EMAIL>", marks=((0, 7),)))
    assert not filled.grab().isNull()
