"""Does the target cell crash, judged by running it on stand-ins (rung 4 of the ladder).

Imports `model`, `access`, `environments` and below. The run itself happens in a child process of
the notebook's environment (`standin_child` and its neighbours, run by path and never imported here).

An exception counts when two worlds, invented with different seeds, raise it at the same line with the same
numbers in its message. What runs out of time is tried once more with loops bounded to a few turns. Every
world is a contained process of its own (see `access` and `standin_kept`); where nothing can hold it, nothing
runs.
"""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.access import CONTAINED, Access
from nbreview.kernel.environments import INTERPRETER_SWITCHES, is_interpreter
from nbreview.kernel.model import Outcome, Program, RunLimits, no_verdict
from nbreview.kernel.standin_outcomes import naming_outputs, raised, same, unconfirmed, unraised
from nbreview.words import said

CHILD = Path(__file__).with_name("standin_child.py")
HEAVY = (
    "numpy", "scipy.stats", "pandas", "matplotlib.pyplot", "sklearn.base", "sklearn.ensemble",
    "sklearn.model_selection", "sklearn.linear_model", "sklearn.metrics", "sklearn.preprocessing",
    "seaborn", "statsmodels.api", "torch", "torch._dynamo", "torch.utils.data", "torchvision", "tensorflow",
    "keras", "cv2", "skimage", "xgboost", "lightgbm", "catboost", "plotly.express", "librosa",
    "keras_tuner", "transformers",
)  # fmt: skip
_START_SECONDS = 120.0  # importing TensorFlow on a cold, busy machine
_ANSWER_SECONDS = 10.0  # beyond a run's own time: forking, ending it, a busy machine
_LEAST_SECONDS = 0.5
_WAITING = 2.0  # how much longer than its time of the processor a run may take by the clock, as in the child
_TICK = 0.05
_LIMITS = RunLimits(seconds=40.0)  # two worlds, each tried again with short loops where it does not end


def stand_in_run(
    program: Program,
    python: Path | None = None,
    limits: RunLimits = _LIMITS,
    seeds: tuple[int, ...] = (1, 2),
    cancel: CancelToken | None = None,
    access: Access = CONTAINED,
) -> Outcome:
    """Run the target of `program` on stand-ins in a child process of its own.

    Parameters
    ----------
    python:
        The interpreter of the notebook's environment; None for this program's own.
    limits:
        `seconds` is the time of the processor of all worlds together, without the imports; by the clock they
        may take twice that. So a busy machine finds what an idle one does.
    seeds:
        One world a seed. An exception counts when it is raised in all of them.
    access:
        What may hold the run; where nothing of it can be had, there is no verdict.

    Raises `UserError` when the interpreter cannot be started, `Cancelled` when asked to stop.
    """
    with StandInServer(python, preload=imported_by(program)) as server:
        return server.run(program, limits, seeds, cancel, access)


class StandInServer:
    """A child process with the heavy libraries imported, which forks one process a run.

    For many runs in one environment: the libraries are imported once.

    Parameters
    ----------
    python:
        The interpreter of the notebooks' environment; None for this program's own.
    preload:
        The modules to import before the first run; None: of `HEAVY` what each program imports, before it runs
        for the first time.
    """

    def __init__(self, python: Path | None = None, preload: Sequence[str] | None = None) -> None:
        self._python = python or Path(sys.executable)
        self._preload = None if preload is None else tuple(preload)
        self._imported: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = threading.Lock()
        self._count = 0
        self._received = bytearray()
        self._told: Mapping[str, Any] = {}  # what the last run took from saved outputs

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def start(self, cancel: CancelToken | None = None) -> None:
        """Import the libraries now, and not with the first run. Raises as `run` does."""
        self._ensure(cancel)

    @property
    def pid(self) -> int | None:
        """Process number of the child, None where none runs."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """End the child process and everything that it started. From any thread."""
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
        access: Access = CONTAINED,
    ) -> Outcome:
        """What `stand_in_run` gives, in this server's environment. One run at a time; others wait."""
        if not hasattr(os, "fork"):
            return no_verdict(said("This system cannot fork a process, so no stand-in run was made."))
        if cancel is not None:
            cancel.check()
        with self._asking:
            return naming_outputs(self._run(program, limits, seeds, cancel, access), program, self._told)

    def _run(
        self,
        program: Program,
        limits: RunLimits,
        seeds: tuple[int, ...],
        cancel: CancelToken | None,
        access: Access,
    ) -> Outcome:
        self._told = {}
        self._ensure(cancel)
        self._import(imported_by(program) if self._preload is None else (), cancel)
        started = time.monotonic()
        left = limits.seconds
        turns: int | None = None
        found: Mapping[str, Any] = {}
        for number, seed in enumerate(seeds):
            world, first = (seed, number), turns is None and number == 0
            request = _request(program, limits, access, world, turns, bool(found))
            answer = self._ask(request, left * 0.35 if first else left, cancel)
            left -= answer["spent"]
            if answer["status"] == "timeout" and turns is None:
                turns = 2 + number
                request = _request(program, limits, access, world, turns, bool(found))
                answer = self._ask(request, left * 0.7 if first else left, cancel)
                left -= answer["spent"]
            seconds = time.monotonic() - started
            if answer["status"] != "raised":
                if found:
                    return unconfirmed(found, seconds)
                return unraised(answer, turns, seconds)
            if found and not same(found, answer):
                return unconfirmed(found, seconds)
            found = answer if answer.get("mixed") else found or answer  # numbers rather than texts
            if turns is not None:
                turns += 1  # what hangs on how often a loop turned differs between the worlds
        # Whether pictures have colours was invented as well, and that columns of numbers are no texts.
        for asked, other in (("pictures", {"pictures": "L"}), ("types", {"as_text": True})):
            if not found.get(asked):
                continue
            request = _request(program, limits, access, (seeds[0], 0), turns, True)
            answer = self._ask({**request, **other}, max(1.2 * found["spent"], left), cancel)
            left -= answer["spent"]
            if answer["status"] != "raised" or (asked == "types" and answer["line"] != found["line"]):
                return unconfirmed(found, time.monotonic() - started)
        return raised(found, turns, time.monotonic() - started)

    def _ensure(self, cancel: CancelToken | None) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._received.clear()
        if not is_interpreter(self._python):
            raise UserError(
                said(
                    "{python} is no Python interpreter; choose this notebook's environment.",
                    python=self._python,
                )
            )
        try:
            self._process = subprocess.Popen(
                [str(self._python), "-B", "-u", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=_environment(),
                cwd=os.sep,  # never where others may write: an empty entry of PYTHONPATH means this folder
            )
        except OSError as error:
            raise UserError(
                said(
                    "{python} does not start ({reason}); choose this notebook's environment again.",
                    python=self._python,
                    reason=error.strerror,
                )
            ) from error
        self._imported.clear()
        self._import(self._preload or (), cancel, starting=True)

    def _import(self, modules: Sequence[str], cancel: CancelToken | None, starting: bool = False) -> None:
        wanted = [name for name in modules if name not in self._imported]
        if not wanted and not starting:
            return
        answer = self._exchange({"preload": wanted}, _START_SECONDS, cancel)
        self._imported.update(wanted)
        if not answer.get("ready"):
            self.close()
            raise UserError(
                said(
                    "{python} did not get ready for a stand-in run; check that it is Python 3.8 or later.",
                    python=self._python,
                )
            )

    def _ask(
        self, request: Mapping[str, Any], seconds: float, cancel: CancelToken | None
    ) -> Mapping[str, Any]:
        """What one world found, and `spent`, the time of the processor that it took."""
        self._ensure(cancel)
        seconds = max(_LEAST_SECONDS, seconds)
        longest = _WAITING * seconds + _ANSWER_SECONDS
        answer = self._exchange({**request, "seconds": seconds}, longest, cancel)
        if "status" not in answer:
            self.close()
            return {"status": "died", "spent": seconds}
        told = answer.get("shown")
        self._told = told if isinstance(told, dict) else {}
        spent = answer.get("spent")
        return {**answer, "spent": spent if isinstance(spent, float) else seconds}

    def _exchange(
        self, message: Mapping[str, Any], seconds: float, cancel: CancelToken | None
    ) -> Mapping[str, Any]:
        """Send a message and wait for its answer; {} when the child died or said nothing in time.

        Cancelled, the run is ended and the child kept, unless it is still importing.
        """
        process = self._process
        assert process is not None and process.stdout is not None
        self._count += 1
        number = self._count
        if not _sent(process, {**message, "id": number}):
            return {}
        deadline = time.monotonic() + seconds
        while True:
            if cancel is not None and cancel.cancelled:
                if "preload" in message or not _sent(process, {"stop": number}):
                    self.close()
                cancel.check()
            for answer in self._frames():
                if answer.get("id") == number:
                    return answer  # others are of runs that were cancelled
            left = deadline - time.monotonic()
            if left <= 0:
                self.close()
                return {}
            try:
                if not select.select([process.stdout], [], [], min(left, _TICK))[0]:
                    continue
                part = os.read(process.stdout.fileno(), 1 << 16)
            except (OSError, ValueError):  # closed by another thread
                return {}
            if not part:
                return {}
            self._received += part

    def _frames(self) -> Iterator[Mapping[str, Any]]:
        """The whole messages among what was received."""
        while len(self._received) >= 4:
            end = 4 + struct.unpack(">I", self._received[:4])[0]
            if len(self._received) < end:
                return
            data = bytes(self._received[4:end])
            del self._received[:end]
            try:
                answer = json.loads(data)
            except (ValueError, RecursionError):
                continue
            if isinstance(answer, dict):
                yield answer


def _sent(process: "subprocess.Popen[bytes]", message: Mapping[str, Any]) -> bool:
    assert process.stdin is not None
    data = json.dumps(message, default=str).encode("utf-8", "replace")
    try:
        process.stdin.write(struct.pack(">I", len(data)) + data)
        process.stdin.flush()
    except (OSError, ValueError):  # it has ended, or was ended by another thread
        return False
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        process.kill()
    process.wait()


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not _unwanted(key)}
    return {**kept, "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3"}


def _unwanted(name: str) -> bool:
    """Proxies, which a run could not reach, and what makes an interpreter treat libraries differently."""
    return name.lower().endswith("_proxy") or name in INTERPRETER_SWITCHES


def _request(
    program: Program,
    limits: RunLimits,
    access: Access,
    world: tuple[int, int],
    turns: int | None,
    confirming: bool,
) -> dict[str, Any]:
    snapshot = program.snapshot
    return {
        "executed": [step.source for step in program.executed],
        "target": program.target.source,
        "names": dict(snapshot.names) if snapshot is not None else {},
        "libraries": dict(snapshot.libraries) if snapshot is not None else {},
        "shown": [
            {
                "step": one.step,
                "statement": one.statement,
                "name": one.name,
                "description": dict(one.description),
                "told_by": list(one.told_by),
            }
            for one in (program.shown if snapshot is None else ())
        ],
        "seed": world[0],
        "world": world[1],
        "turns": turns,
        "confirming": confirming,
        "folder": str(program.folder.absolute()) if program.folder is not None else "",
        "levels": [str(level) for level in access.levels],
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
