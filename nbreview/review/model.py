"""Finding, Suggestion, Decision: what a review is made of, as frozen values.

Imports only `diff`, `notebook` and below. Times are seconds since the epoch; durations are seconds.
"""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nbreview.review.taxonomy import Cause
from nbreview.words import said


class Evidence(StrEnum):
    """How a finding is known. Nothing is ever called safe."""

    CERTAIN = "certain"  # a rule
    OBSERVED = "observed"  # it was run
    LIKELY = "likely"  # a model, with its probability
    NO_VERDICT = "no verdict"  # asked, not answered; the message says why
    STALE = "stale"  # the cell, or the state that it was judged in, has changed since


class Rung(StrEnum):
    """What a finding rests on, cheapest first. What the window says of it is gathered for translation."""

    STATIC = "static"
    RUN = said("run")  # in the kernel itself, because a person ran it
    DRY_RUN = said("dry run")
    STAND_IN = said("stand-in")
    MODEL = "model"


class Verdict(StrEnum):
    """What a finding says about its cell."""

    CRASH = "crash"
    NO_CRASH_FOUND = "no crash found"
    UNKNOWN = "unknown"


class SuggestionState(StrEnum):
    """Where a suggestion is on its way. STALE: the cell has changed since it was made. DIVIDED: a hunk was
    decided on by itself; the suggestions whose `part_of` names it stand in its place. (A part is DIVIDED too
    once its whole has come back.)
    """

    PENDING = "pending"
    STALE = "stale"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    UNDONE = "undone"
    FAILED = "failed"
    DIVIDED = "divided"


class CellEdit(StrEnum):
    """What a suggestion does to its cell."""

    CHANGE = "change"
    INSERT = "insert"
    REMOVE = "remove"


class DecisionKind(StrEnum):
    """What the person decided. EDITED: accepted after editing it. UNDONE: an acceptance taken back."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about one cell.

    `line` and `column` count from 0 inside the cell's source (None: the whole cell). `exception` is the
    exception the cell would raise ("NameError"). `probability` is P(crash) for LIKELY, else None.
    `source_digest` ties the finding to the exact source it was made for; `state_digest` to the snapshot of
    the kernel that it was made with, "" without one. `origin_index` is the cell that the bad value came from.
    `trace` is the useful part of the traceback, as text.
    """

    check: str
    evidence: Evidence
    verdict: Verdict
    cell_index: int
    source_digest: str
    message: str
    cell_id: str | None = None
    exception: str = ""
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    probability: float | None = None
    model: str = ""
    seconds: float = 0.0
    rung: Rung = Rung.STATIC
    cause: Cause | None = None
    origin_index: int | None = None
    state_digest: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a suggestion was made: everything needed to make it again.

    A rule has only `maker` ("rule:names"). A model has `maker` "model", its name, the file's SHA-256,
    settings (sampling, context, layers), the prompt template with its version, the messages that it was shown
    and its raw reply. Seconds: `load_seconds` of the model, `first_token_seconds` and `total_seconds` of this
    answer.
    """

    maker: str
    model_name: str = ""
    model_sha256: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    template: str = ""
    messages: tuple[Mapping[str, str], ...] = ()
    reply: str = ""
    prompt_tokens: int = 0
    reply_tokens: int = 0
    first_token_seconds: float = 0.0
    total_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Which cell of which notebook: path (absolute), repository (absolute top level or ""), remote, commit at
    HEAD, path inside the repository, cell index and id. `blob` is git's object id of the notebook's version,
    "" where it has none.
    """

    notebook: str
    cell_index: int
    cell_id: str | None = None
    repository: str = ""
    remote: str = ""
    commit: str = ""
    path: str = ""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed change of one cell's source, tied to the exact source it was made for (`base_source`).

    `edit` may also insert or remove the cell: an inserted one has no base source, `place.cell_index` is where
    it would stand and `after` the source digest of the cell that it follows ("": it comes first); a removed
    one has no proposed source. Suggestions of one `group` answer one question about several cells, and can be
    accepted together. `part_of` is the suggestion that this one was divided from, hunk by hunk.
    """

    id: str
    place: Place
    base_source: str
    proposed_source: str
    reason: str
    evidence: Evidence
    origin: Origin
    cell_type: str = "code"
    language: str = "python"
    instruction: str = ""
    state: SuggestionState = SuggestionState.PENDING
    created: float = 0.0
    edit: CellEdit = CellEdit.CHANGE
    after: str = ""
    group: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one suggestion.

    `final_source` is what was written (equal to the proposal unless EDITED; "" for REJECTED). `comment` is
    the optional reason of a rejection. `applied` becomes true once the notebook's file holds the change.
    Decisions of one `batch` were one write of the file, and are taken back together.
    """

    id: str
    suggestion_id: str
    kind: DecisionKind
    final_source: str
    time: float
    comment: str = ""
    applied: bool = False
    batch: str = ""


def new_id() -> str:
    """A fresh identifier for a suggestion or decision."""
    return uuid.uuid4().hex


def now() -> float:
    """The time, in seconds since the epoch."""
    return time.time()
