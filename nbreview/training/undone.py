"""Which acceptances were taken back since, although no decision says so.

Two ways are in the store: the cell was given back to the base in the window, or a later acceptance put the
cell back as it was. The notebook's file as it is now is not asked: another branch may be checked out. Imports
`store`, `notebook` and below.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nbreview.errors import UserError
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Decision, Suggestion
from nbreview.store.database import Store
from nbreview.words import said

REVERTED = said("given back to the base since")
PUT_BACK = said("put back by a later acceptance")

_REVERT = "reverted"
"""Kind of the acts (`review.records.KeptAct`) that give a cell back to the base."""


class _Revert(NamedTuple):
    """What one revert did to a notebook: the sources that it took away, and those that it brought back, each
    with the cell's id ("" where it has none).
    """

    time: float
    gone: frozenset[tuple[str, str]]
    back: frozenset[tuple[str, str]]


class TakenBack:
    """Says of acceptances whether they were taken back. Looks through the acceptances of a store once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reverts: dict[str, tuple[_Revert, ...]] = {}
        self._edits: dict[bytes, float] = {}
        for suggestion, decision in store.accepted():
            key = _edit(suggestion.place.notebook, suggestion.base_source, decision.final_source)
            self._edits[key] = max(decision.time, self._edits.get(key, decision.time))

    def reason(self, suggestion: Suggestion, decision: Decision) -> str | None:
        """Why an acceptance stands no more; None for one that does."""
        base, final = suggestion.base_source, decision.final_source
        if base == final:
            return None
        notebook = suggestion.place.notebook
        if self._edits.get(_edit(notebook, final, base), decision.time) > decision.time:
            return PUT_BACK
        if notebook not in self._reverts:
            self._reverts[notebook] = tuple(self._reverts_of(notebook))
        cell = suggestion.place.cell_id or ""
        for revert in self._reverts[notebook]:
            if revert.time > decision.time and (
                _holds(revert.gone, final, cell) or (base.strip() and _holds(revert.back, base, cell))
            ):
                return REVERTED
        return None

    def _reverts_of(self, notebook: str) -> Iterator[_Revert]:
        for act in self._store.cell_acts(notebook):
            if act.kind == _REVERT and act.before is not None and act.after is not None:
                try:
                    before, after = (
                        Counter(map(_known, read_bytes(data, notebook).cells))
                        for data in (act.before, act.after)
                    )
                except UserError:
                    continue  # neither side was written by a revert of a notebook
                yield _Revert(act.time, frozenset(before - after), frozenset(after - before))


def _known(cell: Cell) -> tuple[str, str]:
    return cell.source, cell.id or ""


def _holds(cells: Iterable[tuple[str, str]], source: str, cell_id: str) -> bool:
    """Whether a source is among the cells, in the cell of that id where both have one."""
    return any(text == source and (not cell_id or not each or each == cell_id) for text, each in cells)


def _edit(notebook: str, before: str, after: str) -> bytes:
    digest = hashlib.sha256()
    for part in (notebook, before, after):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()
