"""The process of a kernel that this program started: its start, its end, and the last lines that it wrote.

Imports only `errors`, and `jupyter_client` when a process is started. A kernel gets the environment of the
person, the notebook's folder to work in, and nothing of ours on its path. It ends with us: by a finaliser
when the program ends, and by ipykernel's own watch on its parent (`JPY_PARENT_PID`) when we are killed.
"""

import contextlib
import os
import signal
import string
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from nbreview.errors import UserError
from nbreview.words import said

_LOG_CHARACTERS = 8_000
_KILLED = 9
_KILL_SECONDS = 2.0
_POLL_SECONDS = 0.02
_DRAIN_SECONDS = 0.5


class KernelProcess:
    """A kernel's process, started at once, and the connection file that it was given.

    Parameters
    ----------
    argv:
        The command; its first word is a program.
    folder:
        What it has as its working folder.
    environment:
        All of its environment variables.
    leftovers:
        The files that are removed when it has ended: its connection file, and its sockets.

    Raises
    ------
    UserError
        The program is missing or cannot be run.
    """

    def __init__(
        self, argv: Sequence[str], folder: Path, environment: Mapping[str, str], leftovers: Sequence[Path]
    ) -> None:
        from jupyter_client.launcher import launch_kernel

        self._log: deque[str] = deque()
        self._log_size = 0
        self._log_lock = threading.Lock()
        try:
            self._process: subprocess.Popen[bytes] = launch_kernel(
                list(argv),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                cwd=str(folder),
            )
        except OSError as error:
            _remove(leftovers)
            raise UserError(
                said(
                    "{program}: the kernel's program could not be started ({reason}); choose another "
                    "kernel, or install this one again.",
                    program=argv[0],
                    reason=error.strerror or str(error),
                )
            ) from error
        stream = self._process.stdout
        self._drain = threading.Thread(
            target=self._collect, args=(stream,), daemon=True, name=f"kernel log {self._process.pid}"
        )
        self._drain.start()
        self._finalizer = weakref.finalize(self, _end, self._process, tuple(leftovers))

    @property
    def pid(self) -> int:
        """Process number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def how_it_ended(self) -> str:
        """Words for a process that has ended: by which signal, or with which code; "" while it runs."""
        code = self._process.poll()
        if code is None:
            return ""
        if code < 0:
            with contextlib.suppress(ValueError):
                if -code == _KILLED:
                    return said("was ended by SIGKILL (the system does that when memory runs out)")
                return said("was ended by {signal}", signal=signal.Signals(-code).name)
            return said("was ended by signal {signal}", signal=-code)
        return said("ended with code {code}", code=code)

    @property
    def log(self) -> str:
        """The last thing that it wrote on its own output (not what cells print)."""
        with self._log_lock:
            return "".join(self._log)[-_LOG_CHARACTERS:].strip()

    def interrupt(self) -> None:
        """Send the interrupt signal to it and its children; nothing happens once it has ended."""
        if sys.platform == "win32":
            from jupyter_client.win_interrupt import send_interrupt

            send_interrupt(self._process.win32_interrupt_event)  # type: ignore[attr-defined,unused-ignore]
            return
        if self.alive:
            _signal_group(self._process, signal.SIGINT)

    def wait(self, seconds: float) -> bool:
        """Whether it ended within this time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End it and its children at once, by force, and clean up after it."""
        self._finalizer()
        self._drain.join(_DRAIN_SECONDS)

    def _collect(self, stream: IO[bytes] | None) -> None:
        if stream is None:
            return
        descriptor = stream.fileno()
        with contextlib.suppress(OSError, ValueError), stream:
            while data := os.read(descriptor, 65_536):
                text = data.decode("utf-8", "replace")[-_LOG_CHARACTERS:]
                with self._log_lock:
                    self._log.append(text)
                    self._log_size += len(text)
                    while self._log_size - len(self._log[0]) > _LOG_CHARACTERS:
                        self._log_size -= len(self._log.popleft())


def _end(process: "subprocess.Popen[bytes]", leftovers: Sequence[Path]) -> None:
    """Kill the process with what it started, wait for it, and remove its files."""
    _signal_group(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    deadline = time.monotonic() + _KILL_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            process.kill()
        time.sleep(_POLL_SECONDS)
    _remove(leftovers)


def _remove(files: Sequence[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def _signal_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    """Signal the process group, which a kernel leads, so that what it started gets it too."""
    if sys.platform != "win32":
        # By the leader's number, which no other process can be given while the group exists: the group may
        # outlive its leader (a worker left running).
        with contextlib.suppress(OSError):
            os.killpg(process.pid, number)
            return
    if process.poll() is None:
        with contextlib.suppress(OSError):
            process.send_signal(number)


def environment_for(extra: Mapping[str, str], first_on_path: Path | None = None) -> dict[str, str]:
    """The environment of a kernel: this program's, which is the person's, with what the kernel asks for.

    Parameters
    ----------
    extra:
        Variables of the kernel's specification; `${NAME}` in a value stands for a variable of ours.
    first_on_path:
        The folder of a virtual environment's programs, so that `!pip` and `!python` are that environment's.
    """
    environment = dict(os.environ)
    for name, value in extra.items():
        environment[name] = string.Template(value).safe_substitute(environment)
    if first_on_path is not None:
        before = environment.get("PATH", os.defpath)
        environment["PATH"] = os.pathsep.join([str(first_on_path), before])
        environment["VIRTUAL_ENV"] = str(first_on_path.parent)
        environment.pop("PYTHONHOME", None)
    return environment


def check_folder(folder: Path) -> Path:
    """The folder, resolved.

    Raises
    ------
    UserError
        There is no such folder.
    """
    try:
        resolved = folder.resolve()
        found = resolved.is_dir()
    except (OSError, ValueError, RuntimeError):
        found = False
    if not found:
        raise UserError(
            said(
                "{folder}: a kernel needs this folder to work in and it is not there; create it.",
                folder=folder,
            )
        )
    return resolved
