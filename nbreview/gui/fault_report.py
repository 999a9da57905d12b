"""The report of a fault of ours: what a developer needs, and nothing of what is being reviewed.

Messages of exceptions, values and file names of the person are left out, as each may hold a part of a
notebook; what stays are the kinds of the exceptions and the places in the program. Imports no widget.
"""

import contextlib
import faulthandler
import platform
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import qVersion

from nbreview import __version__, paths


def fault_report(error: BaseException) -> str:
    """The report as text: versions, the machine, and the chain of exceptions with their frames."""
    lines = [
        f"nbreview {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
        "",
    ]
    for place, each in enumerate(chain(error)):
        if place:
            lines.append("came of:")
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}".removeprefix("builtins."))
        lines += [
            f"  {_shown(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def crash_log() -> Iterator[str]:
    """Keep the places in the program where the process is ended from below (a fault in Qt or a driver), while
    the block runs. Yields what the last process left, "" where it ended as it should.
    """
    path = paths.cache_dir() / "crash.log"
    left = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            left = path.read_text(encoding="utf-8", errors="replace")
        stream = path.open("w", encoding="utf-8")
    except OSError:  # a cache that cannot be written is no reason not to start
        yield left
        return
    with stream:
        faulthandler.enable(stream)
        try:
            yield left
        finally:
            faulthandler.disable()
    with contextlib.suppress(OSError):
        path.unlink()


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that it came of, the last raised first."""
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _shown(name: str) -> str:
    """A source file as the program calls it: from its package on, without the folders of the person."""
    path = Path(name)
    for root in sorted((Path(entry) for entry in sys.path if entry), key=lambda each: -len(str(each))):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
