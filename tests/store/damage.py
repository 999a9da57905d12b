"""Stores to damage, and ways to do it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from nbreview.review.model import DecisionKind
from nbreview.store import suggestions
from nbreview.store.database import Store
from tests.store.processes import ROOT
from tests.store.samples import decision, suggestion

COUNT = 150


def fill(path: Path, count: int = COUNT) -> None:
    """A store with many suggestions, each with a decision; closed."""
    with Store.open(path) as store, store._writing() as db:
        for number in range(count):
            text = f"value_{number} = {number}\n" + f"print({number})  # {'x' * (number % 40)}\n" * 12
            suggestions.add(db, suggestion(f"s{number:04}", base_source=text, created=1000.0 + number))
            kind = DecisionKind.REJECTED if number % 3 == 0 else DecisionKind.ACCEPTED
            suggestions.add_decision(
                db, decision(f"d{number:04}", f"s{number:04}", kind, comment="because " * (number % 30))
            )


def ids(path: Path) -> tuple[set[str], set[str]]:
    """Ids of the suggestions and of the decisions in a store."""
    raw = sqlite3.connect(path)
    try:
        return tuple(  # type: ignore[return-value]
            {row[0] for row in raw.execute(f"SELECT id FROM {table}")}
            for table in ("suggestions", "decisions")
        )
    finally:
        raw.close()


def leaves(path: Path, table: str) -> list[int]:
    """Numbers of the pages that hold a table's rows."""
    raw = sqlite3.connect(path)
    try:
        sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        return [row[0] for row in raw.execute(sql, [table])]
    finally:
        raw.close()


def inner(path: Path, table: str) -> list[int]:
    """Numbers of the pages on the way to a table's rows."""
    raw = sqlite3.connect(path)
    try:
        sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'internal'"
        return [row[0] for row in raw.execute(sql, [table])]
    finally:
        raw.close()


def overwrite(path: Path, start: int, length: int, seed: int = 1) -> None:
    """Put random bytes into a file."""
    with path.open("r+b") as stream:
        stream.seek(start)
        stream.write(random.Random(seed).randbytes(length))


def overwrite_page(path: Path, page: int, seed: int = 1) -> None:
    """Put random bytes into a page."""
    overwrite(path, (page - 1) * 4096, 4096, seed)


CRASHING = """
import os, signal, sys
from pathlib import Path
from nbreview.store import suggestions
from nbreview.store.database import Store
from tests.store.samples import decision, suggestion
store = Store.open(Path(sys.argv[1]))
for number in range(int(sys.argv[3]), int(sys.argv[2])):
    store.add_suggestion(suggestion(f"s{number:04}", base_source=f"x = {number}\\n" * 9))
    store.decide(decision(f"d{number:04}", f"s{number:04}"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def crash_with_log(path: Path, count: int, first: int = 0) -> None:
    """Fill a store up to `count` in a process that is killed, so that its log stays beside it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", CRASHING, str(path), str(count), str(first)]
    ended = subprocess.run(command, env=environment, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
