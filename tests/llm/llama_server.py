"""llama-cpp-python's own OpenAI-compatible server, on loopback, with a tiny model."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_START_SECONDS = 90.0


@contextmanager
def llama_server(folder: Path, models: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The server's address, while the test runs.

    Parameters
    ----------
    folder:
        Where its settings are put.
    models:
        Name -> the server's settings of this model ("model" is its path).
    """
    for name in ("uvicorn", "fastapi", "sse_starlette", "starlette_context", "pydantic_settings"):
        pytest.importorskip(name, reason="the libraries of llama-cpp-python's server are not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    common = {"n_ctx": 2048, "n_threads": 1, "n_threads_batch": 1}
    rows = [{**common, "model_alias": name, **each} for name, each in models.items()]
    settings = folder / "server.json"
    settings.write_text(json.dumps({"host": "127.0.0.1", "port": port, "models": rows}, default=str))
    command = [sys.executable, "-m", "llama_cpp.server", "--config_file", str(settings)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/v1/models", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers; the pauses are those of a server that is not there yet."""
    deadline = time.monotonic() + _START_SECONDS
    port = int(url.split(":")[2].split("/")[0])
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            break
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(url, timeout=_START_SECONDS):
        return
    pytest.fail("the server does not answer")
