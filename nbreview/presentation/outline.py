"""The outline of a comparison: headings, changed cells and cells with findings, in head order. No Qt."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff
from nbreview.notebook.model import Cell, CellType
from nbreview.review.model import Finding, Rung, Verdict

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)
_MARKUP = re.compile(r"[*_`]|\[(?P<text>[^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline.

    `level` is 1 to 6 for a heading and 0 for a cell; `kind` is None for a heading of an unchanged cell.
    """

    change_index: int
    level: int
    text: str
    kind: ChangeKind | None
    finding: bool


def shown_cell(diff: NotebookDiff, change: CellChange) -> Cell:
    """The cell that a change is about: the head's, or the base's where it was removed."""
    if change.head_index is not None:
        return diff.head.cells[change.head_index]
    assert change.base_index is not None
    return diff.base.cells[change.base_index]


def cell_title(cell: Cell, limit: int = 60) -> str:
    """A name for a cell: its number, and the first line that says something."""
    line = next((line.strip() for line in cell.source.splitlines() if line.strip()), "empty")
    line = _plain(line.lstrip("# ")) if cell.cell_type is not CellType.CODE else line
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return f"{cell.index + 1}  {line}"


def make_outline(
    diff: NotebookDiff, flagged: Collection[int], commented: Collection[int] = ()
) -> tuple[OutlineEntry, ...]:
    """Build the outline; `flagged` holds the head indices of cells with findings, `commented` the changes
    with comments.
    """
    entries: list[OutlineEntry] = []
    for index, change in enumerate(diff.cells):
        cell = shown_cell(diff, change)
        finding = change.head_index is not None and change.head_index in flagged
        kind = None if change.kind is ChangeKind.UNCHANGED else change.kind
        headings = _HEADING.findall(cell.source) if cell.cell_type is CellType.MARKDOWN else []
        for marks, text in headings:
            entries.append(OutlineEntry(index, len(marks), _plain(text), kind, finding))
        if not headings and (kind is not None or finding or index in commented):
            entries.append(OutlineEntry(index, 0, cell_title(cell), kind, finding))
    return tuple(entries)


def is_flag(finding: Finding) -> bool:
    """Whether a finding is worth a flag: not where no crash was found, or nothing could be said."""
    return finding.verdict is Verdict.CRASH or finding.rung is Rung.STATIC


def _plain(text: str) -> str:
    return _MARKUP.sub(lambda found: found["text"] or "", text)
