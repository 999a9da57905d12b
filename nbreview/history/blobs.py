"""Contents of many git objects through one child (`git cat-file --batch`).

Imports only floors below. No filter and no textconv is asked for, so nothing but git runs; a git-lfs pointer
comes as the pointer that git stores.
"""

import contextlib
import re
import subprocess
import threading
from types import TracebackType
from typing import Self

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.process import Git
from nbreview.words import said

_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CLOSING_SECONDS = 2.0
_PIECE_BYTES = 1 << 20


class TooLargeError(UserError):
    """A blob is larger than what was asked for; it has not been kept."""


class BlobReader:
    """Reads blobs by object id; may be shared between threads, which take turns.

    The child starts with the first read and ends with `close` (or the `with` block). One request is in flight
    at a time and its answer is read to the end before the next, so neither pipe can fill up.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    def read(self, object_id: str, cancel: CancelToken | None = None, limit: int | None = None) -> bytes:
        """The content of one blob.

        Parameters
        ----------
        limit:
            Most bytes that are wanted; more are read past without being held.

        Raises
        ------
        TooLargeError
            The blob is larger than `limit`.
        UserError
            There is no such blob here, or git has ended unexpectedly (the next read starts it again).
        Cancelled
            `cancel` was raised before the read began.
        """
        if not _OBJECT_ID.fullmatch(object_id):
            raise UserError(
                said(
                    "“{name}” is not a git object id; name a revision from the notebook's history.",
                    name=object_id,
                )
            )
        with self._lock:
            if cancel is not None:
                cancel.check()
            if self._closed:
                raise ValueError("the reader is closed")
            try:
                kind, content = self._ask(object_id, limit)
            except (OSError, ValueError) as error:
                self._end()
                raise UserError(
                    said(
                        "git ended while reading object {id} of {folder}; "
                        "try again, and run “git fsck” there if it happens again.",
                        id=object_id[:12],
                        folder=self._git.folder,
                    )
                ) from error
        if kind is None:
            raise missing(self._git, object_id)
        if kind != b"blob":
            raise UserError(
                said(
                    "Object {id} is a {kind}, not a file; name a notebook in it.",
                    id=object_id[:12],
                    kind=kind.decode(),
                )
            )
        if isinstance(content, int):
            raise TooLargeError(
                said(
                    "Object {id} has {size} MB, more than the limit of {limit} MB; raise the limit to read "
                    "it.",
                    id=object_id[:12],
                    size=f"{content / 2**20:.1f}",
                    limit=f"{(limit or 0) / 2**20:.1f}",
                )
            )
        return content

    def _ask(self, object_id: str, limit: int | None) -> tuple[bytes | None, bytes | int]:
        """Type and content, or its size when that is past the limit; no type when the object is missing.
        ValueError when the answer breaks off.
        """
        if self._child is None:
            self._child = self._git.start("cat-file", "--batch")
        requests, answers = self._child.stdin, self._child.stdout
        assert requests is not None
        assert answers is not None
        requests.write(object_id.encode() + b"\n")
        requests.flush()
        header = answers.readline().split()
        if len(header) == 2 and header[1] == b"missing":
            return None, b""
        if len(header) != 3:
            raise ValueError(f"unexpected answer {header!r}")
        size = int(header[2])
        if limit is not None and size > limit:
            for start in range(0, size, _PIECE_BYTES):
                answers.read(min(_PIECE_BYTES, size - start))
            content: bytes | int = size
        else:
            content = answers.read(size)
        if (isinstance(content, bytes) and len(content) != size) or answers.read(1) != b"\n":
            raise ValueError("the answer broke off")
        return header[1], content

    def close(self) -> None:
        """End the child. Closing twice is allowed."""
        with self._lock:
            self._closed = True
            self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # the child died with a request unread
                    pipe.close()
        try:
            child.wait(_CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def missing(git: Git, object_id: str) -> UserError:
    """The sentence for an object that this clone does not hold."""
    return UserError(
        said(
            "Object {id} is not in the repository at {folder} (a partial or damaged clone); "
            "run “git cat-file -t {id}” there, which fetches it where that is possible.",
            id=object_id[:12],
            folder=git.folder,
        )
    )
