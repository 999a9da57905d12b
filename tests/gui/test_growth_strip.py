"""The strip below the history: a column for each commit, by pointer and by keyboard, honest when sampled."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.gui.growth_strip import GrowthStrip
from nbreview.gui.theme import load_theme
from nbreview.history.model import Revision, RevisionKind
from nbreview.notebook.model import CellType
from nbreview.presentation.growth import Column, Run

THEME = load_theme("light")


def commits(count: int) -> tuple[Revision, ...]:
    """So many commits, newest first; each says its number, counted from the newest."""
    return tuple(
        Revision(RevisionKind.COMMIT, "a.ipynb", commit=f"{number:07x}" + "0" * 33, summary=f"step {number}")
        for number in range(count)
    )


def column(cells: int, change: ChangeKind = ChangeKind.ADDED) -> Column:
    return Column((Run(cells, CellType.CODE, ChangeKind.UNCHANGED), Run(1, CellType.MARKDOWN, change)))


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[GrowthStrip]:
    strip = GrowthStrip(THEME)
    qtbot.addWidget(strip)
    strip.resize(316, 240)
    strip.set_open(True)
    strip.show()
    return strip


def fill(strip: GrowthStrip, count: int) -> tuple[Revision, ...]:
    made = commits(count)
    strip.set_commits(made)
    for number, revision in enumerate(strip.missing()):
        strip.set_column(revision, column(5 + number))
    return made


def place(strip: GrowthStrip, number: int) -> QPoint:
    """The middle of a column, counted from the left."""
    plot = strip.plot
    width = plot._strip.column_width
    return QPoint(int(plot._area().left() + (number + 0.5) * width), plot.height() // 2)


def move(strip: GrowthStrip, to: QPoint) -> None:
    """The pointer comes to a place: told outright, as a cursor that stands there already moves nothing."""
    none = Qt.MouseButton.NoButton
    at, shown = QPointF(to), QPointF(strip.plot.mapToGlobal(to))
    event = QMouseEvent(QEvent.Type.MouseMove, at, shown, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(strip.plot, event)


def test_a_click_goes_to_its_commit_the_oldest_is_at_the_left(strip: GrowthStrip, qtbot: QtBot) -> None:
    made = fill(strip, 6)
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip.plot, Qt.MouseButton.LeftButton, pos=place(strip, 1))
    assert chosen.args == [made[4]]


def test_the_arrow_keys_go_to_older_and_newer_commits(strip: GrowthStrip, qtbot: QtBot) -> None:
    made = fill(strip, 6)
    went: list[Revision] = []
    strip.chosen.connect(went.append)
    keys = (
        Qt.Key.Key_Left,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
    )
    for key in keys:
        qtbot.keyClick(strip.plot, key)
    assert went == [made[0], made[1], made[0], made[5], made[0]]


def test_the_column_under_the_pointer_is_named_with_its_counts(strip: GrowthStrip) -> None:
    fill(strip, 6)
    move(strip, place(strip, 5))
    assert strip.words.text() == "0000000 · cells: 6 · +1 · step 0"
    assert "step 0, cells: 6, cells: 1 added" in strip.plot.accessibleDescription()


def test_what_the_diff_shows_is_marked_and_named(strip: GrowthStrip) -> None:
    made = fill(strip, 6)
    strip.plot.set_current(made[2].commit)
    assert strip.plot.spoken() == made[2]
    strip.plot.set_current("")
    assert strip.words.text().startswith("Click a column")


def test_more_commits_than_fit_are_sampled_and_the_legend_says_so(strip: GrowthStrip) -> None:
    made = commits(1_203)
    strip.set_commits(made)
    assert len(strip.missing()) == 76
    assert made[0] in strip.missing()
    assert strip.sampling.text() == "a column for one in 16 of 1,203 commits"


def test_a_commit_without_a_column_is_spoken_of_as_the_next_that_has_one(strip: GrowthStrip) -> None:
    made = fill(strip, 1_203)
    strip.plot.set_current(made[17].commit)
    assert strip.plot.spoken() == made[16]


def test_a_folded_strip_asks_for_nothing_until_it_is_opened(strip: GrowthStrip, qtbot: QtBot) -> None:
    strip.set_open(False)
    with qtbot.assertNotEmitted(strip.wanted):
        strip.set_commits(commits(5))
    with qtbot.waitSignals([strip.wanted, strip.folded]):
        strip.heading.click()
    assert strip.is_open


def test_what_was_not_counted_can_be_asked_for_again(strip: GrowthStrip, qtbot: QtBot) -> None:
    strip.set_commits(commits(5))
    strip.set_column(strip.missing()[0], column(3))
    strip.set_counting(True)
    assert strip.more.isHidden()
    strip.set_counting(False)
    assert not strip.more.isHidden()
    with qtbot.waitSignal(strip.wanted):
        strip.more.click()
    for revision in strip.missing():
        strip.set_column(revision, column(3))
    strip.set_counting(False)
    assert strip.more.isHidden()


def test_without_commits_a_sentence_says_how_to_get_some(strip: GrowthStrip) -> None:
    strip.set_commits(())
    assert "committed to git" in strip.words.text()


def test_the_colours_are_explained_where_there_is_room(strip: GrowthStrip) -> None:
    fill(strip, 6)
    strip.set_room(2_000)
    assert not strip.legend.isHidden()
    assert all(word in strip.legend.text() for word in ("modified", "added", "removed", "moved", "code"))
    strip.set_room(200)
    assert strip.legend.isHidden()
    assert not strip.sampling.isHidden()


def test_pointing_at_another_column_does_not_move_the_list_above(strip: GrowthStrip) -> None:
    fill(strip, 6)
    before = strip.sizeHint()
    for number in range(6):
        move(strip, place(strip, number))
        assert strip.sizeHint() == before


@pytest.mark.parametrize("name", ["light", "dark"])
def test_changes_are_painted_in_the_colours_of_their_signs(strip: GrowthStrip, name: str) -> None:
    theme = load_theme(name)
    strip.set_theme(theme)
    made = commits(1)
    strip.set_commits(made)
    strip.set_column(made[0], Column((Run(4, CellType.CODE, ChangeKind.REMOVED),)))
    picture = strip.plot.grab().toImage()
    ratio = picture.devicePixelRatio()
    at = strip.plot._area().topLeft().toPoint() + QPoint(6, 6)
    assert picture.pixelColor(at * ratio) == theme.sign_color(ChangeKind.REMOVED)
    corner = picture.pixelColor(picture.width() - 3, picture.height() - 3)
    assert corner == QColor(theme.background)


def test_a_column_of_thousands_of_cells_is_a_handful_of_rectangles(strip: GrowthStrip) -> None:
    made = commits(1)
    strip.set_commits(made)
    runs = [
        Run(1, (CellType.CODE, CellType.MARKDOWN)[number % 2], ChangeKind.UNCHANGED)
        for number in range(5_000)
    ]
    strip.set_column(made[0], Column(tuple(runs)))
    assert not strip.plot.grab().isNull()
