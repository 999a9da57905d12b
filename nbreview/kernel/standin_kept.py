"""One stand-in run in a forked, contained process of the warm server: forks it, holds it, reads its report.

Runs inside the child process of stand-in runs: standard library only, any Python from 3.8 on; imports nothing
of nbreview except its neighbours, which travel with it.

The run sees the notebook's folder and everything else as they are. Under namespaces what it writes to folder,
home or temporary folders vanishes with it and the network is cut; where only Landlock is to be had, writes
outside a folder of its own are refused. Either way a refusal is an OSError, on which no verdict rests (see
`standin_trust`); what C libraries make of one is told by its words.
"""

# Plain calls of `os`: the process is forked, and its Python may be old.
# ruff: noqa: PTH112, PTH123

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from nbreview.kernel.standin_files import Containment
from nbreview.kernel.standin_output import Bounded
from nbreview.kernel.standin_scope import WAITING
from nbreview.kernel.standin_trust import beyond_any_machine
from nbreview.kernel.standin_world import World
from nbreview.kernel.supervision import keep
from nbreview.kernel.user_map import map_when_asked

GRACE = 1.0  # seconds between the run's own time limit and its end by force
_ENDING_SECONDS = 3.0  # for a supervisor to end what it started
_RECURSION = 1500
# What C libraries say of what a contained process is refused: strerror(3), SQLite's "Result Codes", and what
# allocators say at a limit.
_REFUSED = re.compile(
    r"Permission denied|Read-only file system|No space left on device|Operation not permitted|File too large"
    r"|readonly database|unable to open database file|disk I/O error|Unable to allocate"
    r"|[Cc](?:annot|an't) allocate memory|not enough memory|std::bad_alloc|can't start new thread"
    r"|not allowed to raise maximum limit|Resource temporarily unavailable"
    r"|Network is unreachable|Temporary failure in name resolution"
)


def kept_run(request: Mapping[str, Any], asked_to_stop: int, stop: Callable[[], bool]) -> dict[str, Any]:
    """Run a request in a process of its own.

    Parameters
    ----------
    request:
        See `standin_world.World`; besides `limits`, `folder` and `levels` (containments, strongest first).
    asked_to_stop:
        A descriptor that becomes readable when there is something to hear.
    stop:
        Hears it; true: end the run now.

    Returns
    -------
    What the run found, or a `status` of "timeout", "died" (with a `reason`), "refused" (with `notes`) or
    "stopped".
    """
    started = time.monotonic()
    listen, report = os.pipe()
    answer, reply = os.pipe()
    asked, question = os.pipe()
    options = _options(request)
    options["map"] = (answer, question) if os.geteuid() == 0 and sys.platform == "linux" else None
    child = os.fork()
    if not child:
        try:
            for end in (listen, reply, asked):
                os.close(end)
            keep(lambda facts: _run(facts, request), options, report)
        finally:
            os._exit(1)
    for end in (report, answer, question):
        os.close(end)
    said: bytes | None = b""
    try:
        if options["map"]:
            map_when_asked(child, asked, reply)
        said = _heard(listen, asked_to_stop, stop)
    finally:
        for end in (listen, reply, asked):
            os.close(end)
        _ended(child)
    found: dict[str, Any] = {"status": "stopped"} if said is None else _answer(said)
    found["seconds"] = time.monotonic() - started
    return found


def _options(request: Mapping[str, Any]) -> dict[str, Any]:
    limits = request.get("limits") or {}
    folder = str(request.get("folder") or "")
    return {
        "seconds": WAITING * float(request.get("seconds", 10.0)) + GRACE,
        "memory_bytes": int(limits.get("memory_bytes") or 4 << 30),
        "output_characters": int(limits.get("output_characters") or 20_000),
        "files_bytes": int(limits.get("files_bytes") or 1 << 30),
        "folder": folder if os.path.isdir(folder) else tempfile.gettempdir(),
        "levels": list(request.get("levels") or ()),
        "parent": os.getpid(),
        "own_folder": True,
    }


def _heard(listen: int, asked_to_stop: int, stop: Callable[[], bool]) -> bytes | None:
    """The whole report; None where the run is to be stopped before. The supervisor keeps the time."""
    parts = b""
    while not parts.endswith(b"\n"):
        ready, _, _ = select.select([listen, asked_to_stop], [], [])
        if asked_to_stop in ready and stop():
            return None
        if listen in ready:
            part = os.read(listen, 1 << 16)
            if not part:
                break
            parts += part
    return parts


def _ended(child: int) -> None:
    """Ask the supervisor to end, as it does by itself after its report, and wait for it."""
    deadline = time.monotonic() + _ENDING_SECONDS
    with contextlib.suppress(OSError):
        os.kill(child, signal.SIGTERM)
        while not os.waitpid(child, os.WNOHANG)[0]:
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return
            time.sleep(0.001)


def _answer(said: bytes) -> dict[str, Any]:
    """The run's own answer from the supervisor's report, or how it ended without one."""
    try:
        report = json.loads(said.decode("utf-8"))
    except (ValueError, RecursionError):
        report = None
    if not isinstance(report, dict):
        return {"status": "died", "reason": "it ended without a report"}
    status, facts = report.get("status"), report.get("containment")
    notes = facts.get("notes") if isinstance(facts, dict) else []
    if status == "ended":
        found = report.get("result")
        if isinstance(found, dict) and isinstance(found.get("status"), str):
            return found
        if report.get("signal"):
            return {"status": "died", "reason": f"it was ended by signal {report['signal']}"}
        return {"status": "died", "reason": "it ended itself"}
    if status == "time":
        return {"status": "timeout"}
    if status in ("memory", "processes"):
        return {"status": "died", "reason": f"it took more {status} than it may"}
    if status == "refused":
        return {"status": "refused", "notes": notes}
    return {"status": "died", "reason": str(report.get("why") or "it could not be held")}


def _run(facts: Mapping[str, Any], request: Mapping[str, Any]) -> dict[str, Any]:
    """The run itself, in the contained process."""
    Containment.held = facts.get("level") != "none"
    _settle(facts, str(request.get("folder") or ""))
    output = Bounded(int((request.get("limits") or {}).get("output_characters", 20_000)))
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = output  # type: ignore[misc,assignment]
    sys.stdin = open(os.devnull)  # noqa: SIM115
    sys.argv = ["notebook"]
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(_RECURSION)
    try:
        answer = World(request).run()
    except MemoryError:
        answer = {"status": "died", "reason": "it took more memory than it may"}
    except BaseException as error:
        answer = {"status": "failed", "reason": f"{type(error).__name__}: {error}"}
        if type(error).__name__ == "OutOfTime":
            answer = {"status": "timeout"}
    refused = answer["status"] == "raised" and facts.get("level") != "none"
    message = str(answer.get("message"))
    if refused and not beyond_any_machine(message) and (found := _REFUSED.search(message)):
        answer = {"status": "withheld", "reason": found.group(0)}
    answer["output"] = output.text()
    answer["spent"] = time.process_time()  # it began with the fork
    return answer


def _settle(facts: Mapping[str, Any], folder: str) -> None:
    """Where the run is at home: in the notebook's folder, from which modules are imported as in Jupyter.

    Where nothing holds its writes, and where there is no such folder, in an empty one.
    """
    own = facts.get("folder") or tempfile.mkdtemp()
    if facts.get("level") != "namespaces":
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = own
    if facts.get("level") != "none" and os.path.isdir(folder):
        with contextlib.suppress(OSError):  # a folder that may not be entered
            os.chdir(folder)
            sys.path.insert(0, "")
            return
    os.chdir(own)
