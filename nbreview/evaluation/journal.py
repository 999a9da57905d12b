"""Answers that have been paid for, kept so that a run goes on where it was stopped.

Imports the bottom floor. One JSON object a line, appended in one write; whatever ended the last run, at most
its last line is broken, and that is cut off. An answer is found by a key of all that it depends on, so that a
journal may hold those of several models and settings.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import orjson

from nbreview.errors import UserError


def key_of(*parts: Any) -> str:
    """A key of JSON values: equal values have equal keys."""
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()


class Journal:
    """Answers by key. Owned by one run.

    Parameters
    ----------
    path:
        The file, made when missing; None keeps the answers for this run only.

    Raises
    ------
    UserError
        The file cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._answers: dict[str, Mapping[str, Any]] = {}
        self._path = path
        self._stream: BinaryIO | None = None
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = path.open("a+b", buffering=0)
            self._read(self._stream)
        except OSError as error:
            self.close()
            raise self._unwritable(error) from None
        self.kept = len(self._answers)

    kept = 0
    """How many answers there were at the start."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file up."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def get(self, key: str) -> Mapping[str, Any] | None:
        """The answer of a key, None where there is none yet."""
        return self._answers.get(key)

    def put(self, key: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer. Raises UserError when the disk takes no more."""
        self._answers[key] = answer
        if self._stream is None:
            return
        line = orjson.dumps({"key": key, **answer}) + b"\n"
        try:
            if self._stream.write(line) != len(line):
                raise OSError(28, os.strerror(28))
        except OSError as error:
            raise self._unwritable(error) from None

    def _read(self, stream: BinaryIO) -> None:
        stream.seek(0)
        whole = 0
        for line in stream.readlines():
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            try:
                answer = orjson.loads(line)
                self._answers[str(answer.pop("key"))] = answer
            except (ValueError, KeyError, AttributeError, TypeError):
                continue  # not written by this program: what it says is asked again
        stream.truncate(whole)

    def _unwritable(self, error: OSError) -> UserError:
        reason = error.strerror or str(error)
        return UserError(
            f"The answers could not be kept in {self._path} ({reason}); name another folder with -o, or make "
            "room."
        )
