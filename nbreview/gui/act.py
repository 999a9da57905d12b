"""What one act of the review window is: its name, its key and its menu. Imports nothing of nbreview."""

from dataclasses import dataclass

from PySide6.QtGui import QAction


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person can do.

    `menu` may name a submenu after a slash ("View/Theme"); the acts of one menu that share a `section`
    stand together between separators. Of `keys`, the first is shown. Acts with the same `group` exclude
    each other and are checkable. `role` is Qt's menu role, for systems that move such acts to their own
    menu. The keys of an act that is `everywhere` work in the program's other windows too.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    section: int = 0
    checkable: bool = False
    checked: bool = False
    group: str = ""
    tip: str = ""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    everywhere: bool = False

    @property
    def name(self) -> str:
        """The text without the mnemonic's ampersand and the dots that announce a window."""
        return plain(self.text)


def plain(text: str) -> str:
    """A menu's text as words alone."""
    return text.replace("&", "").removesuffix("…")
