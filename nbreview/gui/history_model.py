"""The rows of the history: revisions that pass the filter, and the words and signs that stand in them.

Imports frozen values only; nothing here paints.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from nbreview.diff.model import ChangeKind
from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.presentation.labels import kind_word

Index = QModelIndex | QPersistentModelIndex
Badge = Mapping[ChangeKind, int]
ROOT = QModelIndex()
_Key = tuple[RevisionKind, str, str, int]

SIGNS: tuple[tuple[ChangeKind, str], ...] = (
    (ChangeKind.MODIFIED, "≠"),
    (ChangeKind.ADDED, "+"),
    (ChangeKind.REMOVED, "−"),
    (ChangeKind.MOVED, "⇄"),
)
_UNITS = (
    (QT_TR_NOOP("{n} year ago"), QT_TR_NOOP("{n} years ago"), 365.25 * 86400),
    (QT_TR_NOOP("{n} month ago"), QT_TR_NOOP("{n} months ago"), 30.44 * 86400),
    (QT_TR_NOOP("{n} week ago"), QT_TR_NOOP("{n} weeks ago"), 7 * 86400),
    (QT_TR_NOOP("{n} day ago"), QT_TR_NOOP("{n} days ago"), 86400),
    (QT_TR_NOOP("{n} hour ago"), QT_TR_NOOP("{n} hours ago"), 3600),
    (QT_TR_NOOP("{n} minute ago"), QT_TR_NOOP("{n} minutes ago"), 60),
)


def age_in_words(moment: float, now: float) -> str:
    """How long ago `moment` was, seconds since the epoch: "3 weeks ago", in whole units of the largest that
    fits.
    """
    seconds = now - moment
    if seconds < -60:
        return tr("in the future")
    for one, more, length in _UNITS:
        count = int(seconds // length)
        if count >= 1:
            return tr(one if count == 1 else more).format(n=count)
    return tr("just now")


def badge_parts(badge: Badge) -> tuple[tuple[ChangeKind, str], ...]:
    """The pieces of a badge that are not zero: `(MODIFIED, "≠3")`."""
    return tuple((kind, f"{sign}{badge[kind]}") for kind, sign in SIGNS if badge.get(kind, 0))


def badge_in_words(badge: Badge) -> str:
    """A badge for the tooltip and the screen reader: "3 cells modified, 1 added"."""
    said = [f"{badge[kind]} {kind_word(kind, tr=tr)}" for kind, _sign in SIGNS if badge.get(kind, 0)]
    return tr("cells: {changes}").format(changes=", ".join(said)) if said else tr("no cell changed")


class HistoryModel(QAbstractListModel):
    """Revisions that pass the filter. A row stands for an index into all revisions, a badge belongs to that
    index.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.revisions: tuple[Revision, ...] = ()
        self.shown: list[int] = []
        self.badges: dict[int, Badge] = {}
        self.now = 0.0
        self._searchable: list[str] | None = None  # made with the first filter
        self._places: dict[_Key, int] = {}

    def set_revisions(self, revisions: Sequence[Revision], now: float) -> None:
        self.beginResetModel()
        self.revisions, self.now = tuple(revisions), now
        self._places = {_key(revision): place for place, revision in enumerate(self.revisions)}
        self.badges.clear()
        self._searchable = None
        self.shown = list(range(len(self.revisions)))
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Keep the revisions that have every word of `text` in summary, author, id or path."""
        if self._searchable is None:
            self._searchable = [
                " ".join((spoken(item.label), item.author, item.email, item.commit, item.path)).casefold()
                for item in self.revisions
            ]
        words = text.casefold().split()
        shown = [place for place, hay in enumerate(self._searchable) if all(word in hay for word in words)]
        if shown != self.shown:
            self.beginResetModel()
            self.shown = shown
            self.endResetModel()

    def row_of(self, place: int) -> int | None:
        """The row that shows revision number `place`, None while it is filtered away."""
        row = bisect_left(self.shown, place)
        return row if row < len(self.shown) and self.shown[row] == place else None

    def index_of(self, revision: Revision) -> int | None:
        """The number of a revision among all, None where it is not one of them."""
        place = self._places.get(_key(revision))
        return place if place is not None and self.revisions[place] == revision else None

    def revision_at(self, row: int) -> Revision:
        return self.revisions[self.shown[row]]

    def badge_at(self, row: int) -> Badge | None:
        return self.badges.get(self.shown[row])

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        revision = self.revision_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(revision)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            badge = self.badge_at(index.row())
            words = [title_of(revision), *details_of(revision, self.now)]
            return ", ".join([*words, badge_in_words(badge)] if badge is not None else words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(revision, self.badge_at(index.row()))
        return None

    def _tooltip(self, revision: Revision, badge: Badge | None) -> str:
        lines = [title_of(revision)]
        if revision.kind is RevisionKind.COMMIT:
            moment = datetime.fromtimestamp(revision.time).astimezone()
            mail = f" <{revision.email}>" if revision.email else ""
            lines += [revision.commit, f"{revision.author}{mail}", f"{moment:%A, %d %B %Y, %H:%M %Z}"]
        lines.append(revision.path)
        if revision.previous_path:
            lines.append(tr("was {path}").format(path=revision.previous_path))
        if badge is not None:
            lines.append(badge_in_words(badge))
        return "\n".join(line for line in lines if line)


def _key(revision: Revision) -> _Key:
    return revision.kind, revision.commit, revision.path, revision.stage


_STAGES = {
    1: QT_TR_NOOP("in conflict: what both sides began with"),
    2: QT_TR_NOOP("in conflict: where the merge goes"),
    3: QT_TR_NOOP("in conflict: what is merged into it"),
}


def title_of(revision: Revision) -> str:
    """The first line of a row."""
    if revision.stage:
        name = spoken(revision.label)
        return name[:1].upper() + name[1:]
    if revision.kind is RevisionKind.COMMIT:
        return revision.summary or tr("(no message)")
    return {RevisionKind.WORKING_TREE: tr("Working tree"), RevisionKind.INDEX: tr("Staged")}.get(
        revision.kind, revision.label
    )


def details_of(revision: Revision, now: float) -> tuple[str, ...]:
    """The second line of a row, in pieces, the most wanted first: where it is narrow, the last are cut
    off.
    """
    if revision.stage:
        return (tr(_STAGES[revision.stage]),)
    if revision.kind is RevisionKind.WORKING_TREE:
        return (tr("the file as it is on disk"),)
    if revision.kind is RevisionKind.INDEX:
        return (tr("what the next commit would hold"),)
    if revision.kind is RevisionKind.FILE:
        return (revision.path,)
    pieces = [revision.commit[:7], age_in_words(revision.time, now)]
    if revision.previous_path:
        pieces.append(tr("was {path}").format(path=revision.previous_path.rsplit("/", 1)[-1]))
    if revision.status is FileStatus.DELETED:
        pieces.append(tr("deleted"))
    if revision.is_merge:
        pieces.append(tr("merge"))
    return (*pieces, revision.author)
