"""What names the revisions of a comparison after a restart, as what was read of them is gone by then."""

from nbreview.history.model import Revision
from nbreview.services.opening import Comparison


def revision_key(revision: Revision | None) -> list[str]:
    """Kind and commit; empty for the side of a notebook that was added."""
    return [revision.kind.value, revision.commit] if revision is not None else ["", ""]


def sides_key(comparison: Comparison) -> list[list[str]]:
    """The keys of base and head."""
    return [revision_key(side.revision) for side in (comparison.base, comparison.head)]
