"""Opening an output in the browser asks first and writes a page that can do nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.notice import NoticeArea
from nbreview.gui.prose_acts import ProseActs
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import load_theme
from nbreview.notebook.reader import read_bytes
from tests.builders import code, display, notebook

FIGURE = {
    "data": [{"type": "bar", "name": "<script>", "x": [1, 2], "y": [3, 4]}],
    "layout": {"title": "https://example.org"},
}


@pytest.fixture
def asked(qtbot: QtBot) -> Iterator[tuple[ProseActs, NoticeArea, list[Path], TaskRunner]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    theme = load_theme("light")
    canvas = DiffCanvas(theme, holder)
    out = display(text_plain="Figure()", text_html="<b>x</b><script>alert(1)</script>")
    out["data"]["application/vnd.plotly.v1+json"] = FIGURE
    head = notebook(code("show()", id="a", outputs=[display(text_plain="first"), out]))
    canvas.set_diff(diff_notebooks(read_bytes(notebook(), "base"), read_bytes(head, "head")))
    notices, tasks, opened = NoticeArea(holder, theme), TaskRunner(holder), []

    def remember(path: Path) -> bool:
        opened.append(path)
        return True

    yield ProseActs(canvas, tasks, notices, remember), notices, opened, tasks
    tasks.shutdown()
    canvas.close_workers()


def answer(notices: NoticeArea) -> None:
    next(button for button in notices.findChildren(QPushButton) if button.text() == "Open").click()


def test_nothing_is_written_or_opened_before_the_question_is_answered(
    asked: tuple[ProseActs, NoticeArea, list[Path], TaskRunner],
) -> None:
    acts, notices, opened, tasks = asked
    acts.open_current()
    assert "Plotly figure: 1 trace, bar" in notices.latest()
    assert "in the browser?" in notices.latest()
    assert opened == []
    assert tasks.running() == ()


def test_the_page_shows_the_data_and_can_do_nothing(
    qtbot: QtBot, asked: tuple[ProseActs, NoticeArea, list[Path], TaskRunner]
) -> None:
    acts, notices, opened, _ = asked
    acts.open_current()
    answer(notices)
    qtbot.waitUntil(lambda: bool(opened))
    page = opened[0].read_text("utf-8")
    assert "Trace 1" in page
    assert "<td>3</td>" in page
    assert "no scripts and loads nothing" in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
    for part in ("<script", "alert(1)", "<a ", 'src="http'):
        assert part not in page


def test_a_cell_without_outputs_says_what_to_do(
    asked: tuple[ProseActs, NoticeArea, list[Path], TaskRunner],
) -> None:
    acts, notices, _, _ = asked
    acts._canvas.set_diff(None)
    acts.open_current()
    assert "choose a cell" in notices.latest()
