"""What an answer does to a notebook: cells changed, added and removed, as frozen values.

Imports `notebook`, `review` and below. A cell is named by its index in the notebook that was asked about; an
added one by the index of the cell that it follows, -1 where it comes first.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.review.model import CellEdit


@dataclass(frozen=True, slots=True)
class CellProposal:
    """What is proposed for one cell.

    `index` is the cell that is changed or removed, and for INSERT the cell that the new one follows. `failed`
    is "" for what can be offered, else the sentence that says why it cannot; `source` is then raw text.
    """

    edit: CellEdit
    index: int
    source: str
    cell_type: CellType = CellType.CODE
    failed: str = ""


def apply(notebook: Notebook, proposals: Sequence[CellProposal]) -> Notebook:
    """The notebook as it would be with all that can be offered of some proposals. Outputs stay with their
    cells; what was added has run as little as what was not.
    """
    usable = [each for each in proposals if not each.failed]
    changed = {each.index: each.source for each in usable if each.edit is CellEdit.CHANGE}
    removed = {each.index for each in usable if each.edit is CellEdit.REMOVE}
    added: dict[int, list[CellProposal]] = {}
    for each in usable:
        if each.edit is CellEdit.INSERT:
            added.setdefault(each.index, []).append(each)
    cells: list[Cell] = [_new_cell(each) for each in added.get(-1, ())]
    for cell in notebook.cells:
        if cell.index not in removed:
            source = changed.get(cell.index)
            cells.append(cell if source is None else replace(cell, source=source))
        cells += [_new_cell(each) for each in added.get(cell.index, ())]
    numbered = tuple(replace(cell, index=index) for index, cell in enumerate(cells))
    return replace(notebook, cells=numbered)


def _new_cell(proposal: CellProposal) -> Cell:
    raw: dict[str, Any] = {"cell_type": proposal.cell_type.value, "metadata": {}, "source": proposal.source}
    if proposal.cell_type is CellType.CODE:
        raw |= {"outputs": [], "execution_count": None}
    made = hashlib.sha256(proposal.source.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return Cell(0, f"new-{made}", proposal.cell_type, proposal.source, (), None, {}, {}, raw)
