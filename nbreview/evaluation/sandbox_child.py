"""The process in which a program of a model is run: reads one request, forks a contained child, reports.

Run with `python -m`; it speaks JSON on its standard streams, once. A process of its own, because a user
namespace wants a process of one thread (see `kernel.containment`). Standard library only.
"""

# Plain calls of `os` around a fork.
# ruff: noqa: PTH118, PTH123

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from nbreview.kernel.supervision import keep


def serve() -> None:
    """Answer the one request on stdin with the report of `supervision.keep` on stdout."""
    request = json.loads(sys.stdin.buffer.read())
    listen, report = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        os.close(listen)
        options = {**request["limits"], "levels": request["levels"], "map": None, "parent": parent}
        options["folder"] = request["folder"]
        keep(lambda facts: run_script(request), options, report)
    os.close(report)
    with os.fdopen(listen, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()


def run_script(request: Mapping[str, Any]) -> dict[str, Any]:
    """Write the script aside and run it in the folder, inside the contained child."""
    aside = tempfile.mkdtemp(prefix="task-")
    script = os.path.join(aside, request["name"])
    with open(script, "w", encoding="utf-8", errors="replace") as file:
        file.write(request["source"])
    folder = request["folder"] or aside
    # Nothing of the person's own environment: it may hold keys.
    environment = {
        "PATH": request["path"],
        "HOME": aside,
        "TMPDIR": aside,
        "LANG": "C.UTF-8",
        "PYTHONPATH": folder,
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "Agg",
    }
    done = subprocess.run(
        [*request["command"], script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    return {"code": done.returncode}


if __name__ == "__main__":
    serve()
