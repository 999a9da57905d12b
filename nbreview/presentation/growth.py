"""How a notebook grew, as small multiples: a column of thin marks for each commit, a mark for each cell.

Pure: what a column holds and where its marks lie. Imports `diff` and below; no file, no store and no window.
Small multiples are Tufte's word (The Visual Display of Quantitative Information, 1983).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.notebook.model import CellType

NARROWEST, WIDEST = 3.0, 24.0
"""Width of a column, in pixels."""
TALLEST_CELL = 8.0
LEAST_MARK = 2.0
"""Height of a change, in pixels: one cell of thousands has to be seen."""
_TYPES = {CellType.CODE: "c", CellType.MARKDOWN: "m", CellType.RAW: "r"}
_CHANGES = {
    ChangeKind.UNCHANGED: "=",
    ChangeKind.MODIFIED: "~",
    ChangeKind.MOVED: ">",
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
}
_TYPE_OF = {letter: kind for kind, letter in _TYPES.items()}
_CHANGE_OF = {sign: kind for kind, sign in _CHANGES.items()}
_RUN = re.compile(r"(\d{1,7})([cmr])([=~>+-])")


@dataclass(frozen=True, slots=True)
class Run:
    """Cells in a row that are of one type and changed alike."""

    cells: int
    cell_type: CellType
    change: ChangeKind


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a notebook at one commit, top to bottom, with what the commit did to each; cells that it
    removed stand where they were.
    """

    runs: tuple[Run, ...]

    @property
    def marks(self) -> int:
        """How many cells the column shows, removed ones included."""
        return sum(run.cells for run in self.runs)

    @property
    def cells(self) -> int:
        """How many cells the notebook has at this commit."""
        return sum(run.cells for run in self.runs if run.change is not ChangeKind.REMOVED)

    def counts(self) -> Mapping[ChangeKind, int]:
        """How many cells of each kind of change."""
        counts = dict.fromkeys(ChangeKind, 0)
        for run in self.runs:
            counts[run.change] += run.cells
        return counts


@dataclass(frozen=True, slots=True)
class Mark:
    """A painted rectangle: offsets from the top, in pixels. `cell_type` is None where cells are too thin to
    tell their types.
    """

    top: float
    height: float
    change: ChangeKind
    cell_type: CellType | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """Where columns lie in a strip, in pixels. Every `stride`-th commit has one."""

    columns: int
    column_width: float
    cell_height: float
    stride: int = 1

    @property
    def width(self) -> float:
        """Of all columns."""
        return self.columns * self.column_width

    def left(self, column: int) -> float:
        """Where a column begins."""
        return column * self.column_width

    def column_at(self, x: float) -> int | None:
        """The column under a place, None beside them."""
        if not self.columns or self.column_width <= 0:
            return None
        column = int(x // self.column_width)
        return column if 0 <= column < self.columns else None


def column_of(diff: NotebookDiff) -> Column:
    """The column of a commit, from its diff against its parent."""
    pairs = []
    for change in diff.cells:
        if change.head_index is not None:
            cell = diff.head.cells[change.head_index]
        else:
            assert change.base_index is not None
            cell = diff.base.cells[change.base_index]
        pairs.append((cell.cell_type, change.kind))
    return Column(tuple(Run(len(list(run)), *pair) for pair, run in groupby(pairs)))


def encode(column: Column) -> str:
    """A column as a short text: "12c=1m+" is twelve unchanged code cells and an added Markdown cell."""
    return "".join(f"{run.cells}{_TYPES[run.cell_type]}{_CHANGES[run.change]}" for run in column.runs)


def decode(text: str) -> Column:
    """The column of a text that `encode` made. ValueError for any other text."""
    runs = [Run(int(count), _TYPE_OF[kind], _CHANGE_OF[sign]) for count, kind, sign in _RUN.findall(text)]
    column = Column(tuple(runs))
    if encode(column) != text:
        raise ValueError(f"not a column: {text[:40]!r}")
    return column


def stride_for(commits: int, width: float) -> int:
    """Every how many commits one can have a column in so many pixels: a power of two, so that a strip of
    another width shows some of the same commits.
    """
    room = max(1, int(width // NARROWEST))
    stride = 1
    while -(-commits // stride) > room:
        stride *= 2
    return stride


def sampled(commits: int, stride: int) -> range:
    """The commits that have a column, counted from the newest, oldest first; the newest is one of them."""
    return range((commits - 1) // stride * stride, -1, -stride)


def lay_out(commits: int, tallest: int, width: float, height: float) -> Strip:
    """Where the columns of so many commits lie.

    Parameters
    ----------
    tallest:
        Marks of the highest column.
    width, height:
        Room for the strip, in pixels.
    """
    if commits <= 0:
        return Strip(0, 0.0, 0.0)
    stride = stride_for(commits, width)
    columns = len(sampled(commits, stride))
    column_width = max(1.0, min(WIDEST, width / columns))
    return Strip(columns, column_width, min(TALLEST_CELL, height / max(1, tallest)), stride)


def marks_of(column: Column, cell_height: float) -> tuple[Mark, ...]:
    """What is painted of a column: the unchanged cells, then the changes over them, each high enough to be
    seen.
    """
    told = cell_height >= LEAST_MARK  # else a stripe of types would be noise
    ground: list[Mark] = []
    changes: list[Mark] = []
    at = 0
    for run in column.runs:
        top, height = at * cell_height, run.cells * cell_height
        at += run.cells
        if run.change is not ChangeKind.UNCHANGED:
            changes.append(Mark(top, max(height, LEAST_MARK), run.change, run.cell_type if told else None))
        elif told:
            ground.append(Mark(top, height, run.change, run.cell_type))
    if not told and at:
        ground.append(Mark(0.0, at * cell_height, ChangeKind.UNCHANGED))
    return (*ground, *changes)


def tallest(columns: Iterable[Column]) -> int:
    """Marks of the highest of some columns."""
    return max((column.marks for column in columns), default=0)


def nearest_column(places: Sequence[int], place: int) -> int | None:
    """Which of the sampled places (newest is 0, oldest first) stands for a commit: the commit itself, else
    the next newer one. None where there is none.
    """
    newer = [at for at, sample in enumerate(places) if sample <= place]
    return newer[0] if newer else None
