"""The child process of stand-in runs: imports what the notebook needs once, then forks one process a run.

Run by path with the interpreter of the notebook's environment: standard library only, any Python from 3.8
on. It does not import the installed nbreview: its neighbours in this folder are made importable under the
same names.

Speaks framed JSON (four bytes of length, big-endian, then UTF-8) on its standard input and output. First
comes {"preload": [module, …]}, answered by {"ready": true}; then a request a run (see `standin_world.World`,
and `limits` beside it), answered by what the run found or {"status": "timeout" | "died", …}. It ends with
its input.
"""

# Plain calls of `os`: the process is forked, and its Python may be old.
# ruff: noqa: PTH100, PTH120, PTH123, SIM115

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import shutil
import signal
import struct
import sys
import tempfile
import time
import types
from collections.abc import Mapping
from typing import Any, BinaryIO

GRACE = 1.0  # seconds between the run's own time limit and its end by force


def neighbours(folder: str) -> None:
    """Make the modules of this folder importable as `nbreview.kernel.*` without the package being
    installed.
    """
    for name, path in (("nbreview", []), ("nbreview.kernel", [folder])):
        package = types.ModuleType(name)
        package.__path__ = path
        sys.modules[name] = package


def read_frame(stream: BinaryIO) -> Any:
    """The next message, None at the end of the input."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    return json.loads(stream.read(struct.unpack(">I", head)[0]).decode("utf-8"))


def write_frame(stream: BinaryIO, message: Any) -> None:
    """Send one message."""
    data = json.dumps(message, default=str).encode("utf-8", "replace")
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def serve(source: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the input ends."""
    first = read_frame(source) or {}
    preload(first.get("preload") or [])
    write_frame(answers, {"ready": True, "python": sys.version.split()[0]})
    while True:
        request = read_frame(source)
        if request is None:
            return
        write_frame(answers, forked(request))


def preload(names: list[str]) -> None:
    """Import modules before the first fork, so that no run pays for them. What is missing is left out."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    for name in names:
        with contextlib.suppress(BaseException):
            if name == "torchvision":
                importlib.import_module("nbreview.kernel.standin_patches").import_torchvision()
            else:
                importlib.import_module(name)


def forked(request: Mapping[str, Any]) -> dict[str, Any]:
    """Run a request in a forked process with limits; end its whole group afterwards."""
    started = time.monotonic()
    reading, writing = os.pipe()
    folder = tempfile.mkdtemp(prefix="nbreview-stand-in-")
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.close(reading)
            os.setpgid(0, 0)
            found = contained(request, folder)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(json.dumps(found, default=str).encode("utf-8", "replace"))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with contextlib.suppress(OSError):
        os.setpgid(process, process)
    try:
        data, late = collect(reading, started + float(request.get("seconds", 10.0)) + GRACE)
    finally:
        os.close(reading)
        for group in (True, False):
            with contextlib.suppress(OSError):
                os.killpg(process, signal.SIGKILL) if group else os.kill(process, signal.SIGKILL)
        _, code = os.waitpid(process, 0)
        shutil.rmtree(folder, ignore_errors=True)
    try:
        answer: dict[str, Any] = json.loads(data.decode("utf-8")) if data and not late else {}
    except ValueError:
        answer = {}
    if not answer:
        answer = {"status": "timeout"} if late else {"status": "died", "code": code}
    answer["seconds"] = time.monotonic() - started
    return answer


def collect(reading: int, deadline: float) -> tuple[bytes, bool]:
    """What is written to a pipe until it is closed, and whether the deadline came first."""
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return b"".join(parts), True
        part = os.read(reading, 1 << 16)
        if not part:
            return b"".join(parts), False
        parts.append(part)


def contained(request: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """The run itself, in the forked process: limits first, then the world."""
    from nbreview.kernel.containment import die_with_parent

    die_with_parent(signal.SIGKILL)  # a run that is stopped ends with the server
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.chdir(folder)
    os.environ["HOME"] = os.environ["TMPDIR"] = folder
    tempfile.tempdir = folder
    set_limits(request.get("limits") or {})
    from nbreview.kernel.standin_output import Bounded

    output = Bounded(int((request.get("limits") or {}).get("output_characters", 20_000)))
    sys.stdout = sys.stderr = output
    sys.stdin = open(os.devnull)
    sys.argv = ["notebook"]
    import warnings

    warnings.simplefilter("ignore")
    sys.setrecursionlimit(1500)
    from nbreview.kernel.standin_world import World

    try:
        answer = World(request).run()
    except MemoryError:
        answer = {"status": "died", "reason": "memory"}
    except BaseException as error:
        answer = {"status": "failed", "reason": f"{type(error).__name__}: {error}"}
        if type(error).__name__ == "OutOfTime":
            answer = {"status": "timeout"}
    answer["output"] = output.text()
    return answer


def set_limits(limits: Mapping[str, Any]) -> None:
    """Bound memory, file size and core dumps of this process and its children (getrlimit(2))."""
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = int(limits.get("memory_bytes", 0))
    if memory:
        with contextlib.suppress(OSError, ValueError, IndexError):
            with open("/proc/self/statm") as file:
                in_use = int(file.read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (in_use + memory, in_use + memory))
    files = int(limits.get("files_bytes", 0))
    if files:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_FSIZE, (files, files))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def main() -> None:
    """Serve on the standard streams, which nothing else in this process may use."""
    source = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    folder = os.path.dirname(os.path.abspath(__file__))
    # Python puts the script's folder first, where our files would hide modules of the same name.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", folder)]
    neighbours(folder)
    for name in ("standin_output", "standin_world"):
        importlib.import_module("nbreview.kernel." + name)
    serve(source, answers)


if __name__ == "__main__":
    main()
