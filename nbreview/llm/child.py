"""One worker process with its threads: frames in, frames out, and the end of its log. No llama_cpp.

Nothing here blocks on the child: what is sent goes through a thread of its own, because a child that hangs
stops reading its pipe.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import nbreview
from nbreview.llm import protocol
from nbreview.words import Said, said

_LOG_LINES = 200
_CLOSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Wake:
    """Not from the child: a note of this process to whoever waits for its next message."""

    number: int


class Child:
    """A worker process, started at once.

    Parameters
    ----------
    python:
        The interpreter to start it with.
    """

    def __init__(self, python: str = sys.executable) -> None:
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._inbox: queue.SimpleQueue[dict[str, Any] | Wake | None] = queue.SimpleQueue()
        self._log: deque[str] = deque(maxlen=_LOG_LINES)
        self._process = subprocess.Popen(
            [python, "-P", "-m", "nbreview.llm.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        streams = [
            cast(BinaryIO, stream)
            for stream in (self._process.stdin, self._process.stdout, self._process.stderr)
        ]
        work = (self._write, self._read, self._collect)
        self._threads = [
            threading.Thread(target=task, args=(stream,), daemon=True, name=f"model child {task.__name__}")
            for task, stream in zip(work, streams, strict=True)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Process number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def log(self) -> tuple[str, ...]:
        """The last lines of its standard error."""
        return tuple(self._log)

    def send(self, message: dict[str, Any]) -> None:
        """Queue one message.

        Raises
        ------
        ProtocolError
            It is too large for a frame.
        """
        self._outbox.put(protocol.encode_frame(message))

    def receive(self, timeout: float) -> dict[str, Any] | Wake | None:
        """The next message, or None once the process has ended.

        Raises
        ------
        queue.Empty
            Nothing came within `timeout` seconds.
        """
        return self._inbox.get(timeout=max(0.0, timeout))

    def wake(self, number: int) -> None:
        """Hand `Wake(number)` to whoever receives; from any thread."""
        self._inbox.put(Wake(number))

    def end(self, *, at_once: bool = False) -> int:
        """End the process, by closing its input or at once by force, and return its exit code."""
        self._outbox.put(None)
        if at_once:
            self._process.kill()
        try:
            code = self._process.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(_CLOSE_SECONDS)
        return code

    def how_it_ended(self) -> tuple[Said, int]:
        """Words and exit code for a process that has ended by itself."""
        code = self.end()
        if code < 0:
            with contextlib.suppress(ValueError):
                return said("was ended by {signal}", signal=signal.Signals(-code).name), code
            return said("was ended by signal {signal}", signal=-code), code
        return said("ended with code {code}", code=code), code

    def _write(self, stream: BinaryIO) -> None:
        with contextlib.suppress(OSError), stream:
            while (data := self._outbox.get()) is not None:
                stream.write(data)
                stream.flush()

    def _read(self, stream: BinaryIO) -> None:
        try:
            with stream:
                while (message := protocol.read_frame(stream)) is not None:
                    self._inbox.put(message)
        except (protocol.ProtocolError, OSError, ValueError) as error:
            self._log.append(f"the pipe broke: {error}")
            self._process.kill()
        self._inbox.put(None)

    def _collect(self, stream: BinaryIO) -> None:
        with contextlib.suppress(OSError), stream:
            for line in stream:
                self._log.append(line.decode("utf-8", "replace").rstrip())


def _environment() -> dict[str, str]:
    """The environment of a child: nbreview importable as it is here, and nothing from the current folder.

    OpenMP's threads are told to sleep while they wait for each other. Where cores were free no difference was
    seen (14.8 and 15.7 tokens a second), and beside other work spinning halts the model: 0.5 tokens a second
    against 5.9 with one busy process on two cores (0.5 B parameters, Q4_K_M, two threads).

    With `-P`, the folder that nbreview was started in (a repository that somebody else wrote) is not
    searched for modules.
    """
    package = str(Path(nbreview.__file__).resolve().parent.parent)
    before = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([package, before]) if before else package,
        "PYTHONIOENCODING": "utf-8",
        "OMP_WAIT_POLICY": os.environ.get("OMP_WAIT_POLICY", "passive"),
    }
