"""The columns of how the notebook grew, painted: one for each commit, a thin mark for each cell.

Imports the theme, the words of the history and frozen values.
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
    QSizePolicy,
    QToolTip,
    QWidget,
)

from nbreview.diff.model import ChangeKind
from nbreview.gui.history_model import badge_in_words, title_of
from nbreview.gui.language import tr
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
