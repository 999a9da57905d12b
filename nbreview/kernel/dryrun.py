"""Dry run: one cell in a copy-on-write fork of the live kernel, contained, bounded, and gone afterwards.

Imports `access`, `bundle`, `model` and below; speaks with the kernel through `Evaluator` alone. It is asked
three short questions: fork, and say how to listen; what has the child said so far (again and again); end it.
It never waits for the child, so it stays free and Stop answers within a poll. The fork itself happens in the
kernel's main thread (see `fork_child`), so the kernel must be idle.

Linux. macOS can fork and has no containment (see `containment`): untested there, and refused unless it was
asked for without. Windows cannot fork.
"""

import contextlib
import json
import time
from collections.abc import Mapping
from typing import Any

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.kernel.access import CONTAINED, Access, Containment, ContainmentReport, containment_report
from nbreview.kernel.asking import Evaluator
from nbreview.kernel.bundle import DRY_RUN, bundle, compiled, module_source, packed
from nbreview.kernel.child_words import recognised
from nbreview.kernel.model import Frame, KernelState, Outcome, OutcomeStatus, RunLimits, Step, no_verdict
from nbreview.words import Said, joined, said

_LARGEST_SOURCE = 8 << 20
_ASK_SECONDS = 10.0
_POLL_SECONDS = 0.06
_GRACE_SECONDS = 5.0
_SIGNALS = {
    6: said("abort"),
    7: said("bus error"),
    8: said("arithmetic error"),
    9: said("kill"),
    11: said("segmentation fault"),
    15: said("terminate"),
}

# Runs in the kernel: nothing of it stays there but the listening end of a pipe, until the report is read.
_START = """
def start(options):
    import base64, importlib.util, json, marshal, os, sys, zlib
    if not hasattr(os, "fork"):
        return {"refused": "its system cannot fork"}
    magic, code = options["compiled"]
    readable = magic == importlib.util.MAGIC_NUMBER.hex()
    if not readable and not options["program"]:
        return {"unreadable": True}
    import random
    state = random.getstate()
    listen, report = os.pipe()
    answer, reply = os.pipe()
    asked, question = os.pipe()
    options["parent"] = os.getpid()
    options["map"] = (answer, question) if os.geteuid() == 0 and sys.platform == "linux" else None
    child = os.fork()
    if not child:
        try:
            for end in (listen, reply, asked):
                os.close(end)
            space = {"__name__": "nbreview_dry_run"}
            program = zlib.decompress(base64.b64decode(code if readable else options["program"]))
            if readable:
                program = marshal.loads(program)
            else:
                program = compile(program, "<nbreview dry run>", "exec")
            exec(program, space)
            space["keep"](lambda facts: space["run_target"](facts, options, state), options, report)
        finally:
            os._exit(1)
            os.kill(os.getpid(), 9)  # a cell has put something else in the place of `os._exit`
    for end in (report, answer, question):
        os.close(end)
    if options["map"]:
        map_when_asked(child, asked, reply)
    os.close(reply)
    os.close(asked)
    os.set_blocking(listen, False)
    return {"child": child, "listen": listen}
"""

_POLL = """
def poll(child, listen, seconds):
    import base64, os, select, signal
    select.select([listen], [], [], seconds)
    said, ended = b"", False
    try:
        while not ended and len(said) < 32768:  # pyzmq starts a thread in the kernel to send 64 KiB at once
            piece = os.read(listen, 8192)
            said += piece
            ended = not piece or piece.endswith(b"\\n")
    except BlockingIOError:
        pass
    if ended:
        os.close(listen)
        try:
            os.kill(child, signal.SIGKILL)  # it has said everything
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
    return {"said": base64.b64encode(said).decode(), "ended": ended}
"""

_STOP = """
def stop(child, listen):
    import os, signal, time
    try:
        os.kill(child, signal.SIGTERM)  # it ends what it started
        deadline = time.monotonic() + 2
        while not os.waitpid(child, os.WNOHANG)[0]:
            if time.monotonic() > deadline:  # it does not hear: a hook of the cell's, run at the fork
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                break
            time.sleep(0.002)
    except (ProcessLookupError, ChildProcessError):
        pass
    try:
        os.close(listen)
    except OSError:
        pass
"""


def dry_run(
    kernel: Evaluator,
    target: Step,
    limits: RunLimits | None = None,
    access: Access = CONTAINED,
    cancel: CancelToken | None = None,
) -> Outcome:
    """Run a cell in a fork of the live kernel and say how it ended.

    Parameters
    ----------
    kernel:
        A live, idle kernel.
    target:
        The cell, magics and shell commands included.
    limits:
        Past one of them there is no verdict.
    access:
        What may hold the child; where nothing of it can be had, nothing runs.
    cancel:
        Ends the child at once.

    Returns
    -------
    RAISED and FINISHED only where the cell itself did so; NO_VERDICT with a sentence for everything else. A
    cell that finished with its network cut says so in `reason`. An earlier cell's frame is named "In [N]" by
    its execution count.

    Raises
    ------
    Cancelled
        Stopped on request; the child has ended.
    """
    began = time.monotonic()
    limits = limits or RunLimits()
    if cancel is not None:
        cancel.check()
    if len(target.source) > _LARGEST_SOURCE:
        return no_verdict(said("The cell is too long for a dry run."))
    try:
        report = _report(kernel, target.source, limits, access, cancel)
    except UserError as error:
        return no_verdict(said("No dry run: {reason}", reason=error.message), time.monotonic() - began)
    return _outcome(report, limits, time.monotonic() - began)


def containment_level(kernel: Evaluator, access: Access = CONTAINED) -> ContainmentReport:
    """Which containment a dry run in this kernel has, tried with an empty cell.

    Raises
    ------
    UserError
        The kernel cannot be asked.
    """
    return containment_report(_facts(_report(kernel, "", RunLimits(), access, None)))


def _report(
    kernel: Evaluator, source: str, limits: RunLimits, access: Access, cancel: CancelToken | None
) -> Mapping[str, Any]:
    options = {
        "program": "",
        "compiled": compiled(DRY_RUN),
        "source": source,
        "seconds": limits.seconds,
        "memory_bytes": limits.memory_bytes,
        "output_characters": limits.output_characters,
        "files_bytes": limits.files_bytes,
        "folder": "",
        "levels": [str(level) for level in access.levels],
    }
    started = _started(kernel, options)
    if isinstance(started, dict) and started.get("unreadable"):  # a kernel of another Python
        started = _started(kernel, {**options, "program": packed(bundle(DRY_RUN).encode())})
    if not isinstance(started, dict) or "child" not in started:
        why = started.get("refused") if isinstance(started, dict) else None
        why = recognised(str(why)) if why else said("it gave no answer")
        raise UserError(said("the kernel cannot be copied ({why}); try a stand-in run.", why=why))
    handle = f"{int(started['child'])}, {int(started['listen'])}"
    deadline = time.monotonic() + limits.seconds + _GRACE_SECONDS
    received = bytearray()
    try:
        while True:
            if cancel is not None:
                cancel.check()
            if time.monotonic() > deadline:
                raise UserError(
                    said("the child did not report in time; restart the kernel if it is slow now.")
                )
            try:
                answer = kernel.evaluate(f"{_POLL}\npoll({handle}, {_POLL_SECONDS})", timeout=_ASK_SECONDS)
            except UserError:
                if str(getattr(kernel, "state", "")) != KernelState.BUSY:
                    raise
                time.sleep(_POLL_SECONDS)  # somebody runs a cell, and this kernel has no subshell to ask in
                continue
            received += _decoded(answer)
            if not isinstance(answer, dict) or answer.get("ended"):
                break
    except (Cancelled, UserError):
        with contextlib.suppress(UserError):  # a kernel that is gone took the child with it
            kernel.evaluate(f"{_STOP}\nstop({handle})", timeout=_ASK_SECONDS)
        raise
    try:
        found = json.loads(bytes(received))
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"status": "broken", "why": "it ended without a report"}


def _started(kernel: Evaluator, options: Mapping[str, Any]) -> Any:
    """What the kernel says to a request to fork. The main thread is asked, which forks."""
    sent = f"{module_source('user_map')}{_START}\nimport json\nstart(json.loads({json.dumps(options)!r}))"
    return kernel.evaluate(sent, timeout=_ASK_SECONDS, subshell=False)


def _decoded(answer: Any) -> bytes:
    import base64

    try:
        return base64.b64decode(answer["said"])
    except (TypeError, KeyError, ValueError):
        return b""


def _outcome(report: Mapping[str, Any], limits: RunLimits, seconds: float) -> Outcome:
    result = report.get("result")
    if report.get("status") == "ended" and isinstance(result, dict) and "verdict" in result:
        return _of_result(result, limits, seconds)
    return no_verdict(_why(report, limits), seconds)


def _of_result(result: Mapping[str, Any], limits: RunLimits, seconds: float) -> Outcome:
    verdict = result["verdict"]
    status = {"raised": OutcomeStatus.RAISED, "finished": OutcomeStatus.FINISHED}.get(str(verdict))
    reason = recognised(str(result.get("reason") or ""))
    if status is OutcomeStatus.FINISHED and result.get("network"):
        reason = said("The cell tried the network, which a dry run does not have, and went on without it.")
    line = result.get("line")
    return Outcome(
        status or OutcomeStatus.NO_VERDICT,
        exception=str(result.get("exception") or ""),
        message=str(result.get("message") or ""),
        reason=reason or ("" if status else said("The cell's end cannot be read.")),
        line=line if isinstance(line, int) else None,
        library=str(result.get("library") or ""),
        frames=tuple(_frame(frame) for frame in result.get("frames") or () if isinstance(frame, dict)),
        output=str(result.get("output") or "")[: limits.output_characters],
        seconds=seconds,
        warnings=_count(result.get("warnings")),
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _frame(frame: Mapping[str, Any]) -> Frame:
    line = frame.get("line")
    return Frame(
        str(frame.get("file") or ""),
        line if isinstance(line, int) else 0,
        str(frame.get("function") or ""),
        str(frame.get("text") or ""),
    )


def _why(report: Mapping[str, Any], limits: RunLimits) -> Said:
    """A sentence for a run that gave no result."""
    status = report.get("status")
    if status == "time":
        return said("The cell was still running after {seconds} s.", seconds=f"{limits.seconds:g}")
    if status == "memory":
        return said(
            "The cell took more memory than a dry run may ({size} GiB).",
            size=f"{limits.memory_bytes / 2**30:.1f}",
        )
    if status == "processes":
        return said("The cell started more processes than a dry run may.")
    if status == "refused":
        none = said("Nothing can hold a dry run on this system, so none was made.")
        return joined((none, *containment_report(_facts(report)).notes), " ")
    if status == "ended" and report.get("signal"):
        number = int(report["signal"])
        name = _SIGNALS.get(number, number)
        return said("The cell's process was ended by a signal ({name}).", name=name)
    if status == "ended" and not isinstance(report.get("result"), dict):
        code = report.get("code", 0)
        return said("The cell ended its process (exit status {code}).", code=code)
    result = report.get("result")
    broken = result.get("broken") if isinstance(result, dict) else report.get("why")
    why = recognised(str(broken)) if broken else said("no reason given")
    return said("The dry run itself failed ({why}); the cell may be fine or not.", why=why)


def _facts(report: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = report.get("containment")
    return facts if isinstance(facts, dict) else {}


__all__ = ["CONTAINED", "Access", "Containment", "Evaluator", "containment_level", "dry_run"]
