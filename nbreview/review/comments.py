"""Comment: what a person says about a cell or a line, and what becomes of it.

Imports only `review.model` and below. Times are seconds since the epoch; lines count from 0.
"""

from dataclasses import dataclass
from enum import StrEnum

from nbreview.review.model import Place


class CommentState(StrEnum):
    """Whether something is still to be done about a comment. DELETED: it is shown nowhere, and can be
    restored.
    """

    OPEN = "open"
    RESOLVED = "resolved"
    DELETED = "deleted"


class CommentAct(StrEnum):
    """What was done with a comment after it was written."""

    EDITED = "edited"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on one cell (`line` None) or on one line of its source.

    `source` is the cell's source that it was written for ("" of comments from before that was kept) and
    `source_digest` that source's digest; together with the cell's id and index they find the cell and the
    line again in a later revision (`review.anchoring`). `text` is the text after the newest edit, and `state`
    follows from the newest events. An answer names in `reply_to` the comment that began the thread; where it
    stands, and whether it is settled, is what that one says.
    """

    id: str
    place: Place
    line: int | None
    text: str
    author: str
    created: float
    state: CommentState = CommentState.OPEN
    source_digest: str = ""
    source: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """One act on a comment. `text` is the new text of an edit, else a remark on why (may be "")."""

    id: str
    comment_id: str
    act: CommentAct
    author: str
    time: float
    text: str = ""
