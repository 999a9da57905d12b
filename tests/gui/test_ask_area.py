"""The area for asking: a line, and what else can be said once it is opened."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.ask_area import AskArea, Asked, AskScope, AskWish
from nbreview.gui.theme import load_theme


@pytest.fixture
def area(qtbot: QtBot) -> AskArea:
    area = AskArea(load_theme("light"))
    qtbot.addWidget(area)
    area.resize(340, 240)
    with qtbot.waitActive(area):
        area.show()
    area.set_target("cell 3")
    return area


def asked_of(area: AskArea, qtbot: QtBot) -> Asked:
    with qtbot.waitSignal(area.asked) as asked:
        qtbot.mouseClick(area.propose_button, Qt.MouseButton.LeftButton)
    found = asked.args[0]
    assert isinstance(found, Asked)
    return found


def choose(area: AskArea, scope: AskScope, wish: AskWish) -> None:
    area.scope.setCurrentIndex(area.scope.findData(scope))
    area.wish.setCurrentIndex(area.wish.findData(wish))


def test_closed_it_is_a_line_about_the_cell_at_hand(area: AskArea, qtbot: QtBot) -> None:
    assert not area.scope.isVisible()
    qtbot.keyClicks(area.instruction, "vectorise")
    assert asked_of(area, qtbot) == Asked(AskScope.CELL, AskWish.WORDS, "vectorise")


def test_opened_it_says_cells_wish_and_answers(area: AskArea, qtbot: QtBot) -> None:
    area.ask()
    choose(area, AskScope.CELLS, AskWish.IMPROVE)
    assert area.cells.isVisible() and not area.instruction.isVisible()
    qtbot.keyClicks(area.cells, "2-3")
    area.answers.setValue(4)
    assert asked_of(area, qtbot) == Asked(AskScope.CELLS, AskWish.IMPROVE, "", "2-3", "", 4)


def test_the_model_may_read_the_repository_before_it_does_what_is_said(area: AskArea, qtbot: QtBot) -> None:
    assert not area.reads.isVisible()
    area.ask()
    choose(area, AskScope.NOTEBOOK, AskWish.WORDS)
    area.reads.setChecked(True)
    qtbot.keyClicks(area.instruction, "train")
    assert asked_of(area, qtbot) == Asked(AskScope.NOTEBOOK, AskWish.WORDS, "train", reads=True)
    choose(area, AskScope.NOTEBOOK, AskWish.IMPROVE)
    assert not area.reads.isVisible() and not asked_of(area, qtbot).reads


def test_a_commit_or_a_finding_is_picked_from_what_there_is(area: AskArea, qtbot: QtBot) -> None:
    area.ask()
    choose(area, AskScope.NOTEBOOK, AskWish.COMMIT)
    assert not area.propose_button.isEnabled()
    assert "No commit" in area.picked.placeholderText()
    area.set_commits([("ab" * 20, "ababab tune"), ("cd" * 20, "cdcdcd load")])
    area.picked.setCurrentIndex(1)
    choose(area, AskScope.NOTEBOOK, AskWish.COMMIT)
    assert asked_of(area, qtbot) == Asked(AskScope.NOTEBOOK, AskWish.COMMIT, key="cd" * 20)
    choose(area, AskScope.CELL, AskWish.FINDING)
    area.set_findings([("0", "Cell 1: np is not defined")])
    choose(area, AskScope.NOTEBOOK, AskWish.FINDING)
    assert asked_of(area, qtbot).key == "0"


def test_what_was_picked_stays_picked_when_the_list_grows(area: AskArea) -> None:
    area.ask()
    choose(area, AskScope.CELL, AskWish.COMMIT)
    area.set_commits([("a", "one"), ("b", "two")])
    area.picked.setCurrentIndex(1)
    area.set_commits([("new", "three"), ("a", "one"), ("b", "two")])
    assert area.picked.currentData() == "b"


def test_escape_closes_the_options_and_leaves(area: AskArea, qtbot: QtBot) -> None:
    area.ask()
    with qtbot.waitSignal(area.left):
        qtbot.keyClick(area.scope, Qt.Key.Key_Escape)
    assert not area.scope.isVisible()


def test_at_twice_the_size_everything_stands_below_each_other(area: AskArea) -> None:
    area.ask()
    area.set_theme(load_theme("dark", text_scale=2.0))
    area.resize(area.minimumSizeHint().width(), 600)
    shown = (area.propose_button, area.assess_button, area.more_button, area.scope, area.wish)
    assert all(widget.geometry().right() <= area.width() for widget in shown)
    assert all(widget.accessibleName() for widget in (area.scope, area.wish, area.answers, area.instruction))
