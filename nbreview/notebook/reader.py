"""Bytes to `Notebook`: the one way in.

Imports `decoding`, `model`, `mime` and the bottom floor; nbformat only for a v3 notebook, and only then
(importing it takes the better part of a second). The JSON is read as it stands: no id is invented, nothing is
dropped, unknown fields stay in `raw`. Shapes that are odd but harmless (a missing `outputs`, a byte order
mark, NaN) are taken; a wrong type that would make the diff or a check lie is refused with the cell and the
field named.
"""

import errno
import json
import stat
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.notebook import mime
from nbreview.notebook.decoding import BOM, parse
from nbreview.notebook.model import Cell, CellType, Notebook, Output, OutputType
from nbreview.words import Said, said

DEFAULT_MAX_BYTES = 128 * 2**20
"""Largest notebook that is read, in bytes. Parsed JSON takes several times its size in memory."""

_UPGRADED = said(
    "This notebook has the old format 3 and was upgraded for reading only; open it in Jupyter and save it, "
    "then it can be changed here."
)

_TYPES = {
    dict: said("an object"),
    list: said("a list"),
    str: said("a text"),
    bool: said("true or false"),
    type(None): said("null"),
}

_Place = tuple[int, ...]
"""Where something is wrong: () in the notebook, then the indices of cell and output. Its words are made when
they are needed, as every cell has one.
"""


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
            raise UserError(
                said("{path} is a folder, not a notebook; name a .ipynb file inside it.", path=path)
            )
        if status.st_size > max_bytes:
            raise _too_large(str(path), status.st_size, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise UserError(said("{path} does not exist; check the path.", path=path)) from None
    except PermissionError:
        raise UserError(
            said("{path} may not be read by you; ask for permission to read it.", path=path)
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP):
            raise UserError(
                said("{path} is not a usable path ({reason}); check it.", path=path, reason=reason)
            ) from None
        raise UserError(
            said(
                "{path} could not be read ({reason}); check the disk and try again.", path=path, reason=reason
            )
        ) from None
    except ValueError:  # a NUL in the name
        raise UserError(said("{path} is not a usable path; check it.", path=repr(str(path)))) from None
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
    value = parse(data, name)
    if not isinstance(value, dict):
        raise UserError(
            said(
                "{name} is JSON but not a notebook (it holds {what}); name a .ipynb file.",
                name=name,
                what=_typed(value),
            )
        )
    version = _whole(value.get("nbformat"))
    if version is None:
        raise UserError(
            said(
                "{name} is JSON but not a notebook (it has no nbformat number); name a .ipynb file.",
                name=name,
            )
        )
    if version == 3:
        return _build(_upgraded(data, name), name, value, _UPGRADED)
    if version < 3:
        raise UserError(
            said(
                "{name} has notebook format {version}, which is too old; save it as format 4 with Jupyter.",
                name=name,
                version=version,
            )
        )
    if version != 4:
        raise UserError(
            said(
                "{name} has notebook format {version}, which is newer than nbreview knows; save it as "
                "format 4 with Jupyter.",
                name=name,
                version=version,
            )
        )
    return _build(value, name, value, "")


def _too_large(name: str, size: int, max_bytes: int) -> UserError:
    megabytes = 2**20
    return UserError(
        said(
            "{name} is larger than the limit of {limit} MB ({size} MB); clear its outputs in Jupyter and "
            "save it, then open it again.",
            name=name,
            limit=f"{max_bytes / megabytes:.0f}",
            size=f"{size / megabytes:.0f}",
        )
    )


# --- nbformat 3 ---------------------------------------------------------------------------------------------


def _upgraded(data: bytes, name: str) -> dict[str, Any]:
    """A v3 notebook as nbformat upgrades it, without the random ids that it adds."""
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = nbformat.convert(nbformat.reader.reads(data.removeprefix(BOM).decode("utf-8")), 4)
        upgraded = json.loads(json.dumps(node))
    # Whatever nbformat trips over here is the file's shape: it converts before it validates.
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(
            said(
                "{name} is a damaged notebook of format 3 ({reason}); restore it from git or save it again "
                "in Jupyter.",
                name=name,
                reason=reason,
            )
        ) from None
    for cell in upgraded.get("cells", ()):
        cell.pop("id", None)
    if not isinstance(upgraded.get("metadata"), dict):
        upgraded["metadata"] = {}
    return dict(upgraded)


# --- Notebook -----------------------------------------------------------------------------------------------


def _build(value: Mapping[str, Any], name: str, raw: Mapping[str, Any], read_only: str) -> Notebook:
    if "cells" not in value:
        raise UserError(
            said("{name} has no cells; restore it from git or save it again in Jupyter.", name=name)
        )
    cells = value["cells"]
    if not isinstance(cells, list):
        raise UserError(
            said(
                "{name} has {what} where its cells should be a list; restore it from git or save it again in "
                "Jupyter.",
                name=name,
                what=_typed(cells),
            )
        )
    metadata = _object(value, "metadata", name, ())
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
    place = (index,)
    if not isinstance(value, dict):
        raise _wrong(name, place, said("should be an object"), value)
    kind: Any = value.get("cell_type")
    try:
        cell_type = CellType(kind)
    except ValueError:
        raise _wrong(name, place, said("has a cell_type that is not code, markdown or raw"), kind) from None
    identity = value.get("id")
    if identity is not None and not isinstance(identity, str):
        raise _wrong(name, place, said("has an id that should be a text"), identity)
    outputs: tuple[Output, ...] = ()
    count = None
    if cell_type is CellType.CODE:
        held = value.get("outputs")
        if held is not None and not isinstance(held, list):
            raise _wrong(name, place, said("has outputs that should be a list"), held)
        outputs = tuple(
            _output(output, (index, position), name) for position, output in enumerate(held or ())
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


def _output(value: Any, place: _Place, name: str) -> Output:
    if not isinstance(value, dict):
        raise _wrong(name, place, said("should be an object"), value)
    kind: Any = value.get("output_type")
    try:
        output_type = OutputType(kind)
    except ValueError:
        raise _wrong(name, place, said("has an output_type that nbformat 4 does not know"), kind) from None
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
            raise _wrong(name, place, said("has a traceback that should be a list of lines"), held)
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


def _text(value: Any, key: str, name: str, place: _Place) -> str:
    """A text that nbformat may store as a list of lines; missing is empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        for part in value:
            if not isinstance(part, str):
                raise _wrong(name, place, said("has a {key} whose lines should be texts", key=key), part)
        return "".join(value)
    raise _wrong(name, place, said("has a {key} that should be a text or a list of lines", key=key), value)


def _object(value: Mapping[str, Any], key: str, name: str, place: _Place) -> Mapping[str, Any]:
    held = value.get(key)
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise _wrong(name, place, said("has {key} that should be an object", key=key), held)
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


def _typed(value: Any) -> Said:
    return _TYPES.get(type(value)) or said("a number")


def _wrong(name: str, place: _Place, what: Said, value: Any) -> UserError:
    return UserError(
        said(
            "{name}: {place} {what} (found {value}); restore it from git or save it again in Jupyter.",
            name=name,
            place=_placed(place),
            what=what,
            value=f"{value!r:.40}" if isinstance(value, str) else _typed(value),
        )
    )


def _placed(place: _Place) -> Said:
    match [index + 1 for index in place]:
        case [cell, output]:
            return said("cell {cell}, output {output}", cell=cell, output=output)
        case [cell]:
            return said("cell {cell}", cell=cell)
    return said("its notebook")
