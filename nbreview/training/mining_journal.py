"""Rows on their way to a file, kept so that mining goes on where it was killed.

The work folder beside the file to be holds `rows` and `state.json`. The state is replaced after every chunk
and says how many bytes of `rows` stand for whole chunks, and their digest: whatever ended the last run (an
exception, `kill -9`, the power), the next one cuts off what is past them, or begins anew when they are not
what was written. `lock` keeps two runs apart.

Imports only the modules beside it and below.
"""

import contextlib
import hashlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from nbreview.errors import UserError
from nbreview.training.files import put

_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands: so many repositories are finished, and so many chunks of the next one."""

    repositories: int = 0
    chunks: int = 0


@dataclass(slots=True)
class Journal:
    """The rows so far. Made by `open_journal`; owned by one run."""

    folder: Path
    fingerprint: str
    stream: BinaryIO
    position: Position = field(default_factory=Position)
    counts: dict[str, Any] = field(default_factory=dict)
    size: int = 0
    resumed: bool = False
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """Of the rows so far."""
        return str(self._digest.hexdigest())

    def add(self, lines: bytes, position: Position, counts: dict[str, Any]) -> None:
        """Keep the lines of one chunk, and remember that everything up to `position` is done.

        Parameters
        ----------
        counts:
            What to be told when a later run goes on from here.
        """
        self.stream.write(lines)
        self.stream.flush()
        self._digest.update(lines)
        self.size += len(lines)
        self.position, self.counts = position, counts
        state = {
            "fingerprint": self.fingerprint,
            "repositories": position.repositories,
            "chunks": position.chunks,
            "size": self.size,
            "sha256": self.sha256,
            "counts": counts,
        }
        aside = self.folder / "state.new"
        aside.write_bytes(orjson.dumps(state))
        aside.replace(self.folder / "state.json")

    def finish(self, target: Path) -> None:
        """Give the rows the target's name. The folder stays until `remove`."""
        put(self.stream, self.folder / "rows", target)

    def remove(self) -> None:
        """Take the work folder away."""
        self.stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _take_up(self) -> None:
        """Go on from the state that is there, if it belongs to this work and to the rows beside it."""
        try:
            state = orjson.loads((self.folder / "state.json").read_bytes())
        except (OSError, orjson.JSONDecodeError):
            state = {}
        if state.get("fingerprint") == self.fingerprint:
            digest, left = hashlib.sha256(), int(state["size"])
            self.stream.seek(0)
            while left and (piece := self.stream.read(min(_READ_BYTES, left))):
                digest.update(piece)
                left -= len(piece)
            if digest.hexdigest() == state["sha256"]:
                self.position = Position(state["repositories"], state["chunks"])
                self.counts, self.size, self._digest = state["counts"], state["size"], digest
                self.resumed = True
        self.stream.seek(self.size)
        self.stream.truncate()


@contextlib.contextmanager
def open_journal(target: Path, fingerprint: str) -> Iterator[Journal]:
    """The journal of the rows that will be `target`; it stays on the disk unless it is removed.

    Parameters
    ----------
    fingerprint:
        What the rows depend on. A journal with another one is begun anew.

    Raises
    ------
    UserError
        Another run is writing the same file.
    """
    folder = target.with_name(f".{target.name}.mining")
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("ab") as lock:
        if not _locked(lock):
            raise UserError(f"{target} is being written by another run of nbreview; wait for it, or stop it.")
        rows = folder / "rows"
        rows.touch()
        with rows.open("r+b") as stream:
            journal = Journal(folder, fingerprint, stream)
            journal._take_up()
            yield journal


if sys.platform == "win32":

    def _locked(file: BinaryIO) -> bool:
        """Take the lock, which ends with the process; False when another one has it."""
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(file: BinaryIO) -> bool:
        """Take the lock, which ends with the process; False when another one has it."""
        import fcntl

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
