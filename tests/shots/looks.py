"""In which ways every window is looked at: theme, palette, size of text, width and language."""

from dataclasses import dataclass, replace

from nbreview.settings import Settings

WIDE, NARROW = 1640, 900
"""Widths of a window, in device-independent pixels."""
HEIGHT = 960


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at every window."""

    name: str
    theme: str = "light"
    percent: int = 100
    width: int = WIDE
    contrast: bool = False
    language: str = "en"

    def settings(self, settings: Settings) -> Settings:
        """These settings, in this look."""
        return replace(
            settings,
            theme=self.theme,
            text_percent=self.percent,
            high_contrast=self.contrast,
            language=self.language,
        )


LOOKS = (
    Look("light"),
    Look("dark", "dark"),
    Look("contrast", "dark", contrast=True),
    Look("light-200", "light", 200),
    Look("dark-200-narrow", "dark", 200, NARROW),
    Look("light-narrow", "light", 100, NARROW),
    Look("german", "light", language="de"),
    Look("german-narrow", "light", width=NARROW, language="de"),
)
"""What `make shots` draws."""

PAIRS = (
    Look("light-100-wide"),
    Look("dark-200-wide", "dark", 200),
    Look("light-200-narrow", "light", 200, NARROW),
    Look("german-100-narrow", "dark", 100, NARROW, language="de"),
)
"""Every pair of theme, size of text and width, in as few looks as that takes: those of the layout's tests.
The last one is in German, whose words are longer.
"""
