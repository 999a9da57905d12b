"""Which earlier cells a scan shows where not all of them fit: chosen once for a run of cells, not for each.

Imports `relevance`, `notebook` and below. Prompts about neighbouring cells begin alike only as long as they
show the same cells first, and what has begun alike is not evaluated again. Where each cell had what matters
most to it alone, no two would: a scan of a notebook three times as long as the context would evaluate the
context anew for every cell.

The cells in the order in which they ran are cut into runs. The first run is as long as everything fits.
Before each later one stand the cells that matter most to that run as a whole, in half of the room; the run
itself fills the other half, and ends where that is full. Each token of the notebook is then evaluated about
twice in a scan, whatever its length. Where a run begins follows from the cells before it alone, so one
question about one cell is answered from the same cells as in a scan.
"""

from collections.abc import Callable, Sequence

from nbreview.assist.relevance import by_importance
from nbreview.notebook.model import Cell

_SHARE = 2
"""One part in so many of the room goes to what stands before a run."""


def steady_cells(
    before: Sequence[Cell],
    target: Cell,
    after: Sequence[Cell],
    loose: Sequence[Cell],
    room: int,
    cost: Callable[[Cell], int],
) -> frozenset[int] | None:
    """The indices of the earlier cells to show about one cell; None where all of them fit, or where the cell
    is too long to share the room with others.

    Parameters
    ----------
    before, after:
        What runs before and after the target, in order.
    loose:
        Cells that have no place in that order, each asked about as if it ran last; the target may be one.
    room:
        Tokens for cells and target together.
    cost:
        Tokens of a cell.
    """
    costs = [cost(cell) for cell in (*before, target)]
    if sum(costs) <= room:
        return None
    start, used, most = 0, 0, room
    for place, tokens in enumerate(costs):
        if used + tokens > most:
            start, used, most = place, 0, room - room // _SHARE
        used += tokens
    if used > most:
        return None
    run = [*before[start:], target]
    for cell in after:
        used += cost(cell)
        if used > most:
            break
        run.append(cell)
    else:
        run += loose
    return frozenset([*_kept(before[:start], run, room // _SHARE, cost), *(c.index for c in before[start:])])


def _kept(earlier: Sequence[Cell], run: Sequence[Cell], room: int, cost: Callable[[Cell], int]) -> list[int]:
    """What matters most to a run of cells, as much as there is room for."""
    kept = []
    for cell, _ in by_importance(earlier, run, len(earlier), uses=False):
        tokens = cost(cell)
        if tokens <= room:
            room -= tokens
            kept.append(cell.index)
    return kept
