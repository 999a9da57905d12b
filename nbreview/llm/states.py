"""Evaluated prompts on disk: what a model holds of a notebook, so that reopening costs no evaluation.

A file is a header, the tokens, and llama.cpp's state of one sequence; it is checked as a whole before
llama.cpp sees any of it, because its reader trusts what it reads. File names are hashes and say nothing of a
notebook; the files hold its tokens and are private to the user. All of it can be made again: what is broken,
foreign or too much is removed.

Imports nothing of nbreview and no llama_cpp.
"""

import contextlib
import hashlib
import json
import mmap
import os
import shutil
import struct
import tempfile
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT_BYTES = 2 * 2**30
"""All files together; one that is larger than half of it is not kept."""

LIMIT_COUNT = 32

_MAGIC = b"nbreview prompt state 1\n"
_HEAD = struct.Struct("<IQ32s")  # count of tokens, bytes of the state, hash of both
_SUFFIX = ".state"
_STALE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Saved:
    """An evaluated prompt: its tokens, and the state as llama.cpp gave it."""

    tokens: tuple[int, ...]
    state: mmap.mmap | bytes
    begin: int = 0

    @property
    def size(self) -> int:
        """Bytes of the state; it begins at `begin`."""
        return len(self.state) - self.begin


def state_name(*parts: object) -> str:
    """The name of the file for what these parts say together (the model's hash, how it is loaded, a key)."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class States:
    """A folder of evaluated prompts, bounded; several processes may share it.

    Parameters
    ----------
    folder:
        Where the files are; made when the first is written.
    limit_bytes, limit_count:
        What all files together may be; the least recently used go first.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES, limit_count: int = LIMIT_COUNT) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._limit_count = limit_count

    def fits(self, size: int) -> bool:
        """Whether a state of so many bytes would be kept: room is left for others, and on the disk."""
        folder = next((each for each in (self._folder, *self._folder.parents) if each.exists()), None)
        if folder is None:
            return False
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            return False
        return size <= self._limit_bytes // 2 and 4 * size <= free

    def tokens(self, name: str) -> tuple[int, ...]:
        """The tokens of a prompt that is kept, by a look at the beginning of its file; () where none is."""
        with contextlib.suppress(OSError), self._path(name).open("rb") as stream:
            head = stream.read(len(_MAGIC) + _HEAD.size)
            found = _counts(head, os.fstat(stream.fileno()).st_size)
            if found is not None:
                return tuple(array("i", stream.read(4 * found[0])))
        return ()

    def read(self, name: str) -> Saved | None:
        """What is kept; None where nothing is. A file that is not whole is removed."""
        path = self._path(name)
        try:
            with path.open("rb") as stream:
                content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):  # unreadable, or empty
            self.remove(name)
            return None
        saved = _parse(content)
        if saved is None:
            content.close()
            self.remove(name)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return saved

    def write(self, name: str, tokens: Sequence[int], state: bytes | bytearray | memoryview) -> bool:
        """Keep a prompt under a name, in place of what was kept there; whether that worked."""
        if not self.fits(len(state)):
            return False
        numbers = array("i", tokens).tobytes()
        head = _MAGIC + _HEAD.pack(len(tokens), len(state), _hash(numbers, state))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix="new-")  # 0600
        except OSError:
            return False
        try:
            with os.fdopen(handle, "wb") as stream:
                for part in (head, numbers, state):
                    stream.write(part)
            Path(temporary).replace(self._path(name))
        except BaseException as error:
            Path(temporary).unlink(missing_ok=True)
            if isinstance(error, OSError):
                return False
            raise
        self._clean()
        return True

    def remove(self, name: str) -> None:
        """Give one up."""
        with contextlib.suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"

    def _clean(self) -> None:
        """Remove the least recently used until the rest is within the limits, and what a killed process
        left."""
        left = []
        for path in _files(self._folder):
            with contextlib.suppress(OSError):
                mark = path.stat()
                if path.suffix == _SUFFIX:
                    left.append((mark.st_mtime_ns, mark.st_size, path))
                elif time.time() - mark.st_mtime > _STALE_SECONDS:
                    path.unlink()
        left.sort(reverse=True)
        count, size = 0, 0
        for _, each, path in left:
            count, size = count + 1, size + each
            if count > self._limit_count or size > self._limit_bytes:
                with contextlib.suppress(OSError):
                    path.unlink()


def forget_all(folder: Path) -> int:
    """Remove every evaluated prompt of a folder; how many there were."""
    removed = 0
    for path in _files(folder):
        with contextlib.suppress(OSError):
            path.unlink()
            removed += path.suffix == _SUFFIX
    return removed


def _files(folder: Path) -> list[Path]:
    """What is ours in the folder."""
    with contextlib.suppress(OSError):
        return [path for path in folder.iterdir() if path.suffix == _SUFFIX or path.name.startswith("new-")]
    return []


def _counts(head: bytes, size: int) -> tuple[int, int, bytes] | None:
    """Tokens, bytes of the state and hash, when the file has the right beginning and length."""
    if len(head) < len(_MAGIC) + _HEAD.size or not head.startswith(_MAGIC):
        return None
    count, length, digest = _HEAD.unpack_from(head, len(_MAGIC))
    return (count, length, digest) if size == len(_MAGIC) + _HEAD.size + 4 * count + length else None


def _parse(content: mmap.mmap) -> Saved | None:
    begin = len(_MAGIC) + _HEAD.size
    found = _counts(content[:begin], len(content))
    if found is None:
        return None
    count, _, digest = found
    numbers = content[begin : begin + 4 * count]
    begin += 4 * count
    with memoryview(content) as whole, whole[begin:] as state:
        if _hash(numbers, state) != digest:
            return None
    return Saved(tuple(array("i", numbers)), content, begin)


def _hash(numbers: bytes, state: bytes | bytearray | memoryview) -> bytes:
    digest = hashlib.blake2b(numbers, digest_size=32)
    digest.update(state)
    return digest.digest()
