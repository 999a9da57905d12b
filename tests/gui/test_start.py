"""The program starts without what only some of its acts need."""

import subprocess
import sys
from pathlib import Path


def test_merging_and_exporting_are_imported_when_they_are_asked_for() -> None:
    late = ["nbreview.services.merging", "nbreview.diff.merge", "nbreview.training.writer", "PIL", "rich"]
    program = f"import sys, nbreview.gui.app; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
