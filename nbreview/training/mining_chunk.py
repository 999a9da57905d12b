"""A run of revisions of one repository, read and turned into lines: what a worker does.

Everything here can be pickled and imported by a fresh process, on this machine or another one that sees the
repository at the same path. A worker thread keeps the one `cat-file --batch` of the repository that it works
on, and the notebooks it has read last: the base of a revision is the head of the one before.

Imports `history` and below, and the modules beside it.
"""

import threading
import weakref
from collections import Counter, OrderedDict
from dataclasses import dataclass
from pathlib import Path

import orjson

from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader, TooLargeError
from nbreview.history.process import git_in
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.training.mining_filters import MiningFilters, Reason, from_notebooks
from nbreview.training.mining_rows import Revised, Source, find_schema

UPGRADED = "read after an upgrade from format 3"

_KEPT = 16
_KEPT_BYTES = 32 * 2**20
_LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Work for one worker: revisions in the order of the listing.

    `left_out` counts what the listing alone ruled out since the chunk before, `listed` what was listed, and
    `commits` how many commits of the listing the chunk stands for in a progress bar.
    """

    folder: str
    source: Source
    schema: str
    filters: MiningFilters
    revisions: tuple[Revised, ...]
    left_out: dict[Reason, int]
    listed: dict[str, int]
    commits: int


@dataclass(frozen=True, slots=True)
class Mined:
    """What came of a chunk: whole lines, how many, and what was counted on the way."""

    lines: bytes
    rows: int
    left_out: dict[str, int]
    listed: dict[str, int]
    notes: dict[str, int]
    languages: dict[str, int]
    first: int | None
    last: int | None
    commits: int


class _Skip(Exception):
    """One side of a revision cannot be compared."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Desk:
    """What one thread has at hand of one repository."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._reader = BlobReader(git_in(Path(folder)))
        self._kept: OrderedDict[str, tuple[int, Notebook | Reason]] = OrderedDict()
        self._kept_bytes = 0
        self.close = weakref.finalize(self, self._reader.close)  # also when the thread ends

    def notebook(self, blob: str, limit: int) -> Notebook:
        """A notebook by its object id. Raises _Skip when there is none to compare."""
        if not blob:
            return EMPTY
        key = f"{blob} {limit}"
        if key in self._kept:
            self._kept.move_to_end(key)
            found = self._kept[key][1]
        else:
            size, found = self._read(blob, limit)
            self._kept[key] = (size, found)
            self._kept_bytes += size
            while len(self._kept) > _KEPT or (self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1):
                self._kept_bytes -= self._kept.popitem(last=False)[1][0]
        if isinstance(found, Reason):
            raise _Skip(found)
        return found

    def _read(self, blob: str, limit: int) -> tuple[int, Notebook | Reason]:
        try:
            data = self._reader.read(blob, limit=limit)
        except TooLargeError:
            return 1, Reason.LARGE
        except UserError:
            return 1, Reason.MISSING
        try:
            return len(data), read_bytes(data, blob)
        except UserError:
            return 1, Reason.LFS if data.startswith(_LFS) else Reason.BROKEN


class _Workplace(threading.local):
    desk: _Desk | None = None


_WORKPLACE = _Workplace()  # each thread's own; a pool gives no other way to keep a child between calls


def mine_chunk(chunk: Chunk) -> Mined:
    """Read the notebooks of a chunk and make its lines.

    Raises
    ------
    UserError
        git is missing, or the repository is not where the chunk says.
    """
    if chunk.revisions and not Path(chunk.folder).is_dir():
        raise UserError(
            f"{chunk.folder} is not there for a worker; every machine must see it at the same path."
        )
    desk = _desk(chunk.folder) if chunk.revisions else None
    make_row = find_schema(chunk.schema).make_row
    left_out: Counter[str] = Counter({reason.value: number for reason, number in chunk.left_out.items()})
    notes: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    lines: list[bytes] = []
    times: list[int] = []
    for revised in chunk.revisions:
        assert desk is not None
        try:
            base = desk.notebook(revised.before, chunk.filters.max_bytes)
            head = desk.notebook(revised.after, chunk.filters.max_bytes)
            reason = from_notebooks(base, head, chunk.filters)
            if reason is None:
                row = make_row(chunk.source, revised, base, head)
                lines.append(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
                times.append(revised.time)
                languages[(head if revised.after else base).language] += 1
                notes[UPGRADED] += bool(base.read_only or head.read_only)
        except _Skip as skip:
            reason = skip.reason
        except orjson.JSONEncodeError:  # half a surrogate pair
            reason = Reason.ENCODING
        except (
            Exception
        ):  # one notebook out of thousands of repositories must not end the work: it is counted
            reason = Reason.FAILED
        if reason is not None:
            left_out[reason.value] += 1
    return Mined(
        b"".join(lines),
        len(lines),
        dict(left_out),
        dict(chunk.listed),
        {name: number for name, number in notes.items() if number},
        dict(languages),
        min(times, default=None),
        max(times, default=None),
        chunk.commits,
    )


def release() -> None:
    """End the child that this thread has kept."""
    desk, _WORKPLACE.desk = _WORKPLACE.desk, None
    if desk is not None:
        desk.close()


def _desk(folder: str) -> _Desk:
    desk = _WORKPLACE.desk
    if desk is None or desk.folder != folder:
        release()
        desk = _WORKPLACE.desk = _Desk(folder)
    return desk
