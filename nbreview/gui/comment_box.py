"""The box in which a comment is written: over the canvas beside its line, or inside a thread.

Takes a text and gives one back by signals; it knows no store and no session. Ctrl+Enter saves, Escape puts
the box away and what was typed stays a draft.
"""

import math

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, prose_font

_LINES = (3, 12)
_MEASURED = 2_000  # characters; more lines than these hold are scrolled
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Text(QPlainTextEdit):
    """As high as what is typed, within bounds. Escape and Ctrl+Enter are the window's keys for other things;
    here they belong to the box.
    """

    saved = Signal()
    put_aside = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().contentsChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        # Measured by the font: the document wraps its lines only once they are painted.
        room = QRect(
            0, 0, max(self.viewport().width() - 2 * int(self.document().documentMargin()), 40), 10_000
        )
        text = self.toPlainText()[:_MEASURED] + "."
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, text).height()
        lines = min(max(math.ceil(needed / metrics.lineSpacing()), _LINES[0]), _LINES[1])
        frame = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 2
        return QSize(metrics.averageCharWidth() * 30, lines * metrics.lineSpacing() + frame)

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).averageCharWidth() * 10, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            act = self._act(event)
            if act and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act and event.type() == QEvent.Type.KeyPress:
                if act == "save":
                    self.saved.emit()
                elif act == "aside":
                    self.put_aside.emit()
                else:
                    self.stepped.emit(-1 if act == "up" else 1)
                return True
        return super().event(event)

    def _act(self, event: QKeyEvent) -> str:
        modifiers = event.modifiers()
        if event.key() in _ENTER and modifiers & Qt.KeyboardModifier.ControlModifier:
            return "save"
        if event.key() == Qt.Key.Key_Escape:
            return "aside"
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(event.key()), "")
        return ""


class CommentBox(QFrame):
    """A small editor with its title, Save and Close."""

    saved = Signal(str)
    put_aside = Signal(str)
    """Closed with this draft ("" when nothing was typed)."""
    stepped = Signal(int)
    """The line above (-1) or below (1) is meant instead (Alt+Up, Alt+Down)."""
    grown = Signal()

    def __init__(self, theme: Theme, save_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commentBox")
        self.title = Sentence(size="caption", bold=True, parent=self)
        self.text = _Text(self)
        self.hint = Sentence(
            tr("Ctrl+Enter saves, Esc keeps a draft"), muted=True, size="caption", parent=self
        )
        self.save_button = QPushButton(save_words, self)
        self.save_button.setProperty("primary", True)
        self.save_button.setToolTip(tr("Keep this comment in the store (Ctrl+Enter)"))
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.setToolTip(tr("Put the box away; what you typed stays as a draft (Esc)"))
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._row.addWidget(self.close_button)
        self._row.addWidget(self.save_button)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.text, 1)
        self._layout.addWidget(self.hint)
        self._layout.addLayout(self._row)
        self.setFocusProxy(self.text)
        self.text.saved.connect(self._save)
        self.text.put_aside.connect(self._close)
        self.text.stepped.connect(self.stepped)
        self.text.document().contentsChanged.connect(self.grown)
        self.save_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self._close)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self._layout.setContentsMargins(unit, unit // 2, unit, unit)
        self._layout.setSpacing(unit // 2)
        self._row.setSpacing(unit)
        for sentence in (self.title, self.hint):
            sentence.set_theme(theme)
        self.text.setFont(prose_font(theme))
        self.text.updateGeometry()
        self.setStyleSheet(
            f"#commentBox {{ background: {theme.raised}; border: 1px solid {theme.accent};"
            f" border-radius: {theme.radius}px; }}"
        )

    def set_title(self, title: str, steps: bool = False) -> None:
        """What is commented on; `steps`: another line can be chosen by keys."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.text.setAccessibleName(title or tr("Comment"))
        words = tr("Ctrl+Enter saves, Esc keeps a draft")
        if steps:
            words = tr("Ctrl+Enter saves, Esc keeps a draft, Alt+↑ and Alt+↓ choose the line")
        self.hint.setText(words)

    def open(self, text: str) -> None:
        """Begin with a text, the keyboard at its end."""
        self.text.setPlainText(text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """While it is saved, nothing is typed."""
        self.text.setReadOnly(busy)
        self.save_button.setEnabled(not busy)

    @property
    def typed(self) -> str:
        """What is typed."""
        return self.text.toPlainText()

    def _save(self) -> None:
        if self.save_button.isEnabled() and self.typed.strip():
            self.saved.emit(self.typed)
        else:
            self.text.setFocus()

    def _close(self) -> None:
        self.put_aside.emit(self.typed)
