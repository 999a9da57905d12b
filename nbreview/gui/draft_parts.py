"""What the pages of a draft are made of: text as Markdown or as coloured code, and a block that can be edited
in place.

Imports `theme`, `parts`, the box for source and frozen values. Nothing that a model wrote is loaded or
followed: Markdown is shown without HTML, pictures and links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.code_edit import CodeEdit
from nbreview.gui.diff.prose_layout import ClosedDocument
from nbreview.gui.language import tr
from nbreview.gui.parts import Pill, Sentence
from nbreview.gui.theme import Theme, code_font, prose_font
from nbreview.presentation.highlight import TokenLines


def sheet(theme: Theme) -> str:
    """The style of blocks and failures, for the window that holds them: one sheet, as each of its own would
    cost every block a second polish.
    """
    round_ = f"border-radius: {theme.radius}px"
    return (
        f"#draftBlock {{ background: {theme.raised}; border: 1px solid {theme.border}; {round_}; }}"
        f'#draftBlock[marked="true"] {{ border-color: {theme.accent}; }}'
        f"#draftFailure {{ background: {theme.error_bg}; border: 1px solid {theme.error}; {round_}; }}"
        "#draftText, #draftText:focus { border: none; padding: 0; background: transparent; }"
    )


@dataclass(frozen=True, slots=True)
class Part:
    """What a block shows. `key` names it to who listens; `edited` is the text that an edit begins with, ""
    where it cannot be edited. `code`: shown as source and not as Markdown. `pill` is a short word with the
    token of its colour; `act` names a button of the block.
    """

    key: tuple[str, int]
    title: str
    text: str
    edited: str = ""
    code: bool = False
    marked: bool = False
    pill: tuple[str, str] = ("", "")
    act: str = ""
    tokens: TokenLines = ()


class MarkdownText(QTextEdit):
    """Markdown, rendered; as high as its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.setDocument(ClosedDocument(self))
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("draftText")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, source: str, theme: Theme) -> None:
        """Render a text in a theme."""
        self._source = source
        font = prose_font(theme)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.document().setMarkdown(source, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self._fit()

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()  # the page scrolls, not the text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).averageCharWidth() * 12, self.minimumHeight())

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 4)


class _Colours(QSyntaxHighlighter):
    """Puts tokens that were computed elsewhere on the lines of a document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._tokens: TokenLines = ()
        self._theme: Theme | None = None

    def show_tokens(self, tokens: TokenLines, theme: Theme) -> None:
        self._tokens, self._theme = tokens, theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        line = self.currentBlock().blockNumber()
        if self._theme is None or line >= len(self._tokens):
            return
        wide = any(ord(character) > 0xFFFF for character in text)
        for token in self._tokens[line]:
            start, end = token.start, token.end
            if wide:  # Qt counts in UTF-16
                points = text.encode("utf-16", "surrogatepass").decode("utf-16")
                start, end = _units(points[:start]), _units(points[:end])
            form = QTextCharFormat()
            form.setForeground(self._theme.color(token.kind or "text"))
            self.setFormat(start, end - start, form)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class CodeText(QPlainTextEdit):
    """Source, in colours; as high as its text, and wide lines scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = _Colours(self.document())
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_text(self, source: str, tokens: TokenLines, theme: Theme) -> None:
        """Show a source in a theme."""
        self.setFont(code_font(theme))
        if self.toPlainText() != source:
            self.setPlainText(source)
        self._colours.show_tokens(tokens, theme)
        metrics = QFontMetrics(self.font())
        lines = self.blockCount()
        widest = max((metrics.horizontalAdvance(line) for line in source.split("\n")), default=0)
        frame = 2 * int(self.document().documentMargin()) + 2 * theme.spacing
        bar = self.horizontalScrollBar().sizeHint().height() if widest > self.viewport().width() else 0
        self.setFixedHeight(lines * metrics.lineSpacing() + frame + bar)

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Tab:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Block(QFrame):
    """One part of a draft: read, and edited in place."""

    kept = Signal(object, str, bool)
    """The key, the text that was written, and whether the rest is to be made anew at once."""
    acted = Signal(object)
    """The key of the block whose button was pressed."""
    editing = Signal(bool)

    def __init__(self, part: Part, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draftBlock")
        self.setProperty("marked", part.marked)
        self.part, self._theme = part, theme
        self.title = Sentence(part.title, bold=True, parent=self)
        self.pill = Pill(theme, *part.pill, parent=self)
        self.pill.setVisible(bool(part.pill[0]))
        self.act_button = self._button(part.act, lambda: self.acted.emit(part.key))
        self.act_button.setVisible(bool(part.act))
        self.edit_button = self._button(tr("Edit"), self.begin_edit)
        self.edit_button.setFlat(True)
        self.edit_button.setVisible(bool(part.edited))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body: MarkdownText | CodeText = CodeText(self) if part.code else MarkdownText(self)
        self.body.setAccessibleName(part.title)
        self.editor: CodeEdit | None = None
        self.problem = Sentence(parent=self)
        self.problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self.problem.hide()
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        self.again_button = self._button(tr("Keep and go on"), partial(self._keep, True))
        self.again_button.setToolTip(tr("Keeps it, and makes anew what was made from it (Ctrl+Return)"))
        self.keep_button = self._button(tr("Keep"), partial(self._keep, False))
        self.cancel_button = self._button(tr("Cancel"), self.end_edit)
        for button in (self.again_button, self.keep_button, self.cancel_button):
            row.addWidget(button)
        row.addStretch(1)
        self._buttons.hide()
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        for widget in (self.body, self.problem, self._buttons):
            self._layout.addWidget(widget)
        self._name_buttons()
        self.set_theme(theme)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _name_buttons(self) -> None:
        for button in (self.act_button, self.edit_button, self.again_button, self.keep_button):
            button.setAccessibleName(f"{button.text()}: {self.part.title}")

    def set_part(self, part: Part) -> None:
        """Show the same part with another text; an edit that was begun goes on."""
        self.part = part
        self.title.setText(part.title)
        self.body.setAccessibleName(part.title)
        self.pill.set_text(*part.pill)
        self.pill.setVisible(bool(part.pill[0]))
        self.act_button.setText(part.act)
        self.act_button.setVisible(bool(part.act))
        self.edit_button.setVisible(bool(part.edited) and self.editor is None)
        self._name_buttons()
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._layout.setContentsMargins(unit + unit // 2, unit, unit + unit // 2, unit)
        self._layout.setSpacing(unit)
        for sentence in (self.title, self.problem):
            sentence.set_theme(theme)
        self.pill.set_theme(theme)
        if isinstance(self.body, CodeText):
            self.body.show_text(self.part.text, self.part.tokens, theme)
        else:
            self.body.show_text(self.part.text, theme)
        if self.editor is not None:
            self.editor.set_theme(theme)

    def set_enabled_acts(self, enabled: bool) -> None:
        """Whether parts may be changed now."""
        for button in (self.edit_button, self.act_button, self.again_button, self.keep_button):
            button.setEnabled(enabled)

    def begin_edit(self) -> None:
        """Write into the part."""
        if self.editor is None:
            self.editor = CodeEdit(self._theme, self)
            if not self.part.code:
                self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
            self.editor.setAccessibleName(tr("Text of: {title}").format(title=self.part.title))
            self.editor.cancelled.connect(self.end_edit)
            self.editor.setPlainText(self.part.edited)
            self._layout.insertWidget(2, self.editor)
        self.body.hide()
        self._buttons.show()
        # Of cells nothing is made.
        self.again_button.setVisible(not self.part.code and self.part.key[0] != "cells")
        self.edit_button.hide()
        self.editing.emit(True)
        self.editor.setFocus()

    def end_edit(self) -> None:
        """Leave the part as it is."""
        if self.editor is None:
            return
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = None
        self._buttons.hide()
        self.problem.hide()
        self.body.show()
        self.edit_button.setVisible(bool(self.part.edited))
        self.edit_button.setFocus()
        self.editing.emit(False)

    def refuse(self, message: str) -> None:
        """Say why what was written cannot be kept."""
        self.problem.setText(message)
        self.problem.show()

    def keep(self) -> None:
        """Keep what was written, by key."""
        if self.editor is not None and self.keep_button.isEnabled():
            self._keep(not self.again_button.isHidden())

    def _keep(self, again: bool) -> None:
        if self.editor is not None:
            self.problem.hide()
            self.kept.emit(self.part.key, self.editor.toPlainText(), again)
