"""Acts on cells as the store keeps them, and back: so that Ctrl+Z works after the program was closed.

Pure functions over `undoing`'s and `staging`'s values.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbreview.diff.model import CellChange, ChangeKind
from nbreview.errors import UserError
from nbreview.history.repository import Repository
from nbreview.history.staging import Entry
from nbreview.review.records import KeptAct
from nbreview.services.acts import ActKind, CellAct
from nbreview.services.staging import Reverting, Staging


def kept(act: CellAct) -> KeptAct:
    """An act as it is kept."""
    details: dict[str, Any] = {
        "change": str(act.change.kind),
        "base_index": act.change.base_index,
        "head_index": act.change.head_index,
    }
    before = after = None
    if isinstance(act.done, Staging):
        details["path"] = act.done.path
        entries = {"before": act.done.before, "after": act.done.after, "committed": act.committed}
        details |= {name: _told(entry) for name, entry in entries.items()}
    else:
        details["file"] = str(act.done.path)
        before, after = act.done.before, act.done.after
    return KeptAct(act.id, str(act.notebook), str(act.kind), act.time, act.base, details, before, after)


def restored(act: KeptAct) -> CellAct | None:
    """A kept act, ready to be taken back; None where that cannot be done any more: its repository is gone, or
    another version wrote it.
    """
    notebook, told = Path(act.notebook), act.details
    try:
        change = CellChange(ChangeKind(told["change"]), told["base_index"], told["head_index"])
        kind = ActKind(act.kind)
        if kind in (ActKind.REVERTED, ActKind.EDITED):
            if act.before is None or act.after is None:
                return None
            done: Staging | Reverting = Reverting(Path(told["file"]), act.before, act.after)
            return CellAct(kind, notebook, change, act.base, done, None, act.id, act.time)
        repository = Repository.discover(notebook)
        if repository is None:
            return None
        done = Staging(repository, told["path"], _entry(told["before"]), _entry(told["after"]))
        committed = _entry(told["committed"])
        return CellAct(kind, notebook, change, act.base, done, committed, act.id, act.time)
    except (KeyError, TypeError, ValueError, UserError):
        return None


def _told(entry: Entry | None) -> Mapping[str, Any] | None:
    return None if entry is None else {"mode": entry.mode, "blob": entry.blob, "intended": entry.intended}


def _entry(told: Mapping[str, Any] | None) -> Entry | None:
    return None if told is None else Entry(str(told["mode"]), str(told["blob"]), bool(told["intended"]))
