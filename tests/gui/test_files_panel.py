"""The list of notebooks under review: what a row says, what clicks and keys do, how far the review is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.gui.files_model import FileRow
from nbreview.gui.files_panel import FilesPanel
from nbreview.gui.theme import load_theme
from nbreview.services.repository_review import Counted

ROWS = (
    FileRow("a.ipynb", ChangeKind.MODIFIED),
    FileRow("lab/b.ipynb", ChangeKind.MOVED, "lab/old b.ipynb"),
    FileRow("lab/c.ipynb", ChangeKind.ADDED, marks=("new, not yet in git",)),
    FileRow("z.ipynb", ChangeKind.REMOVED),
)


@pytest.fixture
def panel(qtbot: QtBot) -> FilesPanel:
    panel = FilesPanel(load_theme("light"))
    qtbot.addWidget(panel)
    panel.resize(280, 500)
    panel.show()
    panel.set_files(ROWS, {3}, "main...feature", "prices", "nothing here")
    return panel


def spoken(panel: FilesPanel, row: int) -> str:
    index = panel.model.index(row, 0)
    return str(panel.model.data(index, Qt.ItemDataRole.AccessibleTextRole))


def test_a_row_says_what_became_of_the_file_how_much_changed_and_whether_it_was_viewed(
    panel: FilesPanel,
) -> None:
    panel.set_known(1, Counted({ChangeKind.MODIFIED: 2, ChangeKind.ADDED: 1}, comments=3, findings=1))
    said = spoken(panel, 1)
    for words in ("lab/b.ipynb", "was lab/old b.ipynb", "renamed", "2 modified, 1 added", "not viewed"):
        assert words in said
    assert "open comments: 3" in said and "findings: 1" in said
    assert spoken(panel, 3).endswith("viewed") and "not viewed" not in spoken(panel, 3)
    assert "deleted" in spoken(panel, 3) and "not yet in git" in spoken(panel, 2)


def test_what_cannot_be_read_says_why(panel: FilesPanel) -> None:
    panel.set_known(0, Counted(None, "a.ipynb is truncated; restore it."))
    assert "a.ipynb is truncated; restore it." in spoken(panel, 0)


def test_progress_is_said_and_shown(panel: FilesPanel) -> None:
    assert panel.progress_words.text() == "1 of 4 viewed"
    panel.set_viewed(0, True)
    panel.set_known(0, Counted({ChangeKind.MODIFIED: 2}))
    panel.set_known(2, Counted({ChangeKind.ADDED: 5, ChangeKind.MODIFIED: 1}))
    assert panel.progress_words.text() == "2 of 4 viewed · ≠3  +5"
    assert (panel.progress.value(), panel.progress.maximum()) == (2, 4)


def test_enter_and_a_click_open_and_space_v_and_a_click_on_the_box_tick(
    panel: FilesPanel, qtbot: QtBot
) -> None:
    opened: list[int] = []
    ticked: list[int] = []
    panel.opened.connect(opened.append)
    panel.toggled.connect(ticked.append)
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(1, 0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    qtbot.keyClick(panel.list, Qt.Key.Key_V)
    area = panel.list.visualRect(panel.model.index(2, 0))
    port = panel.list.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=area.center())
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(14, 12))
    assert (opened, ticked) == ([1, 2], [1, 1, 2])


def test_the_filter_narrows_by_path_and_by_what_became_of_the_file(panel: FilesPanel) -> None:
    panel.filter.setText("LAB")
    assert panel.model.shown == [1, 2]
    panel.filter.setText("deleted")
    assert panel.model.shown == [3]
    panel.filter.setText("nowhere")
    assert panel._empty.isVisible() and "Clear the filter" in panel._empty.text()


def test_the_next_one_is_that_of_the_filter_and_the_next_unviewed_goes_round(panel: FilesPanel) -> None:
    assert panel.place_beside(1) == 0
    panel.set_open(2)
    assert (panel.place_beside(-1), panel.place_beside(1)) == (1, 3)
    assert panel.places_unviewed() == (0, 1)
    panel.filter.setText("lab")
    assert panel.place_beside(1) is None
    assert panel.places_unviewed() == (1,)


def test_no_notebook_is_a_sentence(panel: FilesPanel) -> None:
    panel.set_files((), (), "prices", "", "There is none.")
    assert panel._empty.text() == "There is none." and panel._empty.isVisible()
    assert not panel.progress.isVisible()


def test_notebooks_that_are_only_listed_have_no_tick(panel: FilesPanel, qtbot: QtBot) -> None:
    panel.set_files([FileRow("a.ipynb", ChangeKind.UNCHANGED, tickable=False)], (), "x", "", "")
    ticked: list[int] = []
    panel.toggled.connect(ticked.append)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert ticked == [] and "viewed" not in spoken(panel, 0)


def test_thousands_of_rows_are_painted_one_screen_at_a_time(panel: FilesPanel) -> None:
    rows = [FileRow(f"lab/{n}.ipynb", ChangeKind.MODIFIED) for n in range(5000)]
    panel.set_files(rows, (), "x", "", "")
    painted: list[int] = []
    paint = panel._delegate.paint

    def note(painter: object, option: object, index: object) -> None:
        painted.append(index.row())  # type: ignore[attr-defined]
        paint(painter, option, index)  # type: ignore[arg-type]

    panel._delegate.paint = note  # type: ignore[method-assign, assignment]
    panel.list.scrollToBottom()
    panel.grab()
    assert 0 < len(painted) < 40 and max(painted) == 4999
