"""What the model is writing, while it writes: a diff that grows, or its words where it edits nothing.

Imports `theme`, `parts` and frozen values only. Nothing can be decided here: the finished suggestion comes as
a card of its own.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from nbreview.diff.model import TextDiff
from nbreview.gui.diff_preview import DiffPreview
from nbreview.gui.language import tr
from nbreview.gui.parts import Column, Sentence
from nbreview.gui.theme import Theme, code_font
from nbreview.presentation.highlight import Highlighter

MAX_COLOURED = 4_000
"""Characters of a growing diff that are coloured: it is painted thirty times a second."""
_MAX_LINES = 16


@dataclass(frozen=True, slots=True)
class GrowingView:
    """What an unfinished answer has come to. `done` names the cells that are written, `title` and `diff` are
    of the one that is being written; `words` is the prose so far. `thinking`: nothing but thoughts so far.
    """

    done: tuple[str, ...] = ()
    title: str = ""
    diff: TextDiff | None = None
    words: str = ""
    thinking: bool = False
    language: str = "python"


class StreamCard(QFrame):
    """A card that grows while the model writes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stream")
        self._theme = theme
        self._written = ""
        self._grows = False
        self.title = Sentence(bold=True, parent=self)
        self.words = Sentence(parent=self)
        self.done = Sentence(muted=True, size="caption", parent=self)
        self.at_hand = Sentence(parent=self)
        self.detail = Sentence(muted=True, size="caption", parent=self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("What the model writes"))
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.diff = DiffPreview(theme)
        self.diff.setAccessibleName(tr("The change so far"))
        inside = Column()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.diff)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self._layout = QVBoxLayout(self)
        for widget in (self.title, self.words, self.done, self.at_hand, self.area, self.text, self.detail):
            self._layout.addWidget(widget)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self.setStyleSheet(
            f"#stream {{ background: {theme.raised}; border: 1px dashed {theme.accent};"
            f" border-radius: {theme.radius}px; }}"
        )
        self._layout.setContentsMargins(unit, unit, unit, unit)
        self._layout.setSpacing(unit)
        for sentence in (self.title, self.words, self.done, self.at_hand, self.detail):
            sentence.set_theme(theme)
        self.diff.set_theme(theme)
        self.text.setFont(code_font(theme))
        self._fit()

    def begin(self, title: str) -> None:
        """Start with nothing written."""
        self._written, self._grows = "", False
        self.title.setText(title)
        self.text.clear()
        for widget in (self.text, self.words, self.done, self.at_hand, self.area):
            widget.hide()
        self.detail.setText(tr("The model is reading. Stop: Esc"))

    def write(self, text: str) -> None:
        """Show all that has been written so far, unless it grows as a diff; only what is new is added."""
        if self._grows:
            return
        bar = self.text.verticalScrollBar()
        following = bar.value() >= bar.maximum() - 1
        if text.startswith(self._written):
            cursor = QTextCursor(self.text.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(self._written) :])
        else:
            self.text.setPlainText(text)
        self._written = text
        self.text.setVisible(bool(text))
        self._say_writing()
        self._fit()
        if following:
            bar.setValue(bar.maximum())

    def grow(self, view: GrowingView, highlighter: Highlighter) -> None:
        """Show what the answer so far makes of the cells."""
        self._grows = True
        self.text.hide()
        self.words.setText(view.words)
        self.words.setVisible(bool(view.words))
        self.done.setText(tr("Written: {cells}").format(cells=", ".join(view.done)))
        self.done.setVisible(bool(view.done))
        self.at_hand.setText(view.title)
        self.at_hand.setVisible(bool(view.title))
        self.area.setVisible(view.diff is not None)
        if view.thinking:
            self.detail.setText(tr("The model is thinking. Stop: Esc"))
        elif view.words or view.diff is not None:
            self._say_writing()
        if view.diff is None:
            return
        size = sum(map(len, view.diff.head_lines))
        self.diff.set_diff(view.diff, view.language if size <= MAX_COLOURED else "", highlighter)
        self._fit()

    def _say_writing(self) -> None:
        self.detail.setText(tr("The model is writing. Nothing is applied before you accept it. Stop: Esc"))

    def _fit(self) -> None:
        lines = min(max(self._written.count("\n") + 2, 3), _MAX_LINES)
        line = QFontMetrics(self.text.font()).lineSpacing()
        self.text.setFixedHeight(line * lines + 2 * self._theme.spacing)
        wanted = self.diff.heightForWidth(
            max(self.area.viewport().width(), self.diff.minimumSizeHint().width())
        )
        self.area.setFixedHeight(min(wanted, line * _MAX_LINES + 2 * self._theme.spacing))
