"""The start page opens notebooks by button, list and drop."""

from pathlib import Path

import pytest
from PySide6 import __version_info__ as qt_version
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from nbreview.gui.start_window import StartPage, dropped_notebooks
from nbreview.gui.theme import load_theme


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage(theme=load_theme("light"))
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def dragged(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) if "://" not in name else QUrl(name) for name in names])
    return data


def enter(page: StartPage, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPointF(5, 5) if qt_version >= (6, 12) else QPoint(5, 5),  # 6.12 deprecates what 6.11 needs
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setAccepted(False)
    page.dragEnterEvent(event)
    return event.isAccepted()


def drop(page: StartPage, data: QMimeData) -> None:
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_the_buttons_announce(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.open_requested):
        qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.compare_requested):
        qtbot.keyClick(page.compare_button, Qt.Key.Key_Space)


def test_the_keyboard_starts_at_open(page: StartPage) -> None:
    assert page.focusWidget() is page.open_button


def test_a_recent_notebook_opens_with_a_click_and_with_enter(page: StartPage, qtbot: QtBot) -> None:
    paths = [Path("/home/ada/a/train.ipynb"), Path("/home/ada/b/train.ipynb")]
    page.set_recent(paths)
    place = page.recent.visualItemRect(page.recent.item(1)).center()
    with qtbot.waitSignal(page.path_chosen) as chosen:
        qtbot.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [paths[1]]
    page.recent.setCurrentRow(0)
    with qtbot.waitSignal(page.path_chosen) as chosen:
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert chosen.args == [paths[0]]


def test_delete_forgets_a_recent_notebook(page: StartPage, qtbot: QtBot) -> None:
    page.set_recent([Path("/home/ada/a/train.ipynb")])
    page.recent.setCurrentRow(0)
    with qtbot.waitSignal(page.path_forgotten) as forgotten:
        qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert forgotten.args == [Path("/home/ada/a/train.ipynb")]


def test_without_recent_notebooks_a_sentence_stands_there(page: StartPage) -> None:
    page.set_recent([])
    assert not page.recent.isVisible()
    assert page.no_recent.isVisible()


def test_only_notebooks_on_this_machine_count_among_what_is_dragged() -> None:
    data = dragged("/home/ada/a.ipynb", "/home/ada/a.txt", "https://example.org/b.ipynb", "/home/ada/C.IPYNB")
    assert dropped_notebooks(data) == (Path("/home/ada/a.ipynb"), Path("/home/ada/C.IPYNB"))


def test_one_dropped_notebook_is_opened_and_two_are_compared(page: StartPage, qtbot: QtBot) -> None:
    for names in (("/home/ada/a.ipynb",), ("/home/ada/a.ipynb", "/home/ada/b.ipynb")):
        data = dragged(*names)
        assert enter(page, data)
        assert page.drop_hint.text() == "Drop to open"
        with qtbot.waitSignal(page.dropped) as dropped:
            drop(page, data)
        assert dropped.args == [tuple(Path(name) for name in names)]
        assert page.drop_hint.text() != "Drop to open"


@pytest.mark.parametrize("names", [(), ("/home/ada/a.txt",), ("/a.ipynb", "/b.ipynb", "/c.ipynb")])
def test_anything_else_is_not_taken(page: StartPage, qtbot: QtBot, names: tuple[str, ...]) -> None:
    data = dragged(*names)
    assert not enter(page, data)
    with qtbot.assertNotEmitted(page.dropped):
        drop(page, data)


def test_leaving_takes_the_frame_away(page: StartPage) -> None:
    enter(page, dragged("/home/ada/a.ipynb"))
    page.dragLeaveEvent(QDragLeaveEvent())
    assert page.drop_hint.text() != "Drop to open"
    assert not page.grab().isNull()
