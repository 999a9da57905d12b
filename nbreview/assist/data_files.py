"""What a data file holds: columns with their types and a few values, read without a notebook.

Imports the modules beside it, `errors`, `cancellation` and libraries, lazily: `pyarrow` for Parquet,
`openpyxl` for Excel, `PIL` for pictures; without them the file is named and what is missing is said. Bounded
in bytes and rows whatever the file says of itself. Nothing is ever unpickled: of NumPy's files only the
headers are read.
"""

import ast
import importlib
import itertools
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nbreview.assist.data_model import MOST_COLUMNS, MOST_ROWS, TEXT, Column, DataFile, column_of, shown
from nbreview.assist.data_tables import MOST_BYTES, decoded, read_json, read_lines, separated, separator_of
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.words import Said, joined, said

MOST_FILES = 20_000
"""Of a folder that are counted."""

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"})


def read_data_file(path: Path, cancel: CancelToken | None = None, folder: Path | None = None) -> DataFile:
    """Look at one data file, or at a folder of pictures.

    Parameters
    ----------
    folder:
        Where the program will run: the file is named from there, where it lies inside; else in full.

    Raises
    ------
    UserError
        There is nothing at that path, or it cannot be read.
    Cancelled
        `cancel` was raised.
    """
    if cancel is not None:
        cancel.check()
    name = named_from(path, folder)
    try:
        if path.is_dir():
            return _folder(path, name, cancel)
        size = path.stat().st_size
        if not path.is_file():
            raise UserError(
                said("{path} is no file and no folder; name the data that the task is about.", path=path)
            )
        read = _READERS.get(path.suffix.lower(), _unknown)
        return read(path, name, size)
    except OSError as error:
        raise UserError(
            said(
                "{path} cannot be read ({error}); name a data file that is there.",
                path=path,
                error=error.strerror or error,
            )
        ) from error


def named_from(path: Path, folder: Path | None) -> str:
    """What a program that runs in `folder` is to call a file: from there, where it lies inside; else in
    full.
    """
    if folder is not None:
        try:
            return path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            pass
    return str(path)


def _parquet(path: Path, name: str, size: int) -> DataFile:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        return _without(path, name, size, "Parquet", "pyarrow")
    try:
        with ParquetFile(path) as opened:
            rows = opened.metadata.num_rows
            schema = opened.schema_arrow
            few = schema.names[:MOST_COLUMNS]
            batch = next(opened.iter_batches(batch_size=200, columns=few), None)
    except (ArrowException, ValueError, OSError) as error:
        problem = said(
            "{path} is no Parquet file that can be read ({error}); write it again.",
            path=path,
            error=" ".join(str(error).split()),
        )
        return DataFile(path, name, "Parquet", size, problem=problem)
    columns = []
    for title in few:
        values = batch.column(title).to_pylist() if batch is not None else []
        seen = column_of(title, values)
        columns.append(Column(title, str(schema.field(title).type), samples=seen.samples))
    return DataFile(path, name, "Parquet", size, rows, True, tuple(columns))


def _excel(path: Path, name: str, size: int) -> DataFile:
    try:
        load_workbook = importlib.import_module("openpyxl").load_workbook
    except ImportError:
        return _without(path, name, size, "Excel", "openpyxl")
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            names = [each.title for each in book.worksheets]
            rows = list(itertools.islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1))
            total = sheet.max_row or len(rows)
        finally:
            book.close()
    except Exception as error:  # openpyxl lets whatever its parsers raise pass
        problem = said(
            "{path} is no Excel file that can be read ({error}); save it as .xlsx or .csv.",
            path=path,
            error=" ".join(str(error).split()),
        )
        return DataFile(path, name, "Excel", size, problem=problem)
    first = rows[0] if rows else ()
    titles = [str(each) if each is not None else f"column {n + 1}" for n, each in enumerate(first)]
    columns = [
        column_of(title, [row[n] for row in rows[1:]]) for n, title in enumerate(titles[:MOST_COLUMNS])
    ]
    fact = said("Sheets: {names}; this is the first.", names=", ".join(names[:20]))
    return DataFile(path, name, "Excel", size, max(0, total - 1), True, tuple(columns), (fact,))


def _without(path: Path, name: str, size: int, kind: str, library: str) -> DataFile:
    problem = said(
        "{path} was not read, because {library} is not installed; run: pip install {library}",
        path=path,
        library=library,
    )
    return DataFile(path, name, kind, size, problem=problem)


def _numpy(path: Path, name: str, size: int) -> DataFile:
    columns: list[Column] = []
    try:
        if path.suffix.lower() == ".npz":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist()[:MOST_COLUMNS]:
                    with archive.open(member) as stream:
                        columns.append(_array(member.removesuffix(".npy"), stream.read(10_000)))
        else:
            with path.open("rb") as stream:
                columns.append(_array("array", stream.read(10_000)))
    except (
        ValueError,
        SyntaxError,
        KeyError,
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ):
        problem = said("{path} is no file of NumPy's; write it with numpy.savez.", path=path)
        return DataFile(path, name, "NumPy", size, problem=problem)
    return DataFile(path, name, "NumPy", size, columns=tuple(columns))


def _array(name: str, data: bytes) -> Column:
    """The header of a .npy file, as NumPy's "A simple file format" documents it."""
    if data[:6] != b"\x93NUMPY":
        raise ValueError("magic")
    if data[6] == 1:
        length, start = struct.unpack("<H", data[8:10])[0], 10
    else:
        length, start = struct.unpack("<I", data[8:12])[0], 12
    header = ast.literal_eval(data[start : start + length].decode("latin-1"))
    if not isinstance(header, dict):
        raise ValueError("header")
    return Column(name, said("array of {type}, shape {shape}", type=header["descr"], shape=header["shape"]))


def _folder(path: Path, name: str, cancel: CancelToken | None) -> DataFile:
    """A folder: its pictures by the folder that they lie in, and its other files by ending."""
    classes: dict[str, int] = {}
    endings: dict[str, int] = {}
    pictures: list[Path] = []
    size = total = 0
    for file in itertools.islice(_walk(path), MOST_FILES):
        if cancel is not None:
            cancel.check()
        total += 1
        size += file.stat().st_size
        ending = file.suffix.lower()
        endings[ending] = endings.get(ending, 0) + 1
        if ending in _IMAGES:
            inside = file.parent.relative_to(path).as_posix()
            classes[inside] = classes.get(inside, 0) + 1
            pictures.append(file)
    if not total:
        problem = said("{path} is empty; name a folder that holds data.", path=path)
        return DataFile(path, name, said("folder"), 0, problem=problem)
    facts = [said("Files: {endings}.", endings=_listed(endings))]
    if not pictures:
        return DataFile(path, name, said("folder"), size, total, total < MOST_FILES, (), tuple(facts))
    folders = ", ".join(f"{folder} ({count})" for folder, count in _most(classes, 30))
    facts.append(said("Pictures by folder: {folders}.", folders=folders))
    if sizes := _picture_sizes(pictures):
        facts.append(said("Sizes and modes of the first: {sizes}.", sizes=", ".join(sizes)))
    kind = said("images")
    return DataFile(path, name, kind, size, len(pictures), total < MOST_FILES, (), tuple(facts))


def _walk(path: Path) -> Iterable[Path]:
    waiting = [path]
    while waiting:
        for each in sorted(waiting.pop().iterdir()):
            if each.is_symlink() or each.name.startswith("."):
                continue
            if each.is_dir():
                waiting.append(each)
            elif each.is_file():
                yield each


def _most(counts: Mapping[str, int], number: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]


def _listed(endings: Mapping[str, int]) -> Said:
    return joined(
        f"{ending} ({count})" if ending else said("no ending ({count})", count=count)
        for ending, count in _most(endings, 8)
    )


def _picture_sizes(pictures: Sequence[Path]) -> list[str]:
    from PIL import Image

    found: dict[str, None] = {}
    for each in pictures[:8]:
        try:
            with Image.open(each) as opened:  # reads the header only
                found.setdefault(f"{opened.width} × {opened.height} {opened.mode}")
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
    return list(found)


def _unknown(path: Path, name: str, size: int) -> DataFile:
    with path.open("rb") as stream:
        data = stream.read(4096)
    ending = path.suffix.lower()
    if ending in _IMAGES:
        return DataFile(path, name, said("image"), size, facts=tuple(_picture_sizes([path])))
    if b"\0" in data:
        problem = said(
            "{path} is of a kind that is not known here; say in the task what it holds.", path=path
        )
        return DataFile(path, name, said("binary"), size, problem=problem)
    text, encoding, _ = decoded(path)
    if (
        ending in ("", ".txt", ".dat", ".data")
        and sum(separator_of(text) in line for line in text.split("\n")[:5]) > 3
    ):
        return separated(path, name, size)
    first = tuple(shown(line) for line in text.split("\n")[:3] if line.strip())
    begins = [said("Begins: {line}", line=line) for line in first]
    facts = (said("Text, encoding {encoding}.", encoding=encoding), *begins)
    return DataFile(path, name, TEXT, size, text.count("\n") + 1, size <= MOST_BYTES, (), facts)


_READERS = {
    ".csv": separated,
    ".tsv": separated,
    ".json": read_json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".parquet": _parquet,
    ".pq": _parquet,
    ".xlsx": _excel,
    ".xlsm": _excel,
    ".npz": _numpy,
    ".npy": _numpy,
}
