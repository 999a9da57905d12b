"""Write one cell's source back into a notebook's bytes, and bytes into a file: nothing else changes.

Imports only the bottom floor. A notebook is never serialised again: the JSON text is walked to the one value
that changes, and that value is replaced in the shape and layout it had. So indent, key order, line endings,
byte order mark, numbers of any size and unknown fields survive byte for byte.
"""

import contextlib
import json
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbreview.errors import UserError

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u(?!00[0-7])([0-9a-fA-F]{4})|.)", re.DOTALL)
# Numbers stay texts: they are only skipped, and Python refuses integers of more than 4,300 digits.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a value of an object stands: `before` is the white space in front of its key."""

    start: int
    end: int
    before: str


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
            f"{name} was not changed: the new source of cell {cell_index + 1} holds half of a surrogate "
            "pair; delete that character."
        ) from None
    try:
        text = data.decode("utf-8")
        place = _find_source(text, cell_index, name)
        held = json.loads(text[place.value.start : place.value.end], strict=False)
    except (ValueError, RecursionError, IndexError):
        raise UserError(f"{name} is not a notebook that can be changed; open it again to see why.") from None
    if isinstance(held, list) and not all(isinstance(line, str) for line in held):
        raise UserError(f"{name}: the source of cell {cell_index + 1} is damaged; restore it from git.")
    if source == ("".join(held) if isinstance(held, list) else held):
        return data
    escape = _escapes(text, place.value)
    if isinstance(held, list):
        value = _list_text(text, place, held, source, escape)
    else:
        value = json.dumps(source, ensure_ascii=escape)
    return (text[: place.value.start] + value + text[place.value.end :]).encode("utf-8")


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
                raise UserError(f"{path} is no ordinary file and was not written; choose another file.")
            if not os.access(target, os.W_OK):
                raise UserError(f"{path} is read-only and was not written; make it writable and retry.")
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
            f"{path} was not written ({reason}) and is as it was; check the folder's rights and the "
            "space on the disk."
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


# --- finding the value --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the source stands and how its cell is laid out.

    `cell_indent` is the white space in front of the cell, `key_gap` that in front of its keys.
    """

    value: _Member
    cell_indent: str
    key_gap: str


def _find_source(text: str, cell_index: int, name: str) -> _Place:
    start = _skip(text, 1 if text.startswith("\ufeff") else 0)
    cells: list[int] = []
    top = _members(text, start, cells)
    if "cells" not in top or text[top["cells"].start] != "[":
        raise UserError(
            f"{name} holds no list of cells that can be changed; save it as format 4 with Jupyter."
        )
    if not 0 <= cell_index < len(cells):
        raise UserError(f"{name} has no cell {cell_index + 1}; open it again.")
    position = cells[cell_index]
    members = _members(text, position)
    source = members.get("source")
    if source is None or text[source.start] not in '["':
        raise UserError(
            f"{name}: cell {cell_index + 1} has no source to change; save the file again in Jupyter."
        )
    line_start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    indent = text[line_start:position]
    return _Place(
        value=source,
        cell_indent=indent if not indent.strip() else "",
        key_gap=max((member.before for member in members.values()), key=len),
    )


def _members(text: str, position: int, cells: list[int] | None = None) -> dict[str, _Member]:
    """The members of the object at `position`; of a repeated key the last one counts, as for JSON readers.

    `cells`, if given, is filled with where the elements of the member `cells` begin, in the same pass.
    """
    if text[position] != "{":
        raise json.JSONDecodeError("not an object", text, position)
    found: dict[str, _Member] = {}
    gap = position + 1
    position = _skip(text, gap)
    while text[position] != "}":
        before = text[gap:position]
        if text[position] != '"':
            raise json.JSONDecodeError("not a key", text, position)
        key, position = _DECODER.raw_decode(text, position)
        position = _skip(text, position)
        if text[position] != ":":
            raise json.JSONDecodeError("no colon", text, position)
        start = _skip(text, position + 1)
        if cells is not None and key == "cells" and text[start] == "[":
            cells.clear()
            end = _elements(text, start, cells)
        else:
            end = _DECODER.raw_decode(text, start)[1]
        found[key] = _Member(start, end, before)
        position = _skip(text, end)
        if text[position] == ",":
            gap = position + 1
            position = _skip(text, gap)
    return found


def _elements(text: str, position: int, starts: list[int]) -> int:
    """Add where each element of the array at `position` begins; the result is where the array ends."""
    position = _skip(text, position + 1)
    while text[position] != "]":
        starts.append(position)
        position = _skip(text, _DECODER.raw_decode(text, position)[1])
        if text[position] == ",":
            position = _skip(text, position + 1)
    return position + 1


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


# --- writing the value --------------------------------------------------------------------------------------


def _escapes(text: str, value: _Member) -> bool:
    """Whether the file escapes characters beyond ASCII; the old value knows best, then the whole file."""
    for part in (text[value.start : value.end], text):
        if not part.removeprefix("\ufeff").isascii():
            return False
        # Escapes are walked one by one: in `\\u00e9` the backslash is escaped, not the letter.
        if "\\u" in part and any(match[1] for match in _ESCAPE.finditer(part)):
            return True
    return False


def _list_text(text: str, place: _Place, held: list[Any], source: str, escape: bool) -> str:
    """The source as a JSON list of lines, laid out as the old list was."""
    lines = _split_like(held, source)
    if not lines:
        return "[]"
    opening, separator, closing = _layout(text, place)
    written = (json.dumps(line, ensure_ascii=escape) for line in lines)
    return f"[{opening}{separator.join(written)}{closing}]"


def _split_like(held: list[Any], source: str) -> list[str]:
    """The lines of the source, split as the old ones were.

    nbformat splits at every Unicode line boundary, JavaScript writers only at newlines.
    """
    old = "".join(held)
    if held != old.splitlines(keepends=True) and held == _newlines(old):
        return _newlines(source)
    return source.splitlines(keepends=True)


def _newlines(text: str) -> list[str]:
    lines = text.split("\n")
    kept = [line + "\n" for line in lines[:-1]]
    return [*kept, lines[-1]] if lines[-1] else kept


def _layout(text: str, place: _Place) -> tuple[str, str, str]:
    """White space after "[", the separator of two lines, white space before "]"."""
    value = place.value
    first = _skip(text, value.start + 1)
    if text[first] != "]":
        opening = text[value.start + 1 : first]
        end = _DECODER.raw_decode(text, first)[1]
        comma = _skip(text, end)
        if text[comma] == ",":
            separator = text[end : _skip(text, comma + 1)]
            last = len(text[value.start : value.end - 1].rstrip(" \t\n\r"))
            return opening, separator, text[value.start + last : value.end - 1]
        separator = "," + (opening if _breaks(opening) else place.key_gap)
        return opening, separator, text[end : value.end - 1]
    # An empty list shows no layout: it follows from how the cell's own members are indented.
    before = place.key_gap
    if not _breaks(before):
        return "", "," + before, ""
    key_indent = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    unit = key_indent[len(place.cell_indent) :] or " "
    return before + unit, "," + before + unit, before


def _breaks(space: str) -> bool:
    return "\n" in space or "\r" in space
