"""Does the target cell crash, judged by running it on stand-ins (rung 4 of the ladder).

Imports `kernel.model`, `cancellation` and `errors`. The run itself happens in a child process of the
notebook's environment (`standin_child` and its neighbours, which are run by path and never imported here).

An exception counts when two worlds, invented with different seeds, raise it at the same line with the same
numbers in its message. What runs out of time is tried once more with loops bounded to a few turns.
"""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.model import Frame, Outcome, OutcomeStatus, Program, RunLimits, no_verdict

CHILD = Path(__file__).with_name("standin_child.py")
HEAVY = (
    "numpy", "scipy.stats", "pandas", "matplotlib.pyplot", "sklearn.base", "sklearn.ensemble",
    "sklearn.model_selection", "sklearn.linear_model", "sklearn.metrics", "sklearn.preprocessing",
    "seaborn", "statsmodels.api", "torch", "torch.utils.data", "torchvision", "tensorflow", "keras",
)  # fmt: skip
_START_SECONDS = 120.0  # importing TensorFlow on a cold, busy machine
_LIMITS = RunLimits()


def stand_in_run(
    program: Program,
    python: Path | None = None,
    limits: RunLimits = _LIMITS,
    seeds: tuple[int, ...] = (1, 2),
    cancel: CancelToken | None = None,
) -> Outcome:
    """Run the target of `program` on stand-ins in a child process of its own.

    Parameters
    ----------
    python:
        The interpreter of the notebook's environment; None for this program's own.
    limits:
        `seconds` is the wall time of all worlds together, without the imports.
    seeds:
        One world a seed. An exception counts when it is raised in all of them.

    Raises `UserError` when the interpreter cannot be started, `Cancelled` when asked to stop.
    """
    with StandInServer(python, preload=imported_by(program)) as server:
        return server.run(program, limits, seeds, cancel)


class StandInServer:
    """A child process with the heavy libraries imported, which forks one process a run.

    For many runs in one environment: the libraries are imported once.

    Parameters
    ----------
    python:
        The interpreter of the notebooks' environment; None for this program's own.
    preload:
        The modules to import before the first run.
    """

    def __init__(self, python: Path | None = None, preload: Sequence[str] = HEAVY) -> None:
        self._python = python or Path(sys.executable)
        self._preload = tuple(preload)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def start(self, cancel: CancelToken | None = None) -> None:
        """Import the libraries now, and not with the first run. Raises as `run` does."""
        self._ensure(cancel)

    def close(self) -> None:
        """End the child process and everything that it started."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()

    def run(
        self,
        program: Program,
        limits: RunLimits = _LIMITS,
        seeds: tuple[int, ...] = (1, 2),
        cancel: CancelToken | None = None,
    ) -> Outcome:
        """What `stand_in_run` gives, in this server's environment."""
        self._ensure(cancel)
        started = time.monotonic()
        turns: int | None = None
        found: Mapping[str, Any] = {}
        for number, seed in enumerate(seeds):
            left = limits.seconds - (time.monotonic() - started)
            share = left * 0.35 if turns is None and number == 0 else left
            answer = self._ask(
                _request(program, limits, (seed, number), turns, share, bool(found)), share, cancel
            )
            if answer["status"] == "timeout" and turns is None:
                turns = 2 + number
                left = limits.seconds - (time.monotonic() - started)
                share = left * 0.7 if number == 0 else left
                answer = self._ask(
                    _request(program, limits, (seed, number), turns, share, bool(found)), share, cancel
                )
            seconds = time.monotonic() - started
            if answer["status"] != "raised":
                if found:
                    return _unconfirmed(found, seconds)
                return _unraised(answer, turns, seconds)
            if found and not _same(found, answer):
                return _unconfirmed(found, seconds)
            found = found or answer
            if turns is not None:
                turns += 1  # what hangs on how often a loop turned differs between the worlds
        return _raised(found, turns, time.monotonic() - started)

    def _ensure(self, cancel: CancelToken | None) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        try:
            self._process = subprocess.Popen(
                [str(self._python), "-B", "-u", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=_environment(),
            )
        except OSError as error:
            raise UserError(
                f"{self._python} does not start ({error.strerror}); choose this notebook's environment again."
            ) from error
        answer = self._exchange({"preload": list(self._preload)}, _START_SECONDS, cancel)
        if not answer.get("ready"):
            self.close()
            raise UserError(
                f"{self._python} did not get ready for a stand-in run; check that it is Python 3.8 or later."
            )

    def _ask(
        self, request: Mapping[str, Any], seconds: float, cancel: CancelToken | None
    ) -> Mapping[str, Any]:
        self._ensure(cancel)
        answer = self._exchange(request, seconds + 5.0, cancel)
        if "status" not in answer:
            self.close()
            return {"status": "died"}
        return answer

    def _exchange(
        self, message: Mapping[str, Any], seconds: float, cancel: CancelToken | None
    ) -> Mapping[str, Any]:
        """Send a message and wait for its answer; {} when the child died or said nothing in time."""
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        data = json.dumps(message, default=str).encode("utf-8", "replace")
        try:
            process.stdin.write(struct.pack(">I", len(data)) + data)
            process.stdin.flush()
        except OSError:
            return {}
        deadline = time.monotonic() + seconds
        received = b""
        while True:
            if cancel is not None and cancel.cancelled:
                self.close()
                cancel.check()
            left = deadline - time.monotonic()
            if left <= 0:
                self.close()
                return {}
            if not select.select([process.stdout], [], [], min(left, 0.05))[0]:
                continue
            part = os.read(process.stdout.fileno(), 1 << 16)
            if not part:
                return {}
            received += part
            if len(received) >= 4 and len(received) >= 4 + struct.unpack(">I", received[:4])[0]:
                answer = json.loads(received[4:])
                return answer if isinstance(answer, dict) else {}


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        process.kill()
    process.wait()


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    return {**kept, "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3"}


def _request(
    program: Program,
    limits: RunLimits,
    world: tuple[int, int],
    turns: int | None,
    seconds: float,
    confirming: bool,
) -> dict[str, Any]:
    snapshot = program.snapshot
    return {
        "executed": [step.source for step in program.executed],
        "target": program.target.source,
        "names": dict(snapshot.names) if snapshot is not None else {},
        "seed": world[0],
        "world": world[1],
        "turns": turns,
        "confirming": confirming,
        "seconds": max(0.5, seconds),
        "limits": {
            "memory_bytes": limits.memory_bytes,
            "files_bytes": limits.files_bytes,
            "output_characters": limits.output_characters,
        },
    }


def imported_by(program: Program) -> tuple[str, ...]:
    """The heavy libraries that the cells import, so that both worlds share one import."""
    packages: set[str] = set()
    for step in (*program.executed, program.target):
        for line in step.source.splitlines():
            words = line.split()
            if len(words) > 1 and words[0] in ("import", "from"):
                packages.update(word.split(".")[0].strip(",") for word in words[1:])
    return tuple(name for name in HEAVY if name.split(".")[0] in packages)


def _same(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    keys = ("exception", "line", "comparable")
    return all(first.get(key) == second.get(key) for key in keys)


def _unconfirmed(found: Mapping[str, Any], seconds: float) -> Outcome:
    return Outcome(
        OutcomeStatus.FINISHED,
        reason=f"No crash found: {found.get('exception')} was raised on one set of invented values only.",
        output=str(found.get("output", "")),
        seconds=seconds,
    )


def _unraised(answer: Mapping[str, Any], turns: int | None, seconds: float) -> Outcome:
    notes = "\n".join(str(note) for note in answer.get("notes") or ())
    output = str(answer.get("output", "")) + ("\n[notes]\n" + notes if notes else "")
    match answer["status"]:
        case "finished":
            ran, passed = int(answer.get("statements", 0)), int(answer.get("passed_over", 0))
            reason = f"No crash found: {ran} statements ran"
            reason += f", {passed} inside them were passed over for want of known values" if passed else ""
            reason += ", loops were cut short" if turns is not None else ""
            return Outcome(OutcomeStatus.FINISHED, reason=reason + ".", output=output, seconds=seconds)
        case "timeout":
            return no_verdict("The target did not end in the time that it was given.", seconds)
        case "died":
            return no_verdict("The process of the stand-in run ended before the target did.", seconds)
        case _:
            return no_verdict(f"The stand-in run failed: {answer.get('reason', '')}", seconds)


def _raised(answer: Mapping[str, Any], turns: int | None, seconds: float) -> Outcome:
    return Outcome(
        OutcomeStatus.RAISED,
        exception=str(answer["exception"]),
        message=str(answer["message"]),
        reason="Loops were cut short." if turns is not None else "",
        line=answer.get("line"),
        library=str(answer.get("library", "")),
        origin=answer.get("origin"),
        frames=tuple(
            Frame(str(frame["file"]), int(frame["line"]), str(frame["function"]), str(frame["text"]))
            for frame in answer.get("frames") or ()
        ),
        output=str(answer.get("output", "")),
        seconds=seconds,
    )
