"""The models: those on this machine, those that can be downloaded, and those of servers.

Imports the pages and `theme` only. Progress and outcome are told to it; the pages announce what is wanted.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.download_page import DownloadPage
from nbreview.gui.language import tr
from nbreview.gui.models_page import ModelsPage
from nbreview.gui.parts import Sentence
from nbreview.gui.server_page import ServerPage
from nbreview.gui.theme import Theme, load_theme, prose_font


class ModelsWindow(QDialog):
    """A window beside the review, not in its way."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self.setWindowTitle(tr("Models"))
        self.state = Sentence(tr("No model is loaded."), bold=True, parent=self)
        self.why = Sentence("", parent=self)
        self.why.hide()
        self.page = ModelsPage(theme, self)
        self.download = DownloadPage(theme, self)
        self.server = ServerPage(theme, self)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(tr("Where a model comes from"))
        self.tabs.addTab(self.page, tr("On this &machine"))
        self.tabs.addTab(self.download, tr("&Download"))
        self.tabs.addTab(self.server, tr("On a &server"))
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(tr("Loading"))
        self.progress.setTextVisible(False)
        self.progress_label = Sentence("", muted=True, size="caption", parent=self)
        self.stop_button = QPushButton(tr("&Stop"), self)
        self.stop_button.clicked.connect(lambda _checked=False: self.stop_requested.emit())
        self.stop_button.setAutoDefault(False)
        self._running = QWidget(self)
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.addWidget(self.progress, 1)
        running.addWidget(self.progress_label, 1)
        running.addWidget(self.stop_button)
        # Its place is kept while nothing is loading, so that the window does not jump.
        policy = self._running.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._running.setSizePolicy(policy)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.state)
        self._column.addWidget(self.why)
        self._column.addWidget(self.tabs, 1)
        self._column.addWidget(self._running)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.set_theme(theme)
        self.set_progress(None)

    @property
    def table(self) -> QWidget:
        """The list of the models on this machine."""
        return self.page.table

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        for part in (self.state, self.why, self.progress_label, self.page, self.download, self.server):
            part.set_theme(theme)
        # Under an application style sheet, Qt hands no font of another size down to controls.
        for kind in (QPushButton, QLineEdit, QSpinBox, QComboBox, QTabBar):
            for control in self.findChildren(kind):
                control.setFont(prose_font(theme))
        self.tabs.tabBar().setStyleSheet(f"QTabBar {{ font-size: {theme.body:g}pt; }}")
        for label in self.findChildren(QLabel):
            if not isinstance(label, Sentence) and not self.page.details.isAncestorOf(label):
                label.setFont(prose_font(theme))
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, unit)
        self._column.setSpacing(unit)
        self.progress.setFixedHeight(unit)
        metrics = QFontMetrics(prose_font(theme))
        room = self.screen().availableGeometry().size() * 0.92
        self.resize(
            min(metrics.averageCharWidth() * 150, room.width()), min(metrics.height() * 40, room.height())
        )

    def set_loaded(self, path: Path | None, text: str = "") -> None:
        """Say which model is loaded ("" for none), and mark it in the list."""
        self.state.setText(text or tr("No model is loaded."))
        self.page.set_loaded(path)

    def set_reason(self, text: str) -> None:
        """Say why this window came up, or what is missing; "" takes it away."""
        self.why.setText(text)
        self.why.setVisible(bool(text))

    def set_progress(self, progress: float | None, detail: str = "") -> None:
        """Show how far a load or a test is: 0 to 1, below 0 while unknown; None when there is none."""
        busy = progress is not None
        self._running.setVisible(busy)
        self.progress_label.setText(detail)
        if progress is not None and progress < 0:
            self.progress.setRange(0, 0)
        else:
            self.progress.setRange(0, 1000)
            self.progress.setValue(int(1000 * (progress or 0)))
        self.page.set_busy(busy)
