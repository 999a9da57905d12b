"""Notices appear in place, newest on top, and go when they are answered."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.notice import NoticeArea
from nbreview.gui.theme import load_theme


@pytest.fixture
def area(qtbot: QtBot) -> NoticeArea:
    area = NoticeArea(theme=load_theme("light"))
    qtbot.addWidget(area)
    area.resize(800, 100)
    return area


def test_without_notices_there_is_no_area(area: NoticeArea) -> None:
    assert area.isHidden()
    assert area.latest() == ""


def test_the_newest_is_on_top(area: NoticeArea) -> None:
    area.inform("one")
    area.warn("two")
    area.fail("three")
    assert area.texts() == ("three", "two", "one")
    assert area.latest() == "three"
    assert not area.isHidden()


def test_the_same_text_moves_up_instead_of_coming_twice(area: NoticeArea) -> None:
    area.warn("again")
    area.inform("other")
    area.warn("again")
    assert area.texts() == ("again", "other")


def test_the_action_is_done_once_and_answers_the_notice(area: NoticeArea, qtbot: QtBot) -> None:
    done: list[bool] = []
    area.notify(
        "error", "train.ipynb is read-only; make it writable.", "Try again", lambda: done.append(True)
    )
    button = area._notices[1].action_button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert area.texts() == ()
    assert area.isHidden()


def test_a_notice_can_be_dismissed_with_the_keyboard(area: NoticeArea, qtbot: QtBot) -> None:
    number = area.warn("careful")
    qtbot.keyClick(area._notices[number].close_button, Qt.Key.Key_Space)
    assert area.texts() == ()
    area.dismiss(number)  # a second time is no error


def test_only_three_are_shown_and_the_others_counted(area: NoticeArea) -> None:
    area.show()
    for number in range(5):
        area.warn(f"notice {number}")
    shown = [notice.text for notice in area._notices.values() if notice.isVisible()]
    assert shown == ["notice 2", "notice 3", "notice 4"]
    assert area._more.text() == "2 older notices below these"
    area.clear()
    assert area.texts() == ()


def test_what_went_well_before_makes_room_for_what_went_well_now(area: NoticeArea) -> None:
    area.warn("careful")
    area.inform("Cell 3 is staged.", "Undo", lambda: None)
    area.inform("Cell 1 is as it was.")
    area.inform("Cell 2 is as it was.")
    assert area.texts() == ("Cell 2 is as it was.", "Cell 3 is staged.", "careful")


def test_a_screen_reader_hears_how_grave_it_is(area: NoticeArea) -> None:
    number = area.fail("It failed; try again.")
    assert area._notices[number].accessibleName() == "error: It failed; try again."


def test_a_long_notice_wraps_in_dark_at_twice_the_size(area: NoticeArea) -> None:
    area.warn("word " * 60)
    area.set_theme(load_theme("dark", text_scale=2.0))
    area.resize(500, 400)
    assert area.heightForWidth(500) > area.heightForWidth(2000)
    assert not area.grab().isNull()
