"""The verdicts that were asked for in a review: kept as long as they may be true, and told as stale after.

Imports `ladder` and below. Not for two threads at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nbreview.notebook.model import Notebook
from nbreview.review.model import Finding, Rung
from nbreview.services.ladder import mark_stale, strongest

_ON_A_STATE = (Rung.DRY_RUN,)
"""The rungs whose verdict is about the state that the kernel had."""

Side = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it was given for. `state` stands for the kernel's state, "" without a kernel."""

    finding: Finding
    state: str = ""


class Verdicts:
    """The verdicts of a review, one for each cell and rung: a later one takes the place of an earlier one."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Side, str, int, str], Judged] = {}

    def clear(self) -> None:
        """Another notebook is reviewed."""
        self._kept.clear()

    def take(self, side: Side, judged: Iterable[Judged]) -> None:
        """Keep verdicts on one side of a comparison."""
        for one in judged:
            finding = one.finding
            stem = (side, finding.source_digest, finding.cell_index)
            for key in [key for key, old in self._kept.items() if self._replaced(key, old, side, finding)]:
                del self._kept[key]
            self._kept[*stem, finding.rung.value] = one

    def has(self, side: Side, cell_index: int) -> bool:
        """Whether a cell was judged."""
        return any(key[0] == side and key[2] == cell_index for key in self._kept)

    def shown(self, side: Side, notebook: Notebook, state: str) -> tuple[Finding, ...]:
        """The verdicts on a side as its notebook is now. What was said of a cell that has changed since, or
        of a state that the kernel has left, is stale; what was said of a cell that is gone is left out.

        Parameters
        ----------
        state:
            Stands for the kernel's state; "" without a kernel, and then none is held against a verdict.
        """
        shown = []
        for key, judged in self._kept.items():
            if key[0] != side:
                continue
            finding = judged.finding
            index = _place(notebook, finding)
            if index is None:
                continue
            known = judged.state if finding.rung in _ON_A_STATE else ""
            held = replace(finding, cell_index=index, state_digest=known)
            marked = mark_stale([held], notebook, state)[0]
            shown.append(replace(marked, state_digest=finding.state_digest))
        return tuple(shown)

    @staticmethod
    def _replaced(key: tuple[Side, str, int, str], old: Judged, side: Side, finding: Finding) -> bool:
        """Whether an older verdict on the same cell has been overtaken: by one of the same rung, or by a run
        for real.
        """
        same_cell = key[0] == side and key[2] == finding.cell_index
        return same_cell and (old.finding.rung is finding.rung or finding.rung is Rung.RUN)


def by_strength(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of one cell, the one that rests on the strongest evidence first."""
    left, ordered = list(findings), []
    while (first := strongest(left)) is not None:
        ordered.append(first)
        left = [finding for finding in left if finding is not first]
    return ordered


def _place(notebook: Notebook, finding: Finding) -> int | None:
    """Where a finding's cell is now; None where it is gone."""
    cells, index = notebook.cells, finding.cell_index
    if index < len(cells) and cells[index].digest == finding.source_digest:
        return index
    same = [cell.index for cell in cells if cell.digest == finding.source_digest]
    if len(same) == 1:
        return same[0]
    if finding.cell_id is not None:
        same = [cell.index for cell in cells if cell.id == finding.cell_id]
        return same[0] if len(same) == 1 else None
    return index if index < len(cells) else None
