"""Decoded pictures of outputs, kept up to a number of bytes; decoding is for worker threads.

Imports `background` and `decoding`. Whoever paints asks in every frame; what is asked for first is what was
painted last, so that a reader who scrolls on does not wait for what has gone by.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from nbreview.gui.diff.background import Background
from nbreview.gui.diff.decoding import Shown, decode
from nbreview.gui.language import tr

CACHE_BYTES = 192 * 2**20
"""Decoded pictures kept; the least recently painted go first."""

AT_ONCE = 2
"""Pictures being decoded at one time: each may take a hundred MiB while it is."""

MAX_WAITING = 40
"""Pictures that wait for a thread; those asked for longest ago are forgotten, and asked for again if they
come into view again.
"""


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Which picture at which size in physical pixels: side, cell and output of the diff at hand.

    `made` names what was made of it other than decoding ("": nothing).
    """

    head: bool
    change: int
    output: int
    width: int
    height: int
    made: str = ""


class Pictures(QObject):
    """The pictures of one canvas. `arrived` says that some picture can now be painted."""

    arrived = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._held: OrderedDict[PictureKey, Shown] = OrderedDict()
        self._waiting: OrderedDict[PictureKey, Callable[[], Shown]] = OrderedDict()
        self._asked: set[PictureKey] = set()
        self._bytes = 0
        background.done.connect(self._keep)

    @property
    def kept_bytes(self) -> int:
        """Bytes of the pictures kept now."""
        return self._bytes

    def clear(self) -> None:
        """Forget everything: another diff is shown."""
        self._held.clear()
        self._waiting.clear()
        self._asked.clear()
        self._bytes = 0

    def get(self, key: PictureKey, kind: str, value: object) -> Shown | None:
        """The picture, a sentence why it cannot be shown, or None while it is being decoded."""
        return self.made(key, lambda: decode(kind, value, QSize(key.width, key.height)))

    def made(self, key: PictureKey, make: Callable[[], Shown]) -> Shown | None:
        """What `make` makes on a worker thread; None while it does."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        if key not in self._asked:
            self._waiting[key] = make
            self._waiting.move_to_end(key)
            while len(self._waiting) > MAX_WAITING:
                self._waiting.popitem(last=False)
            self._ask()
        return None

    def _ask(self) -> None:
        while self._waiting and len(self._asked) < AT_ONCE:
            key, make = self._waiting.popitem(last=True)
            self._asked.add(key)
            self._background.ask(key, make)

    def _keep(self, key: object, result: object) -> None:
        if not isinstance(key, PictureKey) or key not in self._asked:
            return
        self._asked.discard(key)
        self._held[key] = picture = result if isinstance(result, QImage | str) else _fault(result)
        self._bytes += _size(picture)
        while self._bytes > CACHE_BYTES and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            self._bytes -= _size(dropped)
        self._ask()
        self.arrived.emit()


def _fault(result: object) -> str:
    """What a decoder has raised, as a sentence."""
    said = tr("This picture cannot be shown ({kind}: {reason}); save it to look at the file.")
    return said.format(kind=type(result).__name__, reason=result)


def _size(picture: Shown) -> int:
    return picture.sizeInBytes() if isinstance(picture, QImage) else len(picture)
