"""A snapshot of a kernel that holds 200 names over 1 GB, as the ladder takes it. Prints one JSON object.

Usage: snapshot_case.py [RUNS]. Of each run the wall time of `take_snapshot` (milliseconds), of which so
much in the kernel (`processor`: of its processor's time, which other programs do not lengthen); the size of
what is known as JSON (bytes); how many names are described; `all_names` is the time of the variables
panel's snapshot, which counts histograms too. `first` is the first snapshot, which starts a subshell and
compiles the probe. Needs the libraries of the `scoring` extra.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.kernel.session import KernelSession
from nbreview.kernel.snapshot import take_snapshot
from tests.bench.measure import Row, Settings, child, milliseconds

NAMES = 200
CLOCK = "__import__('time').process_time()"
SETUP = """
import numpy as np, pandas as pd, torch
generator = np.random.default_rng(1)
for number in range(70):
    globals()[f"array_{number}"] = generator.random((512, 1024))
for number in range(10):
    globals()[f"labels_{number}"] = generator.integers(0, 10, 60_000)
for number in range(15):
    globals()[f"images_{number}"] = generator.integers(0, 255, (4_000, 64, 64, 3), dtype="uint8")
for number in range(20):
    rows = 100_000 if number % 4 == 0 else 20_000
    frame = pd.DataFrame(generator.random((rows, 8)), columns=list("abcdefgh"))
    frame["kind"] = generator.choice(["red", "green", "blue"], rows)
    frame["count"] = generator.integers(0, 1000, rows)
    frame["when"] = pd.date_range("2020", periods=rows, freq="min")
    globals()[f"frame_{number}"] = frame
for number in range(20):
    globals()[f"column_{number}"] = pd.Series(generator.random(50_000))
for number in range(25):
    globals()[f"tensor_{number}"] = torch.from_numpy(generator.random((1024, 512)).astype("float32"))
for number in range(20):
    globals()[f"list_{number}"] = list(range(10_000))
for number in range(10):
    globals()[f"table_{number}"] = {f"key {key}": [1.0, 2.0] for key in range(50)}
for number in range(10):
    globals()[f"value_{number}"] = number
"""
GROUPS = {
    "array": 70, "labels": 10, "images": 15, "frame": 20, "column": 20, "tensor": 25, "list": 20, "table": 10,
    "value": 10,
}  # fmt: skip


def measure(runs: int) -> dict[str, float]:
    """The figures of one kernel."""
    names = [f"{group}_{number}" for group, count in GROUPS.items() for number in range(count)]
    assert len(names) == NAMES
    with (
        tempfile.TemporaryDirectory() as folder,
        KernelSession.start("python3", Path(folder)) as kernel,
    ):
        done = kernel.execute(SETUP, None, CancelToken(), timeout=300)
        if done.status != "ok":
            raise RuntimeError(done.message)
        target = "print(" + ", ".join(names) + ")"
        times, inside, everything, busy = [], [], [], []
        for _ in range(runs + 1):
            before = kernel.evaluate(CLOCK)
            started = time.perf_counter()
            snapshot = take_snapshot(kernel, target)
            times.append((time.perf_counter() - started) * 1000)
            busy.append((kernel.evaluate(CLOCK) - before) * 1000)
            inside.append(snapshot.seconds * 1000)
            started = time.perf_counter()
            take_snapshot(kernel, "")
            everything.append((time.perf_counter() - started) * 1000)
    return {
        "first": times[0],
        "snapshot": statistics.median(times[1:]),
        "kernel": statistics.median(inside[1:]),
        "processor": statistics.median(busy[1:]),
        "all_names": statistics.median(everything[1:]),
        "bytes": len(json.dumps(dict(snapshot.names))),
        "names": len(snapshot.names),
        "left_out": len(snapshot.left_out),
    }


def snapshot_rows(_: Path, settings: Settings) -> list[Row]:
    """The figures as rows of the table (`run`)."""
    found = json.loads(child(str(Path(__file__)), str(settings.runs)))
    names = f"{found['names']:.0f} names, 1 GB"
    return [
        Row(f"snapshot of {names}", milliseconds(found["snapshot"]), reach="200 ms"),
        Row(f"size of it ({names})", f"{found['bytes'] / 1e6:.2f} MB", reach="2 MB"),
        Row("all variables with histograms (the same kernel)", milliseconds(found["all_names"])),
    ]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
