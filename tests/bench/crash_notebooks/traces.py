"""What a run must leave as it was: the kernel's state, the folders, the network. Imports nothing of nbreview.

Each is taken before and after as a mapping from a name to a short text; what differs is a trace.
"""

import os
import re
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Self

KERNEL_STATE = """
import builtins, hashlib, io, logging, os, pickle, random, signal, sys, threading, types, warnings
shell = user_ns["get_ipython"]()
def digest(value):
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:12]
def content(value):
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        return "ended" if frame is None else "at %d %s" % (
            frame.f_lasti, digest(sorted((name, id(held)) for name, held in frame.f_locals.items())))
    if isinstance(value, io.IOBase):
        return "closed" if value.closed else "open"  # where it is: see "open files"
    try:
        return hashlib.sha256(pickle.dumps(value, 5)).hexdigest()[:12]
    except Exception:
        return "no content"
def ours(name):
    return "subshell" not in name and name != "IPythonHistorySavingThread"
def place(number):
    try:
        path = os.readlink("/proc/self/fd/%s" % number)
        if path.startswith(("socket", "anon")) or "history" in path or path.startswith("/proc/"):
            return None
        with open("/proc/self/fdinfo/%s" % number) as file:
            return number, path, file.readline().strip() if path.startswith("/") else ""
    except OSError:
        return None
state = {}
for name, value in sorted(user_ns.items()):
    state["name " + name] = "%d %s %s" % (id(value), type(value).__name__, content(value))
state["names in order"] = digest(list(user_ns))
state["execution count"] = str(shell.execution_count)
state["history"] = digest([list(user_ns["In"]), sorted(user_ns["Out"])])
state["random"] = digest(random.getstate())
state["working folder"] = os.getcwd()
state["environment"] = digest(sorted(os.environ.items()))
state["path"] = digest(sys.path)
state["modules"] = digest(sorted(sys.modules))
state["threads"] = str(sorted(one.name for one in threading.enumerate() if ours(one.name)))
state["open files"] = str(sorted(filter(None, map(place, os.listdir("/proc/self/fd")))))
state["children"] = open("/proc/self/task/%d/children" % os.getpid()).read()
state["shared memory"] = digest([line for line in open("/proc/self/maps") if " rw-s " in line])
state["streams"] = digest([*map(id, (sys.stdin, sys.stdout, sys.stderr, sys.displayhook, builtins.input))])
state["last error"] = str(id(getattr(sys, "last_value", None)))
state["signals"] = digest([str(signal.getsignal(number)) for number in (1, 2, 14, 15, 17)])
state["warnings"] = digest([str(one) for one in warnings.filters])
state["logging"] = digest([id(one) for one in logging.getLogger().handlers])
state["recursion"] = str(sys.getrecursionlimit())
numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
if numpy is not None:
    state["numpy"] = digest([*map(str, numpy.random.get_state()), numpy.geterr()])
if torch is not None:
    state["torch"] = digest([torch.get_rng_state().tolist(), torch.is_grad_enabled(), torch.get_num_threads(),
                             str(torch.get_default_dtype())])
pandas, pyplot = sys.modules.get("pandas"), sys.modules.get("matplotlib.pyplot")
if pandas is not None:
    state["pandas options"] = digest([*map(pandas.get_option, ("display.max_rows", "mode.copy_on_write"))])
if pyplot is not None:
    state["figures"] = str(pyplot.get_fignums())
    state["plot settings"] = digest([*map(str, pyplot.rcParams.items())])
state
"""
"""A question to a kernel (`KernelSession.evaluate`): each name's identity, type and content, as far as it can
be pickled, and what else a cell can change in its process.

IPython ends the thread that saves its history before any fork, as for a shell command, and starts it again at
the next cell: it does not count. Nor does the subshell in which questions are asked."""


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The keys whose values differ or that only one side has."""
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def files_below(*folders: Path) -> dict[str, str]:
    """Kind, size and time of all below the folders. IPython's history, which its own thread writes, is left
    out."""
    found = {}
    for folder in folders:
        for here, names, files in os.walk(folder):
            for name in (*names, *files):
                path = Path(here, name)
                if "history.sqlite" in name:
                    continue
                try:
                    facts = path.lstat()
                except FileNotFoundError:
                    continue
                times = "" if path.is_dir() else f" {facts.st_mtime_ns}"
                found[str(path)] = f"{facts.st_mode:o} {facts.st_size if times else 0}{times}"
    return found


def shared_memory_of(process: int | None) -> dict[str, str]:
    """Names in shared memory that hold the number of a kernel, or of a dry run's child in its own namespace;
    joblib and torch name theirs so, and other programs keep theirs there too."""
    folder = Path("/dev/shm")
    owner = re.compile(rf"[-_](?:1|{process})[-_]")
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return {f"{folder}/{name}": "" for name in names if owner.search(name)}


class Listener:
    """A proxy that no data passes: it counts who comes, and answers that nothing is to be had."""

    def __init__(self) -> None:
        self.heard = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.heard += 1
            with caller:
                caller.recv(4096)
                caller.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
