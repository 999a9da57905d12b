"""One editor for each kind of setting: a choice, a number, a text, names, folders, a typeface.

Imports `parts`, `language` and what the schema speaks of. An editor shows a value and tells a new one.
"""

from collections.abc import Callable
from dataclasses import Field, dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.options import Aspect
from nbreview.gui.files import ask_model
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Choice

Tell = Callable[[Any], None]
_ROWS = 3
_FINEST = 9
"""Digits after the point that a number may have: tolerances are small."""


@dataclass(frozen=True, slots=True)
class Editor:
    """The widget that edits one setting, and how it is given a value without telling it."""

    widget: QWidget
    show: Callable[[Any], None]


def make_editor(item: "Field[Any]", tell: Tell) -> Editor:
    """The editor of a field of the settings; `tell` takes each new value."""
    facts = item.metadata
    kind = facts.get("kind", "")
    if facts.get("choices"):
        return _choice(facts["choices"], tell)
    if kind in ("font", "code font"):
        return _typeface(kind, tell)
    if kind == "aspects":
        return _aspects(tell)
    if isinstance(item.default, tuple):
        return _names(tell, folders=kind == "folders")
    if isinstance(item.default, bool):
        return _switch(tell)
    if isinstance(item.default, int):
        return _whole(facts, tell)
    if isinstance(item.default, float):
        return _real(facts, tell)
    return _path(tell) if kind == "model" else _text(tell, _layers if kind == "layers" else None)


def _quietly(widget: QWidget, show: Callable[[Any], object]) -> Callable[[Any], None]:
    """Show a value without the widget's signals."""

    def quiet(value: Any) -> None:
        blocked = widget.blockSignals(True)
        show(value)
        widget.blockSignals(blocked)

    return quiet


def _choice(choices: dict[str, str], tell: Tell) -> Editor:
    widget = Choice()
    for value, words in choices.items():
        widget.addItem(tr(words), value)
    widget.currentIndexChanged.connect(lambda _index: tell(widget.currentData()))
    return Editor(widget, _quietly(widget, lambda value: widget.setCurrentIndex(widget.findData(value))))


def _typeface(kind: str, tell: Tell) -> Editor:
    widget = Choice()
    widget.addItem(tr("the system's") if kind == "font" else tr("the best that is installed"), "")
    for family in QFontDatabase.families():
        if not QFontDatabase.isPrivateFamily(family) and (
            kind == "font" or QFontDatabase.isFixedPitch(family)
        ):
            widget.addItem(family, family)
    widget.currentIndexChanged.connect(lambda _index: tell(widget.currentData()))

    def show(family: str) -> None:
        if widget.findData(family) < 0:
            widget.addItem(tr("{family} (not installed)").format(family=family), family)
        widget.setCurrentIndex(widget.findData(family))

    return Editor(widget, _quietly(widget, show))


def _switch(tell: Tell) -> Editor:
    widget = QCheckBox()
    widget.toggled.connect(tell)
    return Editor(widget, _quietly(widget, widget.setChecked))


def _whole(facts: Any, tell: Tell) -> Editor:
    widget = QSpinBox()
    widget.setRange(facts["minimum"], facts["maximum"])
    widget.setSuffix(_unit(facts))
    widget.setGroupSeparatorShown(True)
    widget.setKeyboardTracking(False)  # a value is one when it has been typed
    widget.valueChanged.connect(tell)
    return Editor(widget, _quietly(widget, widget.setValue))


def _real(facts: Any, tell: Tell) -> Editor:
    widget = _Number()
    widget.setDecimals(_FINEST)
    widget.setRange(facts["minimum"], facts["maximum"])
    widget.setSuffix(_unit(facts))
    widget.setSingleStep((facts["maximum"] - facts["minimum"]) / 20)
    widget.setKeyboardTracking(False)
    widget.valueChanged.connect(tell)
    return Editor(widget, _quietly(widget, widget.setValue))


class _Number(QDoubleSpinBox):
    """Shows as many digits as the number has."""

    def textFromValue(self, value: float) -> str:
        text = f"{value:.{_FINEST}f}".rstrip("0")
        point = self.locale().decimalPoint()
        return (text + "0" if text.endswith(".") else text).replace(".", point)

    def sizeHint(self) -> QSize:
        """Qt asks for the room of the bounds, which have fewer digits than what is between them."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        bounds = max(
            metrics.horizontalAdvance(self.textFromValue(end)) for end in (self.minimum(), self.maximum())
        )
        finest = metrics.horizontalAdvance(self.textFromValue(10.0**-_FINEST))
        return QSize(hint.width() + max(0, finest - bounds), hint.height())


def _unit(facts: Any) -> str:
    unit = facts.get("unit", "")
    return f" {tr(unit)}" if unit else ""


def _text(tell: Tell, usable: Callable[[str], bool] | None = None) -> Editor:
    widget = QLineEdit()
    kept = ""

    def finished() -> None:
        nonlocal kept
        text = widget.text().strip()
        if usable is not None and not usable(text):
            widget.setText(kept)
            return
        kept = text
        tell(text)

    def show(text: str) -> None:
        nonlocal kept
        kept = text
        widget.setText(text)

    widget.editingFinished.connect(finished)
    return Editor(widget, _quietly(widget, show))


def _layers(text: str) -> bool:
    return text in ("auto", "none") or text.isdecimal()


def _path(tell: Tell) -> Editor:
    line = _text(tell)
    widget, button = line.widget, QPushButton(tr("Choose…"))
    button.setAccessibleName(tr("Choose a model file"))
    button.setAutoDefault(False)
    holder = _Holder(widget)

    def choose() -> None:
        path = ask_model(holder)
        if path is not None:
            line.show(str(path))
            tell(str(path))

    button.clicked.connect(lambda _checked=False: choose())
    holder.row.addWidget(widget, 1)
    holder.row.addWidget(button)
    return Editor(holder, line.show)


class _Holder(QWidget):
    """Several widgets that edit one setting; the keyboard goes to the first, which also bears the name."""

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self._first = first
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(first)

    def setAccessibleName(self, name: str) -> None:
        self._first.setAccessibleName(name)


_ASPECTS = {
    Aspect.OUTPUTS: QT_TR_NOOP("outputs"),
    Aspect.METADATA: QT_TR_NOOP("metadata"),
    Aspect.TAGS: QT_TR_NOOP("tags"),
    Aspect.ATTACHMENTS: QT_TR_NOOP("attachments"),
    Aspect.KERNEL: QT_TR_NOOP("kernel"),
    Aspect.LANGUAGE: QT_TR_NOOP("language version"),
    Aspect.COUNTS: QT_TR_NOOP("execution counts"),
    Aspect.VOLATILE: QT_TR_NOOP("view state and timings"),
    Aspect.IDS: QT_TR_NOOP("cell ids"),
}
"""What can be left out of a comparison, in the order of the menu."""


def _aspects(tell: Tell) -> Editor:
    widget = QListWidget()
    widget.setProperty("framed", True)
    for aspect, words in _ASPECTS.items():
        item = QListWidgetItem(tr(words))
        item.setData(Qt.ItemDataRole.UserRole, aspect.value)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        widget.addItem(item)

    def checked() -> tuple[str, ...]:
        rows = [widget.item(row) for row in range(widget.count())]
        return tuple(
            row.data(Qt.ItemDataRole.UserRole) for row in rows if row.checkState() is Qt.CheckState.Checked
        )

    def show(names: tuple[str, ...]) -> None:
        for row in range(widget.count()):
            chosen = widget.item(row).data(Qt.ItemDataRole.UserRole) in names
            widget.item(row).setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    widget.itemChanged.connect(lambda _item: tell(checked()))
    widget.setFixedHeight(widget.sizeHintForRow(0) * len(_ASPECTS) + 2 * widget.frameWidth())
    return Editor(widget, _quietly(widget, show))


def _names(tell: Tell, *, folders: bool) -> Editor:
    """A list to add to and remove from. Names come from elsewhere (servers that were agreed to)."""
    widget = QListWidget()
    widget.setProperty("framed", True)
    widget.setFixedHeight(widget.fontMetrics().height() * (_ROWS + 2))
    remove = QPushButton(tr("Remove"))
    add = QPushButton(tr("Add…"))
    add.setVisible(folders)
    add.setAutoDefault(False)
    remove.setAutoDefault(False)
    remove.setEnabled(False)

    def names() -> tuple[str, ...]:
        return tuple(widget.item(row).text() for row in range(widget.count()))

    def choose() -> None:
        name = QFileDialog.getExistingDirectory(holder, tr("Search this folder for models"))
        if name and name not in names():
            widget.addItem(name)
            tell(names())

    def take() -> None:
        if widget.currentRow() >= 0:
            widget.takeItem(widget.currentRow())
            tell(names())

    def show(values: tuple[str, ...]) -> None:
        widget.clear()
        widget.addItems(list(values))

    widget.currentRowChanged.connect(lambda row: remove.setEnabled(row >= 0))
    add.clicked.connect(lambda _checked=False: choose())
    remove.clicked.connect(lambda _checked=False: take())
    holder = _Holder(widget)
    holder.row.addWidget(widget, 1)
    buttons = QVBoxLayout()
    buttons.addWidget(add)
    buttons.addWidget(remove)
    buttons.addStretch(1)
    holder.row.addLayout(buttons)
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return Editor(holder, _quietly(widget, show))
