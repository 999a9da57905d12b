"""How the notebook grew, as a strip below the history: a column for each commit, a thin mark for each cell.

Imports the theme, `parts`, the words of the history and frozen values. It paints and tells what was chosen;
what the columns hold is counted elsewhere.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.model import ChangeKind
from nbreview.gui.history_model import SIGNS, badge_in_words, details_of, title_of
from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.history.model import Revision
from nbreview.notebook.model import CellType
from nbreview.presentation.growth import Column, Strip, lay_out, marks_of, nearest_column, sampled, tallest

_ROWS = 5
"""Height of the plot, in lines of text."""
_NO_COLUMN = Column(())


class GrowthPlot(QWidget):
    """The columns. One of them is at hand: arrow keys, Home and End go to others, as a click does."""

    chosen = Signal(object)
    """A commit (`Revision`) was clicked, or gone to by the keyboard."""
    pointed = Signal(object)
    """The commit that the strip speaks of: under the pointer, else the one at hand; None for none."""
    places_changed = Signal()
    """Other commits have columns: the strip is wider or narrower."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._commits: Sequence[Revision] = ()  # newest first
        self._columns: Mapping[str, Column] = {}
        self._strip = Strip(0, 0.0, 0.0)
        self._places: range | tuple[int, ...] = ()
        self._place_of: dict[str, int] = {}
        self._current: int | None = None  # a commit, shown in the diff
        self._hovered: int | None = None  # a column
        self._picture: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How the notebook grew"))

    @property
    def stride(self) -> int:
        """Every how many commits one has a column."""
        return self._strip.stride

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.updateGeometry()
        self.repaint_all()

    def set_commits(self, commits: Sequence[Revision], columns: Mapping[str, Column]) -> None:
        """Show other commits, newest first. `columns` belong to them by their ids, and may still be filled:
        then call `repaint_all`.
        """
        self._commits, self._columns = commits, columns
        self._place_of = {revision.commit: place for place, revision in enumerate(commits)}
        self._current = self._hovered = None
        self._arrange()

    def set_current(self, commit: str) -> None:
        """Mark the commit that the diff shows; "" for none."""
        self._current = self._place_of.get(commit)
        self._tell()
        self.update()

    def sampled(self) -> tuple[Revision, ...]:
        """The commits that have a column, newest first."""
        return tuple(self._commits[place] for place in reversed(self._places))

    def repaint_all(self) -> None:
        """Columns have come: the highest of them may be another one."""
        shown = [self._columns[each.commit] for each in self.sampled() if each.commit in self._columns]
        area = self._area()
        self._strip = lay_out(len(self._commits), tallest(shown), area.width(), area.height())
        self._picture = None
        self._tell()
        self.update()

    def spoken(self) -> Revision | None:
        """The commit that the strip speaks of."""
        column = self._hovered if self._hovered is not None else self._column_at_hand()
        return self._commits[self._places[column]] if column is not None else None

    def sizeHint(self) -> QSize:
        height = QFontMetrics(prose_font(self._theme, self._theme.caption)).height()
        return QSize(20 * height, _ROWS * height)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    # Where things lie.

    def _area(self) -> QRectF:
        unit = self._theme.spacing
        return QRectF(self.rect()).adjusted(unit, unit // 2, -unit, -unit // 2)

    def _arrange(self) -> None:
        before = tuple(self._places)
        area = self._area()
        strip = lay_out(len(self._commits), 1, area.width(), area.height())
        self._places = sampled(len(self._commits), strip.stride) if self._commits else ()
        self._hovered = None
        self.repaint_all()
        if tuple(self._places) != before:
            self.places_changed.emit()

    def _column_at_hand(self) -> int | None:
        return nearest_column(self._places, self._current) if self._current is not None else None

    def _column_under(self, position: QPointF) -> int | None:
        return self._strip.column_at(position.x() - self._area().left())

    def _tell(self) -> None:
        spoken = self.spoken()
        self.setAccessibleDescription(self._words(spoken) if spoken is not None else "")
        self.pointed.emit(spoken)

    def _words(self, revision: Revision) -> str:
        column = self._columns.get(revision.commit)
        words = [f"{revision.commit[:7]} {title_of(revision)}"]
        if column is not None and column.runs:
            words += [tr("cells: {count}").format(count=column.cells), badge_in_words(column.counts())]
        return ", ".join(words)

    # What a person does.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._column_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _hover(self, column: int | None) -> None:
        if column != self._hovered:
            self._hovered = column
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if column is not None else Qt.CursorShape.ArrowCursor
            )
            self._tell()
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self._column_under(event.position())
        if event.button() is Qt.MouseButton.LeftButton and column is not None:
            self._go(column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, at = len(self._places) - 1, self._column_at_hand()
        goals = {
            Qt.Key.Key_Left: last if at is None else at - 1,
            Qt.Key.Key_Right: last if at is None else at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Return: at,
            Qt.Key.Key_Enter: at,
            Qt.Key.Key_Space: at,
        }
        if event.key() not in goals or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        goal = goals[Qt.Key(event.key())]
        if goal is not None and 0 <= goal <= last:
            self._go(goal)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            column = self._column_under(QPointF(event.pos()))
            words = self._words(self._commits[self._places[column]]) if column is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _go(self, column: int) -> None:
        self._current = self._places[column]
        self._tell()
        self.update()
        self.chosen.emit(self._commits[self._current])

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = self._theme, self._area()
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != self.size() * ratio:
            self._picture = self._painted(ratio)
        painter.drawPixmap(0, 0, self._picture)
        width = self._strip.column_width
        for column, token in ((self._hovered, "muted"), (self._column_at_hand(), "accent")):
            if column is not None:
                left = area.left() + self._strip.left(column)
                frame = QRectF(left, area.top(), width, area.height()).adjusted(-1, -2, 0, 2)
                painter.setPen(QPen(theme.color(token), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(frame)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _painted(self, ratio: float) -> QPixmap:
        """All columns, painted once until they change."""
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.color("background"))
        painter = QPainter(picture)
        area, strip = self._area(), self._strip
        gap = 1.0 if strip.column_width >= 4 else 0.0
        for number, place in enumerate(self._places):
            left, width = area.left() + strip.left(number), strip.column_width - gap
            column = self._columns.get(self._commits[place].commit)
            if column is None:  # not counted yet
                painter.fillRect(QRectF(left, area.bottom() - 1, width, 1), self._theme.color("border"))
                continue
            for mark in marks_of(column, strip.cell_height):
                rect = QRectF(left, area.top() + mark.top, width, mark.height)
                painter.fillRect(rect, mark_color(self._theme, mark.change, mark.cell_type))
        painter.end()
        return picture


def mark_color(theme: Theme, change: ChangeKind, cell_type: CellType | None) -> QColor:
    """The colour of a mark: that of its change, else of its type."""
    if change is not ChangeKind.UNCHANGED:
        return theme.sign_color(change)
    if cell_type is CellType.MARKDOWN:
        return theme.color("border")
    color = theme.color("control")
    color.setAlphaF(0.55)
    return color


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
