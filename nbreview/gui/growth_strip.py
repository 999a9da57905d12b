"""How the notebook grew, as a strip below the history: a column for each commit, a thin mark for each cell.

Imports the theme, `parts`, the words of the history and frozen values. It paints and tells what was chosen;
what the columns hold is counted elsewhere.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.model import ChangeKind
from nbreview.gui.growth_plot import GrowthPlot, mark_color
from nbreview.gui.history_model import SIGNS, details_of, title_of
from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.history.model import Revision
from nbreview.notebook.model import CellType
from nbreview.presentation.growth import Column


def _on(color: QColor, theme: Theme) -> QColor:
    """A colour that lets the background through, as it then looks: text knows no transparency."""
    ground, share = theme.color("background"), color.alphaF()

    def mixed(over: int, under: int) -> int:
        return round(over * share + under * (1 - share))

    return QColor(
        mixed(color.red(), ground.red()),
        mixed(color.green(), ground.green()),
        mixed(color.blue(), ground.blue()),
    )


class GrowthStrip(QWidget):
    """The plot under a heading that folds it, with words about the commit that it speaks of."""

    chosen = Signal(object)
    """A commit was chosen, to be shown against its parent."""
    wanted = Signal()
    """Columns for `plot.sampled()` are wanted."""
    folded = Signal(bool)
    """A person has opened (False) or closed (True) the strip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: dict[str, Column] = {}
        self._commits: Sequence[Revision] = ()
        self.heading = QToolButton(self)
        self.heading.setText(tr("How the notebook grew"))
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.heading.clicked.connect(lambda _checked=False: self._turn())
        self.more = QPushButton(tr("Go on"), self)
        self.more.setFlat(True)
        self.more.setToolTip(tr("Counts the commits that have no column yet"))
        self.more.clicked.connect(lambda _checked=False: self.wanted.emit())
        self.plot = GrowthPlot(theme, self)
        self.plot.chosen.connect(self.chosen)
        self.plot.pointed.connect(lambda _revision: self._say())
        self.plot.places_changed.connect(self._ask)
        self.words = Sentence(size="caption", parent=self)
        self.sampling = Sentence(muted=True, size="caption", parent=self)
        self.legend = Sentence(muted=True, size="caption", parent=self)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.more)
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.plot)
        for sentence in (self.words, self.sampling, self.legend):
            body.addWidget(sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.more.hide()
        self.set_theme(theme)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the columns are shown."""
        return not self._body.isHidden()

    def set_open(self, opened: bool) -> None:
        """Show the columns, or their heading alone."""
        self._body.setVisible(opened)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.heading.setAccessibleDescription(tr("open") if opened else tr("folded"))
        self._ask()
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.plot.set_theme(theme)
        for sentence in (self.words, self.sampling, self.legend):
            sentence.set_theme(theme)
            sentence.setContentsMargins(theme.spacing, 0, theme.spacing, theme.spacing // 2)
        self._caption = QFontMetrics(prose_font(theme, theme.caption))
        # Always of two lines: the list above would jump while the pointer goes over the columns.
        self.words.setFixedHeight(2 * self._caption.lineSpacing() + theme.spacing // 2)
        self.heading.setFont(prose_font(theme, theme.caption))
        self.more.setFont(prose_font(theme, theme.caption))
        self._say()

    def set_commits(self, commits: Sequence[Revision]) -> None:
        """Show other commits, newest first; they have no columns yet."""
        self._columns = {}
        self._commits = commits
        self.plot.set_commits(commits, self._columns)
        self._ask()
        self._say()

    def missing(self) -> tuple[Revision, ...]:
        """The commits in the strip that have no column yet, newest first."""
        return tuple(each for each in self.plot.sampled() if each.commit not in self._columns)

    def set_column(self, revision: Revision, column: Column) -> None:
        """Fill in a column."""
        self._columns[revision.commit] = column
        self.plot.repaint_all()

    def set_counting(self, counting: bool) -> None:
        """Whether columns are being counted: while none are, the rest can be asked for."""
        left = len(self.missing())
        self.more.setVisible(self.is_open and not counting and bool(left))
        self.more.setAccessibleName(
            tr("Count the commits that have no column yet: {count}").format(count=left)
        )

    def _turn(self) -> None:
        self.set_open(not self.is_open)
        self.folded.emit(not self.is_open)

    def _ask(self) -> None:
        if self.is_open and self.missing():
            self.wanted.emit()

    def _say(self) -> None:
        if not self.is_open:
            return
        spoken = self.plot.spoken()
        if not self._commits:
            self.words.setText(
                tr("A notebook that is committed to git shows here how each commit changed it.")
            )
        elif spoken is None:
            self.words.setText(tr("Click a column, or press ← →"))
        else:
            column = self._columns.get(spoken.commit)
            words = [details_of(spoken, spoken.time)[0]]
            if column is not None and column.runs:
                words += [tr("cells: {count}").format(count=column.cells), _badge(column)]
            elif column is not None:
                words.append(tr("this version cannot be read"))
            said = " · ".join(word for word in (*words, title_of(spoken)) if word)
            room = 2 * self.width() - 8 * self._theme.spacing
            self.words.setText(self._caption.elidedText(said, Qt.TextElideMode.ElideRight, room))
        if self.plot.stride > 1:
            sampling = tr("a column for one in {stride} of {commits} commits")
        else:
            sampling = tr("commits: {commits}, the oldest at the left")
        self.sampling.setText(sampling.format(stride=self.plot.stride, commits=f"{len(self._commits):,}"))
        self.sampling.setVisible(bool(self._commits))
        self.legend.setText(self._legend())

    def set_room(self, height: int) -> None:
        """How high the history is, of which the strip takes a part: its colours are explained if they fit."""
        lines = self.legend.heightForWidth(max(1, self.width()))
        self.legend.setMinimumHeight(lines)
        others = self._body.sizeHint().height() - (0 if self.legend.isHidden() else self.legend.height())
        self.legend.setVisible(2 * (others + lines) <= height)

    def _legend(self) -> str:
        names = {
            ChangeKind.ADDED: tr("added"),
            ChangeKind.REMOVED: tr("removed"),
            ChangeKind.MODIFIED: tr("modified"),
            ChangeKind.MOVED: tr("moved"),
        }
        pieces = [
            f'<span style="color:{self._theme.sign_color(kind).name()}">■{sign}&nbsp;{names[kind]}</span>'
            for kind, sign in SIGNS
        ]
        for cell_type, name in ((CellType.CODE, tr("code")), (CellType.MARKDOWN, tr("text"))):
            color = mark_color(self._theme, ChangeKind.UNCHANGED, cell_type)
            pieces.append(f'<span style="color:{_on(color, self._theme).name()}">■</span>&nbsp;{name}')
        return " &nbsp; ".join(pieces)


def _badge(column: Column) -> str:
    counts = column.counts()
    return " ".join(f"{sign}{counts[kind]}" for kind, sign in SIGNS if counts[kind])
