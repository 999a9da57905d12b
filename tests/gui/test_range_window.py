"""The form for a range proposes the usual one, completes names, and says what it will show."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.range_window import RangeWindow
from nbreview.gui.theme import load_theme
from nbreview.history.names import NameKind, RevisionName, RevisionNames

NAMES = RevisionNames(
    (
        RevisionName("feature", NameKind.BRANCH, "faster"),
        RevisionName("main", NameKind.BRANCH),
        RevisionName("v1.0", NameKind.TAG, "first release"),
        RevisionName("abc1234", NameKind.COMMIT, "mend the reader"),
    ),
    current="feature",
    main="main",
)


@pytest.fixture
def asking(qtbot: QtBot, tmp_path: Path) -> RangeWindow:
    window = RangeWindow(None, load_theme("dark"))
    qtbot.addWidget(window)
    window.ask(tmp_path)
    window.set_names(tmp_path, NAMES)
    return window


def test_the_branch_at_hand_against_the_one_it_goes_into_is_proposed(asking: RangeWindow) -> None:
    assert asking.range() == "main...feature"
    assert not asking.isModal()


def test_two_dots_and_the_working_tree_can_be_chosen(asking: RangeWindow) -> None:
    asking.parted.setChecked(False)
    assert asking.range() == "main..feature"
    asking.head.clear()
    assert asking.range() == "main" and "working tree" in asking.spec.text()
    asking.base.setText("HEAD~3..v1.0")
    assert asking.range() == "HEAD~3..v1.0"
    asking.base.clear()
    assert not asking.review_button.isEnabled() and "Name a base" in asking.spec.text()


def test_names_are_completed_by_any_of_their_words(asking: RangeWindow) -> None:
    completer = asking.base.completer()
    completer.setCompletionPrefix("MEND")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "abc1234"


def test_names_of_another_folder_and_late_ones_change_nothing_typed(
    asking: RangeWindow, tmp_path: Path
) -> None:
    asking.base.setText("v1.0")
    asking.set_names(tmp_path / "other", RevisionNames((), main="trunk"))
    asking.set_names(tmp_path, NAMES)
    assert asking.base.text() == "v1.0"


def test_enter_reviews(asking: RangeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(asking.chosen) as chosen:
        qtbot.keyClick(asking.head, Qt.Key.Key_Return)
    assert chosen.args == [tmp_path, "main...feature"]
    assert not asking.isVisible()
