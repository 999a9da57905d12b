"""Whether a widget has been painted: the end of what a person waits for. Imports Qt only."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count and let pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False
