"""A diff with every kind of change, and a canvas that shows it."""

import base64
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.theme import Theme, load_theme
from nbreview.notebook.reader import read_bytes
from tests.builders import code, display, error, markdown, notebook, stream

FUNCTION = "\n".join(f"def f{number}(x):\n    return x + {number}\n" for number in range(12))


def png(color: str, width: int = 40, height: int = 30) -> str:
    """A picture of one colour, as a notebook holds it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return base64.b64encode(bytes(data.data())).decode()


def table(*losses: float) -> str:
    rows = "".join(f"<tr><th>{number}</th><td>{loss}</td></tr>" for number, loss in enumerate(losses))
    return f"<table><tr><th></th><th>loss</th></tr>{rows}</table>"


def make_diff() -> NotebookDiff:
    """Every kind of cell change and of output."""
    base = [
        markdown("# Title\n\nSome *text*.", id="title"),
        code("import os", id="imports", count=1),
        code("lr = 1e-3\nepochs = 20", id="settings", count=2, tags=["parameters"]),
        code(FUNCTION, id="functions", count=3),
        code("plot()", id="plot", count=4, outputs=[stream("loss 0.5\n"), display(image_png=png("red"))]),
        code("frame", id="frame", count=5, outputs=[display(text_html=table(0.5, 0.4), text_plain="loss")]),
        code("old = 1\nold", id="removed", count=6),
        *(code(f"same_{number} = {number}", id=f"s{number}") for number in range(30)),
        code("run()", id="moved", count=8),
        code("crash()", id="crash", count=9, outputs=[error("E", "why", ["\x1b[31mE\x1b[0m: why"])]),
    ]
    head = [
        markdown("# Title\n\nSome *text*.", id="title"),
        code("run()", id="moved", count=8),
        code("import os", id="imports", count=1),
        code("lr = 3e-4\nepochs = 20", id="settings", count=2, tags=["tuned"]),
        code(FUNCTION.replace("x + 6", "x - 6"), id="functions", count=3),
        code("plot()", id="plot", count=4, outputs=[stream("loss 0.4\n"), display(image_png=png("blue"))]),
        code("frame", id="frame", count=5, outputs=[display(text_html=table(0.5, 0.3), text_plain="loss")]),
        markdown("## Added\n\n- a [link](https://example.org)\n\n![picture](remote.png)", id="added"),
        *(code(f"same_{number} = {number}", id=f"s{number}") for number in range(30)),
        code("crash()", id="crash", count=9, outputs=[error("F", "because", ["\x1b[31mF\x1b[0m: because"])]),
    ]
    return diff_notebooks(read_bytes(notebook(*base), "base"), read_bytes(notebook(*head), "head"))


@pytest.fixture
def theme() -> Theme:
    return load_theme("light")


@pytest.fixture
def diff(qapp: object) -> NotebookDiff:
    return make_diff()


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme, diff: NotebookDiff) -> Iterator[DiffCanvas]:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 700)
    canvas.show()
    canvas.set_diff(diff, "a1b2c3", "working tree")
    yield canvas
    canvas.close_workers()
