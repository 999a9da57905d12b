"""The rows of the list of notebooks under review: what passes the filter, and the words and signs in them.

Imports frozen values only; nothing here paints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from nbreview.diff.model import ChangeKind
from nbreview.gui.history_model import ROOT, SIGNS, Badge, Index, badge_in_words
from nbreview.gui.language import spoken, tr
from nbreview.history.model import FileStatus
from nbreview.services.repository_review import ChangedNotebook, Counted, printable


@dataclass(frozen=True, slots=True)
class FileRow:
    """One notebook of the list.

    `path` is from the folder under review, `previous_path` where it was before when that differs. `kind`
    says what became of the file (UNCHANGED: nothing, it is only listed); `marks` are words such as
    "untracked". `tickable`: it has two versions that can be viewed.
    """

    path: str
    kind: ChangeKind
    previous_path: str = ""
    marks: tuple[str, ...] = ()
    tickable: bool = True

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder it is in, "" for the one under review."""
        return self.path.rpartition("/")[0]


def row_of_change(notebook: ChangedNotebook) -> FileRow:
    """The row of a changed notebook."""
    change = notebook.change
    kind = {
        FileStatus.ADDED: ChangeKind.ADDED,
        FileStatus.COPIED: ChangeKind.ADDED,
        FileStatus.DELETED: ChangeKind.REMOVED,
        FileStatus.RENAMED: ChangeKind.MOVED,
    }.get(change.status, ChangeKind.MODIFIED)
    marks = []
    if change.conflict:
        marks.append(tr("in conflict"))
    if notebook.untracked:
        marks.append(tr("new, not yet in git"))
    return FileRow(notebook.name, kind, printable(change.previous_path), tuple(marks))


def row_of_file(path: Path, folder: Path) -> FileRow:
    """The row of a notebook that is only listed."""
    inside = path.relative_to(folder) if path.is_relative_to(folder) else path
    return FileRow(printable(inside.as_posix()), ChangeKind.UNCHANGED, tickable=False)


def kind_sign(kind: ChangeKind) -> str:
    """The sign of what became of a file; the same as of a cell."""
    return dict(SIGNS).get(kind, "")


def kind_in_words(kind: ChangeKind) -> str:
    """What became of a file, "" for nothing."""
    return {
        ChangeKind.ADDED: tr("added"),
        ChangeKind.REMOVED: tr("deleted"),
        ChangeKind.MOVED: tr("renamed"),
        ChangeKind.MODIFIED: tr("modified"),
    }.get(kind, "")


class FilesModel(QAbstractListModel):
    """Notebooks that pass the filter. A row stands for a place in all of them; what is known of a notebook
    belongs to that place.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[FileRow, ...] = ()
        self.shown: list[int] = []
        self.known: dict[int, Counted] = {}
        self.viewed: set[int] = set()
        self.open_place = -1
        self._words = ""

    def set_files(self, files: Sequence[FileRow], viewed: set[int]) -> None:
        """Show other notebooks; the filter stays."""
        self.beginResetModel()
        self.files, self.viewed = tuple(files), set(viewed)
        self.known.clear()
        self.open_place = -1
        self.shown = self._passing()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Keep the notebooks that have every word of `text` in their path or in what became of them."""
        self._words = text
        shown = self._passing()
        if shown != self.shown:
            self.beginResetModel()
            self.shown = shown
            self.endResetModel()

    def set_known(self, place: int, known: Counted) -> None:
        """Fill in what is known of a notebook."""
        self.known[place] = known
        self._changed(place)

    def set_viewed(self, place: int, viewed: bool) -> None:
        """Tick a notebook, or take the tick away."""
        (self.viewed.add if viewed else self.viewed.discard)(place)
        self._changed(place)

    def set_open(self, place: int) -> None:
        """Say which notebook the diff shows, -1 for none of them."""
        before, self.open_place = self.open_place, place
        self._changed(before)
        self._changed(place)

    def row_of(self, place: int) -> int | None:
        """The row that shows a place, None while it is filtered away."""
        try:
            return self.shown.index(place)
        except ValueError:
            return None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.files[place].path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self._told(place))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self._told(place))
        return None

    def _told(self, place: int) -> list[str]:
        row, known = self.files[place], self.known.get(place)
        lines = [row.path]
        if row.previous_path:
            lines.append(tr("was {path}").format(path=row.previous_path))
        if row.kind is not ChangeKind.UNCHANGED:
            lines.append(kind_in_words(row.kind))
        lines += row.marks
        if known is not None:
            lines += [spoken(known.problem)] if known.problem else [badge_in_words(known.counts or {})]
            lines += notes_in_words(known)
        if row.tickable:
            lines.append(tr("viewed") if place in self.viewed else tr("not viewed"))
        return lines

    def _passing(self) -> list[int]:
        words = self._words.casefold().split()
        return [
            place
            for place, row in enumerate(self.files)
            if all(
                word in f"{row.path} {row.previous_path} {kind_in_words(row.kind)}".casefold()
                for word in words
            )
        ]

    def _changed(self, place: int) -> None:
        row = self.row_of(place)
        if row is not None:
            index = self.index(row, 0)
            self.dataChanged.emit(index, index)


def notes_in_words(known: Counted) -> list[str]:
    """Comments and findings of a notebook, for the tooltip and the screen reader."""
    said = []
    if known.comments:
        said.append(tr("open comments: {number}").format(number=known.comments))
    if known.findings:
        said.append(tr("findings: {number}").format(number=known.findings))
    return said


def total(known: Sequence[Counted]) -> Badge:
    """Cells by kind of change of all notebooks together."""
    sums: dict[ChangeKind, int] = {}
    for each in known:
        for kind, number in (each.counts or {}).items():
            sums[kind] = sums.get(kind, 0) + number
    return sums
