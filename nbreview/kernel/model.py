"""What is known of a live kernel and of a run, as frozen values.

Imports only floors below. Times are seconds, sizes are bytes, lines and cells count from 0.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from nbreview.words import Said, said


class KernelState(StrEnum):
    """What a kernel is doing."""

    NONE = "none"
    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a name was bound last: the step of the run (the notebook's cell index where it is known) and the
    line in it.
    """

    cell: int
    line: int


@dataclass(frozen=True, slots=True)
class RuntimeSnapshot:
    """What lives in a kernel: one description a name.

    A description is plain data (JSON types, tuples as lists) with the fields that CRANE-LLM (arXiv
    2602.18537) publishes under the names that it uses, and ours beside them; `snapshot` documents each.
    `libraries` maps the top-level packages in use to their versions. `left_out` says, for each name that
    could not be described, why. `cut` is true where a bound on time or size was met.
    """

    names: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    execution_count: int = 0
    cut: bool = False
    seconds: float = 0.0

    @property
    def digest(self) -> str:
        """SHA-256 of what the snapshot says of the names: equal states have equal digests."""
        value = json.dumps([self.names, self.libraries], sort_keys=True, default=str)
        return hashlib.sha256(value.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """One cell's source as it ran, or is to run. `cell_index` is None outside a notebook."""

    source: str
    cell_index: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What saved outputs say of a name from one statement on, until the next that changes it.

    `step` is the index in `Program.executed` of the cell, `statement` the place among its top-level
    statements, behind which the name has that value. `description` is laid out as in a snapshot, with what is
    not known left out (a size in `shape` is None). `told_by` are the steps whose outputs say so.
    """

    step: int
    statement: int
    name: str
    description: Mapping[str, Any]
    told_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """What is asked about: the cells executed so far, in the order of execution, and the target cell.

    `folder` is the working folder of the notebook, None where there is none. `shown` is what the saved
    outputs say, for want of a snapshot.
    """

    executed: tuple[Step, ...]
    target: Step
    snapshot: RuntimeSnapshot | None = None
    folder: Path | None = None
    shown: tuple[Shown, ...] = ()


class OutcomeStatus(StrEnum):
    """How a run of the target ended. NO_VERDICT: nothing can be said, and the outcome says why."""

    RAISED = "raised"
    FINISHED = "finished"
    NO_VERDICT = "no verdict"


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a traceback. `file` is "" for the target cell and "cell N" (from 1) for an earlier one."""

    file: str
    line: int
    function: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the target showed.

    `exception` is the class name without its module. `line` is the target's line that raised. `library` is
    the package of the innermost frame outside the notebook, "" when the notebook's own code raised. `origin`
    is the index in `Program.executed` of the step that bound the bad value, where it is known. `reason` says
    in a sentence why there is no verdict, or what limits the outcome. `warnings` counts those shown.
    """

    status: OutcomeStatus
    exception: str = ""
    message: str = ""
    reason: str = ""
    line: int | None = None
    library: str = ""
    origin: int | None = None
    frames: tuple[Frame, ...] = ()
    output: str = ""
    seconds: float = 0.0
    warnings: int = 0


def no_crash(detail: Said) -> Said:
    """The reason of a run that finished; `detail` says how far it got."""
    return said("No crash found: {detail}", detail=detail)


_NO_CRASH = no_crash(Said("", {})).template


def beyond_no_crash(reason: str) -> str:
    """What a reason says besides that no crash was found; "" for nothing."""
    if not isinstance(reason, Said):
        return reason.removeprefix("No crash found").lstrip(": ")
    return cast(Said, reason.values["detail"]) if reason.template == _NO_CRASH else reason


def no_verdict(reason: str, seconds: float = 0.0) -> Outcome:
    """An outcome that says nothing, and why."""
    return Outcome(OutcomeStatus.NO_VERDICT, reason=reason, seconds=seconds)


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What a run of untrusted code may take. Past one of them there is no verdict.

    `seconds` is wall time (of a stand-in run that of the processor), `memory_bytes` is what the child may
    take beyond what it starts with, `output_characters` is what is kept of what it prints, `files_bytes` what
    it may write.
    """

    seconds: float = 20.0
    memory_bytes: int = 4 << 30
    output_characters: int = 20_000
    files_bytes: int = 1 << 30
