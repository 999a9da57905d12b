"""A contained child of this process with a supervisor that ends it in time: forks, limits, one report.

Standard library only, Python 3.8: the source is also sent to kernels that have no nbreview. Imports
`containment`, `landlock` and `fork_state`, which are sent with it.

Two processes: the supervisor, which dies with whoever started it, and the child, which does the work.
Under namespaces the child is init of its process namespace: it cannot see the supervisor, and its end ends
everything in it (pid_namespaces(7)). Otherwise the supervisor reaps orphans (PR_SET_CHILD_SUBREAPER) and ends
each of its descendants.
"""

# Plain calls of `os`, as little as can be in a fork.
# ruff: noqa: PTH101, PTH109, PTH112, PTH115, PTH123, PTH208

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from nbreview.kernel.containment import (
    die_with_parent,
    drop_privileges,
    enter_namespaces,
    enter_user_namespace,
    map_own_user,
    mount_proc,
    writable_folders,
)
from nbreview.kernel.fork_state import (
    Descriptor,
    graphics_descriptors,
    keep_only,
    open_descriptors,
    privatise_shared_memory,
    replace_descriptors,
)
from nbreview.kernel.landlock import landlock_version, restrict

_TICK = 0.02
_MOST_PROCESSES = 128
_LARGEST_RESULT = 1 << 20
_LEAST_FREE_BYTES = 256 << 20
_CHILD_SUBREAPER = 36
_LEAST_RECURSION = 1000  # a cell may have left fewer, and the report is read by recursion
_OWN_FRAMES = 100  # the work lies deeper in the stack than it would without us
_leave = os._exit  # a cell may put something else in its place
_ENDING = {signal.SIGTERM}


def keep(work: Callable[[dict[str, Any]], dict[str, Any]], options: dict[str, Any], report: int) -> None:
    """The whole life of a freshly forked process: contain, run `work` in a child, write the report, exit.

    Parameters
    ----------
    work:
        Runs in the child with the facts of its containment; what it returns (JSON) is the report's "result".
    options:
        "seconds", "memory_bytes", "output_characters", "files_bytes" (as in RunLimits), "folder" (working
        folder), "levels" (which containments may be tried, strongest first: "namespaces", "landlock",
        "none"), "map" (a pair of descriptors through which the parent enters the user map, or None), and as
        may be "parent" (process number of who forked it), "own_folder" (whether the level "none", too, gets a
        folder that is removed afterwards).
    report:
        Descriptor that the report is written to, as one JSON object: "status" ("ended", "refused", "time",
        "memory", "processes"), "result", "code" or "signal" of the child, "output", "containment", "seconds".
    """
    try:
        gc.disable()
        signal.set_wakeup_fd(-1)  # the parent's event loop listens at its other end
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        options["recursion"] = sys.getrecursionlimit()
        sys.setrecursionlimit(max(options["recursion"], _LEAST_RECURSION))
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)  # until there is something to be ended in order
        die_with_parent(signal.SIGTERM)
        if os.getppid() != options.get("parent", os.getppid()):
            _leave(0)
        os.setsid()
        descriptors = [one for one in open_descriptors() if one.number != report]
        contained = _contain(options)
        if not contained["level"]:
            _write_all(report, {"status": "refused", "containment": contained})
            _leave(0)
        contained["graphics"] = graphics_descriptors(descriptors)
        _under(contained, work, options, report, descriptors)
    except BaseException as error:
        with contextlib.suppress(OSError):
            _write_all(report, {"status": "broken", "why": f"{type(error).__name__}: {error}"})
    finally:
        _leave(0)


def _under(
    contained: dict[str, Any],
    work: Callable[[dict[str, Any]], dict[str, Any]],
    options: dict[str, Any],
    report: int,
    descriptors: list[Descriptor],
) -> None:
    # Ended by its parent's death or by Stop, it still ends its descendants first.
    signal.signal(signal.SIGTERM, lambda *_: _end_all(contained))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    result_out, result_in = os.pipe()
    output_out, output_in = os.pipe()
    started = time.monotonic()
    base = _anonymous_bytes(os.getpid())
    child = os.fork()
    contained["child"] = child
    if not child:
        os.close(report)  # what it has to say goes through the supervisor
        _child(contained, work, options, (result_in, output_in), descriptors)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    keep_only({report, result_out, output_out})
    outcome = _watch(child, result_out, output_out, options, started + options["seconds"], base)
    outcome["seconds"] = time.monotonic() - started
    outcome["containment"] = outcome.get("containment") or contained
    _kill_descendants(contained)
    _remove_folder(contained)
    _write_all(report, outcome)


def _contain(options: dict[str, Any]) -> dict[str, Any]:
    """The strongest containment that can be had of those asked for: its level ("" for none), what is open."""
    contained: dict[str, Any] = {"level": "", "notes": [], "folder": "", "folders": [], "child": 0}
    for level in options["levels"]:
        try:
            if level == "namespaces":
                if sys.platform != "linux":
                    raise OSError(errno.ENOSYS, "this system has no namespaces")
                folders = writable_folders(options["folder"] or os.getcwd())
                user, group = os.geteuid(), os.getegid()  # inside they are nobody's until mapped
                enter_user_namespace()
                if not _mapped(options.get("map")):
                    map_own_user(user, group)
                contained["notes"] += enter_namespaces(folders, options["files_bytes"])
                contained["folders"] = folders
            elif level == "landlock":
                if not landlock_version():
                    raise OSError(errno.ENOSYS, "this system has no Landlock")
                contained["folder"] = tempfile.mkdtemp(prefix="nbreview-run-")
            elif options.get("own_folder"):
                contained["folder"] = tempfile.mkdtemp(prefix="nbreview-run-")
            contained["level"] = level
            return contained
        except OSError as error:
            contained["notes"].append(f"No {level}: {error.strerror or error}.")
    return contained


def _mapped(pipes: tuple[int, int] | None) -> bool:
    """Ask the parent, which may be allowed to, to map all users as they are; false: do it for oneself."""
    if pipes is None:
        return False
    answer, question = pipes
    os.write(question, b"m")
    ready, _, _ = select.select([answer], [], [], 2.0)
    return bool(ready) and os.read(answer, 1) == b"y"


def _child(
    contained: dict[str, Any],
    work: Callable[[dict[str, Any]], dict[str, Any]],
    options: dict[str, Any],
    pipes: tuple[int, int],
    descriptors: list[Descriptor],
) -> None:
    result_in, output_in = pipes
    try:
        die_with_parent(signal.SIGKILL)
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        if contained["level"] == "namespaces":
            mount_proc()
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(output_in, 1)
        os.dup2(output_in, 2)
        contained["read_only_files"] = replace_descriptors(
            descriptors, {*pipes}, contained["level"] == "namespaces"
        )
        contained["memory_shared"] = not privatise_shared_memory()
        os.close(output_in)
        _limit(options)
        if contained["level"] == "namespaces":
            drop_privileges()
        elif contained["level"] == "landlock":
            os.environ["TMPDIR"] = tempfile.tempdir = contained["folder"]
            contained["open_ways"] = restrict([contained["folder"]])
            drop_privileges()
        gc.freeze()
        gc.enable()
        sys.setrecursionlimit(options["recursion"] + _OWN_FRAMES)
        _write_all(result_in, {"done": work(contained), "containment": contained})
    except BaseException as error:
        with contextlib.suppress(OSError):
            _write_all(result_in, {"done": {"broken": f"{type(error).__name__}: {error}"}})
    finally:
        _leave(0)


def _limit(options: dict[str, Any]) -> None:
    """Limits of the process itself; what they refuse is no verdict on the program (see `refusal`)."""
    size = 0
    with contextlib.suppress(OSError), open("/proc/self/statm") as file:
        size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, options["files_bytes"])]
    if size:
        # Address space is not memory: twice the bound, and what is really taken is watched.
        limits.append((resource.RLIMIT_AS, size + 2 * options["memory_bytes"]))
    for name, value in limits:
        hard = resource.getrlimit(name)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(name, (value, value))


def _watch(
    child: int, result: int, output: int, options: dict[str, Any], deadline: float, base: int
) -> dict[str, Any]:
    """Read what the child says until it ends or meets a bound."""
    said, shown = bytearray(), bytearray()
    pipes = {result: (said, _LARGEST_RESULT), output: (shown, 4 * int(options["output_characters"]))}
    outcome: dict[str, Any] = {"status": "ended"}
    ended = None
    for pipe in pipes:
        os.set_blocking(pipe, False)
    checked = 0.0
    while ended is None:
        ready, _, _ = select.select(list(pipes), [], [], _TICK)
        for pipe in ready:
            _read(pipe, pipes)
        ended = _reaped(child)
        now = time.monotonic()
        if ended is None and said.endswith(b"\n"):
            ended = 0  # a whole result: its process need not be waited for
        if ended is None and now - checked >= _TICK:
            checked = now
            stopped = "time" if now >= deadline else _past_bounds(options, base)
            if stopped:
                outcome["status"] = stopped
                break
    for pipe in list(pipes):
        _read(pipe, pipes)
    if ended is not None:
        outcome["signal" if os.WIFSIGNALED(ended) else "code"] = (
            os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended)
        )
    with contextlib.suppress(ValueError, TypeError, KeyError):
        report = json.loads(bytes(said)) if said else {}
        outcome["containment"] = report.get("containment")
        outcome["result"] = report["done"]
    outcome["output"] = bytes(shown).decode("utf-8", "replace")
    return outcome


def _read(pipe: int, pipes: dict[int, tuple[bytearray, int]]) -> None:
    """What is there now, kept up to the bound; the rest is read and forgotten."""
    kept, bound = pipes[pipe]
    for _ in range(64):
        try:
            piece = os.read(pipe, 1 << 16)
        except BlockingIOError:
            return
        if not piece:
            del pipes[pipe]
            return
        kept += piece[: max(0, bound - len(kept))]


def _reaped(child: int) -> int | None:
    """The child's status once it has ended; orphans handed to this process are reaped on the way."""
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == child:
                return status
            if not pid:
                return None
    return 0


def _past_bounds(options: dict[str, Any], base: int) -> str:
    """Which bound the descendants are past: "" for none. Pages still shared with the parent do not count."""
    descendants = _descendants()
    if len(descendants) > _MOST_PROCESSES:
        return "processes"
    taken = sum(max(0, _anonymous_bytes(pid) - base) for pid in descendants)
    return "memory" if taken > options["memory_bytes"] or _free_bytes() < _LEAST_FREE_BYTES else ""


def _descendants() -> list[int]:
    """All processes below this one, in the numbers of the mounted /proc. Empty where there is none."""
    try:
        waiting = [os.readlink("/proc/self")]
    except OSError:
        return []
    found: list[int] = []
    while waiting and len(found) <= _MOST_PROCESSES:
        parent = waiting.pop()
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children") as file:
                    children = file.read().split()
                waiting += children
                found += map(int, children)
    return found


def _anonymous_bytes(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError), open(f"/proc/{pid}/status") as file:
        rows = dict(line.split(":", 1) for line in file if line.startswith("Rss"))
        return sum(int(rows.get(name, "0 kB").split()[0]) << 10 for name in ("RssAnon", "RssShmem"))
    return 0


def _free_bytes() -> int:
    with contextlib.suppress(OSError, ValueError), open("/proc/meminfo") as file:
        for line in file:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    return _LEAST_FREE_BYTES


def _kill_descendants(contained: dict[str, Any]) -> None:
    if contained["level"] == "namespaces":
        with contextlib.suppress(OSError):
            os.kill(contained["child"], signal.SIGKILL)  # the others of its namespace go with it
        return
    for _ in range(1000):
        descendants = _descendants()
        for pid in descendants:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not descendants:
            return


def _end_all(contained: dict[str, Any]) -> None:
    _kill_descendants(contained)
    _remove_folder(contained)
    _leave(0)


def _remove_folder(contained: dict[str, Any]) -> None:
    """A cell may have taken its own right to look into folders: given back once where that hinders."""
    if not contained["folder"]:
        return
    shutil.rmtree(contained["folder"], ignore_errors=True)
    if os.path.isdir(contained["folder"]):
        for path, _, _ in os.walk(contained["folder"]):
            with contextlib.suppress(OSError):
                os.chmod(path, 0o700)
        shutil.rmtree(contained["folder"], ignore_errors=True)


def _write_all(pipe: int, value: dict[str, Any]) -> None:
    data = json.dumps(value, default=str).encode() + b"\n"  # nowhere else: the end of the report
    os.set_blocking(pipe, True)
    while data:
        data = data[os.write(pipe, data) :]
