"""The parent's part in a child's user namespace: mapping everybody as they are, which only it may do.

Standard library only, Python 3.8: the source is also sent to kernels that have no nbreview. Imports nothing
of nbreview. A process in a new user namespace may map nobody but itself; its parent, where it is the
superuser, may map all that it knows itself (user_namespaces(7)), so that the child's files keep their owners.
"""

# Plain calls of `os`, as little as can be around a fork.
# ruff: noqa: PTH123

from __future__ import annotations

import contextlib
import os
import select

_PATIENCE = 2.0


def map_when_asked(child: int, asked: int, reply: int) -> None:
    """Wait until the child asks, and map all users and groups of this namespace to themselves in its own.

    Parameters
    ----------
    child:
        Process number.
    asked, reply:
        Descriptors: the reading end of its questions, the writing end of the answers ("y", or "n" where it
        has to map itself). Neither is closed.
    """
    if not select.select([asked], [], [], _PATIENCE)[0] or not os.read(asked, 1):
        return
    mapped = b"n"
    try:
        with open(f"/proc/{child}/setgroups", "w") as file:
            file.write("deny")
        for name in ("uid_map", "gid_map"):
            with open("/proc/self/" + name) as file:
                lines = [line.split() for line in file]
            with open(f"/proc/{child}/{name}", "w") as file:
                file.write("".join(f"{one[0]} {one[0]} {one[2]}\n" for one in lines))
        mapped = b"y"
    except OSError:  # not allowed here either
        pass
    with contextlib.suppress(OSError):  # it has ended
        os.write(reply, mapped)
