"""What panels show of comments, made from the threads of a session: plain functions, no widgets.

Imports the vocabulary and the floors below `gui`, and the language of the window.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbreview.diff.model import NotebookDiff
from nbreview.gui.diff.comment_marks import CellComments
from nbreview.gui.language import tr
from nbreview.presentation.outline import cell_title, shown_cell
from nbreview.review.comments import Comment
from nbreview.review.threads import Thread, written_line


@dataclass(frozen=True, slots=True)
class RemarkView:
    """One comment of a thread: who said it, when, and what."""

    id: str
    author: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as the list shows it.

    `title` names the cell and the line, `quote` is the line or the old text, `note` says what has become of
    what it was about, "" where it reads as it did. `lost`: there is nowhere to go.
    """

    id: str
    title: str
    quote: str
    note: str
    open: bool
    lost: bool
    remarks: tuple[RemarkView, ...]


def thread_views(threads: Sequence[Thread], diff: NotebookDiff | None) -> tuple[ThreadView, ...]:
    """All threads, in the order of the notebook."""
    if diff is None:
        return ()
    return tuple(thread_view(thread, diff) for thread in threads)


def thread_view(thread: Thread, diff: NotebookDiff) -> ThreadView:
    """One thread."""
    comment = thread.comment
    quote, note = written_line(comment), ""
    if thread.change is None or thread.change >= len(diff.cells):
        title = tr("Was on a cell that is gone")
        if comment.line is not None:
            title = tr("Was on line {line} of a cell that is gone").format(line=comment.line + 1)
        quote = quote or _start(comment.source)
    else:
        title = place_title(diff, thread.change, thread.line, head=thread.head)
        if thread.line_lost:
            note = tr("The line is gone; this is what it said.")
        elif thread.edited:
            note = (
                tr("The cell was edited since.") if comment.line is None else tr("The line was edited since.")
            )
    return ThreadView(
        id=thread.id,
        title=title,
        quote=quote.strip(),
        note=note,
        open=thread.open,
        lost=thread.change is None,
        remarks=tuple(_remark(each) for each in thread.comments),
    )


def place_title(diff: NotebookDiff, change: int, line: int | None, *, head: bool) -> str:
    """The name of a place: "Cell 3, line 12", or of a whole cell with its first words."""
    at = diff.cells[change]
    index = at.head_index if head else at.base_index
    if index is None:
        index = shown_cell(diff, at).index
    on_base = not head and at.head_index is not None
    if line is None:
        name = cell_title(shown_cell(diff, at), 40) if not on_base else str(index + 1)
        text = tr("Cell {cell}").format(cell=name)
    else:
        text = tr("Cell {cell}, line {line}").format(cell=index + 1, line=line + 1)
    return tr("{place} of the base").format(place=text) if on_base else text


def canvas_marks(threads: Sequence[Thread]) -> Mapping[int, CellComments]:
    """What the canvas marks: by change, how many threads there are and on which lines."""
    cells: dict[int, list[Thread]] = {}
    for thread in threads:
        if thread.change is not None:
            cells.setdefault(thread.change, []).append(thread)
    marks = {}
    for change, found in cells.items():
        lines: dict[tuple[bool, int], bool] = {}
        for thread in found:
            if thread.line is not None:
                place = (thread.head, thread.line)
                lines[place] = lines.get(place, False) or thread.open
        opened = sum(thread.open for thread in found)
        marks[change] = CellComments(opened, len(found) - opened, lines)
    return marks


def _remark(comment: Comment) -> RemarkView:
    return RemarkView(comment.id, comment.author, time_words(comment.created), comment.text)


def time_words(seconds: float) -> str:
    """A time as a date and hour of this place."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def _start(source: str) -> str:
    lines = [line for line in source.split("\n") if line.strip()]
    return "\n".join(lines[:3]) + ("\n…" if len(lines) > 3 else "")
