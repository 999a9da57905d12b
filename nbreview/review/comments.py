"""Comment: what a person says about a cell or a line, and what becomes of it.

Imports only `review.model` and below. Times are seconds since the epoch; lines count from 0.
"""

from dataclasses import dataclass
from enum import StrEnum

from nbreview.review.model import Place


class CommentState(StrEnum):
    """Whether something is still to be done about a comment."""

    OPEN = "open"
    RESOLVED = "resolved"


class CommentAct(StrEnum):
    """What was done with a comment after it was written."""

    EDITED = "edited"
    RESOLVED = "resolved"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on one cell (`line` None) or on one line of its source.

    `source_digest` is that of the source that it was written for; together with the cell's id and index it
    finds the cell again in a later revision. `text` is the text after the newest edit, and `state` follows
    from the newest event.
    """

    id: str
    place: Place
    line: int | None
    text: str
    author: str
    created: float
    state: CommentState = CommentState.OPEN
    source_digest: str = ""


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """One act on a comment. `text` is the new text of an edit, else a remark on why (may be "")."""

    id: str
    comment_id: str
    act: CommentAct
    author: str
    time: float
    text: str = ""
