"""Where an exception of a stand-in run was raised, and what of its message two worlds share.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any

CELL_FILE = "<nbreview cell "
"""What the files of cells are called in tracebacks, with the number of the cell behind it."""

PLACE = re.compile(r'File "[^"\n]*", line \d+.*')
"""A line of the traceback that a message of TensorFlow holds."""


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception with its causes and what was being handled when it was raised."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]


def frames(traceback: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    """The frames of a traceback with the line that each was at, outermost first."""
    while traceback is not None:
        yield traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next


def is_cell(frame: FrameType) -> bool:
    """Whether a frame runs a cell of the notebook."""
    return frame.f_code.co_filename.startswith(CELL_FILE)


def package_of(places: Any) -> str:
    """The top-level package of the innermost frame outside the notebook, "" when a cell raised it."""
    for frame, _ in reversed(list(places)):
        name = str(frame.f_globals.get("__name__") or "")
        if is_cell(frame):
            return ""
        if name.split(".")[0] in ("nbreview", "builtins", "") or _is_standard(name.split(".")[0]):
            continue
        return name.split(".")[0]
    return ""


def _is_standard(name: str) -> bool:
    return name in getattr(sys, "stdlib_module_names", ())


def comparable(message: str) -> str:
    """What must be equal of a message in two worlds: the numbers in it that are not quoted. The fractions of
    an array that is written out are values of the data, which each world invents for itself, and so are many
    numbers in a row.
    """
    bare = re.sub(r"0x[0-9a-fA-F]+", "", PLACE.sub("", message))
    bare = re.sub(r"(?:[-+]?\d[\d.]* +){8,}[-+]?\d[\d.]*", "", bare)
    bare = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "", bare)
    bare = re.sub(r"\[[-+\d.eE\s\[\]]*\.[-+\d.eE\s\[\]]*\]", "", bare)
    return " ".join(re.findall(r"\d+", bare)[:40])
