"""The box in which a cell's source is edited, over the head column of the canvas.

Takes a text and gives one back by signals; it knows no file and no session.
"""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QSyntaxHighlighter, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nbreview.gui.code_edit import CodeEdit
from nbreview.gui.diff.look import Look
from nbreview.gui.language import tr
from nbreview.presentation.highlight import TokenLines, tokenize

LONGEST_COLOURED = 20_000
"""Characters of a source that is coloured while it is typed."""


class Colours(QSyntaxHighlighter):
    """The colours of the canvas, for a text that changes: at once in the line, soon after in the rest."""

    def __init__(self, document: QTextDocument, look: Look, language: str) -> None:
        super().__init__(document)
        self._look = look
        self._language = language
        self._revision = -1
        self._lines: TokenLines = ()
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self._again)

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        document = self.document()
        if document.revision() != self._revision:
            self._revision = document.revision()
            source = document.toPlainText()
            before, self._lines = self._lines, ()
            if len(source) <= LONGEST_COLOURED:
                self._lines = tokenize(source, self._language)
            if before:
                self._later.start()  # a quote that was opened changes the lines below
        number = self.currentBlock().blockNumber()
        for token in self._lines[number] if number < len(self._lines) else ():
            start, end = _units(text, token.start), _units(text, token.end)
            self.setFormat(start, end - start, self._look.token_format(token))

    def _again(self) -> None:
        revision = self.document().revision()
        self.rehighlight()
        self._revision = revision


def _units(text: str, column: int) -> int:
    """A column in UTF-16 units, as Qt counts; the text that Qt hands out counts code points."""
    return column if text.isascii() else len(text[:column].encode("utf-16-le")) // 2


class _Box(CodeEdit):
    """Ctrl+Enter is the window's key for a card; here it saves."""

    saved = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and _saves(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.saved.emit()
                return True
        return super().event(event)


def _saves(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return (enter and control) or (event.key() == Qt.Key.Key_S and control)


class CellEdit(QFrame):
    """A source, and what to do with it: Ctrl+Enter or Save, Escape or Cancel."""

    saved = Signal(str)
    cancelled = Signal()
    grown = Signal()
    """It has more lines now."""

    def __init__(self, look: Look, source: str, language: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellEdit")
        self.setAccessibleName(tr("Editing {title}").format(title=title))
        self.before = source
        self.box = _Box(look.theme, self)
        self.box.setAccessibleName(tr("Source of {title}").format(title=title))
        self.box.setPlainText(source)
        self._colours = Colours(self.box.document(), look, language)
        self._hint = QLabel(tr("Ctrl+Enter saves, Escape cancels"), self)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setObjectName("cellEditHint")
        self._save = QPushButton(tr("Save"), self)
        self._save.setToolTip(tr("Write this cell into the file; every other byte stays (Ctrl+Enter)"))
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setToolTip(tr("Leave the cell as it is (Esc)"))
        row = QHBoxLayout()
        row.setContentsMargins(look.unit, 0, look.unit, 0)
        row.setSpacing(look.unit)
        row.addWidget(self._hint, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, look.half)
        layout.setSpacing(look.half)
        layout.addWidget(self.box, 1)
        layout.addLayout(row)
        theme = look.theme
        self.setStyleSheet(
            f"#cellEdit {{ background: {theme.raised}; border: 1px solid {theme.accent}; }}"
            f" #cellEdit QPlainTextEdit {{ border: none; background: {theme.background}; }}"
            f" #cellEditHint {{ color: {theme.muted}; }}"
        )
        self.setFocusProxy(self.box)
        self.box.cancelled.connect(self.cancelled)
        self.box.saved.connect(self._emit)
        self.box.document().blockCountChanged.connect(lambda _count: self.grown.emit())
        self._save.clicked.connect(self._emit)
        self._cancel.clicked.connect(self.cancelled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words of the keys give way first; the buttons' tooltips tell them, too."""
        super().resizeEvent(event)
        room = self.width() - self.minimumSizeHint().width()
        self._hint.setVisible(room > self._hint.sizeHint().width())

    @property
    def source(self) -> str:
        """What is typed."""
        return self.box.toPlainText()

    @property
    def dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.source != self.before

    def set_busy(self, busy: bool) -> None:
        """While it is written, nothing is typed."""
        self.box.setReadOnly(busy)
        self._save.setEnabled(not busy)

    def _emit(self) -> None:
        if self._save.isEnabled():
            self.saved.emit(self.source)
