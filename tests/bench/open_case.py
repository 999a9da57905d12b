"""One benchmark case in a process of its own, so that its memory is its own. Prints one JSON object.

Usage: open_case.py BASE HEAD [through] — reads both notebooks, diffs them, shows the diff in the canvas,
paints it, jumps from end to end, turns the wheel and, with `through`, shows every page until its pictures are
there. Times are milliseconds (`own`: of the processor, by the main thread); memory is the process's resident
peak, MiB.
"""

import itertools
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.app import favour_window
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.theme import apply_theme, load_theme
from nbreview.notebook.reader import read_bytes
from tests.bench.measure import memory
from tests.bench.painted import Painted

WHEEL_STEPS = 200
FRAME_MS = 16
"""One frame of a screen of 60 Hz: no wheel turns faster than it is shown."""


def main() -> None:
    """Run the case."""
    app = QApplication(sys.argv[:1])
    theme = load_theme("light")
    apply_theme(app, theme)
    canvas = DiffCanvas(theme)
    canvas.resize(1400, 900)
    canvas.show()
    app.processEvents()
    favour_window()  # as the program does
    before = memory()
    base_data, head_data = (Path(name).read_bytes() for name in sys.argv[1:3])
    marks = [time.perf_counter()]
    base, head = read_bytes(base_data, "base"), read_bytes(head_data, "head")
    marks.append(time.perf_counter())
    diff = diff_notebooks(base, head)
    marks.append(time.perf_counter())
    canvas.set_diff(diff, "base", "head")
    canvas.grab()
    marks.append(time.perf_counter())
    read, compare, paint = ((later - earlier) * 1000 for earlier, later in itertools.pairwise(marks))
    frames = []
    bar = canvas.verticalScrollBar()
    for step in range(120):
        bar.setValue(bar.maximum() * step // 119)
        start = time.perf_counter()
        canvas.grab()
        frames.append((time.perf_counter() - start) * 1000)
    wheel, own = _wheel(canvas)
    if "through" in sys.argv[3:]:
        _through(canvas)
    print(
        json.dumps(
            {
                "cells": len(head.cells),
                "megabytes": len(head_data) / 1e6,
                "read": read / 2,
                "diff": compare,
                "paint": paint,
                "frame_median": sorted(frames)[len(frames) // 2],
                "frame_worst": max(frames),
                "wheel_median": sorted(wheel)[len(wheel) // 2],
                "wheel_worst": max(wheel),
                "own_median": sorted(own)[len(own) // 2],
                "own_worst": max(own),
                "memory_start": before,
                "memory": memory(),
            }
        )
    )


def _wheel(canvas: DiffCanvas) -> tuple[list[float], list[float]]:
    """Each step of the wheel, in parts that nobody has seen yet, from the event to the end of its paint; and
    what the main thread works in each frame, what it does between paints included.
    """
    app, viewport, bar = QApplication.instance(), canvas.viewport(), canvas.verticalScrollBar()
    assert isinstance(app, QApplication)
    painted = Painted(viewport)
    place = QPointF(viewport.rect().center())
    if not bar.maximum():
        return [0.0], [0.0]  # all of it is in view: there is nothing to turn
    frames, own = [], []
    bar.setValue(bar.maximum() * 2 // 7)
    canvas.settle()
    for _ in range(WHEEL_STEPS):
        if bar.value() == bar.maximum():  # a short notebook: from its start again
            bar.setValue(0)
            canvas.settle()
        turn = QWheelEvent(
            place,
            QPointF(viewport.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        rest = QElapsedTimer()
        rest.start()
        start, worked = time.perf_counter(), time.thread_time()
        count = painted.count
        app.sendEvent(viewport, turn)
        while painted.count == count and not rest.hasExpired(1000):
            app.processEvents()
        frames.append((time.perf_counter() - start) * 1000)
        while not rest.hasExpired(FRAME_MS):
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
            time.sleep(0.0005)
        own.append((time.thread_time() - worked) * 1000)
    return frames, own


def _through(canvas: DiffCanvas) -> None:
    """Show every page until nothing in view is awaited."""
    bar = canvas.verticalScrollBar()
    bar.setValue(0)
    canvas.settle()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep())
        canvas.settle()


if __name__ == "__main__":
    main()
