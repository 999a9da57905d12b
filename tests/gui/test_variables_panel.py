"""The variables as a table: sorted, filtered, opened, and what stands where there are none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nbreview.gui.theme import load_theme
from nbreview.gui.variables_panel import CELL, NAME, SIZE, SPREAD, VariablesPanel
from nbreview.presentation.variables import VariableRow

ROWS = (
    VariableRow(
        "df",
        "DataFrame",
        "500 × 2",
        order=1000.0,
        cell=2,
        line=1,
        children=(
            VariableRow("age", "float64", "499 distinct", "1 … 70", "1", histogram=(1, 4, 9, 2)),
            VariableRow("city", "object", "2 distinct", "Rome, Oslo", "none"),
        ),
    ),
    VariableRow("big", "list", "20 items", order=20.0, cell=0, line=0),
    VariableRow("tiny", "list", "3 items", order=3.0, cell=1, line=0),
)


@pytest.fixture
def panel(qtbot: QtBot) -> VariablesPanel:
    panel = VariablesPanel(load_theme("light"))
    qtbot.addWidget(panel)
    panel.resize(700, 400)
    panel.set_rows(ROWS)
    panel.show()
    return panel


def test_without_a_kernel_a_sentence_says_how_to_fill_it(panel: VariablesPanel, qtbot: QtBot) -> None:
    panel.set_rows((), "Start a kernel and run to a cell.")
    assert not panel.tree.isVisible()
    with qtbot.waitSignal(panel.start_wanted):
        panel.start_button.click()


def test_it_sorts_by_what_a_column_means(panel: VariablesPanel) -> None:
    assert panel.shown_names() == ("big", "df", "tiny")
    panel.tree.sortByColumn(SIZE, Qt.SortOrder.AscendingOrder)
    assert panel.shown_names() == ("tiny", "big", "df")
    panel.tree.sortByColumn(CELL, Qt.SortOrder.DescendingOrder)
    assert panel.shown_names() == ("df", "tiny", "big")


def test_the_filter_finds_names_types_and_columns(panel: VariablesPanel) -> None:
    panel.filter.setText("rome")
    assert panel.shown_names() == ("df",)
    panel.filter.setText("list")
    assert panel.shown_names() == ("big", "tiny")
    panel.filter.setText("nothing of the kind")
    assert panel.shown_names() == ()
    assert panel._nothing.isVisible()
    panel.filter.clear()
    assert len(panel.shown_names()) == 3


def test_enter_and_a_click_go_to_the_cell_that_bound_a_name(panel: VariablesPanel, qtbot: QtBot) -> None:
    panel.open_name("df")
    frame = panel._proxy.index(1, NAME)
    with qtbot.waitSignal(panel.cell_wanted) as went:
        panel.tree.setCurrentIndex(panel._proxy.index(0, NAME, frame))  # its column "age"
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert went.args == [2, 1]
    with qtbot.waitSignal(panel.cell_wanted) as went:
        panel.tree.clicked.emit(panel._proxy.index(2, CELL))
    assert went.args == [1, 0]


def test_what_was_open_stays_open_when_it_is_looked_at_again(panel: VariablesPanel) -> None:
    panel.open_name("df")
    panel.set_rows((*ROWS, VariableRow("new", "int", "1")))
    assert panel.tree.isExpanded(panel._proxy.index(1, NAME))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_spread_of_a_column_is_painted(panel: VariablesPanel, name: str) -> None:
    theme = load_theme(name)
    panel.set_theme(theme)
    panel.open_name("df")
    age = panel._proxy.index(0, SPREAD, panel._proxy.index(1, NAME))
    area = panel.tree.visualRect(age)
    image: QImage = panel.tree.viewport().grab(area).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.accent in seen
    words = str(age.siblingAtColumn(NAME).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "age, float64, 499 distinct, 1 … 70, NaN: 1" in words
