"""The window of one cell's history: a slider through its versions, what each of them changed, and which
version wrote each line.

Imports `parts`, the theme, the preview of a diff and frozen values. It stands beside the review and is not
modal; following the cell is somebody else's work, and versions come one by one, newest first.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QHideEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSlider,
    QTableView,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.lines import diff_text
from nbreview.diff.model import ChangeKind
from nbreview.gui.diff_preview import DiffPreview
from nbreview.gui.history_model import title_of
from nbreview.gui.language import spoken, tr
from nbreview.gui.parts import Column, Sentence
from nbreview.gui.theme import Theme, code_font, load_theme, prose_font
from nbreview.history.model import RevisionKind
from nbreview.notebook.model import CellType
from nbreview.presentation.highlight import Highlighter
from nbreview.services.cell_history import (
    CellHistory,
    CellVersion,
    line_origins,
    lines_of,
    version_in_words,
)

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COMMIT, AUTHOR, DATE, NUMBER, LINE = range(5)


def who_and_when(version: CellVersion) -> str:
    """Author and date of a version's commit, "" of what is not committed."""
    revision = version.revision
    if revision.kind is not RevisionKind.COMMIT:
        return ""
    moment = datetime.fromtimestamp(revision.time).astimezone()
    return f"{revision.author}, {moment:%Y-%m-%d %H:%M}"


class LinesModel(QAbstractTableModel):
    """The lines of a version, each with the version that last touched it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._versions: Sequence[CellVersion] = ()
        self._origins: Sequence[int] = ()
        self._lines: Sequence[str] = ()
        self._shown = 0
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Write in another theme's colours and typefaces."""
        self._code: QFont = code_font(theme, theme.body)
        self._own = QBrush(theme.color("modified_bg"))
        self._muted = QBrush(theme.color("muted"))
        self.layoutChanged.emit()

    def show_lines(self, versions: Sequence[CellVersion], origins: Sequence[int], shown: int) -> None:
        """Show the lines of version number `shown`."""
        self.beginResetModel()
        self._versions, self._origins, self._shown = versions, origins, shown
        self._lines = lines_of(versions[shown].source) if versions else ()
        self.endResetModel()

    def origin(self, row: int) -> int:
        """The version that last touched a line."""
        return self._origins[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else min(len(self._lines), len(self._origins))

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (tr("Commit"), tr("Author"), tr("Date"), tr("No."), tr("Line"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.FontRole and column >= NUMBER:
            return self._code
        if role == Qt.ItemDataRole.BackgroundRole and self._origins[row] == self._shown:
            return self._own
        if role == Qt.ItemDataRole.ForegroundRole and column != LINE:
            return self._muted
        if role == Qt.ItemDataRole.ToolTipRole:
            version = self._versions[self._origins[row]]
            words = (title_of(version.revision), version.revision.commit, who_and_when(version))
            return "\n".join(word for word in words if word)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == NUMBER:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, row: int, column: int) -> str:
        if column == NUMBER:
            return str(row + 1)
        if column == LINE:
            return self._lines[row].replace("\t", "    ")
        origin = self._origins[row]
        if row and self._origins[row - 1] == origin and column != COMMIT:
            return ""  # the same as above: repeated, it would hide where a block begins
        revision = self._versions[origin].revision
        if revision.kind is not RevisionKind.COMMIT:
            return title_of(revision) if column == COMMIT else ""
        if column == COMMIT:
            return revision.commit[:7]
        if column == AUTHOR:
            return revision.author
        return f"{datetime.fromtimestamp(revision.time).astimezone():%Y-%m-%d}"


class CellHistoryWindow(QDialog):
    """One window; another cell takes the place of the one shown."""

    commit_wanted = Signal(object)
    """A version (`CellVersion`) whose whole commit is to be shown."""
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or load_theme("light")
        self._highlighter = Highlighter()
        self._language = "python"
        self._versions: list[CellVersion] = []  # oldest first
        self._origins: tuple[tuple[int, ...], ...] = ()
        self._following = False
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAccessibleName(tr("History of a cell"))
        self.title = Sentence(bold=True, size="title", parent=self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(tr("Version of the cell"))
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.valueChanged.connect(self._show)
        self.older = self._step(Qt.ArrowType.LeftArrow, tr("Older version"), -1)
        self.newer = self._step(Qt.ArrowType.RightArrow, tr("Newer version"), 1)
        self.place = Sentence(muted=True, parent=self)
        self.summary = Sentence(bold=True, parent=self)
        self.who = Sentence(muted=True, parent=self)
        self.what = Sentence(parent=self)
        self.preview = DiffPreview(self._theme, self)
        self.preview.setAccessibleName(tr("What this version changed"))
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("What this version changed"))
        inside = Column()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        self.lines = LinesModel(self._theme, self)
        self.table = self._make_table()
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._scroll, tr("&Change"))
        self.tabs.addTab(self.table, tr("&Who wrote each line"))
        self.tabs.currentChanged.connect(lambda _index: self._show_lines())
        self.state = Sentence(muted=True, parent=self)
        self.stop_button = QPushButton(tr("Stop"), self)
        self.stop_button.clicked.connect(lambda _checked=False: self.stop_wanted.emit())
        self.commit_button = QPushButton(tr("Show this commit"), self)
        self.commit_button.setToolTip(tr("Shows all that this commit changed, at this cell"))
        self.commit_button.clicked.connect(lambda _checked=False: self._want_commit())
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.clicked.connect(lambda _checked=False: self.close())
        for button in (self.stop_button, self.commit_button, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.set_theme(self._theme)
        metrics = QFontMetrics(code_font(self._theme))
        self.resize(metrics.averageCharWidth() * 96, metrics.height() * 32)

    def _step(self, arrow: Qt.ArrowType, name: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setArrowType(arrow)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.slider.setValue(self.slider.value() + step))
        return button

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.lines)
        table.setAccessibleName(tr("Who wrote each line"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setStretchLastSection(True)
        table.activated.connect(lambda index: self.slider.setValue(self.lines.origin(index.row())))
        return table

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.addWidget(self.older)
        steps.addWidget(self.slider, 1)
        steps.addWidget(self.newer)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.commit_button)
        foot.addWidget(self.close_button)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.title)
        self._layout.addLayout(steps)
        for sentence in (self.place, self.summary, self.who, self.what):
            self._layout.addWidget(sentence)
        self._layout.addWidget(self.tabs, 1)
        self._layout.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.setFont(prose_font(theme))
        for sentence in (self.title, self.place, self.summary, self.who, self.what, self.state):
            sentence.set_theme(theme)
        self.preview.set_theme(theme)
        self.lines.set_theme(theme)
        unit = theme.spacing
        self._layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._layout.setSpacing(unit)
        code, prose = QFontMetrics(code_font(theme, theme.body)), QFontMetrics(prose_font(theme))
        self.table.verticalHeader().setDefaultSectionSize(max(code.height(), prose.height()) + unit // 2)
        for section, letters in ((COMMIT, 12), (AUTHOR, 16), (DATE, 12), (NUMBER, 6)):
            self.table.setColumnWidth(section, prose.averageCharWidth() * letters + 2 * unit)

    @property
    def versions(self) -> tuple[CellVersion, ...]:
        """The versions found, oldest first."""
        return tuple(self._versions)

    def begin(self, title: str, language: str) -> None:
        """Show that a cell is being followed; its versions come with `add_version`."""
        self._versions, self._origins, self._following = [], (), True
        self._language = language
        self.title.setText(title)
        self.setWindowTitle(tr("History of {cell}").format(cell=title))
        self.state.setText(tr("Looking through the commits …"))
        self._take(0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.slider.setFocus()

    def add_version(self, version: CellVersion, looked: int) -> None:
        """Take the next older version; what is shown stays."""
        if not self._following:
            return
        shown = self.slider.value() if self._versions else -1
        self._versions.insert(0, version)
        self.state.setText(
            tr("Looking through the commits: {looked} so far, {versions} of them changed the cell").format(
                looked=looked, versions=len(self._versions)
            )
        )
        self._take(shown + 1)

    def show_history(self, found: CellHistory) -> None:
        """Show the whole history, and stay at the version that is shown."""
        newer = len(self._versions) - 1 - self.slider.value() if self._versions else 0
        self._versions, self._following = list(found.versions), False
        said = tr("Versions: {versions}. Revisions of the notebook compared: {looked}.").format(
            versions=len(found.versions), looked=found.looked
        )
        if found.problem:
            said = tr("What came before is not known: {problem}").format(problem=spoken(found.problem))
        self.state.setText(said)
        self._take(max(0, len(self._versions) - 1 - newer))

    def stop(self) -> None:
        """It was stopped, or could not be done: what was found stays."""
        self._following = False
        if self._versions:
            self.state.setText(tr("Stopped: there may be older versions. Press Ctrl+H again to go on."))
        else:
            self.state.setText(tr("Stopped before a version was found. Press Ctrl+H again in the review."))
        self._take(self.slider.value())

    def _take(self, value: int) -> None:
        self._origins = ()
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(self._versions) - 1))
            self.slider.setTickInterval(1 + len(self._versions) // 50)
            self.slider.setValue(value)
        self.stop_button.setVisible(self._following)
        self._show(self.slider.value())

    def _show(self, value: int) -> None:
        count = len(self._versions)
        self.older.setEnabled(count > 1 and value > 0)
        self.newer.setEnabled(value < count - 1)
        self.tabs.setVisible(bool(count))
        version = self._versions[value] if count else None
        for sentence in (self.place, self.summary, self.who, self.what):
            sentence.setVisible(version is not None)
        committed = version is not None and version.revision.kind is RevisionKind.COMMIT
        self.commit_button.setEnabled(version is not None)
        self.commit_button.setText(tr("Show this commit") if committed else tr("Show in the review"))
        if version is None:
            return
        where = tr("Version {number} of {count}").format(number=value + 1, count=count)
        if self._following:
            where = tr("Version {number} from the newest; {count} found so far").format(
                count=count, number=count - value
            )
        self.place.setText(where)
        self.summary.setText(title_of(version.revision))
        who = who_and_when(version)
        self.who.setText(f"{version.revision.commit[:7]} · {who}" if who else tr("not committed yet"))
        words = spoken(version_in_words(version))
        self.what.setText(words[:1].upper() + words[1:])
        self.slider.setAccessibleDescription(f"{where}: {title_of(version.revision)}, {who}, {words}")
        self._show_change(version)
        self._show_lines()

    def _show_change(self, version: CellVersion) -> None:
        diff = version.diff
        if diff is None:
            before = "" if version.kind is ChangeKind.ADDED else version.source
            diff = diff_text(before, version.source)
        language = {CellType.CODE: self._language, CellType.MARKDOWN: "markdown"}.get(version.cell_type, "")
        self.preview.set_diff(diff, language, self._highlighter)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_lines(self) -> None:
        if self.tabs.currentWidget() is not self.table or not self._versions:
            return
        if len(self._origins) != len(self._versions):
            self._origins = line_origins(self._versions)
        value = self.slider.value()
        self.lines.show_lines(self._versions, self._origins[value], value)

    def _want_commit(self) -> None:
        if self._versions:
            self.commit_wanted.emit(self._versions[self.slider.value()])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._following and not event.spontaneous():
            self.stop_wanted.emit()
