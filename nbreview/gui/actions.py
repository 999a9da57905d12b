"""The acts of a window as `QAction`s, with what each of them does, and the menus made of them.

Imports the table of acts and nothing else of nbreview.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nbreview.gui.act import Act, plain
from nbreview.gui.act_table import ACTS
from nbreview.gui.language import tr


class Actions:
    """The acts as `QAction`s of one window, which owns them."""

    def __init__(self, window: QWidget, acts: tuple[Act, ...] = ACTS) -> None:
        self.acts = acts
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for act in acts:
            action = QAction(tr(act.text), window)
            action.setObjectName(act.id)
            action.setShortcuts([QKeySequence(key) for key in act.keys])
            if act.everywhere:
                action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
            action.setMenuRole(act.role)
            tip = tr(act.tip) if act.tip else plain(tr(act.text))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            action.setStatusTip("")
            if act.group:
                groups.setdefault(act.group, QActionGroup(window)).addAction(action)
            action.setCheckable(act.checkable or bool(act.group))
            action.setChecked(act.checked)
            window.addAction(action)
            self._actions[act.id] = action

    def __getitem__(self, act_id: str) -> QAction:
        """The action of an id; KeyError for an id that is in no table."""
        return self._actions[act_id]

    def all(self) -> tuple[QAction, ...]:
        """Every action, in the table's order: what the palette lists."""
        return tuple(self._actions.values())

    def connect(self, handlers: Mapping[str, Callable[..., object]]) -> None:
        """Connect every act to what it does.

        A checkable act's handler gets its new state, the others get nothing. ValueError when an act has no
        handler, or a handler no act: an act in a menu that does nothing would be a broken promise.
        """
        missing = self._actions.keys() - handlers.keys()
        unknown = handlers.keys() - self._actions.keys()
        if missing or unknown:
            raise ValueError(
                f"acts without a handler: {sorted(missing)}; handlers without an act: {sorted(unknown)}"
            )
        for act_id, action in self._actions.items():
            handler = handlers[act_id]
            if action.isCheckable():
                action.triggered.connect(lambda checked, handler=handler: handler(checked))
            else:
                action.triggered.connect(lambda _checked=False, handler=handler: handler())

    def enable(self, enabled: bool, *act_ids: str) -> None:
        """Enable or disable acts by id."""
        for act_id in act_ids:
            self._actions[act_id].setEnabled(enabled)

    def build_menus(self, bar: QMenuBar) -> None:
        """Fill a menu bar from the table."""
        menus: dict[str, QMenu] = {}
        sections: dict[str, int] = {}
        for act in self.acts:
            menu = _menu(bar, menus, act.menu)
            if sections.setdefault(act.menu, act.section) != act.section:
                menu.addSeparator()
                sections[act.menu] = act.section
            menu.addAction(self._actions[act.id])


def _menu(bar: QMenuBar, menus: dict[str, QMenu], path: str) -> QMenu:
    """The menu of a path, made with those above it where it is new. Its parent owns it, as Python would let
    go of it.
    """
    if path not in menus:
        above, _, title = path.rpartition("/")
        owner: QMenuBar | QMenu = _menu(bar, menus, above) if above else bar
        menu = QMenu(tr(title), owner)
        menu.setToolTipsVisible(True)
        owner.addMenu(menu)
        menus[path] = menu
    return menus[path]
