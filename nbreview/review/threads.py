"""Threads: comments with their answers, placed in a comparison.

Imports `diff`, `notebook` and the vocabulary beside it. A thread stands on the side where it reads as it was
written, the head where both do; its cell may have moved, been edited or been split since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind, NotebookDiff
from nbreview.notebook.model import Notebook
from nbreview.review.anchoring import Anchored, anchor
from nbreview.review.comments import Comment, CommentState

_TELLING = 12
"""Characters from which a line says enough to be known again in another cell."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, and where it stands in a comparison.

    `change` counts in `NotebookDiff.cells`; None: its cell is on neither side. `head` is the side that it
    stands on, `line` the line there (None: the whole cell, or the line itself is gone). `edited`: what it was
    written about reads otherwise in the head.
    """

    comment: Comment
    replies: tuple[Comment, ...]
    change: int | None
    head: bool = True
    line: int | None = None
    edited: bool = False

    @property
    def id(self) -> str:
        """The id of the comment that began it."""
        return self.comment.id

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.comment.state is CommentState.OPEN

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All that was said, oldest first."""
        return (self.comment, *self.replies)

    @property
    def line_lost(self) -> bool:
        """Whether it was about a line that is not there any more, in a cell that is."""
        return self.change is not None and self.comment.line is not None and self.line is None


def written_line(comment: Comment) -> str:
    """The line that a comment was written about as it was then; "" where it is about a cell or not known."""
    lines = comment.source.split("\n")
    return lines[comment.line] if comment.line is not None and comment.line < len(lines) else ""


def place_threads(comments: Sequence[Comment], diff: NotebookDiff) -> tuple[Thread, ...]:
    """Put comments and their answers where they stand in a comparison, in its order; those whose cell is gone
    come last.

    An answer whose comment is not among them (deleted) is left out with it.
    """
    roots = [comment for comment in comments if not comment.reply_to]
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.reply_to:
            answers.setdefault(comment.reply_to, []).append(comment)
    by_head = {change.head_index: place for place, change in enumerate(diff.cells)}
    by_base = {change.base_index: place for place, change in enumerate(diff.cells)}
    placed = zip(roots, _anchored(roots, diff.head), _anchored(roots, diff.base), strict=True)
    threads = []
    for root, head, base in placed:
        on_head = _rank(head) <= _rank(base)
        stand = head if on_head else base
        index = stand.cell_index
        change = None if index is None else (by_head if on_head else by_base).get(index)
        edited = head.edited if head.cell_index is not None else False
        replies = tuple(sorted(answers.get(root.id, ()), key=lambda each: each.created))
        threads.append(Thread(root, replies, change, on_head, stand.line, edited))
    return tuple(sorted(threads, key=_order))


def _order(thread: Thread) -> tuple[bool, int, int, float]:
    line = -1 if thread.line is None else thread.line
    return thread.change is None, thread.change or 0, line, thread.comment.created


def _rank(stand: Anchored) -> int:
    """How well a place is the comment's: 0 reads as it was written, 1 edited, 2 only its cell, 3 gone."""
    if stand.cell_index is None:
        return 3
    if stand.comment.line is not None and stand.line is None:
        return 2
    return int(stand.edited)


def _anchored(comments: Iterable[Comment], notebook: Notebook) -> list[Anchored]:
    found = anchor(comments, notebook)
    return [_in_another_cell(each, notebook) if _rank(each) >= 2 else each for each in found]


def _in_another_cell(lost: Anchored, notebook: Notebook) -> Anchored:
    """Where a line went whose cell was split or merged: the cell that holds it with a neighbour, or by itself
    where it says enough. The cell must be the only one.
    """
    comment, text = lost.comment, written_line(lost.comment)
    if not text.strip():
        return lost
    found = []
    for cell in notebook.cells:
        if cell.index == lost.cell_index or text not in cell.source:
            continue
        edits = diff_text(comment.source, cell.source).edits
        kept = {edit.base_line: edit.head_line for edit in edits if edit.kind is EditKind.EQUAL}
        line = kept.get(comment.line)
        if line is None or comment.line is None:
            continue
        beside = kept.get(comment.line - 1) == line - 1 or kept.get(comment.line + 1) == line + 1
        if beside or len(text.strip()) >= _TELLING:
            found.append(replace(lost, cell_index=cell.index, line=line, edited=False))
    return found[0] if len(found) == 1 else lost
