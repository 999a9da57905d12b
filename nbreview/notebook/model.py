"""What a notebook is once it has been read: frozen values, nothing that knows of files, git or a window.

Imports only the floor below. Everything keeps the parsed JSON it came from in `raw`, so that unknown fields
survive and nothing is converted until somebody looks. Nobody may change what `raw` holds.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class CellType(StrEnum):
    """The three cell types of nbformat 4."""

    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


class OutputType(StrEnum):
    """The four output types of nbformat 4."""

    STREAM = "stream"
    DISPLAY_DATA = "display_data"
    EXECUTE_RESULT = "execute_result"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a code cell.

    `data` maps MIME types to values with multi-line texts joined (`{"text/plain": "…", "image/png":
    "<base64>"}`); for a stream it is `{"text/plain": text}`, for an error `{}`. `name` is the stream's name;
    `ename`, `evalue` and `traceback` (lines, ANSI kept) belong to errors.
    """

    output_type: OutputType
    data: Mapping[str, Any]
    metadata: Mapping[str, Any]
    name: str
    ename: str
    evalue: str
    traceback: tuple[str, ...]
    execution_count: int | None
    raw: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `id` is None where the file has none (before nbformat 4.5); none is ever invented."""

    index: int
    id: str | None
    cell_type: CellType
    source: str
    outputs: tuple[Output, ...]
    execution_count: int | None
    metadata: Mapping[str, Any]
    attachments: Mapping[str, Any]
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the source, hexadecimal: what a suggestion is tied to."""
        return source_digest(self.source)

    @property
    def tags(self) -> tuple[str, ...]:
        """The cell's tags, in file order."""
        tags = self.metadata.get("tags")
        return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


@dataclass(frozen=True, slots=True)
class Notebook:
    """A whole notebook.

    `language` is the kernel's language ("python" when the file does not say). `read_only` holds the sentence
    that says why nbreview will not write this file (an upgraded v3 notebook, say), or "".
    """

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]
    nbformat: int
    nbformat_minor: int
    language: str
    read_only: str
    raw: Mapping[str, Any] = field(repr=False)


EMPTY = Notebook((), {}, 4, 5, "python", "", {})
"""The notebook with nothing in it: the base of a file that has just been added."""


def source_digest(source: str) -> str:
    """SHA-256 of a source text, hexadecimal."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
