"""The canvas shows a diff, and answers to keys, mouse and calls."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.overlay import paint_pieces
from nbreview.gui.diff.page import Page
from nbreview.gui.diff.search import Query
from nbreview.gui.theme import Theme, load_theme
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.rows import BlockKind, FoldKind
from nbreview.review.model import Evidence, Finding, Verdict
from tests.builders import code, notebook


def picture(canvas: DiffCanvas) -> QImage:
    canvas.settle()
    return canvas.viewport().grab().toImage()


def colours(image: QImage) -> set[str]:
    """Every colour in a picture."""
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in set(pixels)}


def index_of(diff: NotebookDiff, kind: ChangeKind) -> int:
    return next(index for index, change in enumerate(diff.cells) if change.kind is kind)


def block_point(canvas: DiffCanvas, number: int, x: int, y: int = 3) -> QPoint:
    top = canvas._page.offsets.top(number) - canvas.verticalScrollBar().value()
    return QPoint(x, top + y)


def show_block(canvas: DiffCanvas, number: int) -> None:
    canvas.verticalScrollBar().setValue(canvas._page.offsets.top(number) - 100)


def test_every_kind_of_change_is_painted_in_its_colour(canvas: DiffCanvas, theme: Theme) -> None:
    canvas.resize(1000, 3000)
    seen = colours(picture(canvas))
    for token in (
        "added_bg",
        "removed_bg",
        "modified_bg",
        "added_word",
        "removed_word",
        "moved_sign",
        "accent",
    ):
        assert getattr(theme, token) in seen, token
    assert {"#ff0000", "#0000ff"} <= seen  # the pictures of both sides


def test_an_empty_canvas_says_how_to_fill_it(qtbot: QtBot, theme: Theme) -> None:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(600, 300)
    assert "Choose a revision" in canvas.accessibleDescription()
    before = picture(canvas)
    canvas.set_message("Nothing differs.")
    assert canvas.accessibleDescription() == "Nothing differs."
    assert picture(canvas) != before
    assert canvas.current_change() is None
    assert canvas.accessible_text() == "Nothing differs."
    assert not canvas.next_change()


def test_the_first_change_is_current_and_announced(qtbot: QtBot, theme: Theme, diff: NotebookDiff) -> None:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    first = next(index for index, change in enumerate(diff.cells) if change.kind is not ChangeKind.UNCHANGED)
    with qtbot.waitSignal(canvas.current_changed) as signal:
        canvas.set_diff(diff, "a", "b")
    assert signal.args == [first]
    assert canvas.current_change() is diff.cells[first]
    with qtbot.waitSignal(canvas.current_changed) as signal:
        canvas.set_diff(None)
    assert signal.args == [-1]
    canvas.close_workers()


def test_next_and_previous_go_through_every_change_and_stop_at_the_ends(
    canvas: DiffCanvas, diff: NotebookDiff
) -> None:
    changed = [index for index, change in enumerate(diff.cells) if change.kind is not ChangeKind.UNCHANGED]
    seen = [canvas.current_index()]
    while canvas.next_change():
        seen.append(canvas.current_index())
    assert seen == changed
    while canvas.previous_change():
        pass
    assert canvas.current_index() == changed[0]


def test_the_current_change_is_in_view(canvas: DiffCanvas) -> None:
    while canvas.next_change():
        block = canvas._page.header_block(canvas.current_index())
        assert block is not None
        top = canvas._page.offsets.top(block) - canvas.verticalScrollBar().value()
        assert 0 <= top < canvas.viewport().height()


def test_going_to_a_folded_cell_opens_its_fold(canvas: DiffCanvas, diff: NotebookDiff) -> None:
    index = next(i for i, change in enumerate(diff.cells) if change.kind is ChangeKind.UNCHANGED)
    assert canvas._page.header_block(index) is None
    canvas.goto_change(index)
    assert canvas._page.header_block(index) is not None
    assert canvas.current_index() == index


def test_a_cell_of_the_head_is_found_by_its_number(canvas: DiffCanvas, diff: NotebookDiff) -> None:
    canvas.goto_head_cell(7)
    change = canvas.current_change()
    assert change is not None
    assert change.head_index == 7
    canvas.goto_head_cell(10_000)
    canvas.goto_change(10_000)
    assert canvas.current_change() is change


def test_the_canvas_names_itself_and_the_change_at_hand(canvas: DiffCanvas) -> None:
    assert canvas.accessibleName()
    canvas.goto_head_cell(3)
    assert canvas.accessibleDescription().startswith("Cell 4, code, modified")
    assert "− lr = 1e-3" in canvas.accessible_text()


def test_view_options_change_what_is_shown_and_keep_the_current_cell(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)
    shown = len(canvas._page.blocks)
    canvas.set_fold_unchanged(False)
    assert not canvas.fold_unchanged
    assert len(canvas._page.blocks) > shown
    block = canvas._page.header_block(canvas.current_index())
    assert block is not None
    assert 0 <= canvas._page.offsets.top(block) - canvas.verticalScrollBar().value() < canvas.height()
    canvas.set_fold_unchanged(True)
    canvas.set_outputs_shown(False)
    assert not any(block.kind is BlockKind.OUTPUT for block in canvas._page.blocks)
    canvas.set_metadata_shown(True)
    assert any(block.kind is BlockKind.METADATA for block in canvas._page.blocks)
    canvas.set_context_lines(1000)
    two = picture(canvas)
    canvas.set_one_column(True)
    assert canvas.one_column
    assert picture(canvas) != two


def test_a_click_opens_a_fold_and_another_closes_it(canvas: DiffCanvas) -> None:
    number = next(n for n, block in enumerate(canvas._page.blocks) if block.kind is BlockKind.FOLD)
    count = len(canvas._page.blocks)
    point = block_point(canvas, number, 200, canvas._page.offsets.height(number) - 4)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert len(canvas._page.blocks) > count
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert len(canvas._page.blocks) == count


def test_folded_lines_inside_a_long_cell_open_by_a_click(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(4)
    header = canvas._page.header_block(canvas.current_index())
    assert header is not None
    rows = canvas._page.lines_of(header + 1).rows
    row = next(number for number, line in enumerate(rows) if line.fold is not None)
    y = canvas._look.metrics.pad + row * canvas._look.metrics.line + 4
    point = block_point(canvas, header + 1, 300, y)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert len(canvas._page.lines_of(header + 1).rows) > len(rows)
    assert {key.kind for key in canvas._page.options.expanded} == {FoldKind.LINES}


def test_a_moved_cell_leads_to_the_place_it_left_and_back(canvas: DiffCanvas, diff: NotebookDiff) -> None:
    moved = index_of(diff, ChangeKind.MOVED)
    canvas.goto_change(moved)
    canvas.settle()
    header = canvas._page.header_block(moved)
    ghost = canvas._page.ghost_block(moved)
    assert header is not None
    assert ghost is not None
    piece = canvas._page.piece(header)
    link = round(piece._link.center().x())  # type: ignore[attr-defined]
    point = block_point(canvas, header, link, canvas._page.offsets.height(header) - 8)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    top = canvas._page.offsets.top(ghost) - canvas.verticalScrollBar().value()
    assert 0 <= top < canvas.viewport().height()
    canvas.next_change()
    show_block(canvas, ghost)
    point = block_point(canvas, ghost, 60, canvas._page.offsets.height(ghost) - 6)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert canvas.current_index() == moved


def test_a_click_makes_a_cell_current_and_a_double_click_activates_it(
    qtbot: QtBot, canvas: DiffCanvas
) -> None:
    header = canvas._page.header_block(canvas.current_index())
    canvas.next_change()
    canvas.verticalScrollBar().setValue(0)
    assert header is not None
    point = block_point(canvas, header, 10, canvas._page.offsets.height(header) - 8)
    with qtbot.waitSignal(canvas.current_changed):
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    with qtbot.waitSignal(canvas.cell_activated):
        QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    with qtbot.waitSignal(canvas.cell_activated):
        QTest.keyClick(canvas, Qt.Key.Key_Return)


def test_dragging_selects_text_of_one_side_without_signs_and_numbers(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)
    header = canvas._page.header_block(canvas.current_index())
    assert header is not None
    line, pad = canvas._look.metrics.line, canvas._look.metrics.pad
    text = canvas._page.columns.base.text
    start = block_point(canvas, header + 1, text + 1, pad + line // 2)
    end = block_point(canvas, header + 1, text + 500, pad + line + line // 2)
    viewport = canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, end)
    canvas.mouseMoveEvent(_drag(end))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert canvas.selected_text() == "lr = 1e-3\nepochs = 20"
    QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "lr = 1e-3\nepochs = 20"


def _drag(point: QPoint):  # type: ignore[no-untyped-def]
    """A move with the button down; the offscreen platform does not remember buttons between events."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    place = QPointF(point)
    return QMouseEvent(QEvent.Type.MouseMove, place, place, none, left, Qt.KeyboardModifier.NoModifier)


def test_a_double_click_selects_the_word(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)
    header = canvas._page.header_block(canvas.current_index())
    assert header is not None
    line, pad = canvas._look.metrics.line, canvas._look.metrics.pad
    point = block_point(canvas, header + 1, canvas._page.columns.head.text + 5, pad + line + line // 2)
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert canvas.selected_text() == "epochs"


def test_without_a_selection_the_source_of_the_current_cell_is_copied(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)
    canvas.copy()
    assert QGuiApplication.clipboard().text() == "lr = 3e-4\nepochs = 20"


def test_finding_goes_from_place_to_place_and_around(canvas: DiffCanvas) -> None:
    assert canvas.find_text("same_2") == 11  # same_2, and same_20 to same_29
    assert canvas.find_next() == 2
    assert canvas.find_previous() == 1
    assert canvas.find_previous() == 11
    assert canvas.current_change() is not None
    assert canvas.find_text("nowhere to be found") == 0
    assert canvas.find_next() == 0


def test_a_find_inside_a_fold_of_lines_opens_it(canvas: DiffCanvas) -> None:
    assert canvas.find_text("def f11") == 2  # both sides differ elsewhere, so both are searched
    header = canvas._page.header_block(canvas.current_index())
    assert header is not None
    match = canvas._finder.current
    assert match is not None
    row, fold = canvas._page.find_row(header + 1, match.line, head=match.head)
    assert fold is None
    top = canvas._page.offsets.top(header + 1) + row * canvas._look.metrics.line
    assert 0 <= top - canvas.verticalScrollBar().value() < canvas.viewport().height()


def test_the_find_bar_counts_and_closes(qtbot: QtBot, canvas: DiffCanvas) -> None:
    canvas.show_find()
    field = canvas._find_bar._field
    QTest.keyClicks(field, "crash")
    assert canvas._find_bar._count.text() == "1 of 1"
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert canvas._find_bar.isHidden()
    assert canvas._finder.matches == []
    assert canvas.find_next() == 1  # F3 goes on with what was looked for, and says so in its bar
    assert not canvas._find_bar.isHidden()


def test_findings_are_flagged_and_underlined(canvas: DiffCanvas, diff: NotebookDiff, theme: Theme) -> None:
    canvas.goto_head_cell(3)
    before = picture(canvas)
    digest = diff.head.cells[3].digest
    finding = Finding(
        "names", Evidence.CERTAIN, Verdict.CRASH, 3, digest, "lr is odd", line=0, column=0, end_column=2
    )
    canvas.set_findings({3: [finding]})
    after = picture(canvas)
    assert after != before
    assert theme.error in colours(after) - colours(before)


def test_a_finding_about_an_older_source_underlines_nothing(canvas: DiffCanvas, diff: NotebookDiff) -> None:
    canvas.goto_head_cell(3)
    place = {"line": 0, "column": 0, "end_column": 2}
    pictures = []
    for digest in (diff.head.cells[3].digest, "another"):
        finding = Finding("names", Evidence.CERTAIN, Verdict.CRASH, 3, digest, "lr is odd", **place)
        canvas.set_findings({3: [finding]})
        pictures.append(picture(canvas))
    assert pictures[0] != pictures[1]


def test_keys_scroll(canvas: DiffCanvas) -> None:
    bar = canvas.verticalScrollBar()
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    page = bar.value()
    assert page > 0
    QTest.keyClick(canvas, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert 0 < bar.value() < page


def test_scrolling_up_over_what_was_only_guessed_does_not_jump(canvas: DiffCanvas) -> None:
    canvas.set_fold_unchanged(False)
    bar = canvas.verticalScrollBar()
    bar.setValue(bar.maximum())
    page = canvas._page
    while bar.value() > 60:
        number = page.offsets.at(bar.value() + 80)
        before = page.offsets.top(number) - bar.value()
        value = bar.value()
        bar.setValue(value - 40)
        assert page.offsets.top(number) - bar.value() == before + 40


def test_only_what_is_in_view_becomes_a_piece(qtbot: QtBot, theme: Theme) -> None:
    base = read_bytes(notebook(*(code(f"a{number}\nb", id=f"c{number}") for number in range(2_000))), "base")
    head = read_bytes(notebook(*(code(f"a{number}\nc", id=f"c{number}") for number in range(2_000))), "head")
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.set_diff(diff_notebooks(base, head), "a", "b")
    picture(canvas)
    assert len(canvas._page.blocks) == 4_000
    assert len(canvas._page._pieces) < 40
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum())
    picture(canvas)
    assert len(canvas._page._pieces) < 80
    canvas.close_workers()


def test_every_theme_and_size_of_text_paints(canvas: DiffCanvas) -> None:
    light = picture(canvas)
    heights = [canvas._look.metrics.line]
    for theme in (load_theme("dark"), load_theme("light", text_scale=2.0)):
        canvas.set_theme(theme)
        assert picture(canvas) != light
        heights.append(canvas._look.metrics.line)
    assert heights[0] == heights[1]
    assert heights[2] > 1.8 * heights[0]


@pytest.mark.parametrize("size", [QSize(60, 40), QSize(300, 2000), QSize(4000, 50)])
def test_no_size_is_too_odd(canvas: DiffCanvas, size: QSize) -> None:
    canvas.resize(size)
    for one_column in (True, False):
        canvas.set_one_column(one_column)
        picture(canvas)


def test_texts_that_try_to_deceive_or_to_break_are_painted(qtbot: QtBot, theme: Theme) -> None:
    texts = ["a\u202eb = 'evil'", "😀 = 'astral' * 3", "x\u2028y\x00z\t!", "l" * 100_000, "é́́́" * 50]
    base = read_bytes(notebook(*(code(f"{text}\nold", id=f"c{n}") for n, text in enumerate(texts))), "base")
    head = read_bytes(notebook(*(code(f"{text}\nnew", id=f"c{n}") for n, text in enumerate(texts))), "head")
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(900, 900)
    canvas.set_diff(diff_notebooks(base, head), "a", "b")
    picture(canvas)
    canvas.find_text("e")
    picture(canvas)
    assert canvas.horizontalScrollBar().maximum() > 1000
    canvas.horizontalScrollBar().setValue(500)
    picture(canvas)
    canvas.close_workers()


def test_a_click_on_the_ruler_scrolls_there(canvas: DiffCanvas) -> None:
    canvas.set_fold_unchanged(False)
    ruler = canvas._ruler
    QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=QPoint(5, ruler.height() - 2))
    assert canvas.verticalScrollBar().value() == canvas.verticalScrollBar().maximum()
    QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=QPoint(5, 1))
    assert canvas.verticalScrollBar().value() == 0


def test_the_header_of_a_long_cell_stays_at_the_top(canvas: DiffCanvas) -> None:
    canvas.set_context_lines(1000)
    canvas.goto_head_cell(4)
    header = canvas._page.header_block(canvas.current_index())
    assert header is not None
    canvas.verticalScrollBar().setValue(canvas._page.offsets.top(header + 1) + 100)
    strip = picture(canvas).pixelColor(canvas.viewport().width() // 2, 8).name()
    assert strip == canvas._look.theme.accent_bg


def test_a_canvas_may_go_while_its_pictures_are_decoded(
    qtbot: QtBot, theme: Theme, diff: NotebookDiff
) -> None:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 3000)
    canvas.set_diff(diff, "a", "b")
    canvas.grab()
    canvas.set_diff(None)
    canvas.close_workers()
    assert canvas.settled


def test_what_was_moved_while_scrolling_is_what_a_whole_painting_shows(
    qtbot: QtBot, canvas: DiffCanvas
) -> None:
    canvas.set_fold_unchanged(False)
    canvas.settle()
    bar = canvas.verticalScrollBar()

    def same() -> bool:
        shown = canvas.screen().grabWindow(canvas.winId()).toImage().copy(canvas.viewport().geometry())
        whole = canvas.viewport().grab().toImage()
        return shown.convertToFormat(whole.format()) == whole

    for value in (0, 60, 61, 300, 240, 1000, 990, 20, 0, bar.maximum(), bar.maximum() - 33):
        bar.setValue(value)
        canvas.settle()
        qtbot.waitUntil(same)


def test_a_step_of_scrolling_paints_no_more_than_what_came_into_view(
    qtbot: QtBot, canvas: DiffCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.set_fold_unchanged(False)
    canvas.settle()
    areas: list[int] = []

    def watch(painter: QPainter, page: Page, frame: Frame) -> None:
        areas.append(frame.bottom - frame.top)
        paint_pieces(painter, page, frame)

    monkeypatch.setattr("nbreview.gui.diff.canvas.paint_pieces", watch)
    canvas.viewport().repaint()
    qtbot.waitUntil(lambda: not canvas._ruler_timer.isActive())
    areas.clear()
    canvas.verticalScrollBar().setValue(40)
    qtbot.waitUntil(lambda: bool(areas))
    assert sum(areas) < canvas.viewport().height() / 3


def test_folds_are_reached_and_opened_by_keyboard(canvas: DiffCanvas) -> None:
    assert canvas.next_fold()
    first = canvas._fold
    assert first is not None
    blocks, expanded = len(canvas._page.blocks), canvas._page.options.expanded
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas._page.options.expanded == expanded | {first}
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(canvas._page.blocks) == blocks
    seen = [first]
    while canvas.next_fold():
        assert canvas._fold is not None
        seen.append(canvas._fold)
    assert len(set(seen)) == len(seen)
    assert {key.kind for key in seen} >= {FoldKind.CELLS, FoldKind.LINES, FoldKind.METADATA}
    while canvas.previous_fold():
        pass
    assert canvas._fold == first


def test_a_fold_says_what_it_hides(canvas: DiffCanvas, diff: NotebookDiff, theme: Theme) -> None:
    fold = next(block for block in canvas._page.blocks if block.fold is not None and block.hidden == 30)
    stop = fold.change + fold.hidden
    assert canvas._hidden(fold.change, stop) == (0, 0)
    hidden = diff.cells[fold.change + 3].head_index
    assert hidden is not None
    finding = Finding("names", Evidence.CERTAIN, Verdict.CRASH, hidden, diff.head.cells[hidden].digest, "x")
    canvas.set_findings({hidden: [finding]})
    canvas._finder.start(diff, Query("same_2"), 0)
    assert canvas._hidden(fold.change, stop) == (1, 11)
    number = canvas._page.blocks.index(fold)
    show_block(canvas, number)
    canvas.update()
    assert theme.warning in colours(picture(canvas))


def test_a_find_in_an_output_is_gone_to_out_of_its_fold(canvas: DiffCanvas) -> None:
    assert canvas.find_text("loss 0.4") == 0
    canvas.set_find_way("outputs", True)
    assert canvas.find_text("loss 0.4") == 1
    match = canvas._finder.current
    assert match is not None
    assert match.output >= 0
    assert canvas.current_index() == match.change


def test_a_cell_is_gone_to_by_number_count_and_id(canvas: DiffCanvas) -> None:
    opened: list[int] = []
    canvas.cell_activated.connect(opened.append)
    for typed, head in (("4", 3), ("[9]", 38), ("In [4]", 5), ("s7", 15), ("added", 7)):
        canvas.ask_cell()
        field = canvas._goto_bar.field
        field.setText(typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        change = canvas.current_change()
        assert change is not None
        assert change.head_index == head, typed
        assert canvas._goto_bar.isHidden()
    canvas.ask_cell()
    canvas._goto_bar.field.setText("nothing")
    QTest.keyClick(canvas._goto_bar.field, Qt.Key.Key_Return)
    assert "No such cell" in canvas._goto_bar.said.text()
    QTest.keyClick(canvas._goto_bar.field, Qt.Key.Key_Escape)
    assert canvas._goto_bar.isHidden()
    assert opened == []  # Enter in the bar is not Enter on the cell, which opens its editor


def test_a_change_is_copied_as_a_patch(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)
    canvas.copy_patch()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:2] == ["--- a1b2c3", "+++ working tree"]
    assert lines[2].startswith("@@ -1,2 +1,2 @@ Cell 4, code, modified")
    assert lines[3:] == ["-lr = 1e-3", "+lr = 3e-4", " epochs = 20"]


def test_selected_lines_are_copied_as_a_patch(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)
    QTest.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert canvas.selected_text() == "lr = 3e-4\nepochs = 20"
    selection = canvas._pointer.selection
    assert selection is not None
    canvas._pointer.selection = replace(selection, caret=replace(selection.caret, row=0, column=3))
    canvas.copy_patch()
    assert QGuiApplication.clipboard().text().splitlines()[3:] == ["-lr = 1e-3", "+lr = 3e-4"]


def test_a_band_links_the_lines_of_a_hunk(canvas: DiffCanvas, theme: Theme) -> None:
    canvas.goto_head_cell(3)
    header = canvas._page.header_block(canvas.current_index())
    assert header is not None
    point = block_point(canvas, header + 1, canvas._page.columns.base.right + 12, 12)
    assert picture(canvas).pixelColor(point).name() == theme.modified_bg


def test_a_key_leads_to_the_other_place_of_a_moved_cell(canvas: DiffCanvas, diff: NotebookDiff) -> None:
    moved = index_of(diff, ChangeKind.MOVED)
    canvas.goto_change(moved)
    assert canvas.goto_other_end()
    ghost = canvas._page.ghost_block(moved)
    assert ghost is not None
    assert 0 <= canvas._page.offsets.top(ghost) - canvas.verticalScrollBar().value() < canvas.height()
    canvas.goto_head_cell(3)
    assert not canvas.goto_other_end()
