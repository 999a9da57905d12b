"""What a session knows of the repository and the libraries, for the questions that it asks a model.

Keeps one `Knowledge` open as long as the session is. Every function may run on a worker thread; knows nothing
of Qt.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.assist.retrieval import Passage
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Engine
from nbreview.services.opening import Comparison
from nbreview.services.wishes import Scope, Wish
from nbreview.settings import Settings

if TYPE_CHECKING:
    from nbreview.services.knowledge import Knowledge, Progress

Tell = Callable[[float, str], None]
"""How reading goes: a fraction from 0 to 1 (below 0: not known), and what is read."""


class SessionKnowledge:
    """The indexes that a session has used; they are opened when something is first asked.

    Parameters
    ----------
    cache:
        The folder that they are kept in; None: the user's cache folder.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._knowledge: Knowledge | None = None
        self._asking = threading.local()  # who asks on this thread is told

    def passages_for(
        self,
        engine: Engine,
        comparison: Comparison,
        scope: Scope,
        wish: Wish,
        tell: Tell,
        cancel: CancelToken,
        *,
        python: Path | None = None,
        settings: Settings | None = None,
    ) -> tuple[Passage, ...]:
        """What helps with a wish, best first; nothing where there is no model. A server is there only where
        it was agreed that passages are sent to it (`endpoints.consent_question`).

        Parameters
        ----------
        python:
            The interpreter that a person chose for this notebook.
        settings:
            How the model is asked where it reads the repository by itself (`Wish.reads`).

        Raises
        ------
        UserError
            The engine failed while the model read.
        Cancelled
            `cancel` was raised.
        """
        if engine.info is None:
            return ()
        cell = scope.cells[0] if scope.cells else None
        self._asking.tell = tell
        try:
            found = self._opened().knowledge_for(comparison, cell, wish.text, cancel, python=python)
        except UserError:
            found = ()  # a folder that cannot be read, an interpreter that is gone: it is asked without
        finally:
            self._asking.tell = None
        if not wish.reads or settings is None:
            return found
        from nbreview.services.reading import read_repository, with_passages

        kept = read_repository(
            engine,
            self._opened(),
            comparison,
            wish.text,
            settings,
            cancel,
            lambda words: tell(-1.0, words),
        )
        return with_passages(kept, found)

    def close(self) -> None:
        """Close the indexes; a later question opens them again."""
        with self._lock:
            knowledge, self._knowledge = self._knowledge, None
        if knowledge is not None:
            knowledge.close()

    def _opened(self) -> "Knowledge":
        from nbreview.services.knowledge import Knowledge

        with self._lock:
            if self._knowledge is None:
                self._knowledge = Knowledge(self._cache, self._told)
            return self._knowledge

    def _told(self, progress: "Progress") -> None:
        tell: Tell | None = getattr(self._asking, "tell", None)
        if tell is not None:
            share = progress.done / progress.total if progress.total else -1.0
            counted = f", {progress.done} of {progress.total}" if progress.total else ""
            tell(share, f"reading {progress.what}{counted}")
