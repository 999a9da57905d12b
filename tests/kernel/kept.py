"""A process of a test's own that goes through `supervision.keep`, as any user. Run as a program.

Usage: kept.py SOURCE OPTIONS — OPTIONS is JSON: what `keep` takes, "user" (a number to become first, or null)
and "folder". SOURCE is Python that runs in the child; its `found` is the result. Prints the report.
"""

import ctypes
import json
import os
import socket  # the child may be a user who cannot read this Python's library: all that it wants is here
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from nbreview.kernel.supervision import keep


def main() -> None:
    """Fork, keep, print what is reported."""
    source, options = sys.argv[1], json.loads(sys.argv[2])
    if options["folder"]:
        os.chdir(options["folder"])
    if options["user"] is not None:
        os.environ["HOME"] = options["folder"]
        os.setgroups([])
        os.setresgid(*[options["user"]] * 3)
        os.setresuid(*[options["user"]] * 3)
        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE: as if it had been this user all along
    listen, report = os.pipe()
    child = os.fork()
    if not child:
        os.close(listen)
        keep(lambda facts: _run(source, facts), options, report)
    os.close(report)
    said = b""
    while piece := os.read(listen, 1 << 16):
        said += piece
    os.waitpid(child, 0)
    sys.stdout.write(said.decode())


def _run(source: str, facts: dict[str, Any]) -> dict[str, Any]:
    assert subprocess, socket
    space: dict[str, Any] = {"facts": facts, "found": None, "Path": Path, "tempfile": tempfile}
    try:
        exec(source, space)
    except BaseException as error:
        return {"raised": f"{type(error).__name__}: {error}"}
    return {"found": space["found"]}


if __name__ == "__main__":
    main()
