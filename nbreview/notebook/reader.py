"""Bytes to `Notebook`: the one way in.

Imports `model`, `mime` and the bottom floor; nbformat only for a v3 notebook, and only then (importing it
takes the better part of a second). The JSON is read as it stands: no id is invented, nothing is dropped,
unknown fields stay in `raw`. Shapes that are odd but harmless (a missing `outputs`, a byte order mark, NaN)
are taken; a wrong type that would make the diff or a check lie is refused with the cell and the field named.
"""

import errno
import json
import re
import stat
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from nbreview.errors import UserError
from nbreview.notebook import mime
from nbreview.notebook.model import Cell, CellType, Notebook, Output, OutputType

DEFAULT_MAX_BYTES = 128 * 2**20
"""Largest notebook that is read, in bytes. Parsed JSON takes several times its size in memory."""

_BOM = b"\xef\xbb\xbf"
_LFS = b"version https://git-lfs.github.com/spec/"
_CONFLICT = re.compile(rb"^(?:<<<<<<< |>>>>>>> |=======\r?$)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")

_UPGRADED = (
    "This notebook has the old format 3 and was upgraded for reading only; open it in Jupyter and save it, "
    "then it can be changed here."
)

_TYPES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def read_file(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Notebook:
    """The notebook in a file; `UserError` as `load_file` and `read_bytes` raise it."""
    return read_bytes(load_file(path, max_bytes=max_bytes), str(path), max_bytes=max_bytes)


def load_file(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> bytes:
    """The bytes of a file that can be read and is not too large.

    The size is asked for before reading; a pipe (`<(git show …)`) has none and is read up to the limit.

    Raises
    ------
    UserError
        The file is missing, a folder, not readable or larger than `max_bytes`.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError(f"{path} is a folder, not a notebook; name a .ipynb file inside it.")
        if status.st_size > max_bytes:
            raise _too_large(str(path), status.st_size, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise UserError(f"{path} does not exist; check the path.") from None
    except PermissionError:
        raise UserError(f"{path} may not be read by you; ask for permission to read it.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP):
            raise UserError(f"{path} is not a usable path ({reason}); check it.") from None
        raise UserError(f"{path} could not be read ({reason}); check the disk and try again.") from None
    except ValueError:  # a NUL in the name
        raise UserError(f"{str(path)!r} is not a usable path; check it.") from None
    if len(data) > max_bytes:
        raise _too_large(str(path), len(data), max_bytes)
    return data


def read_bytes(data: bytes, name: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Notebook:
    """The notebook in `data`.

    Parameters
    ----------
    data:
        A whole `.ipynb` file: UTF-8 JSON, nbformat 3 or 4.
    name:
        What messages call the file.
    max_bytes:
        More than this is refused.

    Raises
    ------
    UserError
        One sentence that says what is wrong with the file and what to do.
    """
    if len(data) > max_bytes:
        raise _too_large(name, len(data), max_bytes)
    value = _parse(data, name)
    if not isinstance(value, dict):
        raise UserError(f"{name} is JSON but not a notebook (it holds {_typed(value)}); name a .ipynb file.")
    version = _whole(value.get("nbformat"))
    if version is None:
        raise UserError(f"{name} is JSON but not a notebook (it has no nbformat number); name a .ipynb file.")
    if version == 3:
        return _build(_upgraded(data, name), name, value, _UPGRADED)
    if version != 4:
        what = "too old" if version < 3 else "newer than nbreview knows"
        raise UserError(
            f"{name} has notebook format {version}, which is {what}; save it as format 4 with Jupyter."
        )
    return _build(value, name, value, "")


def _too_large(name: str, size: int, max_bytes: int) -> UserError:
    megabytes = 2**20
    return UserError(
        f"{name} is larger than the limit of {max_bytes / megabytes:.0f} MB ({size / megabytes:.0f} MB); "
        "clear its outputs in Jupyter and save it, then open it again."
    )


# --- JSON ---------------------------------------------------------------------------------------------------


def _parse(data: bytes, name: str) -> Any:
    body = data.removeprefix(_BOM)
    if not body.strip():
        raise UserError(f"{name} is empty, not a notebook; restore it from git or save it again in Jupyter.")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        if body.startswith(_LFS):
            raise UserError(
                f"{name} is a git-lfs pointer, not the notebook itself; run `git lfs pull` and open it again."
            ) from None
        return _parse_slowly(body, name, error)


def _parse_slowly(body: bytes, name: str, fast_error: orjson.JSONDecodeError) -> Any:
    """What the strict parser refused: NaN and infinities are taken, all else is refused with its reason."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in body[:64]:
        raise UserError(
            f"{name} is UTF-16 text or a binary file, but notebooks are UTF-8; convert it "
            "(`iconv -t utf-8`) or name another file."
        ) from None
    conflict = _CONFLICT.search(body)
    if conflict:
        line = body.count(b"\n", 0, conflict.start()) + 1
        raise UserError(
            f"{name} holds git conflict markers (line {line}); merge it cell by cell with `nbreview merge` "
            "and its name, or take one side with `git checkout --ours` or `--theirs`, then open it again."
        ) from None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise _truncated(body.count(b"\n") + 1, name) from None
        line = body.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{name} is not UTF-8 text (line {line}), but notebooks are UTF-8; convert it "
            "(`iconv -t utf-8`) and open it again."
        ) from None
    try:
        # json accepts NaN and Infinity, which Python writes into real notebooks and JSON has no word for.
        value = json.loads(text)
    except json.JSONDecodeError as error:
        ended = "unexpected end of data" in str(fast_error) or error.pos >= len(text.rstrip())
        if ended and text.lstrip()[0] in "{[":
            raise _truncated(text.count("\n") + 1, name) from None
        reason = error.msg[:1].lower() + error.msg[1:]
        raise UserError(
            f"{name} is not JSON (line {error.lineno}, column {error.colno}: {reason}), so it is not a "
            "notebook; restore it from git or name another file."
        ) from None
    except RecursionError:
        raise UserError(f"{name} nests too deeply to be a notebook; restore it from git.") from None
    except ValueError:  # Python's limit on the digits of an integer
        raise UserError(
            f"{name} holds a number of thousands of digits; remove it and open the file again."
        ) from None
    where = _surrogate_place(value)
    if where is not None:
        raise UserError(
            f"{name} holds half of a surrogate pair{where}, which is no character; delete it there with an "
            "editor and save the file."
        )
    return value


def _truncated(line: int, name: str) -> UserError:
    return UserError(
        f"{name} is truncated (it breaks off in line {line}); restore it from git or save it again in "
        "Jupyter."
    )


def _surrogate_place(value: Any) -> str | None:
    """Where a lone surrogate stands (" in cell 3", or "" elsewhere); None when there is none."""
    if not _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        return None
    cells = value.get("cells") if isinstance(value, dict) else None
    for index, cell in enumerate(cells if isinstance(cells, list) else ()):
        if _SURROGATE.search(json.dumps(cell, ensure_ascii=False)):
            return f" in cell {index + 1}"
    return ""


# --- nbformat 3 ---------------------------------------------------------------------------------------------


def _upgraded(data: bytes, name: str) -> dict[str, Any]:
    """A v3 notebook as nbformat upgrades it, without the random ids that it adds."""
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = nbformat.convert(nbformat.reader.reads(data.removeprefix(_BOM).decode("utf-8")), 4)
        upgraded = json.loads(json.dumps(node))
    # Whatever nbformat trips over here is the file's shape: it converts before it validates.
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(
            f"{name} is a damaged notebook of format 3 ({reason}); restore it from git or save it again in "
            "Jupyter."
        ) from None
    for cell in upgraded.get("cells", ()):
        cell.pop("id", None)
    if not isinstance(upgraded.get("metadata"), dict):
        upgraded["metadata"] = {}
    return dict(upgraded)


# --- Notebook -----------------------------------------------------------------------------------------------


def _build(value: Mapping[str, Any], name: str, raw: Mapping[str, Any], read_only: str) -> Notebook:
    cells = value.get("cells")
    if not isinstance(cells, list):
        found = (
            "has no cells"
            if "cells" not in value
            else f"has {_typed(cells)} where its cells should be a list"
        )
        raise UserError(f"{name} {found}; restore it from git or save it again in Jupyter.")
    metadata = _object(value, "metadata", name, "its notebook")
    minor = _whole(value.get("nbformat_minor"))
    return Notebook(
        cells=tuple(_cell(cell, index, name) for index, cell in enumerate(cells)),
        metadata=metadata,
        nbformat=4,
        nbformat_minor=0 if minor is None else minor,
        language=_language(metadata),
        read_only=read_only,
        raw=raw,
    )


def _language(metadata: Mapping[str, Any]) -> str:
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        held = metadata.get(section)
        if isinstance(held, dict) and isinstance(held.get(key), str) and held[key]:
            return str(held[key])
    return "python"


def _cell(value: Any, index: int, name: str) -> Cell:
    place = f"cell {index + 1}"
    if not isinstance(value, dict):
        raise _wrong(name, place, "should be an object", value)
    kind: Any = value.get("cell_type")
    try:
        cell_type = CellType(kind)
    except ValueError:
        raise _wrong(name, place, "has a cell_type that is not code, markdown or raw", kind) from None
    identity = value.get("id")
    if identity is not None and not isinstance(identity, str):
        raise _wrong(name, place, "has an id that should be a text", identity)
    outputs: tuple[Output, ...] = ()
    count = None
    if cell_type is CellType.CODE:
        held = value.get("outputs")
        if held is not None and not isinstance(held, list):
            raise _wrong(name, place, "has outputs that should be a list", held)
        outputs = tuple(
            _output(output, f"{place}, output {position + 1}", name)
            for position, output in enumerate(held or ())
        )
        count = _whole(value.get("execution_count"))
    return Cell(
        index=index,
        id=identity or None,
        cell_type=cell_type,
        source=_text(value.get("source"), "source", name, place),
        outputs=outputs,
        execution_count=count,
        metadata=_object(value, "metadata", name, place),
        attachments=_object(value, "attachments", name, place),
        raw=value,
    )


def _output(value: Any, place: str, name: str) -> Output:
    if not isinstance(value, dict):
        raise _wrong(name, place, "should be an object", value)
    kind: Any = value.get("output_type")
    try:
        output_type = OutputType(kind)
    except ValueError:
        raise _wrong(name, place, "has an output_type that nbformat 4 does not know", kind) from None
    data: dict[str, Any] = {}
    stream_name = ename = evalue = ""
    traceback: tuple[str, ...] = ()
    if output_type is OutputType.STREAM:
        data = {mime.TEXT_PLAIN: _text(value.get("text"), "text", name, place)}
        stream_name = str(value.get("name") or "stdout")
    elif output_type is OutputType.ERROR:
        ename, evalue = (_scalar(value.get(key)) for key in ("ename", "evalue"))
        held = value.get("traceback")
        if isinstance(held, str):
            held = held.split("\n")
        if held is not None and not isinstance(held, list):
            raise _wrong(name, place, "has a traceback that should be a list of lines", held)
        traceback = tuple(_scalar(line) for line in held or ())
    else:
        data = mime.joined(_object(value, "data", name, place))
    return Output(
        output_type=output_type,
        data=data,
        metadata=_object(value, "metadata", name, place),
        name=stream_name,
        ename=ename,
        evalue=evalue,
        traceback=traceback,
        execution_count=_whole(value.get("execution_count")),
        raw=value,
    )


def _text(value: Any, key: str, name: str, place: str) -> str:
    """A text that nbformat may store as a list of lines; missing is empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        for part in value:
            if not isinstance(part, str):
                raise _wrong(name, place, f"has a {key} whose lines should be texts", part)
        return "".join(value)
    raise _wrong(name, place, f"has a {key} that should be a text or a list of lines", value)


def _object(value: Mapping[str, Any], key: str, name: str, place: str) -> Mapping[str, Any]:
    held = value.get(key)
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise _wrong(name, place, f"has {key} that should be an object", held)
    return held


def _scalar(value: Any) -> str:
    """What a kernel put where a text belongs: some write numbers or null as the value of an error."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def _whole(value: Any) -> int | None:
    """A whole number, also when some tool wrote it as 4.0; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, float) and value.is_integer() else None


def _typed(value: Any) -> str:
    return _TYPES.get(type(value), "a number")


def _wrong(name: str, place: str, what: str, value: Any) -> UserError:
    shown = f"{value!r:.40}" if isinstance(value, str) else _typed(value)
    return UserError(
        f"{name}: {place} {what} (found {shown}); restore it from git or save it again in Jupyter."
    )
