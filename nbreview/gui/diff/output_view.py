"""How the reader looks at pictures and tables of outputs: which one has the keyboard, how each is shown.

Holds no widget. One object belongs to one canvas; pieces read it, the pointer over outputs writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from nbreview.presentation.pictures import PictureMode

DEFAULT_ROWS = 20
"""Rows of a table shown before it folds, unless the settings say otherwise."""


class OutputKey(NamedTuple):
    """One output of the diff at hand: index of the change, and of the output in it."""

    change: int
    output: int


@dataclass(frozen=True, slots=True)
class PictureView:
    """How one picture is shown. `swipe` is where the base ends and the head begins, from the left edge (0) to
    the right one (1); `opacity` is the head's over the base, 0 to 1.
    """

    mode: PictureMode
    swipe: float = 0.5
    opacity: float = 0.5


class OutputViews:
    """The views of one canvas's outputs."""

    def __init__(self) -> None:
        self.mode = PictureMode.SIDE_BY_SIDE
        """How pictures are shown that were not given a view of their own."""
        self.tolerance = 0.0
        """Relative difference up to which two numbers of a table were taken as equal."""
        self.shown_rows = DEFAULT_ROWS
        self.focused: OutputKey | None = None
        self.hovered: tuple[OutputKey, str] | None = None
        """The output under the pointer, and the part of its bar."""
        self._views: dict[OutputKey, PictureView] = {}

    def forget(self) -> None:
        """Another diff is shown: its outputs have other keys."""
        self.focused = self.hovered = None
        self._views.clear()

    def kept(self) -> tuple[OutputKey | None, dict[OutputKey, PictureView]]:
        """The output at hand and the views that outputs were given, for `take_back`."""
        return self.focused, dict(self._views)

    def take_back(
        self, kept: tuple[OutputKey | None, Mapping[OutputKey, PictureView]], places: Mapping[int, int]
    ) -> None:
        """What was `kept`, for the changes that they are now."""
        focused, views = kept
        if focused is not None and focused.change in places:
            self.focused = focused._replace(change=places[focused.change])
        self._views = {
            key._replace(change=places[key.change]): view
            for key, view in views.items()
            if key.change in places
        }

    def view(self, key: OutputKey) -> PictureView:
        """How a picture is shown."""
        return self._views.get(key) or PictureView(self.mode)

    def change(self, key: OutputKey, **changes: Any) -> PictureView:
        """Show one picture in another way from now on."""
        view = self._views[key] = replace(self.view(key), **changes)
        return view

    def show_all(self, mode: PictureMode) -> None:
        """Show every picture in one way."""
        self.mode = mode
        self._views.clear()
