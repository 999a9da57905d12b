"""How the program looks, as the person chose it: theme, size of text, and the settings that remember both.

Owner of the settings file as well, because what is chosen is kept at once. Knows no panel: `changed` carries
the theme to paint in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from nbreview import settings as settings_file
from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, load_theme, system_contrast, system_theme_name
from nbreview.settings import Settings

if TYPE_CHECKING:
    from nbreview.services.session import ReviewSession

TEXT_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Sizes of Text larger and Text smaller, in percent of the usual."""

LOOKS = (
    "theme", "palette", "high_contrast", "prose_font", "code_font", "code_font_size", "text_percent"
)  # fmt: skip
"""The settings that the theme is made from."""


def wanted_theme(settings: Settings) -> Theme:
    """The theme that these settings and the system ask for."""
    name = system_theme_name() if settings.theme == "system" else settings.theme
    return load_theme(
        name,
        settings.palette,
        contrast=settings.high_contrast or system_contrast(),
        code_size=settings.code_font_size,
        text_scale=settings.text_percent / 100,
        families=(settings.prose_font, settings.code_font),
    )


class Appearance(QObject):
    """The look of one window.

    Parameters
    ----------
    settings_path:
        Where changed settings are kept; None keeps them nowhere.
    """

    changed = Signal(object)
    """The `Theme` to paint in."""
    settings_changed = Signal(object)
    """The settings, which other windows share."""
    problem = Signal(str)
    """Settings could not be kept, in a sentence."""

    def __init__(self, session: "ReviewSession", settings_path: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._path = settings_path
        self._kept = session.settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def theme(self) -> Theme:
        """The theme that is wanted now."""
        return wanted_theme(self._session.settings)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the acts of theme and size of text do."""
        return {
            "text_larger": lambda: self.step_text(1),
            "text_smaller": lambda: self.step_text(-1),
            "text_normal": lambda: self.scale_text(100),
            "theme_system": lambda _: self.choose_theme("system"),
            "theme_light": lambda _: self.choose_theme("light"),
            "theme_dark": lambda _: self.choose_theme("dark"),
        }

    def choose_theme(self, name: str) -> None:
        """Switch to "system", "light" or "dark"."""
        self.change_settings(theme=name)

    def scale_text(self, percent: int) -> None:
        """Show all text at this part of its usual size."""
        self.change_settings(text_percent=percent)

    def step_text(self, step: int) -> None:
        """Show text one step larger or smaller."""
        now = self._session.settings.text_percent
        others = [each for each in TEXT_STEPS if (each > now if step > 0 else each < now)]
        if others:
            self.scale_text(min(others) if step > 0 else max(others))

    def change_settings(self, **changes: object) -> None:
        """Use other values from now on, and keep them; what changes the look is painted at once."""
        before = self._session.settings
        self._session.adopt_settings(replace(before, **changes))  # type: ignore[arg-type]
        self._paint(before)
        self.keep_settings()

    def _paint(self, before: Settings) -> None:
        if any(getattr(before, name) != getattr(self._session.settings, name) for name in LOOKS):
            self.changed.emit(self.theme())

    def take(self, settings: Settings) -> None:
        """Use what another window has changed, and kept."""
        before = self._session.settings
        self._session.adopt_settings(settings)
        self._kept = settings
        self._paint(before)

    def keep_settings(self) -> None:
        """Write the session's settings to their file, if they have changed."""
        settings = self._session.settings
        if settings == self._kept:
            return
        self._kept = settings
        self.settings_changed.emit(settings)
        if self._path is not None:
            try:
                settings_file.save(settings, self._path)
            except OSError as error:
                self.problem.emit(
                    tr("Settings could not be kept in {path} ({reason}); make it writable.").format(
                        path=self._path, reason=error.strerror
                    )
                )

    def _follow_system(self) -> None:
        if self._session.settings.theme == "system":
            self.changed.emit(self.theme())
