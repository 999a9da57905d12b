"""Faults of ours: said in place, with a report that can be looked at and copied.

Knows the notices and the appearance.
"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from nbreview.errors import UserError
from nbreview.gui.appearance import Appearance
from nbreview.gui.fault_report import fault_report
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.theme import Theme

if TYPE_CHECKING:
    from nbreview.gui.fault_window import FaultWindow


class Faults:
    """Owner of the window with the report."""

    def __init__(self, notices: NoticeArea, appearance: Appearance, parent: QWidget) -> None:
        self._notices, self._appearance, self._parent = notices, appearance, parent
        self._window: FaultWindow | None = None

    def show(self, title: str, error: BaseException) -> None:
        """Say what went wrong while the program was busy with `title`; what a person can mend is said as
        such.
        """
        if isinstance(error, UserError):
            self._notices.fail(spoken(error.message))
            return
        report = fault_report(error)
        self._notices.notify(
            "error",
            tr(
                "nbreview made a mistake ({kind}) while it was busy with: {title}. Go on, or look at the "
                "report and send it in."
            ).format(kind=type(error).__name__, title=title),
            tr("Show report"),
            lambda: self.show_report(report),
        )

    def show_report(self, report: str) -> None:
        """Open the report of a fault."""
        if self._window is None:
            from nbreview.gui.fault_window import FaultWindow

            self._window = FaultWindow(self._parent, self._appearance.theme())
        self._window.show_report(report)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        if self._window is not None:
            self._window.set_theme(theme)
