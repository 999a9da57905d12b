"""A small box for editing one cell's source.

Imports `theme` only. Tab indents by four spaces and Shift+Tab takes them back; Ctrl+Tab leaves the box, and
Escape gives up.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, code_font

INDENT = "    "
_LINES = (4, 24)


class CodeEdit(QPlainTextEdit):
    """As high as its text, within bounds, so that a card does not scroll inside a panel that scrolls."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Proposed source, to be edited"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.document().blockCountChanged.connect(lambda _count: self.updateGeometry())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's typeface of code."""
        font = code_font(theme)
        self.setFont(font)
        self.setTabStopDistance(len(INDENT) * QFontMetrics(font).horizontalAdvance("0"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        lines = min(max(self.blockCount() + 1, _LINES[0]), _LINES[1])
        frame = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 8
        return QSize(metrics.averageCharWidth() * 30, lines * metrics.lineSpacing() + frame)

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).averageCharWidth() * 12, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # Escape is the window's key for Stop; here it belongs to the box.
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key == Qt.Key.Key_Tab and not event.modifiers():
            self._indent(1)
        elif key == Qt.Key.Key_Backtab:
            self._indent(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._new_line()
        else:
            super().keyPressEvent(event)

    def _new_line(self) -> None:
        """A new line starts below the one before it, and one step in after a colon."""
        cursor = self.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        lead = line[: len(line) - len(line.lstrip())]
        cursor.insertText("\n" + lead + (INDENT if line.rstrip().endswith(":") else ""))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _indent(self, steps: int) -> None:
        cursor = self.textCursor()
        if steps > 0 and not cursor.hasSelection():
            cursor.insertText(INDENT[cursor.positionInBlock() % len(INDENT) :])
            return
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        cursor.beginEditBlock()
        block = first
        while block.isValid():
            edit = QTextCursor(block)
            if steps > 0:
                edit.insertText(INDENT)
            else:
                spaces = len(block.text()) - len(block.text().lstrip(" "))
                for _space in range(min(len(INDENT), spaces)):
                    edit.deleteChar()
            if block == last:
                break
            block = block.next()
        cursor.endEditBlock()
