"""What the parts of the child process share: how a request ends without an answer, the flags that its threads
set, and llama.cpp's log. Imports nothing of nbreview and no llama_cpp."""

import ctypes
import sys
from collections import deque
from typing import Any

_LOG_INFO, _LOG_WARN, _LOG_ERROR = 2, 3, 4  # ggml_log_level
_OUT_OF_MEMORY = ("failed to allocate", "unable to allocate", "out of memory")


class StoppedError(Exception):
    """The request was cancelled."""


class RefusedError(Exception):
    """llama.cpp cannot do what was asked. `kind` is for the other end; `facts` go with it."""

    def __init__(self, kind: str, message: str, **facts: int) -> None:
        super().__init__(message)
        self.kind = kind
        self.facts = facts


class Flags:
    """What the threads share: the request to stop, and a count of the signs of life."""

    def __init__(self) -> None:
        self.current = 0
        self.cancelled = 0
        self.beats = 0

    def stop(self) -> bool:
        """Whether the request in hand has been cancelled; asking is a sign of life."""
        self.beats += 1
        return self.current != 0 and self.cancelled == self.current


class Log:
    """llama.cpp's log: to standard error, and the last lines kept to explain a failure."""

    def __init__(self, llama: Any) -> None:
        self._tail: deque[str] = deque(maxlen=40)
        self._callback = llama.llama_log_callback(self._take)
        llama.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _take(self, level: int, text: bytes, _: object) -> None:
        if level in (_LOG_INFO, _LOG_WARN, _LOG_ERROR):
            line = text.decode("utf-8", "replace")
            if level != _LOG_INFO:
                self._tail.append(line.strip())
            sys.stderr.write(line)
            sys.stderr.flush()

    def clear(self) -> None:
        """Forget what was said before."""
        self._tail.clear()

    def reason(self) -> tuple[str, bool]:
        """What went wrong in llama.cpp's words, and whether memory was short."""
        lines = [line for line in self._tail if line]
        memory = any(mark in line.lower() for line in lines for mark in _OUT_OF_MEMORY)
        telling = [line for line in lines if "error" in line.lower() or "unknown" in line.lower()]
        return (telling or lines or ["llama.cpp gave no reason"])[0], memory
