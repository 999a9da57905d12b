"""The program starts without what only some of its acts need."""

import subprocess
import sys
from pathlib import Path

LATE = (
    "nbreview.services.merging",
    "nbreview.diff.merge",
    "nbreview.training.writer",
    "nbreview.gui.models_window",
    "nbreview.gui.training_window",
    "nbreview.gui.text_view",
    "PIL",
    "rich",
)


def test_merging_exporting_and_side_windows_are_imported_when_they_are_asked_for() -> None:
    program = f"import sys, nbreview.gui.app; print([name for name in {LATE} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
