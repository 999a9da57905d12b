"""How a notebook grew: what each commit did to its cells, counted once and kept in the store.

Joins `history`, `diff` and the store. Every function may run on a worker thread. Imports services below, and
of `presentation` the columns alone.
"""

import contextlib
import time
from collections.abc import Callable, Sequence

from nbreview.cancellation import CancelToken
from nbreview.diff.notebooks import diff_notebooks
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.growth import Column, column_of, decode, encode
from nbreview.services.opening import Target
from nbreview.services.options import diff_options, fingerprint
from nbreview.settings import Settings
from nbreview.store.database import Store

Pair = tuple[str, str]
"""Blob before and blob after; "" where the notebook is not there."""

SECONDS = 20.0
"""How long one call counts before it leaves the rest to the next."""
MAX_KEPT = 1024
"""Columns kept of one notebook, those of the newest commits first."""
MAX_KEPT_CHARACTERS = 500_000


def pair_of(revision: Revision) -> Pair:
    """Which contents a commit's column is of."""
    return revision.parent_blob, "" if revision.status is FileStatus.DELETED else revision.blob


def grow(
    target: Target,
    commits: Sequence[Revision],
    settings: Settings,
    store: Store,
    found: Callable[[Revision, Column], None],
    cancel: CancelToken | None = None,
    progress: Callable[[int], None] | None = None,
    *,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Find the column of each commit, in the order given; whether all were found in the time there is.

    What is found is kept by pair of blobs together with the rules of comparing, and the counts beside the
    commits with it. A commit that cannot be read has an empty column.

    Parameters
    ----------
    found:
        Called with each column as it comes: what is known already first.
    progress:
        Called with how many commits are done.
    seconds:
        Time to count in; what is known costs nothing.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile. What was counted until then is kept.
    """
    repository = target.repository
    if repository is None:
        return True
    rules = fingerprint(diff_options(settings))
    known = _known(store, target, rules)
    missing: list[Revision] = []
    for revision in commits:
        if revision.kind is not RevisionKind.COMMIT:
            continue
        column = known.get(pair_of(revision))
        if column is None:
            missing.append(revision)
        else:
            found(revision, column)
    if not missing:
        return True
    counted: dict[Pair, Column] = {}
    end = clock() + seconds
    try:
        with repository.blobs() as blobs:
            read = _Contents(target, blobs, settings, cancel)
            for done, revision in enumerate(missing):
                if cancel is not None:
                    cancel.check()
                if done and clock() >= end:
                    return False
                pair = pair_of(revision)
                column = counted.get(pair) or read.column(revision)
                if column.runs:
                    counted[pair] = column
                found(revision, column)
                if progress is not None:
                    progress(len(commits) - len(missing) + done + 1)
    finally:
        _keep(store, target, rules, known, counted, commits)
    return True


class _Contents:
    """Reads notebooks by blob. A commit's parent is often the next commit, so the last few stay at hand."""

    _KEPT = 3

    def __init__(
        self, target: Target, blobs: BlobReader, settings: Settings, cancel: CancelToken | None
    ) -> None:
        self._target, self._blobs, self._cancel = target, blobs, cancel
        self._options, self._limit = diff_options(settings), settings.max_notebook_mib * 2**20
        self._last: dict[str, Notebook] = {"": EMPTY}

    def column(self, revision: Revision) -> Column:
        """The column of a commit; empty where one of its sides cannot be read."""
        before, after = pair_of(revision)
        try:
            head, base = self._read(after), self._read(before)
        except UserError:
            return Column(())
        return column_of(diff_notebooks(base, head, self._options, self._cancel))

    def _read(self, blob: str) -> Notebook:
        known = self._last.pop(blob, None)
        if known is None:
            data = self._blobs.read(blob, self._cancel)
            known = read_bytes(data, f"{blob[:7]}:{self._target.path}", max_bytes=self._limit)
        self._last[blob] = known
        while len(self._last) > self._KEPT:
            del self._last[next(iter(self._last))]
        if "" not in self._last:
            self._last[""] = EMPTY
        return known


def _name(target: Target) -> str:
    return f"growth {target.notebook}"


def _known(store: Store, target: Target, rules: str) -> dict[Pair, Column]:
    """What was kept, if it was counted by the same rules."""
    try:
        kept = store.place(_name(target))
    except UserError:
        return {}
    if not isinstance(kept, dict) or kept.get("rules") != rules or not isinstance(kept.get("columns"), dict):
        return {}
    columns: dict[Pair, Column] = {}
    for key, text in kept["columns"].items():
        before, _, after = str(key).partition(":")
        with contextlib.suppress(ValueError):
            columns[before, after] = decode(str(text))
    return columns


def _keep(
    store: Store,
    target: Target,
    rules: str,
    known: dict[Pair, Column],
    counted: dict[Pair, Column],
    commits: Sequence[Revision],
) -> None:
    """Keep what was counted; what cannot be kept is counted again the next time."""
    if not counted:
        return
    asked = dict.fromkeys(pair_of(revision) for revision in commits)
    columns: dict[str, str] = {}
    room = MAX_KEPT_CHARACTERS
    for pair in [*asked, *(pair for pair in known if pair not in asked)]:
        column = counted.get(pair) or known.get(pair)
        text = encode(column) if column is not None else ""
        if text and len(columns) < MAX_KEPT and len(text) <= room:
            columns[":".join(pair)] = text
            room -= len(text)
    badges = [
        (*pair, {kind.value: count for kind, count in column.counts().items()})
        for pair, column in counted.items()
        if pair[1]
    ]
    with contextlib.suppress(UserError):
        store.keep_place(_name(target), {"rules": rules, "columns": columns})
        store.put_badges(badges, rules)
