"""What is known of a model file: architecture, parameters, quantisation, context, size, licence, chat
template and where it lies; or why a file cannot be used.

Imports `theme`, `parts`, `language` and frozen values only.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from nbreview.gui.language import spoken, tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.llm.catalog import EMBEDDING, BrokenModel, ModelFile


def size_in_words(size: int) -> str:
    """Bytes as people read them: "4.7 GB" (powers of 1000, as file managers and model pages count)."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit in ("B", "kB") or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def count_in_words(count: int) -> str:
    """Parameters as people say them: "7.6 B", "494 M"; "" where the file does not tell."""
    for unit, length in (("B", 10**9), ("M", 10**6), ("k", 10**3)):
        if count >= length:
            value = count / length
            return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
    return str(count) if count else ""


def facts(model: ModelFile) -> tuple[tuple[str, str], ...]:
    """Name and value of each thing that is known."""
    unknown = tr("the file does not say")
    template = (
        tr("in the file")
        if model.chat_template
        else tr("none in the file: the one of its architecture is used, else ChatML")
    )
    parts = tr(", in {parts} files").format(parts=model.parts) if model.parts > 1 else ""
    rows = [
        (tr("Architecture"), model.architecture),
        (tr("Parameters"), count_in_words(model.parameters) or unknown),
        (tr("Quantisation"), model.quantisation or unknown),
        (
            tr("Context"),
            tr("up to {tokens} tokens").format(tokens=f"{model.context:,}") if model.context else unknown,
        ),
        (tr("Size"), size_in_words(model.size) + parts),
        (tr("Licence"), model.licence or unknown),
        (tr("Chat template"), template),
        (tr("Where"), "\n".join(str(path) for path in (model.path, *model.also))),
        (tr("Found in"), model.origin),
    ]
    return tuple((name, value) for name, value in rows if value)


class ModelDetails(QWidget):
    """The details of what is chosen in the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = Sentence("", size="title", bold=True, parent=self)
        self.sentence = Sentence("", parent=self)
        self._rows = QWidget(self)
        self._form = QFormLayout(self._rows)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self._rows)
        self._shown: ModelFile | BrokenModel | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.title.set_theme(theme)
        self.sentence.set_theme(theme)
        self._column.setSpacing(theme.spacing)
        self._form.setHorizontalSpacing(2 * theme.spacing)
        self._form.setVerticalSpacing(theme.spacing // 2)
        self.show_file(self._shown)

    def show_file(self, file: ModelFile | BrokenModel | None) -> None:
        """Show what is known of a file; None shows nothing."""
        self._shown = file
        while self._form.rowCount():
            self._form.removeRow(0)
        self._rows.setVisible(isinstance(file, ModelFile))
        self.setVisible(file is not None)
        said = ""
        if isinstance(file, BrokenModel):
            self.title.setText(file.path.name)
            said = spoken(file.why)
        elif file is not None:
            self.title.setText(file.name)
            if file.kind != "language":
                said = (
                    tr("It makes embeddings and writes no text.")
                    if file.kind == EMBEDDING
                    else tr("It is the eye of another model and writes no text.")
                )
            for name, value in facts(file):
                self._add(name, value)
        self.sentence.setText(said)
        self.sentence.setVisible(bool(said))

    def text(self) -> str:
        """All of it as text."""
        rows = facts(self._shown) if isinstance(self._shown, ModelFile) else ()
        lines = [self.title.text(), self.sentence.text(), *(f"{name}: {value}" for name, value in rows)]
        return "\n".join(line for line in lines if line)

    def _add(self, name: str, value: str) -> None:
        label = QLabel(name, self._rows)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        label.setFont(prose_font(self._theme, self._theme.caption))
        said = Sentence(_breakable(value), size="caption", parent=self._rows)
        said.setAccessibleName(f"{name}: {value}")
        said.set_theme(self._theme)
        self._form.addRow(label, said)


def _breakable(text: str) -> str:
    """A path may break behind its separators."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")
