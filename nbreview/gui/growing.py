"""An answer as a diff that grows: worked out on the thread that the tokens come on, at the pace of the eye.

Imports `assist.growing`, the diff and frozen values; no widget. A long cell costs more than a frame to
compare: then less often, so that tokens are taken in as fast as they come.
"""

import time
from collections.abc import Callable

from nbreview.assist.growing import GrowingCell, Growth
from nbreview.diff.lines import diff_text
from nbreview.gui.bridge import FRAME_MS
from nbreview.gui.language import tr
from nbreview.gui.stream_card import GrowingView
from nbreview.llm.model import Event, Reply, Token
from nbreview.notebook.model import Notebook
from nbreview.review.model import CellEdit

_SHARE = 4
"""Of the time there is, one part in so many goes into looking."""


class GrowingDiff:
    """Follows the answers to one question; used on the thread that asks.

    Parameters
    ----------
    notebook, only:
        As `Growth` takes them.
    show:
        Gets what the answer has come to, at most about 30 times a second.
    """

    def __init__(self, notebook: Notebook, only: int | None, show: Callable[[GrowingView], None]) -> None:
        self._notebook, self._only, self._show = notebook, only, show
        self._growth = Growth(notebook, only)
        self._reply, self._ended, self._next = "", False, 0.0

    def watching(self, on_event: Callable[[Event], None]) -> Callable[[Event], None]:
        """Takes the events, hands them on, and shows what grows."""

        def take(event: Event) -> None:
            on_event(event)
            if isinstance(event, Token):
                if self._ended:  # the next of several answers
                    self._reply, self._ended = "", False
                    self._growth = Growth(self._notebook, self._only)
                self._reply += event.text
                self._look()
            elif isinstance(event, Reply):
                self._ended, self._next = True, 0.0
                self._look()

        return take

    def _look(self) -> None:
        started = time.monotonic()
        if started < self._next:
            return
        found = self._growth.take(self._reply)
        last = found.cells[-1] if found.cells else None
        self._show(
            GrowingView(
                done=tuple(_name(cell) for cell in found.cells[:-1]),
                title=_name(last) if last is not None else "",
                diff=diff_text(last.base, last.source) if last is not None else None,
                words=found.words,
                thinking=found.thinking,
                language=self._notebook.language,
            )
        )
        took = time.monotonic() - started
        self._next = started + max(FRAME_MS / 1000, _SHARE * took)


def _name(cell: GrowingCell) -> str:
    if cell.edit is CellEdit.INSERT:
        return tr("new cell after {number}").format(number=cell.index + 1)
    if cell.edit is CellEdit.REMOVE:
        return tr("cell {number} goes").format(number=cell.index + 1)
    return tr("cell {number}").format(number=cell.index + 1)
