"""How many cells of which notebooks changed, as a table in the manner of `git diff --stat`.

Imports `diff` and below, and rich only when something is printed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.presentation.hunks import STYLES, plural, safe
from nbreview.presentation.ink import Ink
from nbreview.presentation.labels import SIGNS

if TYPE_CHECKING:
    from rich.console import Console

_KINDS = (ChangeKind.MODIFIED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)
_MIN_NAME, _MIN_BAR = 10, 5


@dataclass(frozen=True, slots=True)
class Stat:
    """One notebook: its name, how many cells of each kind, and whether the notebook's own metadata differ."""

    name: str
    counts: Mapping[ChangeKind, int]
    metadata: bool = False

    @property
    def total(self) -> int:
        """Cells that changed."""
        return sum(self.counts[kind] for kind in _KINDS)


def stat_of(name: str, diff: NotebookDiff) -> Stat:
    """What the table says of one notebook."""
    return Stat(name, diff.counts(), bool(diff.metadata))


def render_stat(stats: Sequence[Stat], console: "Console", width: int) -> None:
    """Print the table: name, cells changed, a bar of signs, and the sum of all; nothing for no notebook.

    Parameters
    ----------
    stats:
        In the order of the rows.
    console:
        Where to print.
    width:
        Columns of the terminal. Long names lose their start, long bars are scaled, as in git.
    """
    from rich.cells import cell_len

    if not stats:
        return
    names = [safe(stat.name).replace("\t", " ").replace("\n", "␊") for stat in stats]
    most = max(stat.total for stat in stats)
    digits = len(str(most))
    bar = max(_MIN_BAR, min((width - digits - 6) * 3 // 8, most))
    widest = max(_MIN_NAME, min(width - digits - bar - 9, max(map(cell_len, names))))
    text = Ink()
    for name, stat in zip(names, stats, strict=True):
        shown = _shortened(name, widest, cell_len)
        text.append(f" {shown}{' ' * (widest - cell_len(shown))} | {stat.total:>{digits}}")
        text.append(" " if stat.total else "")
        for kind in _KINDS:
            text.append(SIGNS[kind] * _scaled(stat.counts[kind], bar, most), style=STYLES[kind])
        if stat.metadata and not stat.total:
            text.append(" metadata", style="dim")
        text.append("\n")
    parts = [f"{plural(len(stats), 'notebook')} changed"]
    for kind in _KINDS:
        if count := sum(stat.counts[kind] for stat in stats):
            noun = plural(count, "cell") if len(parts) == 1 else f"{count:,}"
            parts.append(f"{noun} {kind} ({SIGNS[kind]})")
    text.append(" " + ", ".join(parts))
    text.write(console)


def _scaled(count: int, bar: int, most: int) -> int:
    """Signs for a count, so that the largest total fits the bar; one at least for what is there."""
    return count if most <= bar else -(-count * bar // most)


def _shortened(name: str, width: int, measure: Callable[[str], int]) -> str:
    """The end of a name that is too wide, behind an ellipsis."""
    if measure(name) <= width:
        return name
    while measure(name) > width - 1:
        name = name[1:]
    return f"…{name}"
