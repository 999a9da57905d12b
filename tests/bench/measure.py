"""How the benchmarks measure: children with a memory of their own, a peer that may be ended."""

import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "QT_QPA_PLATFORM": "offscreen",
    # As a program that has been installed: its bytecode is there, and is not made at every start.
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "nbreview-bench-bytecode"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How often ours is run (the median counts); after how many seconds a peer is ended (None: no peer)."""

    runs: int
    patience: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, our figure, the peer's, and what was asked for."""

    what: str
    ours: str
    peer: str = ""
    reach: str = ""


def child(*arguments: str) -> str:
    """Run Python with the project importable; its standard output."""
    done = subprocess.run(
        [sys.executable, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{arguments} failed:\n{done.stderr}")
    return done.stdout


def medians(settings: Settings, *arguments: str) -> dict[str, Any]:
    """Median of each figure that a case prints."""
    runs = [json.loads(child(*arguments)) for _ in range(settings.runs)]
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def peer(settings: Settings, *arguments: str) -> dict[str, Any] | None:
    """The figures of one run of the peer; None when it outlasts the patience and is ended."""
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=settings.patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise RuntimeError(f"{arguments} failed:\n{done.stderr}")
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def wall(settings: Settings, *command: str) -> float | None:
    """Median wall time of a whole process, milliseconds; None when it outlasts the patience."""
    times = []
    for _ in range(settings.runs):
        start = time.perf_counter()
        try:
            subprocess.run(
                command, env=ENVIRONMENT, capture_output=True, timeout=settings.patience, check=False
            )
        except subprocess.TimeoutExpired:
            return None
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def against(ours: float, theirs: float | None, settings: Settings) -> str:
    """The peer's time and how many times ours it is; times in milliseconds."""
    if settings.patience is None:
        return ""
    if theirs is None:
        return f"over {settings.patience:g} s (over {settings.patience * 1000 / ours:,.0f}×)"
    return f"{milliseconds(theirs)} ({theirs / ours:,.1f}×)"


def milliseconds(value: float) -> str:
    """A time in the unit that reads best."""
    return (
        f"{value:.1f} ms" if value < 20 else f"{value:.0f} ms" if value < 10_000 else f"{value / 1000:.1f} s"
    )


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """How a cost grows with the size, as a power (1 linear, 2 quadratic): the slope of the logarithms."""
    return statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, costs)]).slope


def memory() -> float:
    """Peak resident memory of this process so far, MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux hands the parent's peak on to getrusage of the child; VmHWM begins anew with the program.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def machine() -> str:
    """What this was measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
