"""The window on a real X server with a window manager: real key events, as a person's keyboard makes them.

Runs where Xvfb, xdotool and a window manager are installed and Qt's xcb platform loads; skipped elsewhere,
with the reason.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAMS = ("Xvfb", "xdotool")
MANAGERS = ("openbox", "xfwm4", "metacity", "twm")
PATIENCE_S = 60

CHILD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from nbreview.gui.app import make_application, running_program
from nbreview.gui.controller import Arguments
from nbreview.services.samples import make_sample_repository
from nbreview.settings import Settings
folder = Path(sys.argv[1])
app = make_application()
assert app.platformName() == "xcb", app.platformName()
sample = make_sample_repository(folder / "sample")
with running_program(folder / "store.sqlite3", Settings(threads=1)) as program:
    window = program.window
    window.setWindowTitle("nbreview under test")
    window.show()
    window.controller.start(Arguments((str(sample.notebook),)))
    was = [""]
    def tell():
        busy = bool(window.tasks.running())
        bar, focus = window.canvas._find_bar, window.focusWidget()
        said = " ".join((
            f"ready={int(bool(window.session.cards) and not busy)}",
            f"active={int(window.isActiveWindow())}",
            f"change={window.canvas.current_index()}",
            f"find={int(bar.isVisible())}",
            f"palette={int(window.palette_.isVisible())}",
            f"cards={len(window.session.cards)}",
        ))
        if said != was[0]:
            was[0] = said
            print(said, flush=True)
    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(20)
    app.exec()
"""


def missing() -> str:
    """Why this cannot run here; "" where it can."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if not any(shutil.which(name) for name in MANAGERS):
        lacking.append(f"a window manager ({', '.join(MANAGERS)})")
    return f"not installed: {', '.join(lacking)}" if lacking else ""


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """An X server of our own with a window manager."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    environ = {**os.environ, "DISPLAY": f":{number}", "HOME": str(tmp_path)}
    manager = next(name for name in MANAGERS if shutil.which(name))
    managing = subprocess.Popen([manager], env=environ, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    yield f":{number}"
    for process in (managing, server):
        process.terminate()
        process.wait()


class Shown:
    """The program on that display, which tells how it stands whenever that changes."""

    def __init__(self, display: str, folder: Path) -> None:
        self.environ = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder)], env=self.environ, stdout=self.log, stderr=self.log
        )

    def state(self) -> dict[str, int]:
        """How it stands now."""
        lines = [line for line in Path(self.log.name).read_text().splitlines() if line.startswith("ready=")]
        return (
            {key: int(value) for key, value in (part.split("=") for part in lines[-1].split())}
            if lines
            else {}
        )

    def wait(self, reached: Callable[[dict[str, int]], bool]) -> dict[str, int]:
        """Wait until it stands like this."""
        end = time.monotonic() + PATIENCE_S
        while not ((now := self.state()) and reached(now)):
            if self.process.poll() is not None or time.monotonic() > end:
                said = Path(self.log.name).read_text()
                if "could not load the Qt platform plugin" in said.lower():
                    pytest.skip("Qt's xcb platform lacks a library here")
                raise AssertionError(said[-3000:])
            time.sleep(0.02)
        return now

    def press(self, keys: str) -> None:
        """Press keys, as xdotool names them."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", keys], env=self.environ, check=True)

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()
        self.log.close()


def test_keys_of_a_real_keyboard_do_what_they_say(display: str, tmp_path: Path) -> None:
    shown = Shown(display, tmp_path)
    try:
        first = shown.wait(lambda now: bool(now["ready"] and now["active"]))
        shown.press("n")
        after = shown.wait(lambda now: now["change"] != first["change"])
        shown.press("p")
        shown.wait(lambda now: now["change"] == first["change"] != after["change"])
        shown.press("ctrl+f")
        shown.wait(lambda now: bool(now["find"]))
        shown.press("Escape")
        shown.wait(lambda now: not now["find"])
        shown.press("ctrl+shift+p")
        shown.wait(lambda now: bool(now["palette"]))
        shown.press("Escape")
        shown.wait(lambda now: not now["palette"])
        shown.press("ctrl+Return")
        shown.wait(lambda now: now["cards"] == first["cards"] - 1)
    finally:
        shown.close()
