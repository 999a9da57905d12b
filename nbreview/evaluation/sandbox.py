"""Runs a program that a model wrote, contained and bounded.

Imports `kernel` and below. The program may read what the person may read; what it writes vanishes, the
network is cut under namespaces (see `kernel.access`). Where nothing can hold it, it does not run.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.access import CONTAINED, Access
from nbreview.kernel.model import RunLimits

_GRACE_SECONDS = 10.0


class Kind(StrEnum):
    """What a program is written in, as the model or the data set says."""

    BASH = "bash"
    PYTHON = "python"


class End(StrEnum):
    """How a program ended. REFUSED and BROKEN: it did not run, which is no fault of it."""

    FINISHED = "finished"
    FAILED = "failed"
    TIME = "time-out"
    MEMORY = "memory"
    PROCESSES = "processes"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Execution:
    """How a program ended: its exit status, what it printed at last, wall time in seconds, and why it did not
    run, where it did not.
    """

    end: End
    code: int | None = None
    output: str = ""
    seconds: float = 0.0
    why: str = ""


def run_contained(
    source: str,
    kind: Kind,
    folder: Path | None,
    limits: RunLimits,
    cancel: CancelToken,
    *,
    python: Path | None = None,
    access: Access = CONTAINED,
) -> Execution:
    """Run a program in a contained child and wait for its end.

    Parameters
    ----------
    folder:
        Working folder, which it sees as it is and cannot change; None for an empty one.
    limits:
        Of time, memory, output and files.
    python:
        Interpreter for Python, and the `python` that a shell script finds; None for this program's own.
    access:
        What may hold it.

    Raises
    ------
    UserError
        There is no bash, or no process could be started.
    Cancelled
        `cancel` was raised; the program has ended.
    """
    cancel.check()
    request = _request(source, kind, folder, limits, python or Path(sys.executable), access)
    try:
        process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-m", "nbreview.evaluation.sandbox_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            start_new_session=True,
        )
    except OSError as error:
        raise UserError(
            f"No process could be started to run a program in ({error.strerror}); end others and try again."
        ) from None
    cancel.on_cancel(process.kill)  # what it started ends with it
    try:
        said, _ = process.communicate(json.dumps(request).encode(), limits.seconds + _GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        said = b""
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
    cancel.check()
    try:
        report = json.loads(said)
    except ValueError:
        report = {"status": "broken", "why": "it gave no report"}
    return _execution(report, limits)


def _request(
    source: str, kind: Kind, folder: Path | None, limits: RunLimits, python: Path, access: Access
) -> dict[str, Any]:
    bash = shutil.which("bash")
    if kind is Kind.BASH and bash is None:
        raise UserError("There is no bash on this system; install it to run shell scripts.")
    return {
        "source": source,
        "name": "program.sh" if kind is Kind.BASH else "program.py",
        "command": [bash] if kind is Kind.BASH else [str(python)],
        "folder": str(folder.resolve()) if folder is not None else "",
        "path": f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "levels": [str(level) for level in access.levels],
        "limits": {
            "seconds": limits.seconds,
            "memory_bytes": limits.memory_bytes,
            "output_characters": limits.output_characters,
            "files_bytes": limits.files_bytes,
        },
    }


def _execution(report: Mapping[str, Any], limits: RunLimits) -> Execution:
    seconds = float(report.get("seconds") or 0.0)
    output = str(report.get("output") or "")[-limits.output_characters :]
    result = report.get("result")
    match report.get("status"):
        case "ended" if isinstance(result, dict) and "code" in result:
            code = int(result["code"])
            return Execution(End.FAILED if code else End.FINISHED, code, output, seconds)
        case "ended" if not isinstance(result, dict):
            return Execution(End.FAILED, report.get("code"), output, seconds)
        case "time" | "memory" | "processes" as bound:
            end = {"time": End.TIME, "memory": End.MEMORY, "processes": End.PROCESSES}[bound]
            return Execution(end, None, output, seconds)
        case "refused":
            facts = report.get("containment")
            notes = facts.get("notes", []) if isinstance(facts, dict) else []
            why = " ".join(["Nothing can hold a program on this system, so none was run.", *map(str, notes)])
            return Execution(End.REFUSED, None, "", seconds, why)
        case _:
            broken = result.get("broken") if isinstance(result, dict) else report.get("why")
            return Execution(End.BROKEN, None, output, seconds, str(broken or "no reason given"))
