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
from nbreview.notebook.reader import read_file
from nbreview.services.opening import Comparison, Target, find_target
from nbreview.services.wishes import Scope, Wish
from nbreview.settings import Settings
from nbreview.words import said

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
        cell = scope.cells[0] if scope.cells else None

        def find(knowledge: "Knowledge") -> tuple[Passage, ...]:
            return knowledge.knowledge_for(comparison, cell, wish.text, cancel, python=python)

        reads = wish.text if wish.reads else ""
        return self._learn(engine, comparison.target, find, reads, tell, cancel, settings)

    def passages_for_task(
        self,
        engine: Engine,
        notebook: Path,
        task: str,
        tell: Tell,
        cancel: CancelToken,
        *,
        reads: bool = False,
        settings: Settings | None = None,
    ) -> tuple[Passage, ...]:
        """What helps with a task in words, as `passages_for`.

        Parameters
        ----------
        notebook:
            The file that the task is to be done in; it need not be there yet. What it imports says which
            libraries are asked.
        reads:
            Whether the model first reads the repository by itself.

        Raises
        ------
        UserError, Cancelled
            As `passages_for`.
        """
        try:
            target = find_target(notebook)
            head = read_file(notebook) if notebook.is_file() else None
        except UserError:
            return ()  # said where the cells are to go into it

        def find(knowledge: "Knowledge") -> tuple[Passage, ...]:
            return knowledge.knowledge_for_task(target, head, task, cancel)

        return self._learn(engine, target, find, task if reads else "", tell, cancel, settings)

    def _learn(
        self,
        engine: Engine,
        target: Target,
        find: "Callable[[Knowledge], tuple[Passage, ...]]",
        reads: str,
        tell: Tell,
        cancel: CancelToken,
        settings: Settings | None,
    ) -> tuple[Passage, ...]:
        """What is found, and before it what the model keeps for the task `reads` (""; nothing is read)."""
        if engine.info is None:
            return ()
        self._asking.tell = tell
        try:
            found = find(self._opened())
        except UserError:
            found = ()  # a folder that cannot be read, an interpreter that is gone: it is asked without
        finally:
            self._asking.tell = None
        if not reads or settings is None:
            return found
        from nbreview.services.reading import read_repository, with_passages

        kept = read_repository(
            engine,
            self._opened(),
            target,
            reads,
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
            words = said("reading {what}", what=progress.what)
            if progress.total:
                words = said(
                    "reading {what}, {done} of {total}",
                    what=progress.what,
                    done=progress.done,
                    total=progress.total,
                )
            tell(share, words)
