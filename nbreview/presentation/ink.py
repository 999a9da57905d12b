"""Styled text for a terminal, collected in pieces and written at once.

rich decides what a style is on the terminal at hand; laying every line out with it takes fifty times as long
as comparing the lines did. Imports nothing of nbreview, and rich only where something is coloured.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


class Ink:
    """Text with styles, in the order in which it was appended."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, str]] = []

    def append(self, text: str, style: str = "") -> None:
        """Add a piece of text. `style` is in rich's words: `bold yellow`."""
        if text:
            self._parts.append((text, style))

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "".join(text for text, _ in self._parts)

    def write(self, console: "Console") -> None:
        """Write it and end the line; lines are never wrapped, in a pager neither.

        Raises
        ------
        BrokenPipeError
            The reader has seen enough.
        """
        if console.color_system is None:
            console.file.write(self.plain + "\n")
            return
        marks = {style: _marks(style, console) for style in {style for _, style in self._parts}}
        written = []
        for text, style in self._parts:
            start, end = marks[style]
            body = text.removesuffix("\n")  # a style that runs over the end of a line colours the whole row
            written.append(f"{start}{body}{end}{text[len(body) :]}" if body else text)
        console.file.write("".join(written) + "\n")


def _marks(style: str, console: "Console") -> tuple[str, str]:
    """What switches a style on and off again on this terminal."""
    from rich.color import ColorSystem

    if not style or console.color_system is None:
        return "", ""
    systems = {
        "standard": ColorSystem.STANDARD,
        "256": ColorSystem.EIGHT_BIT,
        "truecolor": ColorSystem.TRUECOLOR,
        "windows": ColorSystem.WINDOWS,
    }
    found = console.get_style(style)
    if console.no_color:
        found = found.without_color
    start, _, end = found.render("x", color_system=systems[console.color_system]).partition("x")
    return start, end
