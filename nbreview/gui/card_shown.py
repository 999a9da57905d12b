"""What a model was shown for a card, and what was left out, with what each part costs.

Imports `theme`, `parts` and frozen values only.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from nbreview.gui.card_view import CardView
from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, code_font

_LINES = 12


class ShownContext(QWidget):
    """A table of what was chosen, and below it the very words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sentences: list[Sentence] = []
        self._table = QGridLayout()
        self._table.setColumnStretch(0, 1)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("What the model was shown"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._table)
        self._layout.addWidget(self.text)
        self.set_theme(theme)

    def set_view(self, view: CardView) -> None:
        """Show what belongs to another suggestion."""
        for sentence in self._sentences:
            self._table.removeWidget(sentence)
            sentence.hide()
            sentence.deleteLater()
        self._sentences.clear()
        for row, (words, tokens, muted) in enumerate(shown_lines(view)):
            self._put(row, 0, words, muted)
            number = self._put(row, 1, tokens, muted)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.text.setPlainText("\n\n".join(f"—— {role} ——\n{text.rstrip()}" for role, text in view.shown))
        self.text.setVisible(bool(view.shown))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        for sentence in self._sentences:
            sentence.set_theme(theme)
        self.text.setFont(code_font(theme, theme.caption))
        self.text.setMinimumHeight(QFontMetrics(self.text.font()).lineSpacing() * _LINES)
        self._layout.setSpacing(theme.spacing)
        self._table.setHorizontalSpacing(theme.spacing)
        self._table.setVerticalSpacing(theme.spacing // 2)

    def _put(self, row: int, column: int, text: str, muted: bool) -> Sentence:
        sentence = Sentence(text, muted=muted, size="caption", parent=self)
        sentence.set_theme(self._theme)
        self._table.addWidget(sentence, row, column)
        self._sentences.append(sentence)
        return sentence


def shown_lines(view: CardView) -> list[tuple[str, str, bool]]:
    """The table's lines: what it is, how many tokens, and whether it was left out."""
    lines = []
    for part in view.parts:
        if part.names or part.tokens:
            lines.append((f"{part.kind}: {_names(part.names)}", f"{part.tokens:,}", False))
        if part.left_out:
            words = tr("left out for length, {kind}: {names}").format(
                kind=part.kind, names=_names(part.left_out)
            )
            lines.append((words, f"({part.left_out_tokens:,})", True))
    if view.tokens:
        words = tr("all that was chosen, of {budget} tokens that fitted").format(budget=f"{view.budget:,}")
        lines.append((words if view.budget else tr("all that was chosen"), f"{view.tokens:,}", False))
    return lines


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
