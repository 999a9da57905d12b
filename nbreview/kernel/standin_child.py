"""The child process of stand-in runs: imports what the notebook needs once, then forks one process a run.

Run by path with the interpreter of the notebook's environment: standard library only, any Python from 3.8
on. It does not import the installed nbreview: its neighbours in this folder are made importable under the
same names.

Speaks framed JSON (four bytes of length, big-endian, then UTF-8) on its standard input and output. Each
message has an "id" that comes back in its answer. {"preload": [module, …]} is answered by {"ready": true}, a
request for a run (see `standin_kept`) by what it found. {"stop": id} ends the run under way. It ends with
its input.
"""

# Plain calls of `os`: the process is forked, and its Python may be old.
# ruff: noqa: E402, PTH100, PTH120

from __future__ import annotations

import sys

FOLDER = __file__.rpartition("/")[0] or "."
if __name__ == "__main__":
    # Python puts the script's folder first, where our files would hide modules of the same name.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", ".", FOLDER)]

import contextlib
import gc
import importlib
import json
import os
import struct
import types
from typing import Any, BinaryIO


def neighbours(folder: str) -> None:
    """Make the modules of this folder importable as `nbreview.kernel.*` without the package being
    installed.
    """
    for name, path in (("nbreview", []), ("nbreview.kernel", [folder])):
        package = types.ModuleType(name)
        package.__path__ = path
        sys.modules[name] = package


def read_frame(stream: BinaryIO) -> Any:
    """The next message, None at the end of the input. The stream is unbuffered: it is also waited for."""
    head = _exactly(stream, 4)
    data = _exactly(stream, struct.unpack(">I", head)[0]) if len(head) == 4 else b""
    return json.loads(data.decode("utf-8")) if data else None


def _exactly(stream: BinaryIO, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        part = stream.read(size - len(parts))
        if not part:
            return b""
        parts += part
    return parts


def write_frame(stream: BinaryIO, message: Any) -> None:
    """Send one message."""
    data = json.dumps(message, default=str).encode("utf-8", "replace")
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def serve(source: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the input ends."""
    kept = importlib.import_module("nbreview.kernel.standin_kept")
    ended = False

    def stop() -> bool:
        nonlocal ended
        ended = read_frame(source) is None
        return True

    while not ended:
        request = read_frame(source)
        if request is None:
            return
        if "preload" in request:
            preload(request["preload"])
            gc.freeze()  # what is there now need not be looked at, and thereby copied, in every run
            write_frame(answers, {"ready": True, "id": request.get("id")})
        elif "stop" not in request:  # it had ended by itself already
            found = kept.kept_run(request, source.fileno(), stop)
            write_frame(answers, {**found, "id": request.get("id")})


def preload(names: list[str]) -> None:
    """Import modules before the first fork, so that no run pays for them. What is missing is left out."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    for variable in (
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
        "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS",
    ):  # fmt: skip
        os.environ[variable] = "1"
    os.environ["EAGER_IMPORT"] = "1"  # of lazy_loader: else each run would pay for the parts of librosa
    for name in (*names, "tqdm"):  # which every run asks for
        with contextlib.suppress(BaseException):
            if name == "torchvision":
                importlib.import_module("nbreview.kernel.standin_torch").import_torchvision()
            else:
                importlib.import_module(name)


def main() -> None:
    """Serve on the standard streams, which nothing else in this process may use."""
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    neighbours(os.path.dirname(os.path.abspath(__file__)))
    serve(source, answers)


if __name__ == "__main__":
    main()
