"""The bar that asks which cell to go to: a number, an execution count, or an id. Never in the way."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from nbreview.diff.model import NotebookDiff
from nbreview.gui.diff.look import Look
from nbreview.gui.flow import FlowRow
from nbreview.gui.language import QT_TR_NOOP, tr

HINT = QT_TR_NOOP("12, [7] or an id")


def cell_named(diff: NotebookDiff, text: str) -> int | None:
    """The change that a person means: a cell's number in the head, `[7]` or `In [7]` for the execution count,
    `-3` for a cell of the base, else an id or the start of one. None where there is none.
    """
    wanted = text.strip()
    bare = wanted.removeprefix("In").strip().removesuffix(":")
    changes = list(enumerate(diff.cells))
    if bare.startswith("[") and bare.endswith("]") and bare[1:-1].strip().isdecimal():
        count = int(bare[1:-1])
        for book, head in ((diff.head, True), (diff.base, False)):
            for number, change in changes:
                index = change.head_index if head else change.base_index
                if index is not None and book.cells[index].execution_count == count:
                    return number
        return None
    if wanted.isdecimal():
        return next((n for n, change in changes if change.head_index == int(wanted) - 1), None)
    if wanted[:1] in "-−" and wanted[1:].strip().isdecimal():
        return next((n for n, change in changes if change.base_index == int(wanted[1:]) - 1), None)
    if not wanted:
        return None
    for whole in (True, False):
        for number, change in changes:
            for book, index in ((diff.head, change.head_index), (diff.base, change.base_index)):
                known = (book.cells[index].id if index is not None else None) or ""
                if known == wanted or (not whole and known.startswith(wanted)):
                    return number
    return None


class _Field(QLineEdit):
    entered = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.type() == QEvent.Type.KeyPress:
                # A line of Qt's hands Enter on to what lies below: the diff would open the cell's editor.
                self.entered.emit()
                return True
            return super().event(event)
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # Escape is the window's key for Stop; here it belongs to the bar
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)


class GotoBar(QFrame):
    """Lies over the top right corner of the canvas. `asked` carries what was typed."""

    asked = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("gotoBar")
        label = QLabel(tr("Go to cell"), self)
        self.field = _Field(self)
        self.field.setPlaceholderText(tr(HINT))
        self.field.setAccessibleName(tr("Number, execution count or id of a cell"))
        self.field.setMinimumWidth(round(look.prose_metrics.averageCharWidth() * 8))
        self.field.setToolTip(HINT)
        label.setBuddy(self.field)
        self.said = QLabel(self)
        self.said.setObjectName("gotoSaid")
        row = FlowRow(self)
        row.set_gap(look.unit)
        for widget in (label, self.field, self.said):
            row.add(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.unit, look.half, look.unit, look.half)
        layout.addWidget(row)
        self.field.entered.connect(lambda: self.asked.emit(self.field.text()))
        self.field.left.connect(self.shut)
        self.set_look(look)
        self.hide()

    def set_look(self, look: Look) -> None:
        """Another theme."""
        theme = look.theme
        self.setStyleSheet(
            f"#gotoBar {{ background: {theme.raised}; border: 1px solid {theme.border}; border-top: none;"
            f" border-bottom-left-radius: {theme.radius}px; border-bottom-right-radius: {theme.radius}px; }}"
            f" #gotoSaid {{ color: {theme.error}; }}"
        )

    def open(self) -> None:
        """Show the bar, ready for typing."""
        self.say("")
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()

    def say(self, text: str) -> None:
        """Why it did not go anywhere."""
        self.said.setText(text)
        holder = self.parentWidget()
        room = holder.width() if holder is not None else self.width()
        width = min(self.sizeHint().width(), room)
        left = max(self.geometry().right() + 1 - width, 0)
        self.setGeometry(left, self.y(), width, self.heightForWidth(width))

    def shut(self) -> None:
        """Hide the bar; the keyboard goes back to the diff."""
        self.hide()
        self.closed.emit()
