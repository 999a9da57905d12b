"""A room of the window that is made when it is first asked for: what most reviews never open must not be
imported before the window shows.

Imports nothing but what `room` speaks of.
"""

from collections.abc import Callable, Sequence

from nbreview.gui.room import Room
from nbreview.gui.theme import Theme
from nbreview.services.session import Topic


class LateRoom:
    """Stands in for a room, see `gui.room`, until one of its acts is used.

    Parameters
    ----------
    acts:
        The ids of its acts.
    make:
        Imports and makes the room.
    """

    def __init__(self, acts: Sequence[str], make: Callable[[], Room], theme: Theme) -> None:
        self._acts, self._make, self._theme = tuple(acts), make, theme
        self._room: Room | None = None

    def room(self) -> Room:
        """The room, made now if it has not been."""
        if self._room is None:
            self._room = self._make()
            self._room.set_theme(self._theme)
        return self._room

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does: make the room, then what it does."""

        def of(act: str) -> Callable[..., object]:
            return lambda *state: self.room().handlers()[act](*state)

        return {act: of(act) for act in self._acts}

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        if self._room is not None:
            self._room.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """The session has changed; a room that is made later looks at it as it is then."""
        if self._room is not None:
            self._room.announced(topics)
