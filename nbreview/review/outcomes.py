"""What became of a finding.

Imports only `review.model` and below. Times are seconds since the epoch.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from nbreview.review.model import Finding, Origin, Place


class OutcomeKind(StrEnum):
    """What became of a finding. GONE: a later revision no longer has it; STILL_THERE: a later one has, or,
    with no commit named, a person has taken the dismissal back.
    """

    FIXED = "fixed"
    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"
    GONE = "gone"
    STILL_THERE = "still there"


@dataclass(frozen=True, slots=True)
class FindingOutcome:
    """One thing that became known of a finding; a later one does not erase an earlier one.

    `suggestion_id` is the suggestion that fixed it (FIXED), `reason` why it was dismissed or what the run
    showed, `commit` the revision in which it was gone or still there.
    """

    id: str
    finding_id: str
    kind: OutcomeKind
    time: float
    suggestion_id: str = ""
    reason: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding as the store keeps it: where it was, when it was first made, and what a model was asked.

    `origin` is None for a rule or a run.
    """

    id: str
    place: Place
    finding: Finding
    time: float
    origin: Origin | None = None


def finding_id(place: Place, finding: Finding) -> str:
    """The id of a finding: the same finding of the same source in the same state has the same id always."""
    parts = [
        place.notebook,
        finding.source_digest,
        finding.state_digest,
        finding.check,
        finding.rung.value,
        finding.line,
        finding.column,
        finding.exception,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def kept(place: Place, finding: Finding, time: float, origin: Origin | None = None) -> KeptFinding:
    """A finding with its id and place, as `Store.put_finding` takes it."""
    return KeptFinding(finding_id(place, finding), place, finding, time, origin)
