"""The figures of README.md's performance table: `make bench`.

Each case runs in a process of its own, RUNS times; medians are printed. nbdime runs beside it in the same run
where it is installed (`pip install nbdime`); a peer that takes longer than PATIENCE seconds is stopped and
said so. """

import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import PySide6

from tests.bench.big_notebooks import many_bytes, many_cells

RUNS = 5
PATIENCE = 60.0
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def child(*arguments: str) -> str:
    """Run Python with the project importable; its standard output."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def wall(*command: str) -> float | None:
    """Median wall time of a whole process, milliseconds; None when it outlasts PATIENCE."""
    times = []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(RUNS):
        start = time.perf_counter()
        try:
            subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return None
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def open_case(base: Path, head: Path) -> dict[str, float]:
    """Median of each figure of one case."""
    runs = [json.loads(child(str(HERE / "open_case.py"), str(base), str(head))) for _ in range(RUNS)]
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def machine() -> str:
    """What this was measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, offscreen"
    )


def main() -> None:
    """Measure everything and print the table."""
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def write(stem: str, data: bytes) -> Path:
            path = folder / f"{stem}.ipynb"
            path.write_bytes(data)
            return path

        cases = {
            "5,000 cells": (many_cells(5000, edited=False), many_cells(5000, edited=True)),
            "5,000 cells without ids": (
                many_cells(5000, edited=False, ids=False),
                many_cells(5000, edited=True, ids=False),
            ),
            "50 MB of pictures, 200 cells": (many_bytes(50, edited=False), many_bytes(50, edited=True)),
        }
        for title, (base, head) in cases.items():
            found = open_case(write("base", base), write("head", head))
            rows += [
                (f"{title} ({found['megabytes']:.1f} MB): read one side", f"{found['read']:.0f} ms"),
                (f"{title}: diff against an edited copy", f"{found['diff']:.0f} ms"),
                (f"{title}: first paint after the diff", f"{found['paint']:.0f} ms"),
                (
                    f"{title}: **from the files read to the first paint**",
                    f"**{found['diff'] + found['paint']:.0f} ms**",
                ),
                (
                    f"{title}: a frame while scrolling from end to end, median / worst",
                    f"{found['frame_median']:.0f} / {found['frame_worst']:.0f} ms",
                ),
                (
                    f"{title}: resident memory, empty canvas → both sides shown and scrolled",
                    f"{found['memory_start']:.0f} → {found['memory']:.0f} MiB",
                ),
            ]
        starts = [float(child(str(HERE / "start_case.py"), str(time.time()))) for _ in range(RUNS)]
        rows.append(("window: process start to first paint", f"{statistics.median(starts):.0f} ms"))
        small = [str(write(f"small-{edited}", many_cells(100, edited=edited))) for edited in (False, True)]
        bare = [
            str(write(f"bare-{edited}", many_cells(200, edited=edited, ids=False)))
            for edited in (False, True)
        ]
        for title, pair in (("100 cells", small), ("200 cells without ids", bare)):
            ours = wall(sys.executable, "-m", "nbreview", "diff", *pair)
            assert ours is not None
            text = f"{ours:.0f} ms"
            if importlib.util.find_spec("nbdime"):
                theirs = wall(sys.executable, "-m", "nbdime", "diff", *pair)
                text += (
                    f"; nbdime {theirs:.0f} ms ({theirs / ours:.1f}×)"
                    if theirs is not None
                    else f"; nbdime over {PATIENCE:.0f} s"
                )
            rows.append((f"`nbreview diff` as a whole process, {title}", text))
    print(f"Median of {RUNS} runs on {machine()}.\n\n| what | measured |\n| --- | --- |")
    for row in rows:
        print(f"| {row[0]} | {row[1]} |")


if __name__ == "__main__":
    main()
