"""Processes of their own for tests of the store that end them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_python(source: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python source in a process of its own, with this checkout importable."""
    command = [sys.executable, "-c", source, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env=environment, **options
    )  # type: ignore[call-overload,no-any-return]
