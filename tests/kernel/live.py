"""Live kernels for tests: written specifications, and waiting with deadlines."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nbreview.kernel.requests import Patience

QUICK = Patience(start=30.0, again=0.3, grace=1.5, last_output=0.5, goodbye=0.5)
"""As much as a test may wait; the program waits longer."""


def write_spec(jupyter: Path, name: str, argv: list[str], language: str = "python", **more: object) -> None:
    """A kernel that Jupyter finds once JUPYTER_PATH names `jupyter`."""
    folder = jupyter / "kernels" / name
    folder.mkdir(parents=True)
    spec = {"argv": argv, "display_name": name, "language": language, **more}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def ipykernel_argv(*before: str) -> list[str]:
    """A command for ipykernel in this interpreter."""
    return [sys.executable, *before, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


def until(condition: Callable[[], object], seconds: float = 20.0) -> bool:
    """Whether the condition came to hold within this time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def gone(pid: int) -> bool:
    """Whether there is no such process (one that has ended and was not waited for counts as gone)."""
    try:
        os.kill(pid, 0)
    except OSError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return not Path("/proc").exists()
