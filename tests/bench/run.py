"""Figures of README.md's performance table: `make bench`; `python -m tests.bench.run diff` for one group.

Each case runs in a process of its own, several times; medians are printed. nbdime runs beside it in the same
run where it is installed (`pip install nbdime`), once a case; past the patience it is ended, and the table
says so. ALIGNMENT=DIR names a folder of labelled pairs (the format of `nbreview evaluate alignment`).
"""

import argparse
import importlib.metadata
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.alignment_cases import alignment_rows
from tests.bench.crash_notebooks_cases import crash_notebook_rows, shown_rows
from tests.bench.diff_cases import diff_rows
from tests.bench.dry_run_cases import dry_run_rows
from tests.bench.leaks_cases import leak_rows
from tests.bench.measure import Row, Settings, machine
from tests.bench.model_cases import model_rows
from tests.bench.retrieval_cases import retrieval_rows
from tests.bench.snapshot_case import snapshot_rows
from tests.bench.window_cases import window_rows

GROUPS: dict[str, Callable[[Path, Settings], list[Row]]] = {
    "window": window_rows,
    "leaks": leak_rows,
    "diff": diff_rows,
    "snapshot": snapshot_rows,
    "dry-run": dry_run_rows,
    "notebooks": crash_notebook_rows,
    "outputs": shown_rows,
    "retrieval": retrieval_rows,
    "model": model_rows,
}

PEERS = {"model": "llama-bench"}
"""What stands beside ours, where it is not nbdime."""


def main(arguments: Sequence[str]) -> None:
    """Measure what was asked for and print it as tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run")
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, "alignment", []], help="all by default")
    parser.add_argument("--runs", type=int, default=5, help="runs of each case of ours (default: 5)")
    parser.add_argument("--patience", type=float, default=120, help="seconds before nbdime is ended (120)")
    parser.add_argument("--no-peer", action="store_true", help="leave nbdime out")
    asked = parser.parse_args(arguments)
    beside = importlib.util.find_spec("nbdime") is not None and not asked.no_peer
    settings = Settings(asked.runs, asked.patience if beside else None)
    data = os.environ.get("ALIGNMENT", "")
    groups = asked.groups or [*GROUPS, *(["alignment"] if data else [])]
    print(
        f"Median of {settings.runs} runs on {machine()}, PySide6 {_version('PySide6-Essentials')} offscreen."
    )
    if beside:
        print(f"nbdime {_version('nbdime')} in the same run, once a case, ended after {asked.patience:g} s.")
    for group in groups:
        if group == "alignment":
            if not data:
                parser.error("alignment needs a folder of labelled pairs: ALIGNMENT=DIR")
            rows = alignment_rows(data, settings)
        else:
            with tempfile.TemporaryDirectory() as folder:
                rows = GROUPS[group](Path(folder), settings)
        print(f"\n{_table(rows, PEERS.get(group, 'nbdime'))}", flush=True)


def _table(rows: Sequence[Row], peer: str) -> str:
    """Markdown; a column that nobody filled is left out."""
    texts = [("what", "nbreview", peer, "asked for")]
    texts += [(row.what, row.ours, row.peer, row.reach) for row in rows]
    kept = [place for place in range(4) if any(text[place] for text in texts[1:])]
    lines = ["| " + " | ".join(text[place] for place in kept) + " |" for text in texts]
    lines.insert(1, "|" + " --- |" * len(kept))
    return "\n".join(lines)


def _version(package: str) -> str:
    return importlib.metadata.version(package)


if __name__ == "__main__":
    main(sys.argv[1:])
