"""Comments on cells and lines: written, answered, edited, resolved, deleted and restored, and the threads of
a comparison.

Joins `review`, `store` and `history`. Every function may run on a worker thread and changes nothing but the
store: what it returns is in the store already.
"""

import getpass
from dataclasses import replace
from pathlib import Path

from nbreview.errors import UserError
from nbreview.history.preferences import author_name
from nbreview.review.comments import Comment, CommentAct, CommentEvent
from nbreview.review.model import new_id, now
from nbreview.review.threads import Thread, place_threads
from nbreview.services.fixing import at_cell, make_place
from nbreview.services.opening import Comparison, Target
from nbreview.store.database import Store
from nbreview.words import said

LONGEST = 20_000
"""Characters of one comment."""


def author_of(target: Target) -> str:
    """Who comments: git's `user.name` for the notebook, else the name of the account."""
    folder = target.repository.root if target.repository is not None else target.notebook.parent
    name = author_name(folder if folder.is_dir() else Path.home())
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "unknown"


def threads_of(store: Store, comparison: Comparison) -> tuple[Thread, ...]:
    """The threads of a comparison's notebook, where they stand in it."""
    return place_threads(store.comments(str(comparison.target.notebook)), comparison.diff)


def comment_on(
    store: Store, comparison: Comparison, change: int, line: int | None, text: str, *, head: bool
) -> Comment:
    """Comment on a cell, or on one line of one side of it.

    Parameters
    ----------
    change:
        The cell: an index into the diff's cells.
    line:
        A line of its source on that side, from 0; None for the whole cell.
    head:
        Which side is meant; for a cell that one side lacks it is the other.

    Raises
    ------
    UserError
        The text is empty or too long, or the store cannot be written.
    """
    at = comparison.diff.cells[change]
    head = at.head_index is not None and (head or at.base_index is None)
    side = comparison.head if head else comparison.base
    index = at.head_index if head else at.base_index
    assert index is not None  # a change has a cell on one side at least
    cell = side.notebook.cells[index]
    if line is not None and not 0 <= line < cell.source.count("\n") + 1:
        line = None
    place = at_cell(make_place(comparison.target), side.notebook, index)
    commit = side.revision.commit if side.revision is not None else ""
    place = replace(place, blob=side.blob, commit=commit or place.commit)
    comment = Comment(
        id=new_id(),
        place=place,
        line=line,
        text=_checked(text),
        author=author_of(comparison.target),
        created=now(),
        source_digest=cell.digest,
        source=cell.source,
    )
    store.add_comment(comment)
    return comment


def answer(store: Store, target: Target, comment_id: str, text: str) -> Comment:
    """Answer a comment. A thread that was resolved stays so until somebody opens it again.

    Raises
    ------
    UserError
        As `comment_on`; or the comment is gone.
    """
    root = _there(store, comment_id)
    author = author_of(target)
    made = replace(root, id=new_id(), text=_checked(text), author=author, created=now(), reply_to=root.id)
    store.add_comment(made)
    return made


def edit(store: Store, target: Target, comment_id: str, text: str) -> str:
    """Give a comment another text; the one before, which like all earlier ones stays in its history.
    UserError as `answer`.
    """
    before = _there(store, comment_id).text
    if _checked(text) != before:
        _put(store, target, comment_id, CommentAct.EDITED, _checked(text))
    return before


def settle(store: Store, target: Target, comment_id: str, *, resolved: bool) -> None:
    """Resolve a thread, or open it again. UserError as `answer`."""
    _there(store, comment_id)
    _put(store, target, comment_id, CommentAct.RESOLVED if resolved else CommentAct.REOPENED)


def delete(store: Store, target: Target, comment_id: str) -> None:
    """Take a comment away, with its answers where it began the thread; `restore` brings them back."""
    _there(store, comment_id)
    _put(store, target, comment_id, CommentAct.DELETED)


def restore(store: Store, target: Target, comment_id: str) -> None:
    """Bring back what `delete` took away."""
    _there(store, comment_id)
    _put(store, target, comment_id, CommentAct.RESTORED)


def _put(store: Store, target: Target, comment_id: str, act: CommentAct, text: str = "") -> None:
    store.add_comment_event(CommentEvent(new_id(), comment_id, act, author_of(target), now(), text))


def _there(store: Store, comment_id: str) -> Comment:
    try:
        return store.comment(comment_id)
    except KeyError:
        raise UserError(
            said("This comment is not in the store any more; it was forgotten meanwhile, write a new one.")
        ) from None


def _checked(text: str) -> str:
    """The text as it is kept: without empty ends and with plain line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise UserError(said("The comment is empty; write something, or leave the box with Escape."))
    if len(text) > LONGEST:
        raise UserError(
            said(
                "The comment has {count} characters, and {most} is the most; make it shorter.",
                count=f"{len(text):,}",
                most=f"{LONGEST:,}",
            )
        )
    return text
