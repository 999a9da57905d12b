"""What can be done in the diff with what is selected, folded and found; and the menus that open on lines, on
an output and on the ruler.

Knows the canvas and the acts of the window; no session.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from nbreview.gui.actions import Actions
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.findbar import WAYS
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.theme import Theme
from nbreview.services.session import Topic

MENUS = {
    "selection": (
        QT_TR_NOOP("What can be done with the selected lines"),
        (("copy_selection", "copy_patch", "select_cell"), ("find", "find_next"), ("edit_cell", "propose")),
    ),
    "output": (
        QT_TR_NOOP("What can be done with this output"),
        (
            ("open_output", "copy_output", "save_output"),
            ("toggle_fold", "fold_outputs"),
            ("stage", "revert", "viewed"),
        ),
    ),
    "ruler": (
        QT_TR_NOOP("Where to go in the notebook"),
        (
            ("next_change", "previous_change", "goto_cell"),
            ("next_finding", "previous_finding"),
            ("find_next", "find_previous"),
            ("fold_unchanged",),
        ),
    ),
}
"""The menus of the canvas besides the cell's: what a screen reader calls them, and their acts in groups."""


class CanvasActs:
    """Acts on the text and the folds of the canvas."""

    def __init__(self, canvas: DiffCanvas, actions: Actions) -> None:
        self._canvas = canvas
        self._actions = actions
        self.menus: dict[str, QMenu] = {}
        for kind, (name, groups) in MENUS.items():
            menu = self.menus[kind] = QMenu(canvas)
            menu.setAccessibleName(tr(name))
            for group in groups:
                if not menu.isEmpty():
                    menu.addSeparator()
                for act in group:
                    menu.addAction(actions[act])
        canvas.context_requested.connect(self._open_menu)
        for way, button in canvas.find_ways().items():
            button.toggled.connect(actions[f"find_{way}"].setChecked)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        canvas = self._canvas
        ways: dict[str, Callable[..., object]] = {
            f"find_{way}": lambda on, way=way: canvas.set_find_way(way, on) for way, _sign, _words in WAYS
        }
        return {
            "copy_selection": canvas.copy,
            "copy_patch": canvas.copy_patch,
            "select_cell": canvas.select_cell,
            "select_line_below": canvas.select_line_below,
            "select_line_above": canvas.select_line_above,
            "select_base": lambda: canvas.select_side(head=False),
            "select_head": lambda: canvas.select_side(head=True),
            "select_nothing": canvas.select_nothing,
            "goto_cell": canvas.ask_cell,
            "next_fold": canvas.next_fold,
            "previous_fold": canvas.previous_fold,
            "toggle_fold": canvas.toggle_fold,
            "other_end": canvas.goto_other_end,
            **ways,
        }

    def set_theme(self, theme: Theme) -> None:
        """The menus are the system's."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """The acts are there as long as something is compared."""
        if Topic.COMPARISON in topics:
            self.show()

    def show(self) -> None:
        """Enable what there is something for."""
        some = self._canvas.diff is not None
        self._actions.enable(
            some,
            "copy_selection",
            "copy_patch",
            "select_cell",
            "select_line_below",
            "select_line_above",
            "select_base",
            "select_head",
            "select_nothing",
            "goto_cell",
            "next_fold",
            "previous_fold",
            "toggle_fold",
            "other_end",
        )

    def _open_menu(self, kind: str, place: QPoint) -> None:
        self.menus[kind].popup(place)
