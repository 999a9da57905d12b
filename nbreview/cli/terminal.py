"""Where a command prints: a terminal, a pager or a pipe, by git's rules.

The pager is what GIT_PAGER, the user's `core.pager` or PAGER names, else `less` with `LESS=FRX`; an empty one
and `cat` are none. It is started only at a terminal. Colour is for terminals and for git's own pager.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_OFF = ("never", "false", "no", "off", "0")
_NARROWEST = 20
_DEFAULT_WIDTH = 80  # git's too


def console_on(file: IO[str], color: str, width: int | None = None) -> "Console":
    """What rich prints with.

    Parameters
    ----------
    file:
        The terminal, or the pipe to a pager.
    color:
        `always`, `never`, or `auto`: at a terminal (or when git has started its pager), unless NO_COLOR is
        set, the terminal is dumb, or `color.diff` or `color.ui` of the user's git switch it off.
    width:
        Columns; None finds out.
    """
    from rich.console import Console

    on = color == "always" or (color == "auto" and _color_wanted())
    deep = os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    return Console(
        file=file,
        force_terminal=on,
        color_system=("truecolor" if deep else "256") if on else None,
        no_color=not on or (color != "always" and _no_color()),
        width=width or terminal_width(),
        legacy_windows=False,
    )


def terminal_width() -> int:
    """Columns of the terminal: COLUMNS (git sets it before it starts a pager), else what one of the three
    streams says, else 80.
    """
    with contextlib.suppress(ValueError):
        if (columns := int(os.environ.get("COLUMNS", ""))) >= _NARROWEST:
            return columns
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            if stream is not None and (columns := os.get_terminal_size(stream.fileno()).columns):
                return max(columns, _NARROWEST)
    return _DEFAULT_WIDTH


@contextlib.contextmanager
def paged(wanted: bool) -> Iterator[IO[str]]:
    """Where to print: the pipe to a pager, or stdout where none is wanted or needed. Waits for the pager.

    Raises
    ------
    BrokenPipeError
        The reader has seen enough.
    """
    command = pager_command() if wanted and sys.stdout.isatty() else ""
    if not command:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # the signs, on a terminal that is not UTF-8
        yield sys.stdout
        return
    child = subprocess.Popen(
        command,
        shell=True,  # a pager may have arguments, and it is the user's own setting
        stdin=subprocess.PIPE,
        env={"LESS": "FRX", "LV": "-c"} | os.environ | {"GIT_PAGER_IN_USE": "true"},
        encoding=sys.stdout.encoding or "utf-8",
        errors="replace",
    )
    assert child.stdin is not None
    try:
        yield child.stdin
        child.stdin.flush()
    finally:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        while True:
            try:  # Ctrl-C is the pager's as long as it runs
                child.wait()
                break
            except KeyboardInterrupt:
                continue


def pager_command() -> str:
    """The pager as a command for the shell, "" for none."""
    named = os.environ.get("GIT_PAGER")
    if named is None:
        named = _settings().get("core.pager")
    if named is None:
        named = os.environ.get("PAGER")
    if named is None:
        named = "less" if shutil.which("less") else ""
    return "" if named.strip() in ("", "cat") else named


def _color_wanted() -> bool:
    if os.environ.get("TERM") == "dumb":
        return False
    if not sys.stdout.isatty() and os.environ.get("GIT_PAGER_IN_USE", "").lower() not in (
        "true",
        "1",
        "yes",
        "on",
    ):
        return False
    if _no_color():
        return True  # rich keeps bold and reverse, which are no colours
    settings = _settings()
    return settings.get("color.diff", settings.get("color.ui", "auto")).lower() not in _OFF


def _no_color() -> bool:
    return bool(os.environ.get("NO_COLOR"))


def _settings() -> dict[str, str]:
    from nbreview.history.preferences import user_settings

    try:
        return user_settings(Path.cwd())
    except OSError:  # the current folder is gone
        return {}
