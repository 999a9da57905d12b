"""The history panel shows revisions, fills in badges and announces what is to be compared."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.gui.history_panel import NOTHING_FOUND, OUTSIDE_GIT, HistoryPanel
from nbreview.gui.theme import load_theme
from nbreview.history.model import FileStatus, Revision, RevisionKind

NOW = 1_760_000_000
DAY = 86_400


def commit(number: int, summary: str, author: str = "Ada", days: float = 1, **more: object) -> Revision:
    return Revision(
        RevisionKind.COMMIT,
        "train.ipynb",
        commit=f"{number:07x}" + "0" * 33,
        summary=summary,
        author=author,
        time=int(NOW - days * DAY),
        **more,  # type: ignore[arg-type]
    )


REVISIONS = (
    Revision(RevisionKind.WORKING_TREE, "train.ipynb"),
    Revision(RevisionKind.INDEX, "train.ipynb"),
    commit(1, "tune the rate"),
    commit(2, "rename", "Grace", 23, previous_path="old.ipynb", status=FileStatus.RENAMED),
    commit(3, "first", "Grace", 400),
)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[HistoryPanel]:
    panel = HistoryPanel(load_theme("light"))
    qtbot.addWidget(panel)
    panel.resize(280, 500)
    panel.show()
    panel.set_history(REVISIONS, NOW)
    return panel


@pytest.fixture
def chosen(panel: HistoryPanel) -> list[tuple[Revision | None, Revision]]:
    seen: list[tuple[Revision | None, Revision]] = []
    panel.comparison_chosen.connect(lambda base, head: seen.append((base, head)))
    return seen


def click(
    qtbot: QtBot, panel: HistoryPanel, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    index = panel.list.model().index(row, 0)
    place = panel.list.visualRect(index).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_one_click_compares_with_the_parent(panel: HistoryPanel, qtbot: QtBot, chosen: list) -> None:
    click(qtbot, panel, 2)
    assert chosen == [(None, REVISIONS[2])]


def test_two_chosen_are_compared_older_against_newer(panel: HistoryPanel, qtbot: QtBot, chosen: list) -> None:
    click(qtbot, panel, 0)
    click(qtbot, panel, 3, Qt.KeyboardModifier.ControlModifier)
    assert chosen == [(None, REVISIONS[0]), (REVISIONS[3], REVISIONS[0])]


def test_a_range_is_compared_from_end_to_end(panel: HistoryPanel, qtbot: QtBot, chosen: list) -> None:
    click(qtbot, panel, 4)
    click(qtbot, panel, 1, Qt.KeyboardModifier.ShiftModifier)
    assert chosen[-1] == (REVISIONS[4], REVISIONS[1])


def test_the_last_chosen_row_cannot_be_unchosen(panel: HistoryPanel, qtbot: QtBot, chosen: list) -> None:
    click(qtbot, panel, 2)
    click(qtbot, panel, 2, Qt.KeyboardModifier.ControlModifier)
    assert [index.row() for index in panel.list.selectedIndexes()] == [2]
    assert len(chosen) == 1


def test_the_keyboard_chooses_as_well(panel: HistoryPanel, qtbot: QtBot, chosen: list) -> None:
    click(qtbot, panel, 0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert chosen[-1] == (None, REVISIONS[1])
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen[-1] == (REVISIONS[2], REVISIONS[1])


def test_choose_does_what_a_click_does(panel: HistoryPanel, chosen: list) -> None:
    panel.choose([REVISIONS[4], REVISIONS[2]])
    assert chosen == [(REVISIONS[4], REVISIONS[2])]
    assert panel.chosen() == (REVISIONS[4], REVISIONS[2])


def test_choose_can_keep_silent(panel: HistoryPanel, chosen: list) -> None:
    panel.choose([REVISIONS[2]], announce=False)
    assert chosen == []
    assert panel.chosen() == (None, REVISIONS[2])


@pytest.mark.parametrize("words", ["grace", "RENAME", "0000002", "rename grace"])
def test_the_filter_looks_at_summary_author_and_id(panel: HistoryPanel, words: str) -> None:
    panel.filter.setText(words)
    shown = [panel.list.model().index(row, 0).data() for row in range(panel.list.model().rowCount())]
    assert "rename" in shown
    assert "tune the rate" not in shown


def test_filtering_keeps_what_is_chosen_and_announces_nothing(panel: HistoryPanel, chosen: list) -> None:
    panel.choose([REVISIONS[3]])
    panel.filter.setText("tune")
    panel.filter.setText("")
    assert [index.row() for index in panel.list.selectedIndexes()] == [3]
    assert chosen == [(None, REVISIONS[3])]


def test_a_filter_without_a_match_says_how_to_go_on(panel: HistoryPanel) -> None:
    panel.filter.setText("no such words")
    assert panel._empty.isVisible()
    assert panel._empty.text() == NOTHING_FOUND


def test_outside_git_a_sentence_says_what_to_do(panel: HistoryPanel) -> None:
    panel.set_history(())
    assert panel._empty.isVisible()
    assert panel._empty.text() == OUTSIDE_GIT


def test_badges_are_wanted_for_what_is_in_view_and_not_known_yet(panel: HistoryPanel, qtbot: QtBot) -> None:
    many = tuple(commit(number, f"commit {number}") for number in range(1, 10_001))
    with qtbot.waitSignal(panel.visible_changed):
        panel.set_history(many, NOW)
    first = panel.visible_rows()
    assert first[0] == 0
    assert len(first) < 40
    panel.set_badge(0, {ChangeKind.MODIFIED: 1})
    assert panel.visible_rows() == first[1:]
    with qtbot.waitSignal(panel.visible_changed):
        panel.list.scrollToBottom()
    assert panel.visible_rows()[-1] == 9_999


def test_ten_thousand_commits_scroll_by_painting_only_what_is_in_view(panel: HistoryPanel) -> None:
    many = tuple(commit(number, f"commit {number}") for number in range(1, 10_001))
    panel.set_history(many, NOW)
    asked: list[int] = []
    model = panel._model
    revision_at = model.revision_at
    model.revision_at = lambda row: (asked.append(row), revision_at(row))[1]  # type: ignore[method-assign]
    bar, view = panel.list.verticalScrollBar(), panel.list.viewport()
    rows_in_view = view.height() // panel._delegate.height + 2
    for step in range(20):
        asked.clear()
        bar.setValue(bar.maximum() * step // 19)
        view.grab()
        assert 0 < len(set(asked)) <= rows_in_view
        assert len(asked) <= 2 * rows_in_view
    assert max(asked) == 9_999


def test_a_badge_finds_its_commit_wherever_it_stands(panel: HistoryPanel) -> None:
    panel.set_badge_of(REVISIONS[3], {ChangeKind.ADDED: 4})
    panel.set_badge_of(commit(99, "of another notebook"), {ChangeKind.ADDED: 5})
    assert panel._model.badges == {3: {ChangeKind.ADDED: 4}}
    panel.filter.setText("rename")
    assert panel._model.badge_at(0) == {ChangeKind.ADDED: 4}


def test_two_commits_far_apart_are_compared_by_the_keyboard_alone(
    panel: HistoryPanel, qtbot: QtBot, chosen: list
) -> None:
    panel.choose([REVISIONS[0]])
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(3):
        qtbot.keyClick(panel.list, Qt.Key.Key_Down, control)
    qtbot.keyClick(panel.list, Qt.Key.Key_Space, control)
    assert chosen[-1] == (REVISIONS[3], REVISIONS[0])


def test_enter_in_the_filter_goes_on_to_what_it_left(panel: HistoryPanel, qtbot: QtBot, chosen: list) -> None:
    panel.show_filter()
    panel.filter.setText("grace first")
    qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert panel.list.hasFocus() or panel.focusWidget() is panel.list
    assert chosen == [(None, REVISIONS[4])]


def test_a_badge_of_a_row_that_is_gone_is_no_error(panel: HistoryPanel) -> None:
    panel.set_badge(77, {ChangeKind.ADDED: 1})
    panel.filter.setText("tune")
    panel.set_badge(4, {ChangeKind.ADDED: 1})
    panel.filter.setText("")
    assert 4 not in panel.visible_rows()


def test_a_screen_reader_hears_the_whole_row(panel: HistoryPanel) -> None:
    panel.set_badge(3, {ChangeKind.MOVED: 2})
    index = panel.list.model().index(3, 0)
    heard = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "rename, 0000002, 3 weeks ago, was old.ipynb, Grace, cells: 2 moved"


def test_every_row_paints_in_dark_at_twice_the_size(panel: HistoryPanel) -> None:
    for place in range(len(REVISIONS)):
        panel.set_badge(place, dict.fromkeys(ChangeKind, 12))
    panel.choose([REVISIONS[2]])
    panel.set_theme(load_theme("dark", text_scale=2.0))
    QApplication.processEvents()
    assert not panel.grab().isNull()
