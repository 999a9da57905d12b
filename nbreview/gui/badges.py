"""How many cells each revision changed: counted for what is in view, and kept while the notebook is open.

Knows the session and the tasks and no widget.
"""

import contextlib
from typing import Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.language import tr
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.history.model import Revision, RevisionKind
from nbreview.services.session import ReviewSession

_Key = tuple[str, str, str, int]


class BadgeCounter(Acts):
    """Counts the badges of the history."""

    ready = Signal(object, object)  # Revision, counts
    _counted = Signal(object, object, object)  # from a worker: for which notebook, Revision, counts

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(session, tasks, parent)
        self._badges: dict[_Key, Any] = {}
        self._counted.connect(self._take)

    def clear(self) -> None:
        """Another notebook is open: what is still being counted is of no use."""
        self.tasks.stop("badges")
        self.tasks.stop("badge")
        self._badges = {}

    def want(self, revisions: list[Revision]) -> None:
        """Count the cells that these revisions changed, in this order; what is known comes at once."""
        self._count("badges", revisions)

    def written(self) -> None:
        """The file or the index was written: count them again."""
        opened = self.session.opened
        if opened is None:
            return
        written = (RevisionKind.WORKING_TREE, RevisionKind.INDEX)
        changed = [item for item in opened.revisions if item.kind in written and not item.stage]
        for revision in changed:
            self._badges.pop(_key(revision), None)
        # Not the slot of the others, which may still be counted.
        self._count("badge", changed)

    def _count(self, slot: str, revisions: list[Revision]) -> None:
        missing = []
        for revision in revisions:
            known = self._badges.get(_key(revision))
            if known is not None:
                self.ready.emit(revision, known)
            elif revision.kind is not RevisionKind.FILE:
                missing.append(revision)
        if not missing or self.session.opened is None:
            return
        target, badges = self.session.opened.target, self._badges

        def work(cancel: CancelToken, report: Report) -> None:
            with contextlib.ExitStack() as held:
                repository = target.repository
                # One child of git for all of them; it starts when something is read that is not in the store.
                blobs = held.enter_context(repository.blobs()) if repository is not None else None
                for done, revision in enumerate(missing):
                    cancel.check()
                    report(done / len(missing), revision.label)
                    try:
                        counts = self.session.badge_work(revision, cancel, target, blobs)
                    except UserError:
                        continue  # a revision that cannot be read has no badge; choosing it says why
                    self._counted.emit(badges, revision, counts)

        self._run(slot, tr("Counting changed cells"), work, lambda result: None)

    def _take(self, badges: dict[_Key, Any], revision: Revision, counts: Any) -> None:
        if badges is self._badges:  # else it was counted for a notebook that was open before
            badges[_key(revision)] = counts
            self.ready.emit(revision, counts)


def _key(revision: Revision) -> _Key:
    return (revision.kind.value, revision.commit, revision.path, revision.stage)
