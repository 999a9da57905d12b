"""Where the person was: the cell and the scroll position of each notebook, and the shape of the window.

Knows the session, whose store keeps it, the canvas and the window's splitters. What is kept can be lost
without harm.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter, QWidget

from nbreview.errors import UserError
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.kept_windows import restore_geometry
from nbreview.gui.revision_keys import sides_key
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import Theme
from nbreview.services.opening import Comparison, place_name
from nbreview.services.session import ReviewSession, Topic
from nbreview.store.database import Store


class PlaceKeeper:
    """A room of the window, see `gui.room`."""

    def __init__(
        self,
        session: ReviewSession,
        tasks: TaskRunner,
        canvas: DiffCanvas,
        splitters: Sequence[QSplitter],
        window: QWidget,
    ) -> None:
        self._session, self._tasks, self._canvas = session, tasks, canvas
        self._splitters, self._window = splitters, window
        self._shown: Comparison | None = None
        self._noted: dict[str, Any] = {}
        canvas.current_changed.connect(lambda _index: self._note())
        canvas.verticalScrollBar().valueChanged.connect(lambda _value: self._note())

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Nothing has to be asked for."""
        return {}

    def set_theme(self, theme: Theme) -> None:
        """There is nothing to paint."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """Another notebook: keep the place in the last one, and go back to that in this one."""
        if Topic.COMPARISON not in topics:
            return
        before, now = self._shown, self._session.comparison
        if Topic.TARGET in topics and (before is None or now is None or before.target != now.target):
            self._keep(before)
            self._shown = now
            if now is not None:
                self._go_back(now)
        self._shown = now
        self._note()

    def keep(self) -> None:
        """Keep the place in the notebook that is shown, at once, as the window is closed."""
        if self._shown is not None and self._noted:
            _keep(self._session.store, place_name(self._shown.target), self._noted)

    def shape(self) -> dict[str, Any]:
        """The window's place on the screen and the widths of its panels, for `take_shape`."""
        return {
            "geometry": _text(self._window.saveGeometry()),
            "splitters": [_text(splitter.saveState()) for splitter in self._splitters],
        }

    def take_shape(self, shape: Mapping[str, Any]) -> None:
        """Give the window the shape that it had; what does not fit (another screen) is passed over."""
        restore_geometry(self._window, shape)
        with contextlib.suppress(TypeError, ValueError, AttributeError):
            for splitter, state in zip(self._splitters, shape.get("splitters", ()), strict=False):
                splitter.restoreState(_bytes(state))

    def _note(self) -> None:
        """Remember the place now: when another notebook is announced, the canvas shows it already."""
        if self._shown is not None and self._shown is self._session.comparison:
            change = self._canvas.current_change()
            self._noted = {
                "sides": sides_key(self._shown),
                "change": self._canvas.current_index(),
                "cell": change.head_index if change is not None else None,
                "scroll": self._canvas.verticalScrollBar().value(),
            }

    def _keep(self, comparison: Comparison | None) -> None:
        if comparison is not None and self._noted:
            store, name, noted = self._session.store, place_name(comparison.target), self._noted
            self._tasks.start(
                f"place {name}", "", lambda _c, _r: _keep(store, name, noted), lambda _: None, finish=True
            )
        self._noted = {}

    def _go_back(self, comparison: Comparison) -> None:
        place = self._session.opened.place if self._session.opened is not None else None
        if not isinstance(place, dict):
            return
        if place.get("sides") == sides_key(comparison) and isinstance(place.get("change"), int):
            self._canvas.goto_change(place["change"])
            self._canvas.verticalScrollBar().setValue(int(place.get("scroll") or 0))
        elif isinstance(place.get("cell"), int):
            self._canvas.goto_head_cell(place["cell"])


def _keep(store: Store, name: str, noted: dict[str, Any]) -> None:
    with contextlib.suppress(UserError):  # a store that cannot be written says so where it matters
        store.keep_place(name, noted)


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii"))
