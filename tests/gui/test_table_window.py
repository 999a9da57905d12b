"""The table window sorts, filters, finds and copies, base and head as one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.diff.tables import diff_tables
from nbreview.gui.table_window import TableSubject, TableWindow
from nbreview.gui.theme import load_theme
from nbreview.notebook.tables import read_table


def html(*rows: tuple[object, ...]) -> str:
    body = "".join(
        f"<tr><th>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows
    )
    return f"<table><tr><th></th><th>loss</th><th>name</th></tr>{body}</table>"


BASE = html(("a", 10, "ten"), ("b", 9, "nine"), ("c", 100, "hundred"))
HEAD = html(("a", 10, "ten"), ("b", 8, "nine"), ("c", 100, "hundred"), ("d", 1, "one"))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[TableWindow]:
    base, head = read_table(BASE), read_table(HEAD)
    assert base is not None
    assert head is not None
    window = TableWindow(None, load_theme("dark"))
    qtbot.addWidget(window)
    window.show_table(TableSubject("Table", ChangeKind.MODIFIED, diff_tables(base, head, 1e-6), "", 1e-6))
    qtbot.waitUntil(lambda: not window.loading)
    yield window
    window.close()
    window.close_workers()


def column(model: QAbstractItemModel, number: int) -> list[str]:
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def settled(window: TableWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.loading)


def test_base_and_head_stand_in_one_table(window: TableWindow) -> None:
    QAbstractItemModelTester(window.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert column(window.model, 1) == ["10", "9 → 8", "100", "1"]
    assert "numbers within 1e-06" in window.words.text()
    vertical = [window.model.headerData(row, Qt.Orientation.Vertical) for row in range(4)]
    assert vertical == ["1", "≠ 2", "3", "+ 4"]
    assert window.status.text() == "4 rows shown"


def test_a_click_on_a_header_sorts_by_value_then_down_then_not(window: TableWindow, qtbot: QtBot) -> None:
    header = window.view.horizontalHeader()
    for expected in (["1", "9 → 8", "10", "100"], ["100", "10", "9 → 8", "1"], ["10", "9 → 8", "100", "1"]):
        header.sectionClicked.emit(1)
        settled(window, qtbot)
        assert column(window.model, 1) == expected


def test_the_keyboard_sorts_by_the_current_column(window: TableWindow, qtbot: QtBot) -> None:
    window.view.setCurrentIndex(window.model.index(0, 2))
    window.sort.click()
    settled(window, qtbot)
    assert column(window.model, 2) == ["hundred", "nine", "one", "ten"]


def test_only_changed_rows_are_shown(window: TableWindow, qtbot: QtBot) -> None:
    window.only_changed.click()
    settled(window, qtbot)
    assert column(window.model, 0) == ["b", "d"]
    assert window.status.text() == "2 of 4 rows shown"


def test_a_side_alone_can_be_shown(window: TableWindow) -> None:
    window.shown.setCurrentIndex(1)
    assert column(window.model, 1) == ["10", "9", "100", ""]
    window.shown.setCurrentIndex(2)
    assert column(window.model, 1) == ["10", "8", "100", "1"]


def test_the_selection_is_copied_with_tabs(window: TableWindow, qtbot: QtBot) -> None:
    window.view.selectAll()
    window.copy()
    settled(window, qtbot)
    assert QGuiApplication.clipboard().text().split("\n")[1] == "b\t9 → 8\tnine"
    assert "4 rows copied" in window.status.text()


def test_a_text_is_found_and_counted(window: TableWindow, qtbot: QtBot) -> None:
    window.needle.setText("N")
    settled(window, qtbot)
    assert window.view.currentIndex().data() == "ten"
    window.find_next()
    assert window.view.currentIndex().data() == "nine"
    window.find_previous()
    assert window.view.currentIndex().data() == "ten"
    window.needle.setText("nowhere")
    settled(window, qtbot)
    assert "No cell shown holds" in window.status.text()


def test_a_table_of_one_side_is_read_from_its_html(window: TableWindow, qtbot: QtBot) -> None:
    window.show_table(TableSubject("Table", ChangeKind.ADDED, None, HEAD))
    settled(window, qtbot)
    assert column(window.model, 1) == ["10", "8", "100", "1"]
    assert not window.only_changed.isEnabled()
    window.show_table(TableSubject("Table", ChangeKind.ADDED, None, "no table"))
    settled(window, qtbot)
    assert "no table that can be read" in window.status.text()


def test_changed_cells_say_so_to_a_screen_reader(window: TableWindow) -> None:
    index = window.model.index(1, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "9 → 8, modified"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "base: 9\nhead: 8"
