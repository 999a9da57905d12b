"""Opening the preferences, and putting each change into effect at once.

Knows the appearance, which keeps the settings, the canvas and the controller.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from nbreview.gui.appearance import Appearance
from nbreview.gui.compare_acts import CompareActs
from nbreview.gui.controller import ReviewController
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.theme import Theme
from nbreview.services.session import ReviewSession, Topic

if TYPE_CHECKING:
    from nbreview.gui.preferences_window import PreferencesWindow

COMPARED = frozenset({"similarity", "ignored", "whitespace", "table_tolerance"})
"""The settings after which the same two notebooks differ in other ways."""


class PreferencesActs:
    """A room of the window, see `gui.room`."""

    def __init__(
        self,
        session: ReviewSession,
        appearance: Appearance,
        controller: ReviewController,
        compare_acts: CompareActs,
        canvas: DiffCanvas,
        parent: QWidget,
    ) -> None:
        self._session, self._appearance, self._controller = session, appearance, controller
        self._compare_acts, self._canvas = compare_acts, canvas
        self._parent = parent
        self.window_: PreferencesWindow | None = None
        canvas.set_context_lines(session.settings.context_lines)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {"preferences": self.show}

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        if self.window_ is not None:
            self.window_.set_theme(theme)
            self.window_.set_settings(self._session.settings)

    def announced(self, topics: frozenset[Topic]) -> None:
        """Settings are no part of a review."""

    def show(self) -> None:
        """Open the preferences; the window is made when it is first asked for."""
        if self.window_ is None:
            from nbreview.gui.preferences_window import PreferencesWindow

            self.window_ = PreferencesWindow(self._parent, self._appearance.theme())
            self.window_.changed.connect(self._change)
        self.window_.set_settings(self._session.settings)
        self.window_.show()
        self.window_.raise_()
        self.window_.activateWindow()

    def _change(self, name: str, value: object) -> None:
        self._appearance.change_settings(**{name: value})
        if name == "context_lines":
            self._canvas.set_context_lines(self._session.settings.context_lines)
        if name in COMPARED:
            self._compare_acts.show()
            self._controller.compare_again()
