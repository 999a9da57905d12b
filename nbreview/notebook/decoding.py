"""A notebook's bytes to a JSON value, and why some bytes are none.

Imports the bottom floor only. A byte order mark, NaN and infinities are taken.
"""

import json
import re
from typing import Any

import orjson

from nbreview.errors import UserError
from nbreview.words import said

BOM = b"\xef\xbb\xbf"
_LFS = b"version https://git-lfs.github.com/spec/"
_CONFLICT = re.compile(rb"^(?:<<<<<<< |>>>>>>> |=======\r?$)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(data: bytes, name: str) -> Any:
    """The JSON value in a notebook's bytes.

    Raises
    ------
    UserError
        It is no JSON; the sentence names the reason and the line.
    """
    body = data.removeprefix(BOM)
    if not body.strip():
        raise UserError(
            said(
                "{name} is empty, not a notebook; restore it from git or save it again in Jupyter.", name=name
            )
        )
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        if body.startswith(_LFS):
            raise UserError(
                said(
                    "{name} is a git-lfs pointer, not the notebook itself; run `git lfs pull` and open it "
                    "again.",
                    name=name,
                )
            ) from None
        return _parse_slowly(body, name, error)


def _parse_slowly(body: bytes, name: str, fast_error: orjson.JSONDecodeError) -> Any:
    """What the strict parser refused: NaN and infinities are taken, all else is refused with its reason."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in body[:64]:
        raise UserError(
            said(
                "{name} is UTF-16 text or a binary file, but notebooks are UTF-8; convert it "
                "(`iconv -t utf-8`) or name another file.",
                name=name,
            )
        ) from None
    conflict = _CONFLICT.search(body)
    if conflict:
        line = body.count(b"\n", 0, conflict.start()) + 1
        raise UserError(
            said(
                "{name} holds git conflict markers (line {line}); merge it cell by cell with `nbreview "
                "merge` and its name, or take one side with `git checkout --ours` or `--theirs`, then open "
                "it again.",
                name=name,
                line=line,
            )
        ) from None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise _truncated(body.count(b"\n") + 1, name) from None
        line = body.count(b"\n", 0, error.start) + 1
        raise UserError(
            said(
                "{name} is not UTF-8 text (line {line}), but notebooks are UTF-8; convert it "
                "(`iconv -t utf-8`) and open it again.",
                name=name,
                line=line,
            )
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
            said(
                "{name} is not JSON (line {line}, column {column}: {reason}), so it is not a "
                "notebook; restore it from git or name another file.",
                name=name,
                line=error.lineno,
                column=error.colno,
                reason=reason,
            )
        ) from None
    except RecursionError:
        raise UserError(
            said("{name} nests too deeply to be a notebook; restore it from git.", name=name)
        ) from None
    except ValueError:  # Python's limit on the digits of an integer
        raise UserError(
            said(
                "{name} holds a number of thousands of digits; remove it and open the file again.", name=name
            )
        ) from None
    cell = _surrogate_cell(value)
    if cell:
        raise UserError(
            said(
                "{name} holds half of a surrogate pair in cell {cell}, which is no character; delete it "
                "there with an editor and save the file.",
                name=name,
                cell=cell,
            )
        )
    if cell is not None:
        raise UserError(
            said(
                "{name} holds half of a surrogate pair, which is no character; delete it there with an "
                "editor and save the file.",
                name=name,
            )
        )
    return value


def _truncated(line: int, name: str) -> UserError:
    return UserError(
        said(
            "{name} is truncated (it breaks off in line {line}); restore it from git or save it again in "
            "Jupyter.",
            name=name,
            line=line,
        )
    )


def _surrogate_cell(value: Any) -> int | None:
    """The number of the first cell with a lone surrogate, 0 where it stands elsewhere; None for none."""
    if not _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        return None
    cells = value.get("cells") if isinstance(value, dict) else None
    for index, cell in enumerate(cells if isinstance(cells, list) else ()):
        if _SURROGATE.search(json.dumps(cell, ensure_ascii=False)):
            return index + 1
    return 0
