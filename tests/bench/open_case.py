"""One benchmark case in a process of its own, so that its memory is its own. Prints one JSON object.

Usage: open_case.py BASE HEAD — reads both notebooks, diffs them, shows the diff in the canvas, paints it.
Times are milliseconds; memory is the process's resident peak, MiB.
"""

import itertools
import json
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.app import favour_window
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.theme import apply_theme, load_theme
from nbreview.notebook.reader import read_bytes
from tests.bench.measure import memory


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
                "memory_start": before,
                "memory": memory(),
            }
        )
    )


if __name__ == "__main__":
    main()
