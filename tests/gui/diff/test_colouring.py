"""Colours come from a thread: what is seen first, what is asked for ahead, and what is kept."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff import colouring
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.colouring import Colouring
from nbreview.gui.diff.lines import LinesPiece
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.text import LaidLine
from nbreview.gui.theme import Theme
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.highlight import TokenLines, tokenize
from nbreview.presentation.rows import ViewOptions, build_blocks
from tests.builders import code, notebook

SOURCE = "for number in range(3):\n    print('a', number)  # why"


def long_diff() -> NotebookDiff:
    """Many pages of short cells, each changed."""
    base, head = (
        read_bytes(notebook(*(code(f"value_{n} = f({n + add})", id=f"c{n}") for n in range(400))), "")
        for add in (0, 1)
    )
    return diff_notebooks(base, head)


@pytest.fixture
def lexed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Every source that is coloured, and whether on the main thread."""
    found: list[tuple[str, bool]] = []

    def watched(source: str, language: str, rest: Callable[[], None]) -> TokenLines:
        found.append((source, threading.current_thread() is threading.main_thread()))
        return tokenize(source, language, rest)

    monkeypatch.setattr(colouring, "tokenize", watched)
    return found


def plain(canvas: DiffCanvas) -> bool:
    """Whether something in view was painted without its colours."""
    page, top = canvas._page, canvas.verticalScrollBar().value()
    numbers = range(page.offsets.at(top), page.offsets.at(top + canvas.viewport().height()))
    return any(isinstance(piece := page.piece(number), LinesPiece) and piece.plain for number in numbers)


def test_nothing_is_coloured_on_the_main_thread(canvas: DiffCanvas, lexed: list[tuple[str, bool]]) -> None:
    canvas.set_diff(long_diff(), "a", "b")
    canvas.grab()
    assert plain(canvas)
    canvas.settle()
    assert lexed
    assert not any(main for _, main in lexed)


def test_colours_are_painted_when_they_have_come(qtbot: QtBot, canvas: DiffCanvas) -> None:
    canvas.set_diff(long_diff(), "a", "b")
    canvas.grab()
    qtbot.waitUntil(lambda: not plain(canvas))
    shown = canvas.viewport().grab().toImage()
    canvas.viewport().repaint()
    assert canvas.viewport().grab().toImage() == shown


def test_the_next_page_has_its_colours_before_it_is_seen(qtbot: QtBot, canvas: DiffCanvas) -> None:
    canvas.set_diff(long_diff(), "a", "b")
    canvas.settle()
    qtbot.waitUntil(lambda: not canvas._ahead_timer.isActive() and not canvas._colouring._batch)
    canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().pageStep())
    canvas.grab()
    assert not plain(canvas)


def test_what_is_painted_goes_before_what_is_asked_for_ahead(
    qtbot: QtBot, lexed: list[tuple[str, bool]]
) -> None:
    shown = long_diff()
    colours = Colouring()
    colours.tokens("a = 1", "python")  # a first batch is on its way
    colours.ask_ahead(shown, build_blocks(shown, ViewOptions()))
    assert colours.tokens(SOURCE, "python") is None
    qtbot.waitUntil(lambda: not colours.busy)
    assert colours.tokens(SOURCE, "python") == tokenize(SOURCE, "python")
    assert [source for source, _ in lexed][:2] == ["a = 1", SOURCE]
    colours.close()


def test_a_lexer_that_fails_leaves_the_source_plain(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> TokenLines:
        raise IndexError

    monkeypatch.setattr(colouring, "tokenize", fail)
    colours = Colouring()
    with qtbot.waitSignal(colours.arrived):
        assert colours.tokens(SOURCE, "python") is None
    assert colours.tokens(SOURCE, "python") == ()
    colours.close()


def test_no_character_moves_when_colours_come(theme: Theme, qapp: object) -> None:
    look = Look(theme)
    for number, line in enumerate(SOURCE.split("\n")):
        before = LaidLine(line, look.code, look)
        after = LaidLine(line, look.code, look, tokenize(SOURCE, "python")[number])
        places = range(len(line) + 1)
        assert [before.x(place) for place in places] == [after.x(place) for place in places]
