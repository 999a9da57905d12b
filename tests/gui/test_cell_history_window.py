"""The window of a cell's history: the slider, what each version changed, and who wrote each line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nbreview.gui.cell_history_window import AUTHOR, COMMIT, LINE, CellHistoryWindow
from nbreview.gui.theme import load_theme
from nbreview.services.cell_history import CellHistory, cell_history
from nbreview.services.opening import find_target, list_revisions
from nbreview.settings import Settings
from tests.builders import code, notebook
from tests.git_repos import Repo

LONGER = "frame = load('houses.csv')\nframe.describe()\nframe.plot('rooms', 'price')"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> CellHistory:
    repo = Repo(tmp_path_factory.mktemp("history") / "work")
    repo.commit("begin", {"a.ipynb": notebook(code("a = 1\nb = 2"), code(LONGER))})
    repo.author = "Grace Hopper"
    repo.commit("more", {"a.ipynb": notebook(code("a = 1\nb = 20"), code(LONGER))})
    repo.commit("down", {"a.ipynb": notebook(code(LONGER), code("a = 1\nb = 20"))})
    repo.write("a.ipynb", notebook(code(LONGER), code("a = 1\nb = 20\nc = 3")))
    target = find_target(Path(repo.path("a.ipynb")))
    revisions = list_revisions(target)
    return cell_history(target, revisions, revisions[0], 1, Settings())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[CellHistoryWindow]:
    window = CellHistoryWindow(None, load_theme("light"))
    qtbot.addWidget(window)
    window.begin("Cell 2 of a.ipynb", "python")
    return window


def text(window: CellHistoryWindow, row: int, column: int) -> object:
    return window.lines.index(row, column).data()


def test_it_opens_at_the_newest_version(window: CellHistoryWindow, found: CellHistory) -> None:
    window.show_history(found)
    assert window.slider.value() == 3
    assert window.summary.text() == "Working tree"
    assert window.place.text() == "Version 4 of 4"
    assert window.what.text() == "Cell 2 modified: +1 −0"
    assert "added: c = 3" in window.preview.accessibleDescription()


def test_the_arrow_keys_go_through_the_versions(
    window: CellHistoryWindow, found: CellHistory, qtbot: QtBot
) -> None:
    window.show_history(found)
    told = []
    for _ in range(4):
        qtbot.keyClick(window.slider, Qt.Key.Key_Left)
        told.append((window.summary.text(), window.what.text()))
    assert told == [
        ("down", "Moved from cell 1 to cell 2"),
        ("more", "Cell 1 modified: +1 −1"),
        ("begin", "Added as cell 1"),
        ("begin", "Added as cell 1"),
    ]
    assert not window.older.isEnabled()
    assert "Ada Lovelace, 2023-11-1" in window.who.text()
    window.newer.click()
    assert window.summary.text() == "more"


def test_each_line_names_the_commit_that_wrote_it(window: CellHistoryWindow, found: CellHistory) -> None:
    window.show_history(found)
    window.tabs.setCurrentWidget(window.table)
    shown = [
        (text(window, row, COMMIT), text(window, row, AUTHOR), text(window, row, LINE)) for row in range(3)
    ]
    begin, more = (version.revision.commit[:7] for version in found.versions[:2])
    assert shown == [
        (begin, "Ada Lovelace", "a = 1"),
        (more, "Grace Hopper", "b = 20"),
        ("Working tree", "", "c = 3"),
    ]


def test_a_line_leads_to_the_version_that_wrote_it(window: CellHistoryWindow, found: CellHistory) -> None:
    window.show_history(found)
    window.tabs.setCurrentWidget(window.table)
    window.table.activated.emit(window.lines.index(1, LINE))
    assert window.summary.text() == "more"


def test_versions_that_come_keep_the_shown_one_in_place(
    window: CellHistoryWindow, found: CellHistory
) -> None:
    for looked, version in enumerate(reversed(found.versions[1:]), 1):
        window.add_version(version, looked)
    assert window.summary.text() == "Working tree"
    window.slider.setValue(1)
    assert window.summary.text() == "down"
    window.add_version(found.versions[0], 9)
    assert window.summary.text() == "down"
    window.show_history(found)
    assert (window.summary.text(), window.place.text()) == ("down", "Version 3 of 4")


def test_a_stop_keeps_what_was_found_and_says_how_to_go_on(
    window: CellHistoryWindow, found: CellHistory, qtbot: QtBot
) -> None:
    window.add_version(found.versions[-1], 1)
    with qtbot.waitSignal(window.stop_wanted):
        window.stop_button.click()
    window.stop()
    assert window.summary.text() == "Working tree"
    assert "Ctrl+H" in window.state.text()
    assert window.stop_button.isHidden()


def test_closing_it_stops_following(window: CellHistoryWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.stop_wanted):
        window.close()


def test_the_commit_can_be_shown_whole(window: CellHistoryWindow, found: CellHistory, qtbot: QtBot) -> None:
    window.show_history(found)
    assert window.commit_button.text() == "Show in the review"
    window.slider.setValue(1)
    assert window.commit_button.text() == "Show this commit"
    with qtbot.waitSignal(window.commit_wanted) as wanted:
        window.commit_button.click()
    assert wanted.args == [found.versions[1]]


def test_a_problem_says_why_there_is_no_more(window: CellHistoryWindow, found: CellHistory) -> None:
    window.show_history(CellHistory(found.versions[2:], False, 2, "a.ipynb is no notebook; mend it."))
    assert window.state.text() == "What came before is not known: a.ipynb is no notebook; mend it."


def test_every_part_has_a_name(window: CellHistoryWindow, found: CellHistory) -> None:
    window.show_history(found)
    parts: list[QWidget] = [window, window.slider, window.older, window.newer, window.preview, window.table]
    assert all(part.accessibleName() for part in parts)
    assert "Working tree" in window.slider.accessibleDescription()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off_at_any_size_of_text(
    window: CellHistoryWindow, found: CellHistory, scale: float
) -> None:
    window.set_theme(load_theme("dark", text_scale=scale))
    window.show_history(found)
    window.resize(window.minimumSizeHint().expandedTo(window.size()))
    QApplication.processEvents()
    for button in (window.commit_button, window.close_button):
        assert button.width() >= button.sizeHint().width()
    for sentence in (window.title, window.summary, window.who, window.what, window.state):
        assert sentence.height() >= sentence.heightForWidth(sentence.width()), sentence.text()
