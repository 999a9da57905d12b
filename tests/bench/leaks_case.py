"""One program that opens review after review and window after window: what it holds more at the end.

Usage: leaks_case.py reviews|windows COUNT — opens as many reviews one after the other in one window, in turn
a notebook in git and one outside, or opens and closes as many windows, each with a review; scrolls each from
end to end. Prints one JSON object: what is held after the first `WARM`, half way and at the end. Linux only.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nbreview.gui.app import make_application, quiet_offscreen, running_program
from nbreview.gui.controller import Arguments
from nbreview.gui.window import ReviewWindow
from nbreview.services.samples import make_sample_repository
from nbreview.settings import Settings
from tests.bench.big_notebooks import many_cells
from tests.gui.holdings import Holdings, holdings

WARM = 10
"""Reviews or windows until every cache that has a bound is as full as it gets."""
PATIENCE = 120.0


def main() -> None:
    """Run the case."""
    what, count = sys.argv[1], int(sys.argv[2])
    app = make_application()
    quiet_offscreen()
    with tempfile.TemporaryDirectory() as folder:
        sample = make_sample_repository(Path(folder) / "sample").notebook
        other = Path(folder) / "other.ipynb"
        other.write_bytes(many_cells(120, edited=True))
        with running_program(Path(folder) / "store.sqlite3", Settings()) as program:
            window = program.window
            window.resize(1400, 900)
            window.show()

            def review(number: int) -> None:
                path = (sample, other)[number % 2]
                window.controller.open(path)
                _until(app, lambda: _shows(window, path))
                _look(window)

            def visit(number: int) -> None:
                another = program.windows.make()
                another.show()
                path = (sample, other)[number % 2]
                another.controller.start(Arguments((str(path),)))
                _until(app, lambda: _shows(another, path))
                _look(another)
                another.close()

            review(0)
            held = _held(review if what == "reviews" else visit, count)
    print(json.dumps([asdict(each) for each in held]))


def _held(step: Callable[[int], None], count: int) -> list[Holdings]:
    marks = (0, count // 2, count)
    found = []
    for number in range(-WARM, count + 1):
        if number in marks:
            found.append(holdings())
        if number < count:
            step(number)
    return found


def _look(window: ReviewWindow) -> None:
    """What a reader does: from end to end, and every fold opened."""
    canvas = window.canvas
    canvas.set_fold_unchanged(False)
    for part in (0, 1, 2):
        canvas.verticalScrollBar().setValue(canvas.verticalScrollBar().maximum() * part // 2)
        canvas.settle()


def _shows(window: ReviewWindow, path: Path) -> bool:
    shown = window.session.comparison
    return shown is not None and shown.target.notebook == path and not window.tasks.running()


def _until(app: QApplication, reached: Callable[[], bool]) -> None:
    """Let events pass until it is so."""
    end = time.perf_counter() + PATIENCE
    while not reached():
        if time.perf_counter() > end:
            raise TimeoutError("the window did not get there")
        app.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
