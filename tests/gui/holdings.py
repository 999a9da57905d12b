"""What this process holds, counted: memory, objects, widgets, threads, open files. Linux only."""

import ctypes
import gc
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

COUNTABLE = Path("/proc/self/statm").exists()
"""Whether this system tells."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the process holds; `resident` in bytes."""

    resident: int
    objects: int
    widgets: int
    threads: int
    files: int


def holdings() -> Holdings:
    """Count, after everything that nobody holds is gone."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Holdings(
        pages * os.sysconf("SC_PAGE_SIZE"),
        len(gc.get_objects()),
        len(QApplication.allWidgets()),
        threading.active_count(),
        len(list(Path("/proc/self/fd").iterdir())),
    )
