"""Which files a repository or a folder has, without what is ignored, and what is in them.

Imports the modules beside it and below. Names come from git where there is a repository (tracked files, and
those that are neither tracked nor ignored), else from the folder. Links are never followed: a file counts
only when neither it nor a folder on the way to it is one.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.history.process import git_in, text_of

MOST_FILES = 20_000
_MOST_FOLDERS = 2_000
_NEVER = frozenset(
    ["__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist", "target", "vendor"]
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file. `path` is from the root, as git writes it; `stamp` changes when the file may have."""

    path: str
    place: Path
    size: int
    stamp: str


def repository_files(root: Path, cancel: CancelToken | None = None) -> Iterator[FoundFile]:
    """The files of a working tree that git does not ignore, in git's order.

    Parameters
    ----------
    root:
        The top level of the repository.

    Raises
    ------
    UserError
        git is missing or cannot read the repository.
    """
    said = git_in(root).run("ls-files", "-z", "--cached", "--others", "--exclude-standard", cancel=cancel)
    listed = dict.fromkeys(text_of(part) for part in said.split(b"\0") if part)
    yield from _regular(root, list(listed)[:MOST_FILES], cancel)


def folder_files(root: Path, cancel: CancelToken | None = None) -> Iterator[FoundFile]:
    """The files of a folder that is in no repository, without hidden ones and environments. Bounded."""
    paths: list[str] = []
    for folders, (here, names, files) in enumerate(os.walk(root, followlinks=False), 1):
        if cancel is not None:
            cancel.check()
        names[:] = sorted(
            name
            for name in names
            if not name.startswith(".") and name not in _NEVER and not Path(here, name, "pyvenv.cfg").exists()
        )
        inside = Path(here).relative_to(root)
        paths += [
            text_of(os.fsencode((inside / name).as_posix())) for name in sorted(files) if name[0] != "."
        ]
        if len(paths) >= MOST_FILES or folders >= _MOST_FOLDERS:
            break
    yield from _regular(root, paths[:MOST_FILES], cancel)


def read_found(found: FoundFile, limit: int) -> bytes | None:
    """A file's content; None where it is larger, gone, or has become something else than a regular file."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with contextlib.suppress(OSError):
        handle = os.open(found.place, flags)
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            data = opened.read(limit + 1)
            return data if len(data) <= limit else None
    return None


def _regular(root: Path, paths: list[str], cancel: CancelToken | None) -> Iterator[FoundFile]:
    inside: dict[Path, bool] = {}
    top = root.resolve()
    for path in paths:
        if cancel is not None:
            cancel.check()
        place = root / os.fsdecode(path.encode("utf-8", "surrogateescape"))
        if place.parent not in inside:
            try:
                inside[place.parent] = place.parent.resolve() == top / place.parent.relative_to(root)
            except (OSError, RuntimeError, ValueError):
                inside[place.parent] = False
        try:
            status = place.lstat()
        except OSError:
            continue
        if inside[place.parent] and stat.S_ISREG(status.st_mode):
            yield FoundFile(path, place, status.st_size, f"{status.st_mtime_ns}:{status.st_size}")
