"""Processes of their own for tests of the store that end them."""

import os
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from nbreview.store.database import Store
from tests.store.samples import decision, suggestion

ROOT = Path(__file__).resolve().parents[2]


def run_python(source: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python source in a process of its own, with this checkout importable."""
    command = [sys.executable, "-c", source, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env=environment, **options
    )  # type: ignore[call-overload,no-any-return]


def decide_on_500(path: Path, start: int, said: Connection) -> None:
    """Decide until the five hundredth, and say of each decision that it was stored; made to be killed."""
    with Store.open(path) as store:
        for turn in range(start, 500):
            store.add_suggestion(suggestion(f"s{turn}", base_source=f"x = {turn}\n" * (turn % 200)))
            store.decide(decision(f"d{turn}", f"s{turn}", comment="because " * (turn % 50)))
            said.send(f"d{turn}")
