"""One notebook of the corpus: run up to its target, judged by each rung, then really run for its label.

Imports `checks`, `kernel` and below.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbreview.checks.causes import classify
from nbreview.checks.environment import Environment
from nbreview.checks.runner import run_checks
from nbreview.errors import UserError
from nbreview.kernel.dryrun import dry_run
from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RunLimits, Step
from nbreview.kernel.session import KernelSession
from nbreview.kernel.snapshot import take_snapshot
from nbreview.kernel.standin import StandInServer
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Verdict
from tests.bench.crash_notebooks.pair import Version, notebook_bytes
from tests.bench.crash_notebooks.traces import (
    KERNEL_STATE,
    Listener,
    differences,
    files_below,
    shared_memory_of,
)

_LABEL = """
import sys
shell = user_ns["get_ipython"]()
error, line = sys.last_value, None
count = shell.execution_count - 1
own = {name for name, number in shell.compile._filename_map.items() if number == count}
trace = error.__traceback__
while trace is not None:
    if trace.tb_frame.f_code.co_filename in own:
        line = trace.tb_lineno - 1
    trace = trace.tb_next
if isinstance(error, SyntaxError) and error.filename in own:
    line = (error.lineno or 1) - 1
line
"""
_CRASH, _NO_CRASH, _NONE = "crash", "no crash", "no verdict"
_SAID = {OutcomeStatus.RAISED: _CRASH, OutcomeStatus.FINISHED: _NO_CRASH, OutcomeStatus.NO_VERDICT: _NONE}


@dataclass(frozen=True, slots=True)
class Others:
    """What the rungs need that a dry run is compared with: libraries imported, and their signatures."""

    stand_ins: StandInServer
    environment: Environment


@dataclass(slots=True)
class Scored:
    """What was found on one version. `rungs` maps the rungs that were asked for comparison to what they
    said: "crash", "no crash" or "no verdict". `traces` names what a dry run left behind, `others_traces`
    what a snapshot or a stand-in run did."""

    name: str
    crash_type: str
    library: str
    injected: bool
    unknowable: str
    label: str = ""
    exception: str = ""
    message: str = ""
    line: int | None = None
    said: str = ""
    said_exception: str = ""
    said_line: int | None = None
    said_type: str = ""
    reason: str = ""
    seconds: float = 0.0
    before_seconds: float = 0.0
    target_seconds: float = 0.0
    traces: list[str] = field(default_factory=list)
    others_traces: list[str] = field(default_factory=list)
    rungs: dict[str, str] = field(default_factory=dict)
    rung_exceptions: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def right(self) -> bool:
        """Whether the dry run said how the cell really ends; where that cannot be known, that it said so, or
        said it right and what limits it."""
        if self.unknowable:
            return self.said == _NONE or (self.said == self.label and self.reason != "")
        return self.said == self.label


def score(
    version: Version,
    folder: Path,
    watched: Sequence[Path],
    listener: Listener,
    others: Others | None,
    limits: RunLimits | None = None,
) -> Scored:
    """Run a version's cells in a kernel of its own, judge its target, run it, and compare.

    Parameters
    ----------
    folder:
        An empty folder, the kernel's working folder.
    watched:
        Folders besides that in which a trace would be seen.
    listener:
        Where the network's callers are counted.
    others:
        The static rung and the stand-in run, asked the same; None leaves them out.
    """
    pair = version.pair
    found = Scored(version.name, str(pair.crash_type), pair.library, version.injected, pair.unknowable)
    places = (folder, *watched)
    with KernelSession.start("python3", folder) as kernel:
        for number, source in enumerate(version.before):
            done = kernel.execute(source, timeout=60)
            found.before_seconds += done.seconds
            if done.status != "ok":
                found.problem = f"cell {number + 1} before the target: {done.exception}: {done.message}"
                return found
        first = _state(kernel)
        before, files, heard = _state(kernel), files_below(*places), listener.heard
        shared = shared_memory_of(kernel.pid)
        unsteady = set(differences(first, before))
        outcome = dry_run(kernel, Step(version.target), limits)
        after = _state(kernel)
        found.traces = [
            f"{key}: {before.get(key)} -> {after.get(key)}"
            for key in differences(before, after)
            if key not in unsteady
        ]
        found.traces += differences(files, files_below(*places))
        found.traces += differences(shared, shared_memory_of(kernel.pid))
        found.traces += ["network"] * (listener.heard - heard)
        _told(found, outcome, version)
        if others is not None:
            try:
                _compare(found, version, folder, kernel, others)
            except UserError as error:
                found.problem = error.message
            found.others_traces = [key for key in differences(after, _state(kernel)) if key not in unsteady]
            found.others_traces += differences(files, files_below(*places))
        done = kernel.execute(version.target, timeout=60)
        found.target_seconds = done.seconds
        found.label = {"ok": _NO_CRASH, "error": _CRASH}.get(done.status, "")
        found.exception, found.message = done.exception, done.message[:300]
        if found.label == _CRASH:
            found.line = kernel.evaluate(_LABEL, subshell=False)
        elif not found.label:
            found.problem = f"the target: {done.status}"
    return found


def _state(kernel: KernelSession) -> dict[str, str]:
    told = kernel.evaluate(KERNEL_STATE, timeout=60, subshell=False)
    assert isinstance(told, dict)
    return told


def _told(found: Scored, outcome: Outcome, version: Version) -> None:
    found.said, found.seconds, found.reason = _SAID[outcome.status], outcome.seconds, outcome.reason
    if outcome.status is OutcomeStatus.RAISED:
        found.said_exception, found.said_line = outcome.exception, outcome.line
        cause = classify(outcome.exception, outcome.message, outcome.library, version.target)
        found.said_type = str(cause.crash_type or "")


def _compare(found: Scored, version: Version, folder: Path, kernel: KernelSession, others: Others) -> None:
    """What the static rung and the stand-in run say, the latter with and without a snapshot."""
    steps = tuple(Step(version.cells[place], place) for place in version.ran)
    program = Program(steps, Step(version.target, len(version.cells) - 1), None, folder)
    notebook = read_bytes(notebook_bytes(version), version.name)
    certain = [
        finding
        for finding in run_checks(notebook, None, others.environment, folder)
        if finding.cell_index == len(notebook.cells) - 1
        and finding.verdict is Verdict.CRASH
        and finding.evidence is Evidence.CERTAIN
    ]
    found.rungs["static"] = _CRASH if certain else _NO_CRASH
    found.rung_exceptions["static"] = certain[0].exception if certain else ""
    snapshot = take_snapshot(kernel, version.target)
    for name, one in (
        ("stand-in, snapshot", Program(steps, program.target, snapshot, folder)),
        ("stand-in, code only", program),
    ):
        outcome = others.stand_ins.run(one)
        found.rungs[name] = _SAID[outcome.status]
        found.rung_exceptions[name] = outcome.exception


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    """The figures of the whole, as JSON.

    Accuracy counts "no verdict" as wrong, both where the cell crashes and where it does not. Versions whose
    end cannot be known from a fork are left out of it and counted apart.
    """
    known = [one for one in scored if not one.unknowable and one.label]
    crashes = [one for one in known if one.label == _CRASH]
    seen = [one for one in crashes if one.said == _CRASH]
    times = [one.seconds for one in scored if one.seconds]
    return {
        "notebooks": len(known),
        "crashes": len(crashes),
        "accuracy": _share(one.right for one in known),
        "false_alarms": [one.name for one in known if one.said == _CRASH and one.label == _NO_CRASH],
        "misses": [one.name for one in crashes if one.said == _NO_CRASH],
        "no_verdict": {one.name: one.reason for one in known if one.said == _NONE},
        "right_exception": _share(one.said_exception == one.exception for one in seen),
        "right_line": _share(one.said_line == one.line for one in seen),
        "right_type": _share(one.said_type == one.crash_type for one in seen),
        "traces": {one.name: one.traces for one in scored if one.traces},
        "others_traces": {one.name: one.others_traces for one in scored if one.others_traces},
        "median_seconds": statistics.median(times) if times else 0.0,
        "worst_seconds": max(times, default=0.0),
        "beyond": _groups((one for one in scored if one.unknowable), lambda one: one.unknowable),
        "unlike_injected": [one.name for one in scored if (one.label == _CRASH) is not one.injected],
        "problems": {one.name: one.problem for one in scored if one.problem},
        "by_crash_type": _groups(known, lambda one: one.crash_type),
        "by_library": _groups(known, lambda one: one.library or "the notebook's own"),
        "rungs": {name: _rung(known, name) for name in next((one.rungs for one in known if one.rungs), {})},
    }


def _groups(scored: Iterable[Scored], key: Any) -> dict[str, list[int]]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[key(one)].append(one)
    return {name: [sum(one.right for one in group), len(group)] for name, group in sorted(groups.items())}


def _rung(known: Sequence[Scored], name: str) -> dict[str, Any]:
    asked = [one for one in known if name in one.rungs]
    hits = [one for one in asked if one.rungs[name] == _CRASH and one.label == _CRASH]
    return {
        "accuracy": _share((one.rungs[name] == _CRASH) == (one.label == _CRASH) for one in asked),
        "false_alarms": [one.name for one in asked if one.rungs[name] == _CRASH and one.label == _NO_CRASH],
        "hits": len(hits),
        "right_exception": _share(one.rung_exceptions[name] == one.exception for one in hits),
        "no_verdict": sum(one.rungs[name] == _NONE for one in asked),
    }


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
