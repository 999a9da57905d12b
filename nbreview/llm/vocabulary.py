"""Counting tokens with the vocabulary of a model file, without its weights.

llama.cpp reads the vocabulary alone in well under a second, whatever the size of the model, and as it does
what runs models does: in a child process, which may die without harm. Imports what drives that child; no
llama_cpp.
"""

import contextlib
import os
import queue
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbreview import paths
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.cache import JsonCache
from nbreview.llm.child import Child, Wake
from nbreview.llm.digest import Digest
from nbreview.llm.header import read_model
from nbreview.llm.local import HANG_SECONDS, missing_reason
from nbreview.words import said

_FEW = 2**20
"""Characters that are sent in one message; a single longer text goes alone."""


class Vocabulary:
    """The vocabulary of one model, held by a process of its own. Use `open_vocabulary`; close it, or use it
    as a context manager. One caller at a time.

    `name` is the model's own or that of its file, `sha256` the hash of its files, `context_tokens` what it
    was trained for.
    """

    def __init__(
        self, path: Path, child: Child, name: str, sha256: str, size: int, context_tokens: int
    ) -> None:
        self.path = path
        self.name = name
        self.sha256 = sha256
        self.size = size
        self.context_tokens = context_tokens
        self._child = child
        self._number = 1

    def count(self, texts: Sequence[str], cancel: CancelToken | None = None) -> list[int]:
        """Tokens of each text by itself: control tokens in it are counted as plain text, and what a
        vocabulary or a chat template puts around a text is not counted.

        Raises
        ------
        UserError
            The process that counts has ended.
        Cancelled
            Stopped between two messages.
        """
        counts: list[int] = []
        for few in _in_parts(texts):
            if cancel is not None:
                cancel.check()
            self._number += 1
            message = {"do": "count_all", "id": self._number, "texts": few}
            counts += _exchange(self._child, message, self.path)["tokens"]
        return counts

    def close(self) -> None:
        """End the process."""
        self._child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_vocabulary(
    path: Path, cancel: CancelToken | None = None, *, python: str = sys.executable, cache: Path | None = None
) -> Vocabulary:
    """Read the vocabulary of a GGUF file, and the hash of the model's files (kept for the next time).

    Parameters
    ----------
    python, cache:
        As for `LocalEngine`.

    Raises
    ------
    UserError
        llama-cpp-python is missing, or the file is no model that can be used.
    Cancelled
        Stopped while the file was hashed.
    """
    missing = missing_reason()
    if missing:
        raise UserError(missing)
    cancel = cancel or CancelToken()
    header, files = read_model(path)
    digest = Digest(files, JsonCache(cache or paths.cache_dir() / "models.json"))
    child = Child(python)
    try:
        _exchange(child, None, path)
        message = {"do": "vocabulary", "id": 1, "path": os.fsencode(path).decode("latin-1")}
        facts = _exchange(child, message, path)["facts"]
        sha256 = digest.result(cancel)
        if not sha256:
            raise UserError(
                said("{path} cannot be read any more; name a model file that is there.", path=path)
            )
    except BaseException:
        digest.stop()
        with contextlib.suppress(OSError):
            child.end(at_once=True)
        raise
    return Vocabulary(path, child, facts["name"] or path.stem, sha256, facts["size"], header.context_tokens)


def _exchange(child: Child, message: dict[str, Any] | None, path: Path) -> dict[str, Any]:
    """The answer to a message; of None, the child's greeting."""
    if message is not None:
        child.send(message)
    while True:
        try:
            answer = child.receive(HANG_SECONDS)
        except queue.Empty:
            child.end(at_once=True)
            raise UserError(
                said(
                    "The process that counts tokens with {path} gave no sign of life; count them again.",
                    path=path,
                )
            ) from None
        if answer is None:
            how, _code = child.how_it_ended()
            raise UserError(
                said(
                    "The process that counts tokens with {path} {how}; name another model file, or count "
                    "without one.",
                    path=path,
                    how=how,
                )
            )
        if isinstance(answer, Wake) or answer["is"] == "alive":
            continue
        if answer["is"] == "error":
            raise UserError(
                said(
                    "The vocabulary of {path} cannot be read: {reason}; name another model file.",
                    path=path,
                    reason=answer["message"],
                )
            )
        return answer


def _in_parts(texts: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    held = 0
    for text in texts:
        if parts[-1] and held + len(text) > _FEW:
            parts.append([])
            held = 0
        parts[-1].append(text)
        held += len(text)
    return [part for part in parts if part]
