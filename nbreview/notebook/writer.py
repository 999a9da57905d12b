"""Write one cell's source back into a notebook's bytes, and bytes into a file: nothing else changes.

Imports `splicing`, `jsontext` and the bottom floor. A notebook is never serialised again: the JSON text is
walked to the one value that changes, and that value is replaced in the shape and layout it had. So indent,
key order, line endings, byte order mark, numbers of any size and unknown fields survive byte for byte.
"""

import contextlib
import json
import os
import secrets
import stat
from pathlib import Path

from nbreview.errors import UserError
from nbreview.notebook.jsontext import Element, members, root
from nbreview.notebook.splicing import Splicer, shaped_like
from nbreview.words import said


def replace_source(data: bytes, cell_index: int, source: str, name: str) -> bytes:
    """The notebook's bytes with one cell's source replaced and everything else as it was.

    A source stored as a list of lines stays one, with the separators that it had; a text stays a text.
    Characters beyond ASCII are escaped if the file escapes them.

    Parameters
    ----------
    data:
        A notebook of nbformat 4 that `reader.read_bytes` takes.
    cell_index:
        Position of the cell, from 0.
    source:
        The new source, whole.
    name:
        What messages call the file.

    Raises
    ------
    UserError
        The bytes hold no such cell or no source in it, or the new source cannot be written as UTF-8.
    """
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        raise UserError(
            said(
                "{name} was not changed: the new source of cell {cell} holds half of a surrogate pair; "
                "delete that character.",
                name=name,
                cell=cell_index + 1,
            )
        ) from None
    try:
        text = data.decode("utf-8")
        place = _find_source(text, cell_index, name)
        held = json.loads(text[place.value : place.end], strict=False)
        if isinstance(held, list) and not all(isinstance(line, str) for line in held):
            raise UserError(
                said(
                    "{name}: the source of cell {cell} is damaged; restore it from git.",
                    name=name,
                    cell=cell_index + 1,
                )
            )
        if source == ("".join(held) if isinstance(held, list) else held):
            return data
        value = Splicer(text).spliced(place.value, place.end, held, shaped_like(held, source))
    except (ValueError, RecursionError, IndexError):
        raise UserError(
            said("{name} is not a notebook that can be changed; open it again to see why.", name=name)
        ) from None
    return (text[: place.value] + value + text[place.end :]).encode("utf-8")


def _find_source(text: str, cell_index: int, name: str) -> Element:
    top, cells = members(text, root(text), "cells")
    held = next((member for member in reversed(top) if member.key == "cells"), None)
    if held is None or text[held.value] != "[":
        raise UserError(
            said(
                "{name} holds no list of cells that can be changed; save it as format 4 with Jupyter.",
                name=name,
            )
        )
    if not 0 <= cell_index < len(cells):
        raise UserError(said("{name} has no cell {cell}; open it again.", name=name, cell=cell_index + 1))
    found, _ = members(text, cells[cell_index].start)
    source = next((member for member in reversed(found) if member.key == "source"), None)
    if source is None or text[source.value] not in '["':
        raise UserError(
            said(
                "{name}: cell {cell} has no source to change; save the file again in Jupyter.",
                name=name,
                cell=cell_index + 1,
            )
        )
    return source


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file's content in one step: a reader sees the old bytes or the new ones, never a part.

    The bytes go to a new file in the same folder, are flushed to the disk and renamed over `path`. A symbolic
    link is followed and stays; mode and, where allowed, owner are kept. After a failure the old file stands
    and nothing else.

    Raises
    ------
    UserError
        The folder or the file may not be written, or the disk is full.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        try:
            before: os.stat_result | None = target.stat()
        except FileNotFoundError:
            before = None
        if before is not None:
            if not stat.S_ISREG(before.st_mode):
                raise UserError(
                    said("{path} is no ordinary file and was not written; choose another file.", path=path)
                )
            if not os.access(target, os.W_OK):
                raise UserError(
                    said("{path} is read-only and was not written; make it writable and retry.", path=path)
                )
        # Created with the ordinary mode, so that the umask decides for a new file.
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if before is not None:
            _keep_owner(temporary, before)
        temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            said(
                "{path} was not written ({reason}) and is as it was; check the folder's rights and the "
                "space on the disk.",
                path=path,
                reason=reason,
            )
        ) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _flush_folder(target.parent)


def _keep_owner(temporary: Path, before: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; not every system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
