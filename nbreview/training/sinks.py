"""Where rows go: lines of JSON, or a Parquet table; both counted and hashed on their way to the disk.

Parquet needs pyarrow (the extra `parquet`). Imports `formats` and `files` and below.
"""

import hashlib
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import orjson

from nbreview.errors import UserError
from nbreview.training.formats import Format, Row
from nbreview.training.manifest import FileFigures
from nbreview.words import said

_BATCH = 512
"""Rows in a group of a Parquet file."""


class Hashed:
    """A stream that is written to, with its size and SHA-256."""

    def __init__(self, stream: BinaryIO) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self.closed = False
        self._stream = stream

    def write(self, data: Any) -> int:
        """Write bytes and count them."""
        taken = bytes(data)
        self._stream.write(taken)
        self.digest.update(taken)
        self.size += len(taken)
        return len(taken)

    def flush(self) -> None:
        """Nothing is kept back here."""

    def close(self) -> None:
        """The stream below is closed by who opened it."""
        self.closed = True


class Sink(Protocol):
    """Takes rows. `close` writes what is still kept back."""

    rows: int
    out: Hashed

    def put(self, row: Row, line: bytes) -> None: ...

    def close(self) -> None: ...

    def figures(self, name: str) -> FileFigures: ...


def _figures(name: str, sink: Sink) -> FileFigures:
    return FileFigures(name, sink.out.digest.hexdigest(), sink.out.size, sink.rows)


class LineSink:
    """JSON Lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self.rows = 0
        self.out = Hashed(stream)

    def put(self, row: Row, line: bytes) -> None:
        """Write a row, given as the line that it is."""
        self.out.write(line)
        self.rows += 1

    def close(self) -> None:
        """Every line has been written."""

    def figures(self, name: str) -> FileFigures:
        """What has been written, under the file's name."""
        return _figures(name, self)


class ParquetSink:
    """A Parquet file, written in groups of rows so that memory does not grow with it."""

    def __init__(self, stream: BinaryIO) -> None:
        pyarrow, parquet = load_parquet()
        self.rows = 0
        self.out = Hashed(stream)
        self._arrow = pyarrow
        self._schema = table_schema(pyarrow)
        self._writer = parquet.ParquetWriter(self.out, self._schema, compression="zstd")
        self._kept: list[Row] = []

    def put(self, row: Row, line: bytes) -> None:
        """Add a row."""
        self._kept.append(row)
        self.rows += 1
        if len(self._kept) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write the last group and the footer."""
        if self._kept:
            self._write()
        self._writer.close()

    def figures(self, name: str) -> FileFigures:
        """What has been written, under the file's name."""
        return _figures(name, self)

    def _write(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._kept, schema=self._schema))
        self._kept.clear()


def open_sink(format: Format, stream: BinaryIO) -> Sink:
    """The sink that a format is written through. Raises UserError where pyarrow is missing."""
    return ParquetSink(stream) if format.suffix == ".parquet" else LineSink(stream)


def file_figures(path: Path, rows: int) -> FileFigures:
    """The figures of a file as it is on the disk; `rows` is taken on trust. Raises OSError."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileFigures(path.name, digest, path.stat().st_size, rows)


def load_parquet() -> tuple[Any, Any]:
    """pyarrow and its Parquet module. Raises UserError where they are not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UserError(
            said(
                "Parquet needs pyarrow, which is not installed; install it with: "
                "pip install 'nbreview[parquet]'."
            )
        ) from error
    return pyarrow, pyarrow.parquet


_INTEGERS = frozenset({"cell_index"})
_NUMBERS = frozenset({"time"})
_METADATA = (
    "suggestion",
    "decision",
    "kind",
    "maker",
    "model",
    "model_sha256",
    "template",
    "evidence",
    "notebook",
    "repository",
    "remote",
    "commit",
    "path",
    "cell_id",
    "cell_type",
    "language",
    "base_sha256",
    "final_sha256",
    "cell_index",
    "time",
)


def table_schema(pyarrow: Any) -> Any:
    """Columns of the Parquet table; fixed, so that every file has them whatever its rows hold."""
    text = pyarrow.string()
    numbers = dict.fromkeys(_INTEGERS, pyarrow.int64()) | dict.fromkeys(_NUMBERS, pyarrow.float64())
    metadata = pyarrow.struct([(name, numbers.get(name, text)) for name in _METADATA])
    messages = pyarrow.list_(pyarrow.struct([("role", text), ("content", text)]))
    columns = [("messages", messages), ("instruction", text), ("before", text), ("after", text)]
    return pyarrow.schema([*columns, ("metadata", metadata)])


def line_of(row: Row) -> bytes:
    """A row as a line. Raises orjson.JSONEncodeError for text that no UTF-8 can hold."""
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
