"""A reply that is still being written, as the texts that its cells will have: what a growing diff is made of.

Imports `cell_replies`, `replies`, `thoughts`, `notebook` and below. Nothing here can be accepted: what counts
is the whole reply. What is written replaces the cell from its top; what the model has not come to yet is
shown as it was. Where in the old text the model is by now is found by aligning the written lines with a
prefix of it (semi-global alignment, one row of the table a line), so that a line that was added or left out
early does not move everything after it.
"""

from dataclasses import dataclass

from nbreview.assist.cell_replies import labels_of
from nbreview.assist.replies import blocks_in
from nbreview.assist.thoughts import is_thinking, without_thoughts
from nbreview.notebook.model import Notebook
from nbreview.review.model import CellEdit


@dataclass(frozen=True, slots=True)
class GrowingCell:
    """One cell of an unfinished reply. `source` is its text as far as it is written, followed by what is left
    of the old one; `index` is that of the cell, or of the one that a new cell follows.
    """

    edit: CellEdit
    index: int
    base: str
    source: str
    done: bool


@dataclass(frozen=True, slots=True)
class GrowingReply:
    """What an unfinished reply has come to. `thinking`: nothing but thoughts so far. `words` is its prose."""

    cells: tuple[GrowingCell, ...] = ()
    words: str = ""
    thinking: bool = False


class Growth:
    """Follows one reply; owned by whoever shows it, used on one thread.

    Parameters
    ----------
    notebook:
        The notebook that was asked about.
    only:
        The cell that was asked about, where it is one: its block needs no label.
    """

    def __init__(self, notebook: Notebook, only: int | None = None) -> None:
        self._notebook, self._only = notebook, only
        self._aligned: dict[tuple[CellEdit, int], _Alignment] = {}

    def take(self, reply: str) -> GrowingReply:
        """What the reply so far comes to; each call gives it from its beginning."""
        if is_thinking(reply):
            return GrowingReply(thinking=bool(reply.strip()))
        text = without_thoughts(reply.replace("\r\n", "\n")) or ""
        cells: list[GrowingCell] = []
        words: list[str] = []
        named = (CellEdit.CHANGE, self._only) if self._only is not None else None
        end = 0
        count = len(self._notebook.cells)
        blocks = blocks_in(text)
        for block in [*blocks, None]:
            for line in text[end : block.start if block is not None else len(text)].split("\n"):
                labels = () if self._only is not None else labels_of(line, count)
                for label in labels:
                    named = None if label.kept else (label.edit, label.index)
                    if label.edit is CellEdit.REMOVE:
                        base = self._notebook.cells[label.index].source
                        cells.append(GrowingCell(CellEdit.REMOVE, label.index, base, "", True))
                if not labels and line.strip():
                    words.append(line.strip())
            if block is None:
                break
            end = block.end
            if named is not None and named[0] is not CellEdit.REMOVE:
                cells.append(self._cell(*named, block.text, block.closed))
        return GrowingReply(tuple(cells), " ".join(words))

    def _cell(self, edit: CellEdit, index: int, written: str, closed: bool) -> GrowingCell:
        base = self._notebook.cells[index].source if edit is CellEdit.CHANGE else ""
        if closed or not base:
            return GrowingCell(edit, index, base, written, closed)
        lines = written.split("\n")
        aligned = self._aligned.setdefault((edit, index), _Alignment(base.split("\n")))
        # The last line is still being written: it stands for the next line of the old text.
        rest = aligned.rest_after(lines[:-1])
        tail = rest[1:] if lines[-1].strip() else rest
        shown = lines if lines[-1].strip() else lines[:-1]
        return GrowingCell(edit, index, base, "\n".join([*shown, *tail]), False)


class _Alignment:
    """Edit distances between the lines written so far and every prefix of the old text; one row is kept."""

    def __init__(self, base: list[str]) -> None:
        self._base = base
        self._written: list[str] = []
        self._row = list(range(len(base) + 1))

    def rest_after(self, written: list[str]) -> list[str]:
        """The lines of the old text that the written ones do not stand for yet."""
        if written[: len(self._written)] != self._written:
            self._written, self._row = [], list(range(len(self._base) + 1))
        for line in written[len(self._written) :]:
            before, row = self._row, [self._row[0] + 1]
            for number, old in enumerate(self._base, 1):
                same = before[number - 1] + (0 if line == old else 1)
                row.append(min(same, before[number] + 1, row[-1] + 1))
            self._row = row
        self._written = list(written)
        least = min(self._row)
        # Of prefixes that fit equally well, the one as long as what was written.
        best = [number for number, cost in enumerate(self._row) if cost == least]
        return self._base[min(best, key=lambda number: (abs(number - len(written)), number)) :]
