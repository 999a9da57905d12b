"""Rendered prose brings nothing in, is made off the main thread, and keeps the reader's place."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from nbreview.diff.model import EditKind, NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff import prose, prose_layout
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.prose import ProsePiece
from nbreview.gui.diff.prose_layout import ClosedDocument, Formulas, LaidProse, lay_out
from nbreview.gui.theme import Theme, load_theme
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.markdown import read_markdown
from nbreview.presentation.mathematics import Typesetter
from nbreview.presentation.prose_diff import pair_parts
from tests.builders import code, display, markdown, notebook
from tests.gui.diff.conftest import png

LONG = "Some words of *prose* about $x^2$ and `code`.\n\n- one\n- two\n\n$$\\sum_i x_i$$\n"


def laid(
    base: str | None, head: str | None, look: Look, *, room: float = 400, one_column: bool = False
) -> LaidProse:
    parts = (read_markdown(text) if text is not None else None for text in (base, head))
    return lay_out(pair_parts(*parts), look, room, 1.0, Formulas(), one_column=one_column)


def shown_diff(base: list[dict], head: list[dict]) -> NotebookDiff:  # type: ignore[type-arg]
    return diff_notebooks(read_bytes(notebook(*base), "base"), read_bytes(notebook(*head), "head"))


@pytest.fixture
def look(qapp: object, theme: Theme) -> Look:
    return Look(theme)


@pytest.fixture
def empty(qtbot: QtBot, theme: Theme) -> Iterator[DiffCanvas]:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(900, 500)
    canvas.show()
    yield canvas
    canvas.close_workers()


def pieces(canvas: DiffCanvas) -> list[ProsePiece]:
    return [piece for piece in canvas._page._pieces.values() if isinstance(piece, ProsePiece)]


def test_a_document_loads_nothing(qapp: object) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    assert ClosedDocument().resource(kind, QUrl("file:///etc/hostname")) is None


def test_a_document_is_as_wide_as_its_column(look: Look) -> None:
    narrow, wide = (laid(None, "many words " * 40, look, room=room).height for room in (200, 800))
    assert narrow > 2 * wide


def test_what_is_equal_is_one_document_and_both_sides_share_it(look: Look) -> None:
    text = "# A\n\nb\n\n- c\n- d"
    (row,) = laid(text, text, look).rows
    assert row.base is row.head
    assert row.kind is EditKind.EQUAL


def test_a_changed_word_is_marked_on_each_side_in_its_own_tint(look: Look) -> None:
    (row,) = laid("a quick fox", "a slow fox", look).rows
    theme = look.theme
    assert row.kind is EditKind.REPLACE
    assert row.base is not None and theme.removed_word in row.base.toHtml()
    assert row.head is not None and theme.added_word in row.head.toHtml()


def test_in_one_column_a_changed_part_stands_above_what_it_became(look: Look) -> None:
    first, second = laid("a quick fox", "a slow fox", look, one_column=True).rows
    assert (first.base is None, first.head is None) == (False, True)
    assert (second.base is None, second.head is None) == (True, False)


def test_an_added_item_stands_across_from_nothing(look: Look) -> None:
    kinds = [row.kind for row in laid("- a\n- b", "- a\n- new and other\n- b", look).rows]
    assert kinds == [EditKind.EQUAL, EditKind.INSERT, EditKind.EQUAL]


def test_a_formula_stands_on_the_line_of_its_text(look: Look) -> None:
    (row,) = laid(None, "x $x$", look, room=300).rows
    document = row.head
    assert document is not None
    line = document.firstBlock().layout().lineAt(0)
    plain = laid(None, "x x", look, room=300).rows[0].head
    assert plain is not None
    # A letter of a formula neither lifts the line nor lets it sink.
    assert line.height() - plain.firstBlock().layout().lineAt(0).height() <= 2


def test_a_formula_is_set_once_for_all_that_show_it(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Typesetter.set

    def counting(self: Typesetter, source: str, *args: object, **more: object) -> object:
        asked.append(source)
        return real(self, source, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Typesetter, "set", counting)
    formulas = Formulas()
    rows = pair_parts(None, read_markdown("$a+b$ and $a+b$\n\n$a+b$"))
    lay_out(rows, look, 400, 1.0, formulas)
    lay_out(rows, look, 300, 1.0, formulas)
    assert asked == ["a+b"]


def test_what_cannot_be_set_is_shown_as_its_source(look: Look) -> None:
    document = laid(None, r"before $\undefined{x}$ after", look).rows[0].head
    assert document is not None
    assert r"\undefined{x}" in document.toPlainText()


def test_an_attachment_is_shown_as_the_picture_that_it_is(look: Look) -> None:
    parts = read_markdown("![plot](attachment:p.png)", {"p.png": {"image/png": png("red", 50, 40)}})
    document = lay_out(pair_parts(None, parts), look, 400, 1.0, Formulas()).rows[0].head
    assert document is not None
    picture = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl("held:0"))
    assert isinstance(picture, QImage)
    assert (picture.width(), picture.height()) == (50, 40)


def test_scrolling_reads_sets_and_lays_out_nothing_on_the_main_thread(
    empty: DiffCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = threading.get_ident()
    on_main: list[str] = []
    elsewhere: list[str] = []

    def watch(module: object, name: str) -> None:
        real = getattr(module, name)

        def watched(*args: object, **more: object) -> object:
            (on_main if threading.get_ident() == main else elsewhere).append(name)
            return real(*args, **more)

        monkeypatch.setattr(module, name, watched)

    watch(prose, "read_markdown")
    watch(prose, "lay_out")
    watch(Typesetter, "set")
    watch(prose_layout, "tokenize")
    cells = [markdown(f"# {number}\n\n{LONG * 3}", id=f"c{number}") for number in range(40)]
    changed = [markdown(f"# {number}\n\n{LONG * 3} more", id=f"c{number}") for number in range(40)]
    empty.set_diff(shown_diff(cells, changed))
    bar = empty.verticalScrollBar()
    for _ in range(12):
        bar.setValue(bar.value() + 400)
        empty.settle()
    assert on_main == []
    assert {"read_markdown", "lay_out", "set"} <= set(elsewhere)


def test_documents_belong_to_the_main_thread(empty: DiffCanvas, qapp: object) -> None:
    empty.set_diff(shown_diff([], [markdown(LONG, id="a")]))
    empty.settle()
    (piece,) = pieces(empty)
    assert isinstance(piece._laid, LaidProse)
    document = piece._laid.rows[0].head
    assert document is not None
    assert document.thread() is QThread.currentThread() or document.thread() == QThread.currentThread()


def test_what_stands_at_the_top_edge_stays_when_text_above_it_gets_its_height(empty: DiffCanvas) -> None:
    cells = [markdown(LONG * 5, id=f"m{number}") for number in range(6)]
    rest = [code(f"line_{number} = {number}", id=f"c{number}") for number in range(60)]
    empty.set_diff(shown_diff([], cells + rest))
    page, bar = empty._page, empty.verticalScrollBar()
    target = page.header_block(20)
    assert target is not None
    bar.setValue(page.offsets.top(target))
    distance = page.offsets.top(target) - bar.value()
    empty.settle()
    assert page.offsets.top(target) - bar.value() == distance


def test_a_key_shows_the_source_of_a_changed_cell_and_its_rendering_again(empty: DiffCanvas) -> None:
    empty.set_diff(shown_diff([markdown("a *b*", id="a")], [markdown("a **b**", id="a")]))
    empty.settle()
    assert len(pieces(empty)) == 1
    empty.set_markdown_rendered(False)
    assert pieces(empty) == []
    empty.set_markdown_rendered(True)
    empty.settle()
    assert len(pieces(empty)) == 1


def test_a_source_that_reads_the_same_is_said_to(empty: DiffCanvas) -> None:
    empty.set_diff(shown_diff([markdown("*a*", id="a")], [markdown("_a_", id="a")]))
    empty.settle()
    (piece,) = pieces(empty)
    assert piece._only_source


@pytest.mark.parametrize("kind", ["text/markdown", "text/latex", "text/html"])
def test_outputs_that_read_as_prose_are_rendered(empty: DiffCanvas, kind: str) -> None:
    out = display(text_plain="<IPython.core.display.HTML object>")
    out["data"][kind] = "$x$" if kind == "text/latex" else "<b>x</b> y"
    empty.set_diff(shown_diff([], [code("show()", id="a", outputs=[out])]))
    empty.settle()
    assert len(pieces(empty)) == 1


def test_another_theme_is_another_layout(empty: DiffCanvas) -> None:
    empty.set_diff(shown_diff([], [markdown("$x$", id="a")]))
    empty.settle()
    before = empty.grab().toImage()
    empty.set_theme(load_theme("dark"))
    empty.settle()
    (piece,) = pieces(empty)
    assert piece._key.theme.dark
    assert empty.grab().toImage() != before
