"""Pictures and tables on the canvas: what is painted in each way, and what mouse and keys do."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff import images
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.output_bar import OPEN
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.picture_piece import PicturePiece
from nbreview.gui.theme import Theme
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.pictures import PictureMode
from tests.builders import code, display, notebook
from tests.gui.diff.conftest import png

PICTURE, SIZES, DRAWING, TABLE, WIDE, BROKEN = (OutputKey(number, 0) for number in range(6))


def drawing(color: str) -> dict[str, object]:
    rect = f'<rect width="80" height="40" fill="{color}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">{rect}</svg>'
    return {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": svg}}


def frame(columns: int, changed: int = -1) -> str:
    names = "".join(f"<th>column_{number}</th>" for number in range(columns))
    rows = "".join(
        f"<tr><th>{row}</th>"
        + "".join(
            f"<td>{row * column + 1000 * (row == changed and column == 1)}</td>" for column in range(columns)
        )
        + "</tr>"
        for row in range(60)
    )
    return f"<table><tr><th></th>{names}</tr>{rows}</table>"


def make() -> NotebookDiff:
    def book(side: int) -> list[dict[str, object]]:
        color = ("#ff0000", "#0000ff")[side]
        return [
            code("picture", id="a", outputs=[display(image_png=png(color, 200, 100))]),
            code("sizes", id="b", outputs=[display(image_png=png(color, 100 + 100 * side, 100))]),
            code("drawing", id="c", outputs=[drawing(color)]),
            code("table", id="d", outputs=[display(text_html=frame(3, 50 * side), text_plain="t")]),
            code("wide", id="e", outputs=[display(text_html=frame(40, 3 * side), text_plain="t")]),
            code("broken", id="f", outputs=[display(image_png=png(color, 60, 60)[: 120 + 8 * side])]),
        ]

    return diff_notebooks(read_bytes(notebook(*book(0)), "base"), read_bytes(notebook(*book(1)), "head"))


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[DiffCanvas]:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 700)
    canvas.show()
    canvas.set_diff(make(), "a1b2c3", "working tree")
    canvas.settle()
    yield canvas
    canvas.close_workers()


def piece(canvas: DiffCanvas, key: OutputKey) -> PicturePiece:
    canvas.goto_output(key)
    found = canvas.outputs.current()
    assert isinstance(found, PicturePiece)
    return found


def on_screen(canvas: DiffCanvas, key: OutputKey, x: float, y: float) -> QPoint:
    """A point of a piece, in the viewport."""
    page = canvas._page
    number = page.output_block(key)
    assert number is not None
    return QPoint(round(x), round(page.offsets.top(number) - canvas.verticalScrollBar().value() + y))


def painted(canvas: DiffCanvas, key: OutputKey, share: float, *, head: bool = True) -> str:
    """The colour painted at a share of a picture's width, in its upper third."""
    canvas.settle()
    area = piece(canvas, key).areas[head]
    canvas.settle()
    point = on_screen(canvas, key, area.left() + share * (area.width() - 1), area.top() + area.height() / 3)
    return canvas.viewport().grab().toImage().pixelColor(point).name()


def button(canvas: DiffCanvas, key: OutputKey, part: str) -> QPoint:
    bar = piece(canvas, key)._bar
    center = next(each.area.center() for each in bar.buttons if each.part == part)
    return on_screen(canvas, key, center.x(), center.y())


def test_side_by_side_each_side_has_its_column(view: DiffCanvas) -> None:
    assert painted(view, PICTURE, 0.5, head=False) == "#ff0000"
    assert painted(view, PICTURE, 0.5, head=True) == "#0000ff"


def test_swiped_the_base_ends_where_the_divider_stands(view: DiffCanvas, qtbot: QtBot) -> None:
    piece(view, PICTURE)
    assert view.outputs.show_as(PictureMode.SWIPE)
    assert painted(view, PICTURE, 0.2) == "#ff0000"
    assert painted(view, PICTURE, 0.8) == "#0000ff"
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert painted(view, PICTURE, 0.2) == "#0000ff"
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view._page.views.view(PICTURE).swipe == pytest.approx(0.11)


def test_the_divider_follows_the_mouse(view: DiffCanvas, qtbot: QtBot) -> None:
    piece(view, PICTURE)
    view.outputs.show_as(PictureMode.SWIPE)
    area = piece(view, PICTURE).areas[True]
    start = on_screen(view, PICTURE, area.center().x(), area.center().y())
    end = on_screen(view, PICTURE, area.left() + area.width() * 0.9, area.center().y())
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseMove(view.viewport(), start)
    assert view._page.views.view(PICTURE).swipe == pytest.approx(0.9, abs=0.01)  # the button was up
    assert painted(view, PICTURE, 0.7) == "#ff0000"


def test_in_onion_skin_both_sides_show_through(view: DiffCanvas, qtbot: QtBot) -> None:
    piece(view, PICTURE)
    view.outputs.show_as(PictureMode.ONION)
    mixed = QColor(painted(view, PICTURE, 0.3))
    assert 100 < mixed.red() < 156
    assert 100 < mixed.blue() < 156
    for _ in range(10):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert painted(view, PICTURE, 0.3) == "#0000ff"


def test_the_difference_marks_what_differs(view: DiffCanvas, theme: Theme) -> None:
    piece(view, PICTURE)
    view.outputs.show_as(PictureMode.DIFFERENCE)
    assert painted(view, PICTURE, 0.5) == theme.color("error").name()


def test_a_drawing_is_compared_as_it_is_drawn(view: DiffCanvas, theme: Theme) -> None:
    assert painted(view, DRAWING, 0.5) == "#0000ff"
    assert "100 % of pixels differ, as drawn" in piece(view, DRAWING).words()
    view.outputs.show_as(PictureMode.DIFFERENCE)
    assert painted(view, DRAWING, 0.5) == theme.color("error").name()


def test_other_sizes_are_said(view: DiffCanvas) -> None:
    assert "100 × 100 → 200 × 100" in piece(view, SIZES).words()
    assert "% of pixels differ" in piece(view, SIZES).words()


def test_one_column_shows_every_way(view: DiffCanvas) -> None:
    view.set_one_column(True)
    assert painted(view, PICTURE, 0.5, head=False) == "#ff0000"
    assert painted(view, PICTURE, 0.5) == "#0000ff"
    view.outputs.show_as(PictureMode.SWIPE)
    assert painted(view, PICTURE, 0.2) == "#ff0000"
    assert painted(view, PICTURE, 0.8) == "#0000ff"


def test_a_broken_picture_says_so_and_what_to_do(view: DiffCanvas) -> None:
    said = []
    piece(view, BROKEN)
    view.settle()
    for shown in view._pictures._held.values():
        if isinstance(shown, str) and "run the cell again" in shown:
            said.append(shown)
    assert said
    assert "PNG" in said[0]


def test_the_bar_chooses_and_opens(view: DiffCanvas, qtbot: QtBot) -> None:
    point = button(view, PICTURE, PictureMode.DIFFERENCE.value)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert piece(view, PICTURE).mode is PictureMode.DIFFERENCE
    assert piece(view, SIZES).mode is PictureMode.SIDE_BY_SIDE
    with qtbot.waitSignal(view.outputs.opened) as opened:
        point = button(view, PICTURE, OPEN)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert opened.args == [PICTURE]


@pytest.mark.parametrize("key", [PICTURE, TABLE])
def test_enter_and_a_double_click_open_the_output(view: DiffCanvas, qtbot: QtBot, key: OutputKey) -> None:
    view.goto_output(key)
    with qtbot.waitSignal(view.outputs.opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    point = on_screen(view, key, 150, 40)
    with qtbot.waitSignal(view.outputs.opened):
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_escape_gives_the_keyboard_back(view: DiffCanvas, qtbot: QtBot) -> None:
    view.goto_output(PICTURE)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.outputs.current() is None


def test_a_changed_cell_of_a_table_is_marked_on_both_sides(view: DiffCanvas, theme: Theme) -> None:
    view.goto_output(TABLE)
    view.settle()
    shot = view.viewport().grab().toImage()
    for token in ("removed_word", "added_word"):
        assert count(shot, theme.color(token)) > 200


def test_the_index_stays_while_a_wide_table_moves_sideways(view: DiffCanvas) -> None:
    view.goto_output(WIDE)
    view.settle()
    column = view._page.columns.head
    block = view._page.output_block(WIDE)
    assert block is not None
    top = view._page.offsets.top(block) - view.verticalScrollBar().value()
    before = view.viewport().grab().toImage()
    view.horizontalScrollBar().setValue(300)
    view.settle()
    after = view.viewport().grab().toImage()
    index = before.copy(column.text, top + 40, 16, 100), after.copy(column.text, top + 40, 16, 100)
    rest = before.copy(column.text + 60, top, 300, 100), after.copy(column.text + 60, top, 300, 100)
    assert index[0] == index[1]
    assert rest[0] != rest[1]


def test_column_headers_stay_while_an_open_table_scrolls(view: DiffCanvas) -> None:
    view.goto_output(TABLE)
    grid = view.outputs.current()
    assert grid is not None
    fold = grid.fold_at(100, grid._fold_top + 2)  # type: ignore[union-attr]
    assert fold is not None
    view._toggle(fold)
    block = view._page.output_block(TABLE)
    assert block is not None
    header = view._look.metrics.header
    strips = []
    for rows in (6, 12):
        view.verticalScrollBar().setValue(view._page.offsets.top(block) + rows * grid._line)  # type: ignore[union-attr]
        view.settle()
        column = view._page.columns.head
        strips.append(view.viewport().grab().toImage().copy(column.text, header + 2, 200, grid._line - 4))  # type: ignore[union-attr]
    assert strips[0] == strips[1]
    assert count(strips[0], view._look.color("text")) > 5


def test_memory_stays_within_the_cache_whatever_was_scrolled(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 3 * 200 * 100 * 4
    monkeypatch.setattr(images, "CACHE_BYTES", limit)
    cells = [
        code(
            f"plot({number})",
            id=f"p{number}",
            outputs=[display(image_png=png(f"#{number:02x}0000", 200, 100))],
        )
        for number in range(40)
    ]
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(800, 300)
    canvas.show()
    canvas.set_diff(diff_notebooks(read_bytes(notebook(), "b"), read_bytes(notebook(*cells), "h")))
    bar = canvas.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + 250)
        canvas.settle()
        assert canvas._pictures.kept_bytes <= limit
    assert len(canvas._pictures._held) <= 3
    canvas.close_workers()


def test_accessible_words_tell_of_the_output(view: DiffCanvas) -> None:
    view.goto_output(PICTURE)
    current = view.outputs.current()
    assert current is not None
    assert "100 % of pixels differ" in current.describe()
    assert "Enter" in current.describe()
    QApplication.processEvents()


def count(image: QImage, color: QColor) -> int:
    wanted = color.rgb() & 0xFFFFFF
    return sum(
        (image.pixel(x, y) & 0xFFFFFF) == wanted for y in range(image.height()) for x in range(image.width())
    )
