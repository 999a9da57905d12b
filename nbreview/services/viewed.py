"""Ticks of what has been viewed, kept by pair of versions: they come back when the same two are compared
again, in another window or after a restart.

Joins the store and `opening`. Reading belongs on worker threads; writing happens on a thread of its own, so
that ticking a cell never waits for a disk.
"""

import contextlib
from concurrent.futures import Future, ThreadPoolExecutor

from nbreview.diff.model import CellChange
from nbreview.errors import UserError
from nbreview.services.opening import Comparison
from nbreview.store.database import Store

Pair = tuple[str, str, str]

_KNOWN = 64  # comparisons whose ticks are at hand


class ViewedTicks:
    """The ticks of the comparisons that were shown. `load` may be called from any thread, the rest from the
    owner's.

    Parameters
    ----------
    store:
        Where the ticks are kept. A store that cannot be written is no reason not to tick: the tick stays as
        long as the window.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[Pair, frozenset[str]] = {}
        self._writer: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None

    def load(self, comparison: Comparison) -> None:
        """Bring the ticks of a comparison's two versions to hand."""
        pair = pair_of(comparison)
        last = self._last
        with contextlib.suppress(UserError):
            if last is not None:
                last.exception()  # what was ticked last is to be seen here
            found = self._store.viewed(pair)
            known = {**self._known, pair: found}
            self._known = dict(list(known.items())[-_KNOWN:])

    def of(self, comparison: Comparison) -> frozenset[int]:
        """Places, in the comparison's diff, of the cells that are ticked. Reads nothing but memory."""
        ticked = self._known.get(pair_of(comparison), frozenset())
        if not ticked:
            return frozenset()
        return frozenset(
            place for place, change in enumerate(comparison.diff.cells) if _name(change) in ticked
        )

    def put(self, comparison: Comparison, places: frozenset[int]) -> None:
        """Note which cells of a comparison are ticked; it is on the disk soon after."""
        pair = pair_of(comparison)
        before = self._known.get(pair, frozenset())
        ticked = frozenset(_name(comparison.diff.cells[place]) for place in places)
        if ticked == before:
            return
        self._known = {**self._known, pair: ticked}
        changed = {name: name in ticked for name in before ^ ticked}
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "viewed")
        self._last = self._writer.submit(self._write, pair, changed)

    def close(self) -> None:
        """Wait until all is written."""
        if self._writer is not None:
            self._writer.shutdown()
            self._writer = None

    def _write(self, pair: Pair, changed: dict[str, bool]) -> None:
        with contextlib.suppress(UserError):
            self._store.set_viewed(pair, changed)


def pair_of(comparison: Comparison) -> Pair:
    """The notebook and git's ids of its two versions."""
    return str(comparison.target.notebook), comparison.base.blob, comparison.head.blob


def _name(change: CellChange) -> str:
    """A cell of two versions: its place in each, which the versions fix."""
    return ":".join("" if index is None else str(index) for index in (change.base_index, change.head_index))
