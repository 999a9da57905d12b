"""The training window shows what is stored and what an export would write."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.theme import load_theme
from nbreview.gui.training_window import NO_DECISIONS, TrainingCounts, TrainingWindow


@pytest.fixture
def window(qtbot: QtBot) -> TrainingWindow:
    window = TrainingWindow(theme=load_theme("light"))
    qtbot.addWidget(window)
    window.show()
    return window


def test_counts_are_told_by_kind_and_aloud(window: TrainingWindow) -> None:
    window.set_counts(TrainingCounts(accepted=1204, edited=88, rejected=310, undone=12, rows=1280))
    figures = [figure.text() for figure, _word in window.tally._labels]
    assert figures == ["1 204", "88", "310", "12"]
    heard = "Decisions stored: 1204 accepted, 88 edited, 310 rejected, 12 undone"
    assert window.tally.accessibleName() == heard
    assert window.rows_label.text() == "1 280 rows would be written"


def test_one_row_is_not_rows(window: TrainingWindow) -> None:
    window.set_counts(TrainingCounts(accepted=1, rows=1))
    assert window.rows_label.text() == "1 row would be written"


def test_export_names_the_format(window: TrainingWindow, qtbot: QtBot) -> None:
    window.set_counts(TrainingCounts(accepted=1, rows=1))
    with qtbot.waitSignal(window.export_requested) as requested:
        qtbot.mouseClick(window.export_button, Qt.MouseButton.LeftButton)
    assert requested.args == ["chat"]


def test_without_a_row_there_is_nothing_to_export_and_a_sentence_says_why(window: TrainingWindow) -> None:
    window.set_counts(TrainingCounts(rejected=4))
    assert not window.export_button.isEnabled()
    assert window.preview.placeholderText() == NO_DECISIONS


def test_the_preview_holds_the_very_rows(window: TrainingWindow) -> None:
    window.set_preview(['{"messages":[1]}', '{"messages":[2]}'])
    assert window.preview.toPlainText() == '{"messages":[1]}\n\n{"messages":[2]}'
    assert window.preview.isReadOnly()


def test_choosing_another_format_asks_for_its_preview(window: TrainingWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.format_changed):
        window.set_formats((("chat", "chat"), ("pairs", "pairs")))
    with qtbot.waitSignal(window.format_changed) as changed:
        window.format.setCurrentIndex(1)
    assert changed.args == ["pairs"]


def test_the_outcome_is_said_in_place(window: TrainingWindow) -> None:
    assert not window.outcome.isVisible()
    window.set_outcome("Wrote 2 rows to a.jsonl.")
    assert window.outcome.isVisible()


def test_it_paints_in_dark_at_twice_the_size(window: TrainingWindow) -> None:
    window.set_counts(TrainingCounts(1, 1, 1, 1, 2))
    window.set_theme(load_theme("dark", text_scale=2.0))
    assert not window.grab().isNull()
