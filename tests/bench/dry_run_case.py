"""One benchmark case in a process of its own: dry runs on a kernel that holds a gigabyte. Prints JSON.

Usage: dry_run_case.py FOLDER — starts a kernel there, fills it (numpy, pandas and torch where they are
installed), then dry-runs light cells. Times are milliseconds; "refused" is how many gave no verdict.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from nbreview.kernel.dryrun import containment_level, dry_run
from nbreview.kernel.model import OutcomeStatus, Step
from nbreview.kernel.session import KernelSession

FILL = """
import importlib.util
import numpy as np
import pandas as pd
if importlib.util.find_spec("torch"):
    import torch
blocks = [np.random.default_rng(n).random(8_000_000) for n in range(14)]
words = [str(n) for n in range(1_000_000)]
frame = pd.DataFrame({"a": range(1000), "b": [str(n) for n in range(1000)]})
"""
LIGHT = (
    "frame.describe()",
    "frame['c']",
    "frame.groupby('b')['a'].sum().head()",
    "blocks[0][:100].reshape(7, 9)",
    "sum(range(1000))",
    "np.concatenate([blocks[0][:10], blocks[1][:10]])",
)
TURNS = 4


def main() -> None:
    """Run the case."""
    session = KernelSession.start("python3", Path(sys.argv[1]))
    try:
        filled = session.execute(FILL)
        if filled.status != "ok":
            raise RuntimeError(f"{filled.exception}: {filled.message}")
        level = containment_level(session).level
        times, refused = [], 0
        for _ in range(TURNS):
            for source in LIGHT:
                start = time.perf_counter()
                outcome = dry_run(session, Step(source))
                times.append((time.perf_counter() - start) * 1000)
                refused += outcome.status is OutcomeStatus.NO_VERDICT
        status = Path(f"/proc/{session.pid}/status").read_text()
        resident = next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS"))
    finally:
        session.shutdown()
    print(
        json.dumps(
            {
                "dry_run_median": statistics.median(times),
                "dry_run_worst": max(times),
                "refused": refused,
                "contained": int(level == "namespaces"),
                "kernel_megabytes": resident / 1000,
            }
        )
    )


if __name__ == "__main__":
    main()
