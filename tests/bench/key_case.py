"""The whole window with two notebooks: from the command to the first paint, from a key to its paint.

Usage: key_case.py BASE HEAD — prints one JSON object, milliseconds. Keys are pressed as by a person who does
not wait until the checks are done.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nbreview.gui.app import make_application, running_program
from nbreview.gui.controller import Arguments
from nbreview.settings import Settings
from tests.bench.painted import Painted

KEYS = 30
PATIENCE = 120.0


def main() -> None:
    """Run the case."""
    app = make_application()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_program(Path(folder) / "store.sqlite3", Settings()) as program,
    ):
        window = program.window
        canvas = window.canvas
        window.resize(1400, 900)
        window.show()
        window.activateWindow()
        app.processEvents()
        painted = Painted(canvas.viewport())
        start = time.perf_counter()
        window.controller.start(Arguments((sys.argv[1], sys.argv[2])))
        _until(app, lambda: canvas.diff is not None)
        count = painted.count
        _until(app, lambda: painted.count > count)
        opened = (time.perf_counter() - start) * 1000
        canvas.settle()
        keys = []
        for turn in range(KEYS):
            count = painted.count
            start = time.perf_counter()
            QTest.keyClick(canvas, Qt.Key.Key_P if turn % 2 else Qt.Key.Key_N)
            _until(app, lambda count=count: painted.count > count)  # type: ignore[misc]
            keys.append((time.perf_counter() - start) * 1000)
            canvas.settle()
        print(
            json.dumps({"open": opened, "key_median": sorted(keys)[len(keys) // 2], "key_worst": max(keys)})
        )


def _until(app: QApplication, reached: Callable[[], bool]) -> None:
    """Let events pass until it is so."""
    end = time.perf_counter() + PATIENCE
    while not reached():
        if time.perf_counter() > end:
            raise TimeoutError("the window did not get there")
        app.processEvents()


if __name__ == "__main__":
    main()
