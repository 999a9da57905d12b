"""What can be done with the cell at hand: stage, unstage and revert it, copy it, and the menu that opens on
it.

Knows the canvas, the notices, the acts of the window and the session; the work is that of `part_acts`.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from nbreview.diff.model import ChangeKind
from nbreview.gui.actions import Actions
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.part_acts import PartActs
from nbreview.gui.theme import Theme
from nbreview.history.model import RevisionKind
from nbreview.services.acts import CellAct
from nbreview.services.session import ReviewSession, Topic

MENU = (
    ("stage", "unstage", "revert"),
    ("edit_cell", "copy_source", "copy_patch"),
    ("propose", "assess"),
    ("run_to", "dry_run", "stand_in"),
    ("viewed", "cell_history"),
)
"""The acts of a cell's menu, in groups."""


class CellActs:
    """Keeps the acts on the current cell in step with what is shown."""

    def __init__(
        self,
        session: ReviewSession,
        canvas: DiffCanvas,
        parts: PartActs,
        actions: Actions,
        notices: NoticeArea,
    ) -> None:
        self._session = session
        self._canvas = canvas
        self._parts = parts
        self._actions = actions
        self._notices = notices
        self._offered: tuple[CellAct, int] | None = (
            None  # the act that can be undone, and the notice's number
        )
        self.menu = QMenu(canvas)
        self.menu.setAccessibleName(tr("What can be done with this cell"))
        for group in MENU:
            if not self.menu.isEmpty():
                self.menu.addSeparator()
            for act in group:
                self.menu.addAction(actions[act])
        canvas.menu_requested.connect(self._open_menu)
        parts.done.connect(self._offer_undo)
        parts.undone.connect(self._withdraw)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        parts, canvas = self._parts, self._canvas
        return {
            "stage": lambda: parts.stage(canvas.current_index()),
            "unstage": lambda: parts.unstage(canvas.current_index()),
            "revert": lambda: parts.revert(canvas.current_index()),
            "copy_source": lambda: QGuiApplication.clipboard().setText(canvas.source()),
        }

    def set_theme(self, theme: Theme) -> None:
        """The menu is the system's."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """Another cell is at hand, or what it allows has changed."""
        if topics & {Topic.TARGET, Topic.COMPARISON}:
            self.show()

    def show(self) -> None:
        """Enable what the current cell allows. What a person may not expect to be refused stays enabled and
        says why.
        """
        change, opened = self._canvas.current_change(), self._session.opened
        revisions = opened.revisions if opened is not None else ()
        # Before the commits there are two rows at most, or the versions of a conflict.
        staged = any(each.kind is RevisionKind.INDEX and not each.stage for each in revisions[:2])
        differs = change is not None and change.kind is not ChangeKind.UNCHANGED
        self._actions.enable(differs, "stage", "revert")
        self._actions.enable(change is not None and staged, "unstage")
        self._actions.enable(change is not None, "copy_source")

    def _open_menu(self, place: QPoint) -> None:
        self.menu.popup(place)

    def _offer_undo(self, said: str, act: CellAct) -> None:
        """Say what was done, in place of what was said of the act before: cells may be staged in a row."""
        self._withdraw()
        number = self._notices.inform(said, tr("Undo"), lambda: self._parts.undo(act))
        self._offered = act, number

    def _withdraw(self, undone: object = None) -> None:
        if self._offered is not None and undone in (None, self._offered[0]):
            self._notices.dismiss(self._offered[1])
            self._offered = None
