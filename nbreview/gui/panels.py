"""Which panels stand beside the diff, and how wide: the diff comes first where a window is narrow or its text
large, and a panel that is asked for comes back.

Knows the window's splitter and its acts; no session.
"""

from PySide6.QtWidgets import QSplitter, QWidget

from nbreview.gui.actions import Actions

ALL, SMALLER, NO_LEFT, ALONE = range(4)
"""What stands: everything, everything in less room, the diff and the assistant, the diff alone."""

_LEAST = ((1250, ALL), (1100, SMALLER), (700, NO_LEFT), (0, ALONE))
"""From which width on (pixels, at a text of 100 %) that is so."""
_SIZES = {ALL: [300, 960, 380], SMALLER: [220, 500, 380], NO_LEFT: [220, 520, 380], ALONE: [450, 450, 450]}
"""Of history, diff and assistant: the names of the assistant's pages fit into 380."""

_LEFT_ACTS = ("go_history", "go_files", "go_outline", "growth")
_ASSISTANT_ACTS = ("go_assistant", "go_comments", "propose", "edit")


class Panels:
    """The panels of one window.

    Parameters
    ----------
    columns:
        Holds history and outline, the diff, and the assistant, in this order.
    """

    def __init__(self, columns: QSplitter) -> None:
        self._columns = columns
        self._fits = -1
        left, assistant = columns.widget(0), columns.widget(2)
        assert left is not None and assistant is not None  # there are three columns
        self.left: QWidget = left
        """History and outline."""
        self.assistant: QWidget = assistant
        """Suggestions, findings, variables and comments."""
        self._actions: Actions | None = None

    def connect(self, actions: Actions) -> None:
        """Acts of a panel show it first: call this before they are connected to what they do."""
        self._actions = actions
        for acts, panel in ((_LEFT_ACTS, self.left), (_ASSISTANT_ACTS, self.assistant)):
            for act in acts:
                actions[act].triggered.connect(lambda _on=False, panel=panel: self.reveal(panel))
        self._tell()

    def fit(self, width: int, percent: int, *, anew: bool = False) -> None:
        """Make room for the diff in a window of this width, with text of this size in per cent.

        What the person has chosen since stays until the window is of another kind, or `anew`.
        """
        room = width * 100 // percent
        fits = next(kind for least, kind in _LEAST if room >= least)
        if fits == self._fits and not anew:
            return
        self._fits = fits
        self.left.setVisible(fits in (ALL, SMALLER))
        self.assistant.setVisible(fits != ALONE)
        self._columns.setSizes(_SIZES[fits])
        self._tell()

    def show_left(self, on: bool) -> None:
        """Show history and outline, or leave their room to the diff."""
        self._show(self.left, on)

    def show_assistant(self, on: bool) -> None:
        """Show the assistant, or leave its room to the diff."""
        self._show(self.assistant, on)

    def reveal(self, panel: QWidget) -> None:
        """Show a panel that is wanted; where there is room for one only, in the place of the other."""
        if not panel.isHidden():
            return
        if self._fits in (NO_LEFT, ALONE):
            self._show(self.assistant if panel is self.left else self.left, False)
        self._show(panel, True)

    def _show(self, panel: QWidget, on: bool) -> None:
        panel.setVisible(on)
        if on and 0 in self._columns.sizes():  # it had been dragged shut
            self._columns.setSizes(_SIZES[max(self._fits, 0)])
        self._tell()

    def _tell(self) -> None:
        if self._actions is not None:
            self._actions["show_left"].setChecked(not self.left.isHidden())
            self._actions["show_assistant"].setChecked(not self.assistant.isHidden())
