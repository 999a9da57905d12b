"""The status bar: the model and where it runs, the kernel, and what is running with a Stop that is always
there.

Imports `theme` and `tasks` only. The bar comes after 300 ms, so that short work does not flicker; Stop
comes at once.
"""

import time
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStatusBar, QWidget

from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.tasks import RunningTask
from nbreview.gui.theme import Theme, load_theme, prose_font

BAR_AFTER_MS = 300
NO_MODEL = QT_TR_NOOP("no model: choose one")
NO_KERNEL = QT_TR_NOOP("kernel: none")


class _ThinBar(QWidget):
    """Progress as a thin bar. Below 0 it is unknown: a third of the bar travels."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.progress = -1.0
        self._phase = 0.0
        self.setAccessibleName(tr("Progress"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 16, max(4, self.theme.spacing // 2))

    def set_progress(self, progress: float) -> None:
        self.progress = progress
        self.update()

    def step(self) -> None:
        """Move the travelling part on."""
        if self.progress < 0:
            self._phase = (self._phase + 0.04) % 1.0
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(self.theme.color("border"))
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.setBrush(self.theme.color("accent"))
        width = float(self.width())
        if self.progress >= 0:
            filled = max(float(self.height()), width * self.progress)
            painter.drawRoundedRect(0, 0, int(filled), self.height(), radius, radius)
        else:
            left = (width * 4 / 3) * self._phase - width / 3
            right = min(width, left + width / 3)
            painter.drawRoundedRect(
                int(max(0.0, left)), 0, int(right - max(0.0, left)), self.height(), radius, radius
            )
        painter.end()


class _Elided(QLabel):
    """A line that is cut off with an ellipsis where there is no room, and whole in its tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_whole(self, text: str) -> None:
        if text != self._whole:
            self._whole = text
            self.setToolTip(text)
            self.setAccessibleName(text)
            self._cut()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 4, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(metrics.averageCharWidth() * 8, self.sizeHint().width()), metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class StatusBar(QStatusBar):
    """One line at the foot of the window."""

    stop_requested = Signal()
    model_clicked = Signal()
    kernel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self.setSizeGripEnabled(False)
        self.setAccessibleName(tr("Status"))
        self._tasks: tuple[RunningTask, ...] = ()
        self.model_button = QPushButton(tr(NO_MODEL), self)
        self.model_button.setFlat(True)
        self.model_button.setToolTip(tr("Models on this machine (Ctrl+M)"))
        self.model_button.clicked.connect(self.model_clicked)
        self.kernel_button = QPushButton(tr(NO_KERNEL), self)
        self.kernel_button.setFlat(True)
        self.kernel_button.setToolTip(tr("Start another kernel…"))
        self.kernel_button.clicked.connect(self.kernel_clicked)
        self.bar = _ThinBar(theme, self)
        self.task_label = _Elided(self)
        self.elapsed_label = QLabel(self)
        self.elapsed_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.stop_button = QPushButton(tr("Stop"), self)
        self.stop_button.setToolTip(tr("Stop what is running (Esc)"))
        self.stop_button.clicked.connect(self.stop_requested)
        self._line = QWidget(self)
        layout = QHBoxLayout(self._line)
        layout.addWidget(self.model_button)
        layout.addWidget(self.kernel_button)
        layout.addStretch(1)
        layout.addWidget(self.bar)
        layout.addWidget(self.task_label)
        layout.addWidget(self.elapsed_label)
        layout.addWidget(self.stop_button)
        self._layout = layout
        self.addPermanentWidget(self._line, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(100)
        self._tick.timeout.connect(self._ticked)
        self.set_theme(theme)
        self.set_tasks(())

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self.bar.theme = theme
        unit = theme.spacing
        for widget in (self.model_button, self.kernel_button, self.task_label, self.elapsed_label, self.bar):
            widget.setFont(prose_font(theme, theme.caption))
        self.stop_button.setFont(prose_font(theme, theme.caption, bold=True))
        self.stop_button.setStyleSheet(
            f"QPushButton {{ color: {theme.error}; border-color: {theme.error}; padding: 1px {unit}px; }}"
            f"QPushButton:hover {{ background: {theme.error_bg}; }}"
            f"QPushButton:focus {{ border-color: {theme.focus}; outline: 1px solid {theme.focus}; }}"
        )
        for button in (self.model_button, self.kernel_button):
            button.setStyleSheet(
                "QPushButton { text-align: left; padding-top: 1px; padding-bottom: 1px; }"
                "QPushButton:focus { outline: none; }"
            )
        self._layout.setContentsMargins(unit // 2, 2, unit, 2)
        self._layout.setSpacing(unit)
        # The place of Stop is kept while nothing runs, so that the window does not jump when something does.
        self._line.setMinimumHeight(self.stop_button.sizeHint().height() + 4)
        self.bar.updateGeometry()

    def set_model(self, text: str) -> None:
        """Say which model is loaded and where; "" says that there is none. Written on a button to the
        models.
        """
        self.model_button.setText(text or tr(NO_MODEL))
        self.model_button.setAccessibleName(tr("Model: {value}").format(value=text or tr(NO_MODEL)))

    def set_kernel(self, text: str) -> None:
        """Say which kernel there is; "" says none. Written on a button that starts one."""
        self.kernel_button.setText(text or tr(NO_KERNEL))
        self.kernel_button.setAccessibleName(text or tr(NO_KERNEL))

    def set_tasks(self, tasks: Sequence[RunningTask]) -> None:
        """Show what runs; the newest task is named, the others are counted."""
        self._tasks = tuple(tasks)
        running = bool(tasks)
        self.stop_button.setVisible(running)
        self.task_label.setVisible(running)
        self.elapsed_label.setVisible(running)
        if running and not self._tick.isActive():
            self._tick.start()
        elif not running:
            self._tick.stop()
        self._show()

    def _ticked(self) -> None:
        self.bar.step()
        self._show()

    def _show(self) -> None:
        if not self._tasks:
            self.bar.hide()
            return
        task = self._tasks[-1]
        elapsed = time.monotonic() - self._tasks[0].started
        others = (
            " " + tr("and {count} more").format(count=len(self._tasks) - 1) if len(self._tasks) > 1 else ""
        )
        # "scanning 12/40" is one thing said, "Running to cell 3: cell 2, 1 of 2" two.
        between = " " if task.title[:1].islower() else ": "
        self.task_label.set_whole(between.join(filter(None, (task.title, task.detail))) + others)
        self.elapsed_label.setText(f"{elapsed:.0f} s" if elapsed >= 1 else "")
        self.bar.set_progress(task.progress)
        self.bar.setVisible(elapsed * 1000 >= BAR_AFTER_MS)
