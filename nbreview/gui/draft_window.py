"""The window of drafts: from a task in words to cells that can be inserted, a page for each step.

Imports `theme`, `parts`, the pages and frozen values. It is not modal, announces what is wanted, and is told
what has become of it; it makes no step by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nbreview.assist.drafts import DraftState, DraftStep
from nbreview.gui.draft_page import StepPage
from nbreview.gui.draft_parts import sheet
from nbreview.gui.draft_task_page import TaskPage
from nbreview.gui.draft_views import step_doing, step_empty, step_parts, step_said, step_title
from nbreview.gui.language import tr
from nbreview.gui.parts import Choice, Column, Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.presentation.highlight import TokenLines

STEPS = tuple(DraftStep)

_NARROW = 88
"""Characters of text across the window below which the steps stand above the page."""
_ANY = 16_777_215
"""Qt's largest height of a widget."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The step that failed, why, and what the model said."""

    step: DraftStep
    message: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class DraftView:
    """What the window shows. `doing` is the step under way; `saved` says where the cells wait once they were
    inserted.
    """

    state: DraftState | None = None
    doing: DraftStep | None = None
    failure: Failure | None = None
    stopped: bool = False
    saved: str = ""


class DraftWindow(QDialog):
    """Task, steps, and what can be done next."""

    begin_wanted = Signal()
    """Begin a draft with what is on the first page."""
    again_wanted = Signal(object)
    """Make a step again and what was made from it; None: go on where the draft was left."""
    edited = Signal(object, str, bool)
    """The key of a part, its text, and whether to go on at once."""
    chosen = Signal(int)
    """A plan was chosen by hand."""
    insert_wanted = Signal()
    stop_wanted = Signal()
    model_wanted = Signal()
    dropped = Signal(object)  # tuple of paths

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self._theme, self._view = theme, DraftView()
        self._tokens: Mapping[str, TokenLines] = {}
        self._ready, self._sized = False, False
        self.setWindowTitle(tr("Draft from a task"))
        self.setAcceptDrops(True)
        self.steps = QListWidget(self)
        self.steps.setAccessibleName(tr("Steps of the draft"))
        self.pages = QStackedWidget(self)
        self.task = TaskPage(theme)
        self.intro = Sentence(
            tr(
                "Say what the notebook is to do, and add the data that it is about. The model writes plans, "
                "criticises them, improves the best one and writes cells; each step can be edited and made "
                "again. Nothing is run, and no notebook changes before you accept."
            ),
            muted=True,
        )
        first = Column()
        self._first = QVBoxLayout(first)
        self._first.addWidget(self.intro)
        self._first.addWidget(self.task)
        self._first.addStretch(1)
        self.step_pages: dict[DraftStep, StepPage] = {}
        self._add_page(tr("Task"), first)
        for step in STEPS:
            page = StepPage(step_title(step), step_said(step), step_empty(step), theme)
            page.again_wanted.connect(lambda step=step: self.again_wanted.emit(step))
            page.kept.connect(self.edited)
            page.acted.connect(lambda key: self.chosen.emit(key[1]))
            self.step_pages[step] = page
            self._add_page(step_title(step), page)
        self.steps.currentRowChanged.connect(self._page_chosen)
        self._make_model_line()
        self._make_footer()
        middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.addWidget(self.steps)
        middle.addWidget(self.pages, 1)
        self._middle = middle
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._model_line)
        self._column.addLayout(middle, 1)
        self._column.addWidget(self._footer)
        self.task.changed.connect(self._enable)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._go_on)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.set_theme(theme)
        self.steps.setCurrentRow(0)
        self.set_view(self._view)

    def _add_page(self, title: str, inside: QWidget) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows and Page Down scroll it
        area.setWidget(inside)
        self.pages.addWidget(area)
        self.steps.addItem(QListWidgetItem(title))

    def _make_model_line(self) -> None:
        self._model_line = QWidget(self)
        self.model_said = Sentence(parent=self._model_line)
        self.model_button = QPushButton(tr("Choose a &model…"), self._model_line)
        self.model_button.setAutoDefault(False)
        self.model_button.clicked.connect(lambda _checked=False: self.model_wanted.emit())
        row = QHBoxLayout(self._model_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.model_said, 1)
        row.addWidget(self.model_button, 0, Qt.AlignmentFlag.AlignTop)

    def _make_footer(self) -> None:
        self._footer = QWidget(self)
        self.said = Sentence(parent=self._footer)
        self.said.setAccessibleName(tr("State of the draft"))
        self.bar = QProgressBar(self._footer)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.position = Choice(self._footer)
        self.position.setAccessibleName(tr("Where the cells go"))
        self.stop_button = self._button(tr("Stop"), self.stop_wanted.emit)
        self.stop_button.setToolTip(tr("Stops the model; what is made already stays (Esc)"))
        self.go_button = self._button(tr("&Make plans"), self.begin_wanted.emit, primary=True)
        self.continue_button = self._button(
            tr("Co&ntinue"), lambda: self.again_wanted.emit(None), primary=True
        )
        self.continue_button.setToolTip(tr("Makes the steps that are missing (Ctrl+Return)"))
        self.insert_button = self._button(tr("&Insert as suggestions"), self.insert_wanted.emit, primary=True)
        self.insert_button.setToolTip(
            tr("The cells become cards in the review; nothing is written before you accept (Ctrl+Return)")
        )
        self.go_button.setToolTip(tr("Makes all steps, one after the other (Ctrl+Return)"))
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self.position)
        for button in (self.stop_button, self.go_button, self.continue_button, self.insert_button):
            acts.addWidget(button)
        self._foot = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(self.said, 1)
        row.addLayout(acts)
        column = QVBoxLayout(self._footer)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addLayout(row)

    def _button(self, text: str, act: object, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text, self._footer)
        button.setAutoDefault(False)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        return button

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self.setStyleSheet(sheet(theme))
        self.task.set_theme(theme)
        for page in self.step_pages.values():
            page.set_theme(theme)
        for sentence in (self.intro, self.model_said, self.said):
            sentence.set_theme(theme)
        self._first.setContentsMargins(0, 0, unit, 0)
        self._first.setSpacing(2 * unit)
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._column.setSpacing(unit + unit // 2)
        self._middle.setSpacing(2 * unit)
        self.bar.setFixedHeight(unit // 2)
        metrics = QFontMetrics(prose_font(theme))
        self.steps.setFont(prose_font(theme))
        self._show_steps()
        wanted = QSize(metrics.averageCharWidth() * 120, metrics.height() * 46)
        screen = self.screen().availableSize() * 0.92
        self.setMinimumSize(QSize(metrics.averageCharWidth() * 60, metrics.height() * 16).boundedTo(screen))
        if not self._sized:
            self.resize(wanted.boundedTo(screen))
            self._sized = True
        self._arrange()

    # What is told.

    def set_model(self, ready: bool, said: str) -> None:
        """Whether a model can be asked; which one, or how to get one."""
        self._ready = ready
        self.model_said.setText(said)
        self.model_button.setVisible(not ready)
        self._enable()

    def set_positions(self, choices: Sequence[tuple[str, str]]) -> None:
        """Where in the open notebook cells can go: a key and words for each; nothing to choose where there
        are fewer than two.
        """
        chosen = self.position.currentData()
        self.position.clear()
        for key, words in choices:
            self.position.addItem(words, key)
        self.position.setCurrentIndex(max(0, self.position.findData(chosen)) if choices else -1)
        self._enable()

    def set_view(self, view: DraftView) -> None:
        """Show how the draft stands."""
        before, self._view = self._view, view
        if (view.doing is None) != (before.doing is None):
            self.steps.setFocus()  # the button that has the keyboard goes
        if view.doing is not None and view.doing != before.doing:
            followed = before.doing is None or self._shown_step() in (before.doing, None)
            if followed:
                self.steps.setCurrentRow(1 + STEPS.index(view.doing))
        elif view.failure is not None and view.failure != before.failure:
            self.steps.setCurrentRow(1 + STEPS.index(view.failure.step))
        for step, page in self.step_pages.items():
            parts = step_parts(view.state, step, self._tokens) if view.state is not None else ()
            page.set_parts(parts)
            page.set_busy(view.doing is not None, step_doing(step) if step is view.doing else "")
            if view.failure is not None and view.failure.step is step:
                page.fail(view.failure.message, view.failure.raw)
            else:
                page.clear_failure()
        self._show_steps()
        self._enable()

    def set_tokens(self, tokens: Mapping[str, TokenLines]) -> None:
        """The colours of the cells, by source."""
        self._tokens = tokens
        if self._view.state is not None:
            page = self.step_pages[DraftStep.CELLS]
            page.set_parts(step_parts(self._view.state, DraftStep.CELLS, tokens))

    def write(self, text: str) -> None:
        """What the model has written so far of the step under way."""
        if self._view.doing is not None:
            self.step_pages[self._view.doing].write(text)

    def set_progress(self, progress: float | None, detail: str = "") -> None:
        """How far the step is: from 0 to 1, below 0 while that is not known; None: nothing runs."""
        self.bar.setVisible(progress is not None)
        if progress is None:
            return
        self.bar.setRange(0, 0 if progress < 0 else 1000)
        if progress >= 0:
            self.bar.setValue(round(progress * 1000))
        if self._view.doing is not None:
            words = step_doing(self._view.doing)
            self.said.setText(f"{words}: {detail}" if detail else words)

    def refuse_edit(self, key: tuple[str, int], message: str) -> None:
        """Say why what was written into a part cannot be kept."""
        for block in self.step_pages[DraftStep(key[0])].blocks:
            if block.part.key == key:
                block.refuse(message)

    def end_edits(self) -> None:
        """What was written was kept."""
        for page in self.step_pages.values():
            page.end_edits()

    def say(self, message: str) -> None:
        """Say something about the first page: why a draft was not begun."""
        self.said.setText(message)

    # How it looks.

    def _shown_step(self) -> DraftStep | None:
        row = self.steps.currentRow()
        return STEPS[row - 1] if row > 0 else None

    def _show_steps(self) -> None:
        view, state = self._view, self._view.state
        for row, step in enumerate(STEPS, 1):
            item = self.steps.item(row)
            if step is view.doing:
                sign, words, token = "…", tr("under way"), "accent"
            elif view.failure is not None and view.failure.step is step:
                sign, words, token = "!", tr("failed"), "error"
            elif state is not None and step_parts(state, step):
                sign, words, token = "✓", tr("made"), "text"
            else:
                sign, words, token = "  ", tr("not made yet"), "muted"
            item.setText(f"{sign}  {step_title(step)}")
            item.setForeground(self._theme.color(token))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{step_title(step)}, {words}")
        first = self.steps.item(0)
        first.setText(f"{'✓' if state is not None else '  '}  {tr('Task')}")
        first.setData(Qt.ItemDataRole.AccessibleTextRole, tr("Task"))

    def _page_chosen(self, row: int) -> None:
        self.pages.setCurrentIndex(max(0, row))
        self._enable()

    def _enable(self) -> None:
        view, state = self._view, self._view.state
        busy = view.doing is not None
        on_task = self.steps.currentRow() <= 0
        done = state is not None and state.next_step is None
        self.stop_button.setVisible(busy)
        self.go_button.setVisible(on_task and not busy)
        self.go_button.setEnabled(self._ready and self.task.ready())
        self.continue_button.setVisible(not on_task and not busy and state is not None and not done)
        self.continue_button.setEnabled(self._ready)
        self.insert_button.setVisible(not on_task and not busy and done)
        self.position.setVisible(self.insert_button.isVisibleTo(self) and self.position.count() > 1)
        self.task.setEnabled(not busy)
        if not busy:
            self.bar.hide()
            self.said.setText(self._words())
        elif self.bar.isHidden():
            self.set_progress(-1.0)

    def _words(self) -> str:
        """What the draft is at, for the foot of the window."""
        view, state = self._view, self._view.state
        if self.steps.currentRow() <= 0:
            if not self.task.text():
                return tr("Begin with a few words about the task.")
            if self.task.notebook() is None:
                return tr("Name the notebook that the cells go into.")
            return "" if self._ready else tr("Choose a model, then press “Make plans”.")
        if view.saved:
            return view.saved
        if view.failure is not None:
            return tr("This step failed; run it again, or edit the step before.")
        if state is None:
            return ""
        if state.next_step is None:
            return tr("The draft is done.")
        missing = step_title(state.next_step)
        if view.stopped:
            return tr("Stopped. What was made stays; missing from here on: {step}.").format(step=missing)
        return tr("Missing from here on: {step}.").format(step=missing)

    def _go_on(self) -> None:
        """The main act of what is shown, by key."""
        step = self._shown_step()
        block = self.step_pages[step].block_in_edit() if step is not None else None
        if block is not None:
            block.keep()
            return
        for button in (self.go_button, self.continue_button, self.insert_button):
            if button.isVisible() and button.isEnabled():
                button.click()
                return

    def _arrange(self) -> None:
        """The steps stand at the left, in a window that is narrow for its text above the page."""
        metrics, unit = QFontMetrics(prose_font(self._theme)), self._theme.spacing
        narrow = self.width() < metrics.averageCharWidth() * _NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(down if narrow else across)
        self._foot.setDirection(down if narrow else across)
        self.steps.setFlow(QListWidget.Flow.LeftToRight if narrow else QListWidget.Flow.TopToBottom)
        self.steps.setWrapping(narrow)
        self.steps.setResizeMode(QListWidget.ResizeMode.Adjust)
        items = [self.steps.item(row) for row in range(self.steps.count())]
        wide = [metrics.horizontalAdvance(f"✓  {step_title(step)}") + 3 * unit for step in STEPS]
        wide.insert(0, metrics.horizontalAdvance(f"✓  {tr('Task')}") + 3 * unit)
        for item, width in zip(items, wide, strict=True):
            item.setSizeHint(QSize(width, metrics.height() + unit - 2))
        room = max(1, self.width() - 4 * unit)
        rows = 1 + (sum(wide) + wide[-1]) // room
        self.steps.setMinimumWidth(0 if narrow else max(wide) + unit)
        self.steps.setMaximumWidth(room if narrow else max(wide) + unit)
        self.steps.setMaximumHeight((metrics.height() + unit) * rows if narrow else _ANY)

    # Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._view.doing is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        if paths:
            self.steps.setCurrentRow(0)
            self.dropped.emit(paths)
            event.acceptProposedAction()
