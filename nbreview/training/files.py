"""Where a data set is written, and how: aside first, then renamed, so that no half of one is ever seen.

Imports only the bottom floor.
"""

import contextlib
import os
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from nbreview.errors import UserError
from nbreview.words import said

_MANIFEST_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


def targets(out: Path, name: str, forbidden: Path | None = None, suffix: str = ".jsonl") -> tuple[Path, Path]:
    """The file of the rows and the file of the manifest that `out` means.

    Parameters
    ----------
    out:
        A file (`x.jsonl` gets `x.manifest.json`), or a folder that exists (it gets `<name>.jsonl` and
        `manifest.json`).
    forbidden:
        A file that is not written over: the store that the rows come from.
    suffix:
        Suffix of the file in a folder.

    Raises
    ------
    UserError
        Nothing can be written there.
    """
    if out.is_dir():
        return out / f"{name}{suffix}", out / "manifest.json"
    if out.exists() and not out.is_file():
        raise UserError(
            said(
                "{path} is neither a file nor a folder; name a file such as {name}{suffix}.",
                path=out,
                name=name,
                suffix=suffix,
            )
        )
    if not out.parent.is_dir():
        raise UserError(
            said(
                "There is no folder {folder}; make it first, or name a file in another one.",
                folder=out.parent,
            )
        )
    itself = forbidden is not None and out.exists() and out.samefile(forbidden)
    if out.suffix == ".ipynb" or itself:
        kind = said("a notebook") if out.suffix == ".ipynb" else said("the store itself")
        raise UserError(
            said(
                "{path} is {kind} and is not written over; name a file such as {name}{suffix}.",
                path=out,
                kind=kind,
                name=name,
                suffix=suffix,
            )
        )
    stem = out.stem if out.suffix in (".jsonl", ".json", ".ndjson", ".parquet") else out.name
    return out, out.with_name(f"{stem}.manifest.json")


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as its file holds it."""
    return orjson.dumps(manifest, option=_MANIFEST_OPTIONS)


@contextlib.contextmanager
def aside(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside the target; it is removed unless it has been renamed."""
    path = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with path.open("xb") as stream:
            yield stream, path
    finally:
        path.unlink(missing_ok=True)


def put(stream: BinaryIO, path: Path, target: Path) -> None:
    """Bring what was written aside to the disk and give it the target's name."""
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()  # Windows renames no open file
    path.replace(target)
