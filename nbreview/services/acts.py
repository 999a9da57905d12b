"""What was done with a cell outside of a suggestion: staged, unstaged or reverted, as it is taken back.

Frozen values only.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from nbreview.diff.model import CellChange
from nbreview.history.staging import Entry
from nbreview.services.staging import Reverting, Staging


class ActKind(StrEnum):
    """What was done with a cell."""

    STAGED = "staged"
    UNSTAGED = "unstaged"
    REVERTED = "reverted"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class CellAct:
    """One act, as `UndoList.undo` takes it back.

    `change` is the cell's as it was shown and `base` the label of what it was shown against. `committed` is
    what HEAD held: what has been committed since is not taken out of the index. `id` names it in the store,
    `time` is in seconds since the epoch.
    """

    kind: ActKind
    notebook: Path
    change: CellChange = field(compare=False)
    base: str
    done: Staging | Reverting = field(compare=False)
    committed: Entry | None = None
    id: str = ""
    time: float = 0.0
