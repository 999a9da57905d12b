"""The window that asks which range to review: base and head, completed from what the repository has.

Imports `theme` and `parts` only. It is not modal and does nothing but tell what was chosen.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.history.names import NameKind, RevisionNames

_SEPARATOR = "  —  "


class _NameCompleter(QCompleter):
    """Lists names with what they stand for, and completes the name alone."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return _name(super().pathFromIndex(index))


class RangeWindow(QDialog):
    """Asks for a range in one folder's repository."""

    chosen = Signal(object, str)
    """Folder and range."""
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None, theme: Theme) -> None:
        super().__init__(parent)
        self._folder = Path()
        self.setWindowTitle(tr("Review a range"))
        self.title = Sentence(tr("Review a range"), bold=True, size="title", parent=self)
        self.said = Sentence(
            tr("What changed in a branch, between two tags, or since a commit: all notebooks, as a list."),
            parent=self,
        )
        self.folder = QPushButton(self)
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setToolTip(tr("Choose another folder"))
        self.folder.clicked.connect(lambda _checked=False: self.folder_wanted.emit())
        self.base, self.head = self._field(tr("Base")), self._field(tr("Head"))
        self.head.setPlaceholderText(tr("the working tree"))
        self.parted = QCheckBox(tr("Since they &parted, as a pull request shows it"), self)
        self.parted.setToolTip(tr("Compares with the commit that both have in common: base...head"))
        self.parted.setChecked(True)
        self.parted.toggled.connect(lambda _on: self._show_spec())
        self.spec = Sentence(muted=True, size="caption", parent=self)
        self.review_button = QPushButton(tr("Review"), self)
        self.review_button.setDefault(True)
        self.review_button.setProperty("primary", True)
        self.review_button.clicked.connect(lambda _checked=False: self._agree())
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.review_button)
        self._layout = QFormLayout(self)
        self._layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._layout.addRow(self.title)
        self._layout.addRow(self.said)
        self._layout.addRow(tr("Folder"), self.folder)
        self._layout.addRow(tr("Base"), self.base)
        self._layout.addRow(tr("Head"), self.head)
        self._layout.addRow(self.parted)
        self._layout.addRow(self.spec)
        self._layout.addRow(buttons)
        self.set_theme(theme)
        self._show_spec()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        for sentence in (self.title, self.said, self.spec):
            sentence.set_theme(theme)
        self._layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._layout.setSpacing(unit + unit // 2)
        self.setMinimumWidth(QFontMetrics(prose_font(theme)).averageCharWidth() * 56)

    def ask(self, folder: Path) -> None:
        """Ask for a range in a folder; its names come with `set_names`."""
        if folder != self._folder:
            self._folder = folder
            self.base.clear()
            self.head.clear()
            self._complete(())
        self.folder.setText(folder.name or str(folder))
        self.folder.setToolTip(f"{folder}\n{tr('Choose another folder')}")
        self._show_spec()
        self.show()
        self.raise_()
        self.activateWindow()
        self.base.setFocus()

    def set_names(self, folder: Path, names: RevisionNames) -> None:
        """Complete what is typed from these, and propose the usual range where nothing is typed yet."""
        if folder != self._folder:
            return
        kinds = {
            NameKind.BRANCH: tr("branch"),
            NameKind.REMOTE_BRANCH: tr("remote branch"),
            NameKind.TAG: tr("tag"),
            NameKind.COMMIT: tr("commit"),
        }
        self._complete(
            [
                f"{each.name}{_SEPARATOR}{kinds[each.kind]}{f': {each.summary}' if each.summary else ''}"
                for each in names.names
            ]
        )
        if not self.base.text() and not self.head.text():
            self.base.setText(names.main or "HEAD")
            self.base.selectAll()
            self.head.setText(names.current if names.current != names.main else "")

    def range(self) -> str:
        """The range as it is written: `base...head`, or the base alone for the working tree."""
        base, head = _name(self.base.text()), _name(self.head.text())
        if ".." in base or not head:
            return base
        return f"{base}{'...' if self.parted.isChecked() else '..'}{head}"

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.textChanged.connect(lambda _text: self._show_spec())
        completer = _NameCompleter(field)
        completer.setModel(QStringListModel(completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        field.setCompleter(completer)
        return field

    def _complete(self, lines: Sequence[str]) -> None:
        for field in (self.base, self.head):
            model = field.completer().model()
            assert isinstance(model, QStringListModel)
            model.setStringList(list(lines))

    def _show_spec(self) -> None:
        spec = self.range()
        head = _name(self.head.text())
        self.parted.setEnabled(bool(head) and ".." not in _name(self.base.text()))
        self.review_button.setEnabled(bool(spec))
        if not spec:
            self.spec.setText(tr("Name a base: a branch, a tag or a commit."))
        elif ".." in spec:
            self.spec.setText(tr("Shows {range}.").format(range=spec))
        else:
            self.spec.setText(tr("Shows {base} against the working tree.").format(base=spec))

    def _agree(self) -> None:
        if self.range():
            self.accept()
            self.chosen.emit(self._folder, self.range())


def _name(text: str) -> str:
    """The name in a completed line, or what was typed."""
    return text.partition(_SEPARATOR)[0].strip()
