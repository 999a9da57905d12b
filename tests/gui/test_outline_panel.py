"""The outline lists headings and changed cells, goes to them and ticks them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.gui.outline_panel import OutlineItem, OutlinePanel
from nbreview.gui.theme import load_theme

ITEMS = (
    OutlineItem(0, 1, "Load data", None, False, False),
    OutlineItem(2, 0, "3  df = read()", ChangeKind.MODIFIED, True, False),
    OutlineItem(5, 0, "6  df.head()", ChangeKind.ADDED, False, True),
    OutlineItem(7, 0, "8  np.mean(x)", None, True, False),
)


@pytest.fixture
def panel(qtbot: QtBot) -> OutlinePanel:
    panel = OutlinePanel(load_theme("light"))
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    panel.set_outline(ITEMS)
    return panel


def test_a_click_goes_to_the_cell(panel: OutlinePanel, qtbot: QtBot) -> None:
    place = panel.list.visualRect(panel.list.model().index(1, 0)).center()
    with qtbot.waitSignal(panel.activated) as signal:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [2]


def test_a_click_on_the_box_ticks_instead(panel: OutlinePanel, qtbot: QtBot) -> None:
    row = panel.list.visualRect(panel.list.model().index(1, 0))
    with qtbot.assertNotEmitted(panel.activated), qtbot.waitSignal(panel.viewed_toggled) as signal:
        place = QPoint(row.right() - 16, row.center().y())
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [2]


def test_enter_goes_and_space_ticks(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.set_current(5)
    with qtbot.waitSignal(panel.activated) as gone:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.viewed_toggled) as ticked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert (gone.args, ticked.args) == ([5], [5])


def test_what_has_not_changed_cannot_be_ticked(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.set_current(0)
    with qtbot.assertNotEmitted(panel.viewed_toggled):
        qtbot.keyClick(panel.list, Qt.Key.Key_Space)


def test_following_the_canvas_tells_nobody(panel: OutlinePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.activated):
        panel.set_current(7)
    assert panel.list.currentIndex().row() == 3
    panel.set_current(99)
    assert not panel.list.currentIndex().isValid()


def test_a_tick_keeps_the_place_in_the_list(panel: OutlinePanel) -> None:
    panel.set_current(5)
    ticked = OutlineItem(2, 0, "3  df = read()", ChangeKind.MODIFIED, True, True)
    panel.set_outline((ITEMS[0], ticked, *ITEMS[2:]))
    assert panel.list.currentIndex().row() == 2
    assert panel._summary.text() == "Outline · 2 of 2 changed cells viewed"


def test_a_screen_reader_hears_kind_finding_and_tick(panel: OutlinePanel) -> None:
    model = panel.list.model()
    heard = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert heard == [
        "heading level 1, Load data",
        "cell, 3  df = read(), modified, has a finding",
        "cell, 6  df.head(), added, viewed",
        "cell, 8  np.mean(x), has a finding",
    ]


def test_an_empty_outline_is_a_sentence(panel: OutlinePanel) -> None:
    panel.set_outline(())
    assert panel._empty.isVisible()
    assert "Nothing changed" in panel._empty.text()


def test_it_paints_in_dark_at_twice_the_size(panel: OutlinePanel) -> None:
    panel.set_current(2)
    panel.set_theme(load_theme("dark", text_scale=2.0))
    assert not panel.grab().isNull()
