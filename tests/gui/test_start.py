"""The start: the frame of the first window shows before what a review needs is imported."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from nbreview.gui.app import running_program, show_frame
from nbreview.gui.window import ReviewWindow
from nbreview.store.database import Store
from tests.gui.programs import SETTINGS

_LATE = (
    "nbreview.services.session",
    "nbreview.gui.workbench",
    "nbreview.diff.cells",
    "nbreview.llm.local",
    "markdown_it",
    "pygments",
)
_START = f"""
import sys
from pathlib import Path
from nbreview.gui.requirements import load_ahead, require_qt
load_ahead()
require_qt()
from nbreview.gui.app import running_program, show_frame
from nbreview.settings import Settings

def shown(window, store):
    show_frame(window)
    print(sorted(set({_LATE!r}) & set(sys.modules)))

with running_program(Path(sys.argv[1]), Settings(), shown=shown) as program:
    assert set({_LATE[:2]!r}) <= set(sys.modules)
    print(program.window.isVisible())
"""


def test_the_window_shows_before_a_review_is_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path / "store.sqlite3")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["[]", "True"], done.stderr


def test_nothing_moves_when_the_first_window_is_furnished(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as store:
        for name in ("one.ipynb", "two.ipynb"):
            store.touch_recent(tmp_path / name)
    frames = []

    def shown(window: ReviewWindow, store: Store) -> None:
        show_frame(window)
        assert window.start_page.recent.count() == 2
        frames.append(window.grab().toImage())

    with running_program(path, SETTINGS, shown=shown) as program:
        qtbot.waitExposed(program.window)
        assert program.window.grab().toImage() == frames[0]
        assert program.window.focusWidget() is program.window.start_page.open_button


def test_a_window_that_is_closed_before_it_is_furnished_goes(tmp_path: Path, qtbot: QtBot) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        window = ReviewWindow(store, SETTINGS)
        qtbot.addWidget(window)
        show_frame(window)
        window.resize(window.width() - 100, window.height())
        assert window.close()
        assert not window.isVisible()
