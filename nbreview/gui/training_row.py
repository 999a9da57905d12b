"""The row that comes of one decision, as it will be written, with what was taken out of it marked.

Imports `theme`, `parts` and frozen values only.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, code_font

if TYPE_CHECKING:
    from nbreview.training.rehearsal import ShownRow

CHOOSE = QT_TR_NOOP("Choose a decision in the list to see the row that comes of it.")


class RowPreview(QWidget):
    """Shows one row, as written or with its texts unfolded."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: ShownRow | None = None
        self.title = Sentence(tr("The row, as it will be written"), bold=True, parent=self)
        self.found = Sentence("", muted=True, parent=self)
        self.unfolded = QPushButton(tr("&Unfold its texts"), self)
        self.unfolded.setCheckable(True)
        self.unfolded.toggled.connect(lambda _checked: self._show())
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("The row, as it will be written"))
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setPlaceholderText(tr(CHOOSE))
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.unfolded, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.found)
        self._column.addWidget(self.text, 1)
        self.set_theme(theme)
        self.set_row(None)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.title.set_theme(theme)
        self.found.set_theme(theme)
        self.text.setFont(code_font(theme, theme.caption))
        self._column.setContentsMargins(theme.spacing, 0, 0, 0)
        self._column.setSpacing(theme.spacing // 2)
        self._mark()

    def set_empty(self, sentence: str) -> None:
        """Say why there is no row to show: a constant of this window, marked for translators."""
        self.text.setPlaceholderText(tr(sentence))

    def set_row(self, shown: "ShownRow | None") -> None:
        """Show the row of a decision; None: of none."""
        self._shown = shown
        self._show()

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            self.text.setPlainText("")
            self.found.setText("")
            return
        self.text.setPlainText(shown.parts if self.unfolded.isChecked() else shown.text)
        self.found.setText(_found(shown))
        self._mark()

    def _mark(self) -> None:
        shown = self._shown
        if shown is None:
            self.text.setExtraSelections([])
            return
        look = QTextCharFormat()
        look.setBackground(self._theme.color("warning_bg"))
        look.setForeground(self._theme.color("warning"))
        look.setFontWeight(700)
        marks = []
        for start, end in shown.part_marks if self.unfolded.isChecked() else shown.marks:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(self._place(start))
            cursor.setPosition(self._place(end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = look
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _place(self, offset: int) -> int:
        """Where a character stands for Qt, which counts those beyond the first plane twice."""
        assert self._shown is not None
        text = self._shown.parts if self.unfolded.isChecked() else self._shown.text
        return offset + sum(character > "\uffff" for character in text[:offset])


def _found(shown: "ShownRow") -> str:
    if shown.reason:
        return tr("No row comes of this decision: {reason}.").format(reason=spoken(shown.reason))
    kinds = ", ".join(f"{kind.replace('_', ' ')} {number}" for kind, number in sorted(shown.found.items()))
    parts = [
        tr("Placeholders: {kinds}.").format(kinds=kinds) if kinds else tr("Nothing private was found in it.")
    ]
    if shown.tokens is not None:
        parts.append(tr("{count} tokens.").format(count=grouped(shown.tokens)))
    if shown.cut:
        parts.append(tr("{count} more characters are not shown.").format(count=grouped(shown.cut)))
    return " ".join(parts)


def grouped(count: int) -> str:
    """A number with its digits in groups of three."""
    return f"{count:,}".replace(",", " ")
