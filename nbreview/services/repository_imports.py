"""How a repository imports a name elsewhere: what a missing import should say.

Joins `history` and `notebook`. Reads files, so for a worker thread; bounded in files, bytes and time. Nothing
is imported or run: statements are read from the syntax tree.
"""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.process import git_in
from nbreview.notebook.bindings import cell_imports

MOST_FILES = 400
MOST_SECONDS = 2.0
MOST_BYTES = 2**20


class RepositoryImports:
    """Says how the other files of a repository import a name. For one thread.

    Parameters
    ----------
    root:
        The top level of the repository.
    notebook:
        The notebook that asks: what it holds itself is not asked, and files near to it are asked first.
    """

    def __init__(self, root: Path, notebook: Path, cancel: CancelToken | None = None) -> None:
        self._root, self._notebook, self._cancel = root, notebook, cancel
        self._files: tuple[Path, ...] | None = None
        self._seconds = MOST_SECONDS
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The statement that the repository's files agree on, "" where none imports the name or they do not.

        Raises
        ------
        Cancelled
            The work was stopped.
        """
        if name not in self._known:
            self._known[name] = self._ask(name)
        return self._known[name]

    def _ask(self, name: str) -> str:
        started = time.monotonic()
        word = re.compile(rf"\b{re.escape(name)}\b".encode())
        votes: Counter[str] = Counter()
        for file in self._listed():
            if self._cancel is not None:
                self._cancel.check()
            if time.monotonic() - started > self._seconds:
                break
            votes.update(statement for bound, statement in self._imports(file, word) if bound == name)
        self._seconds = max(0.0, self._seconds - (time.monotonic() - started))
        if not votes:
            return ""
        (statement, times), *others = votes.most_common(2)
        return statement if not others or times >= 2 * others[0][1] else ""

    def _listed(self) -> tuple[Path, ...]:
        """Tracked sources, nearest first."""
        if self._files is None:
            try:
                said = git_in(self._root).run("ls-files", "-z", cancel=self._cancel)
            except UserError:
                said = b""
            named = (part for part in said.split(b"\0") if part.endswith((b".py", b".ipynb")))
            here = self._notebook.parent
            paths = [path for path in map(self._path, named) if path != self._notebook]
            paths.sort(key=lambda path: (_steps(path.parent, here), path.suffix == ".py", str(path)))
            self._files = tuple(paths[:MOST_FILES])
        return self._files

    def _path(self, listed: bytes) -> Path:
        return self._root / os.fsdecode(listed)

    def _imports(self, file: Path, word: re.Pattern[bytes]) -> Iterator[tuple[str, str]]:
        try:
            status = file.stat()
            if status.st_size > MOST_BYTES or file.is_symlink():
                return
            data = file.read_bytes()
        except OSError:
            return
        if word.search(data) is None:
            return
        for name, statement in _read(str(file), status.st_mtime_ns, data):
            if self._can_be_had(statement, file.parent):
                yield name, statement

    def _can_be_had(self, statement: str, folder: Path) -> bool:
        """Whether the statement says the same in the notebook's folder: not where its module lies beside the
        other file.
        """
        module = statement.split()[1]
        if module.startswith("."):
            return False
        top = module.partition(".")[0]
        here = self._notebook.parent
        beside = (folder / f"{top}.py").exists() or (folder / top).is_dir()
        return folder == here or not beside


@lru_cache(maxsize=256)
def _read(file: str, changed: int, data: bytes) -> tuple[tuple[str, str], ...]:
    """The imports of one file at its top level, each once; `changed` is its time of change."""
    found: dict[tuple[str, str], None] = {}
    for source in _sources(file, data):
        found |= dict.fromkeys(cell_imports(source))
    return tuple(found)


def _sources(file: str, data: bytes) -> Iterator[str]:
    if file.endswith(".py"):
        yield data.decode("utf-8", "replace")
        return
    try:
        cells = json.loads(data)["cells"]
        for cell in cells:
            if cell.get("cell_type") == "code":
                yield "".join(cell.get("source", ()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _steps(folder: Path, other: Path) -> int:
    """How many folders lie between two."""
    common = os.path.commonpath((folder, other))
    return len(folder.parts) + len(other.parts) - 2 * len(Path(common).parts)
