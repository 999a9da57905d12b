"""How the program looks, as the person chose it: theme, size of text, and the settings that remember both.

Owner of the settings file as well, because what is chosen is kept at once. Knows no panel: `changed` carries
the theme to paint in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from nbreview import settings as settings_file
from nbreview.gui.theme import Theme, load_theme, system_theme_name
from nbreview.services.session import ReviewSession

TEXT_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""Factors of Text larger and Text smaller."""


class Appearance(QObject):
    """The look of one window.

    Parameters
    ----------
    settings_path:
        Where changed settings are kept; None keeps them nowhere.
    """

    changed = Signal(object)
    """The `Theme` to paint in."""
    problem = Signal(str)
    """Settings could not be kept, in a sentence."""

    def __init__(self, session: ReviewSession, settings_path: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._path = settings_path
        self._kept = session.settings
        self._text_scale = 1.0
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def theme(self) -> Theme:
        """The theme that is wanted now."""
        settings = self._session.settings
        name = system_theme_name() if settings.theme == "system" else settings.theme
        return load_theme(
            name, settings.palette, code_size=settings.code_font_size, text_scale=self._text_scale
        )

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the acts of theme and size of text do."""
        return {
            "text_larger": lambda: self.step_text(1),
            "text_smaller": lambda: self.step_text(-1),
            "text_normal": lambda: self.scale_text(1.0),
            "theme_system": lambda _: self.choose_theme("system"),
            "theme_light": lambda _: self.choose_theme("light"),
            "theme_dark": lambda _: self.choose_theme("dark"),
        }

    def choose_theme(self, name: str) -> None:
        """Switch to "system", "light" or "dark"."""
        self.change_settings(theme=name)
        self.changed.emit(self.theme())

    def scale_text(self, factor: float) -> None:
        """Show all text at a factor of its usual size."""
        self._text_scale = factor
        self.changed.emit(self.theme())

    def step_text(self, step: int) -> None:
        """Show text one step larger or smaller."""
        place = TEXT_STEPS.index(self._text_scale) if self._text_scale in TEXT_STEPS else TEXT_STEPS.index(1)
        self.scale_text(TEXT_STEPS[min(max(place + step, 0), len(TEXT_STEPS) - 1)])

    def change_settings(self, **changes: object) -> None:
        """Use other values from now on, and keep them."""
        self._session.adopt_settings(replace(self._session.settings, **changes))  # type: ignore[arg-type]
        self.keep_settings()

    def keep_settings(self) -> None:
        """Write the session's settings to their file, if they have changed."""
        settings = self._session.settings
        if self._path is not None and settings != self._kept:
            self._kept = settings
            try:
                settings_file.save(settings, self._path)
            except OSError as error:
                self.problem.emit(
                    f"Settings could not be kept in {self._path} ({error.strerror}); make it writable."
                )

    def _follow_system(self) -> None:
        if self._session.settings.theme == "system":
            self.changed.emit(self.theme())
