"""What the window shows of the kernel: questions before something runs, variables, the status line, offers.

Knows the session, the acts that run something, and the panels that show them; what they do is elsewhere.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nbreview.gui.ask_window import AskWindow
from nbreview.gui.assistant_panel import AssistantPanel
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.status_bar import StatusBar
from nbreview.gui.theme import Theme
from nbreview.gui.trial_acts import TrialActs
from nbreview.gui.variables_panel import NO_KERNEL, NO_NAMES
from nbreview.presentation.variables import variable_rows
from nbreview.services.session import ReviewSession, Topic


class KernelViews(QObject):
    """Owner of the window that asks; keeps the variables in step with the session."""

    def __init__(
        self,
        session: ReviewSession,
        acts: TrialActs,
        assistant: AssistantPanel,
        canvas: DiffCanvas,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._acts = session, acts
        self._assistant, self._canvas = assistant, canvas
        self._shown: object = None
        self.ask_window = AskWindow(parent)
        acts.asked.connect(self.ask_window.ask)
        acts.showing_findings.connect(assistant.show_findings)
        acts.showing_variables.connect(assistant.show_variables)
        variables = assistant.variables
        variables.cell_wanted.connect(lambda cell, _line: canvas.goto_head_cell(cell))
        variables.refresh_wanted.connect(acts.variables)
        variables.start_wanted.connect(lambda: acts.start())
        assistant.findings.origin_activated.connect(canvas.goto_head_cell)

    def speak_through(self, status: StatusBar, notices: NoticeArea) -> None:
        """Say what becomes of the kernel in the status bar, and what may be done next in a notice."""
        acts = self._acts
        acts.offered.connect(notices.notify)
        acts.line.connect(status.set_kernel)
        status.kernel_clicked.connect(lambda: acts.start())

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self.ask_window.set_theme(theme)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        acts = self._acts
        return {
            "kernel_start": lambda: acts.start(),
            "kernel_attach": acts.attach,
            "run_to": lambda: acts.run_to(),
            "dry_run": lambda: acts.dry_run(),
            "stand_in": lambda: acts.stand_in(),
            "scan": acts.scan,
            "variables": acts.variables,
            "kernel_interrupt": acts.interrupt,
            "kernel_restart": acts.restart,
            "kernel_shut_down": acts.shut_down,
            "finding_origin": self.go_to_origin,
        }

    def announced(self, topics: frozenset[Topic]) -> None:
        """The kernel or the notebook has changed."""
        if topics & {Topic.VARIABLES, Topic.COMPARISON}:
            self.show_variables()

    def go_to_origin(self) -> None:
        """Go from the current cell's crash to the cell that the bad value came from."""
        here = self._session.cell_index
        for finding in self._session.findings:
            if finding.cell_index == here and finding.origin_index is not None:
                self._canvas.goto_head_cell(finding.origin_index)
                return
        text = tr(
            "It is not known for this cell where a bad value came from; a dry run or stand-ins may tell."
        )
        self._acts.noticed.emit("info", text)

    def show_variables(self) -> None:
        """Show what lives in the kernel, or how it would come to be known."""
        session, panel = self._session, self._assistant.variables
        kernel, found, shown = session.kernel, session.variables, session.comparison
        if kernel is None or shown is None or kernel.desk.session is None:
            self._shown = None
            panel.set_rows((), NO_KERNEL)
            panel.set_note("")
            return
        if found is not self._shown or found is None:
            self._shown = found
            panel.set_rows(variable_rows(found.snapshot, tr=tr) if found is not None else (), NO_NAMES, False)
        panel.set_note(self._note())

    def _note(self) -> str:
        """Why what is shown may not be so any more."""
        kernel, found, shown = self._session.kernel, self._session.variables, self._session.comparison
        if kernel is None or found is None or shown is None:
            return ""
        if found.state != kernel.state:
            return tr("Stale: cells have run since. Look again.")
        changed = kernel.desk.stale_cells(shown.head.notebook)
        if changed:
            numbers = ", ".join(str(index + 1) for index in changed[:5]) + (", …" if len(changed) > 5 else "")
            said = (
                tr(
                    "Stale: cell {numbers} has changed since the kernel ran them. "
                    "Restart the kernel and run to here."
                )
                if len(changed) == 1
                else tr(
                    "Stale: cells {numbers} have changed since the kernel ran them. "
                    "Restart the kernel and run to here."
                )
            )
            return said.format(numbers=numbers)
        if found.snapshot.cut:
            return tr("Not everything is shown: there is more than can be looked at in a moment.")
        return ""
