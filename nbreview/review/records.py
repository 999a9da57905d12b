"""A review that was held, an act on a cell that can be taken back, a file that is written: what the store
keeps of each.

Imports only floors below. Times are seconds since the epoch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ViewedCell:
    """A cell that was looked at. `digest` stands for what was seen of it: both sources."""

    digest: str
    time: float
    cell_index: int | None = None
    cell_id: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One look at base..head of a notebook.

    `base_commit` and `head_commit` are commits, "" for what is in no commit; `base_blob` and `head_blob` are
    git's object ids of the two versions, "" where git has not hashed them. `ended` is None while it goes on.
    """

    id: str
    notebook: str
    started: float
    repository: str = ""
    remote: str = ""
    path: str = ""
    base_commit: str = ""
    head_commit: str = ""
    base_blob: str = ""
    head_blob: str = ""
    ended: float | None = None
    viewed: tuple[ViewedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptAct:
    """A cell that was staged, unstaged or reverted, with all that is needed to take it back.

    `kind` is the act's name and `base` the label of what the cell was shown against. `details` is plain data
    (JSON types) for the service that made it. `before` and `after` are the file's bytes around a revert.
    """

    id: str
    notebook: str
    kind: str
    time: float
    base: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    before: bytes | None = field(default=None, repr=False)
    after: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A write of a notebook's file that decisions of one `batch` ask for. `before` and `after` are the
    SHA-256 of the file's bytes around it: so it can be told, whatever came in between, whether it was done.
    """

    batch: str
    notebook: str
    before: str
    after: str
