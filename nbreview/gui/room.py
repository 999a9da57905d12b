"""What the review window asks of a part of it that has acts and views of its own.

Imports the theme and the session's topics; no widget. A room is added to the window in one line.
"""

from collections.abc import Callable
from typing import Protocol

from nbreview.gui.theme import Theme
from nbreview.services.session import Topic


class Room(Protocol):
    """Acts that belong together, and what they show."""

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does, by the id that the table of acts gives it."""

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """The session has changed."""
