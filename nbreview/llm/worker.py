"""The child process that holds the model: `python -P -m nbreview.llm.worker`.

The only module that imports llama_cpp, because what llama.cpp does wrong ends this process and not the
window. It imports nothing of nbreview but the rooms that the child needs.

Frames come in on standard input and go out on what was standard output; descriptor 1 itself is pointed at
standard error first, so that nothing that llama.cpp prints can fall between two frames. A reader thread
takes the frames: it sets the cancel flag at once and ends the process when the input ends, so no child
outlives its window. A pulse thread says that the process is alive, but only when llama.cpp has called back
since the last time: a hang stays silent, and the watchdog of the other end sees it.
"""

import ctypes
import os
import queue
import signal
import sys
import threading
import time
from typing import Any

from nbreview.llm import protocol
from nbreview.llm.guard import Flags, Log, RefusedError, StoppedError
from nbreview.llm.inference import Model
from nbreview.llm.tokeniser import Tokeniser

_PULSE_SECONDS = 1.0
_IDLE_SECONDS = 0.5
"""So long after an answer the prompt is written to disk: not between the cells of a scan."""


class Wire:
    """The way out: whole frames, from any thread."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def send(self, message: dict[str, Any]) -> None:
        """Write one frame; when nobody reads any more, end the process."""
        data = memoryview(protocol.encode_frame(message))
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:
                os._exit(0)


def devices() -> list[dict[str, Any]]:
    """The devices that this build of llama.cpp can use, as its registry names them; memory in bytes."""
    from pathlib import Path

    import llama_cpp
    from llama_cpp._ctypes_extensions import load_shared_library

    folder = Path(llama_cpp.__file__).parent / "lib"
    registry, base = load_shared_library("ggml", folder), load_shared_library("ggml-base", folder)
    registry.ggml_backend_dev_count.restype = ctypes.c_size_t
    registry.ggml_backend_dev_get.restype = ctypes.c_void_p
    registry.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    for name in ("name", "description"):
        getattr(base, f"ggml_backend_dev_{name}").restype = ctypes.c_char_p
        getattr(base, f"ggml_backend_dev_{name}").argtypes = [ctypes.c_void_p]
    base.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    base.ggml_backend_dev_backend_reg.restype = ctypes.c_void_p
    base.ggml_backend_dev_backend_reg.argtypes = [ctypes.c_void_p]
    base.ggml_backend_reg_name.restype = ctypes.c_char_p
    base.ggml_backend_reg_name.argtypes = [ctypes.c_void_p]
    size_p = ctypes.POINTER(ctypes.c_size_t)
    base.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, size_p, size_p]
    found = []
    for index in range(registry.ggml_backend_dev_count()):
        device = registry.ggml_backend_dev_get(index)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        base.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
        found.append(
            {
                "name": base.ggml_backend_dev_name(device).decode("utf-8", "replace"),
                "description": base.ggml_backend_dev_description(device).decode("utf-8", "replace"),
                "kind": base.ggml_backend_dev_type(device),
                "backend": base.ggml_backend_reg_name(base.ggml_backend_dev_backend_reg(device)).decode(),
                "free_bytes": free.value,
                "total_bytes": total.value,
            }
        )
    return found


class Worker:
    """Answers messages one after the other in the main thread; two threads listen and say that it lives."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._flags = Flags()
        self._jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._model: Model | None = None
        self._tokeniser: Tokeniser | None = None
        self._unkept = False

    def run(self) -> None:
        """Say hello, then answer until the input ends (which ends the process)."""
        threading.Thread(target=self._listen, daemon=True, name="frames").start()
        try:
            from llama_cpp import llama_cpp as llama

            self._llama: Any = llama
            self._log = Log(llama)
            llama.llama_backend_init()
            import llama_cpp

            version = llama_cpp.__version__
            hello = {"is": "hello", "version": version, "devices": devices()}
            hello["system"] = llama.llama_print_system_info().decode("utf-8", "replace").strip()
            self._wire.send(hello)
        except Exception as error:
            self._wire.send({"is": "error", "id": 0, "kind": "import", "message": str(error)})
            return
        threading.Thread(target=self._beat, daemon=True, name="pulse").start()
        while True:
            try:
                message = self._jobs.get(timeout=_IDLE_SECONDS if self._unkept else None)
            except queue.Empty:
                self._keep()
                continue
            self._answer(message)
            self._unkept = bool(message.get("state_file"))

    def _keep(self) -> None:
        self._unkept = False
        if self._model is not None:
            try:
                self._model.keep()
            except Exception as error:  # it costs an evaluation, not an answer
                sys.stderr.write(f"worker: the prompt was not kept: {error}\n")

    def _listen(self) -> None:
        stream = sys.stdin.buffer
        while True:
            try:
                message = protocol.read_frame(stream)
            except protocol.ProtocolError as error:
                sys.stderr.write(f"worker: {error}\n")
                message = None
            if message is None:
                os._exit(0)
            if message["do"] == "cancel":
                self._flags.cancelled = message["id"]
            else:
                self._jobs.put(message)

    def _beat(self) -> None:
        seen = self._flags.beats
        while True:
            time.sleep(_PULSE_SECONDS)
            if self._flags.beats != seen:
                seen = self._flags.beats
                self._wire.send({"is": "alive"})

    def _answer(self, message: dict[str, Any]) -> None:
        number = self._flags.current = message["id"]
        try:
            if self._flags.stop():
                raise StoppedError
            self._wire.send({**self._perform(message), "id": number})
        except StoppedError:
            self._wire.send({"is": "stopped", "id": number})
        except RefusedError as error:
            self._wire.send(
                {"is": "error", "id": number, "kind": error.kind, "message": str(error), **error.facts}
            )
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            self._wire.send({"is": "error", "id": number, "kind": "fault", "message": text})
        finally:
            self._flags.current = 0

    def _perform(self, message: dict[str, Any]) -> dict[str, Any]:
        def send(event: protocol.Streamed) -> None:
            self._wire.send({**protocol.encode_event(event), "id": self._flags.current})

        if message["do"] == "load":
            self._model = Model(self._llama, message, self._log, self._flags, send)
            return {"is": "ready", "facts": self._model.facts()}
        if message["do"] == "vocabulary":
            self._tokeniser = Tokeniser(self._llama, message["path"], self._log)
            return {"is": "ready", "facts": self._tokeniser.facts()}
        if message["do"] == "count_all" and self._tokeniser is not None:
            return {"is": "count", "tokens": [self._tokeniser.count(text) for text in message["texts"]]}
        if self._model is None:
            raise RefusedError("model", "no model is loaded")
        if message["do"] == "keep":
            self._keep()
            return {"is": "kept"}
        if message["do"] == "count":
            return {"is": "count", "tokens": self._model.count(message["text"])}
        return protocol.encode_event(self._model.ask(message))


def main() -> None:
    """Entry of the child process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    frames = os.dup(1)
    os.dup2(2, 1)
    Worker(Wire(frames)).run()


if __name__ == "__main__":
    main()
