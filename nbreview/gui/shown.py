"""The comparison on the canvas, and its rows marked in the history.

Knows the session and these two panels. What is read again stays where it was looked at.
"""

from pathlib import Path

from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.history_panel import HistoryPanel
from nbreview.history.model import Revision, RevisionKind
from nbreview.services.session import ReviewSession


class ShownComparison:
    """Shows what the session holds."""

    def __init__(self, session: ReviewSession, canvas: DiffCanvas, history: HistoryPanel) -> None:
        self._session = session
        self._canvas = canvas
        self._history = history
        self._notebook = Path()
        self._labels = ("", "")

    def mark_rows(self) -> None:
        """Mark in the history what is shown: one revision against its parent, or two."""
        opened, comparison = self._session.opened, self._session.comparison
        if opened is None or comparison is None or opened.target.repository is None:
            return
        rows = {_place(revision): row for row, revision in enumerate(opened.revisions)}
        head, base = (
            rows.get(_place(side.revision)) if side.revision is not None else None
            for side in (comparison.head, comparison.base)
        )
        if head is not None:
            # Of a merge in conflict, no version is the parent of the next.
            alone = base is None or (base == head + 1 and not opened.revisions[head].stage)
            self._history.choose(
                [opened.revisions[row] for row in ((head,) if alone else (head, base)) if row is not None],
                announce=False,
            )

    def show(self, *, reread: bool) -> None:
        """Put the comparison on the canvas.

        Parameters
        ----------
        reread:
            The history was read again with it, so that its base may be another one without anybody having
            chosen it.
        """
        canvas, comparison = self._canvas, self._session.comparison
        if comparison is None:
            canvas.set_diff(None)
            return
        labels, notebook = (comparison.base.label, comparison.head.label), comparison.target.notebook
        same = notebook == self._notebook and (
            labels == self._labels or (reread and labels[1] == self._labels[1])
        )
        self._labels, self._notebook = labels, notebook
        if same:
            canvas.set_diff_again(comparison.diff, *labels)
        else:
            canvas.set_diff(comparison.diff, *labels)


def _place(revision: Revision) -> tuple[RevisionKind, str, int]:
    return revision.kind, revision.commit, revision.stage
