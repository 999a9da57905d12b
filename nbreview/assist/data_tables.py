"""Data files that are text: separated values, JSON, JSON lines; their encodings and separators.

Imports `data_model` beside it. Bounded: at most `MOST_BYTES` of a file are read.
"""

import codecs
import csv
import io
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from nbreview.assist.data_model import MOST_COLUMNS, MOST_ROWS, TEXT, Column, DataFile, column_of, type_of
from nbreview.words import Said, said

MOST_BYTES = 4 * 2**20
_SEPARATORS = ",;\t|"


def decoded(path: Path) -> tuple[str, str, bool]:
    """The beginning of a text file, its encoding, and whether that is all of it."""
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    whole = len(data) <= MOST_BYTES
    data = data[:MOST_BYTES]
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace"), name, whole
    try:
        # Whole characters only: the last one may be cut.
        return codecs.getincrementaldecoder("utf-8")().decode(data, whole), "utf-8", whole
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252"), "cp1252", whole
        except UnicodeDecodeError:
            return data.decode("latin-1"), "latin-1", whole


def separated(path: Path, name: str, size: int) -> DataFile:
    text, encoding, whole = decoded(path)
    if not whole:
        text = text[: text.rfind("\n") + 1] or text
    separator = "\t" if path.suffix.lower() == ".tsv" else separator_of(text)
    rows: list[list[str]] = []
    total = 0
    problem = ""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            total += 1
            if len(rows) <= MOST_ROWS and row:
                rows.append(row[:MOST_COLUMNS])
    except csv.Error as error:
        problem = said(
            "{path} is no table of separated values from line {line} on ({error}); look at it there.",
            path=path,
            line=total + 1,
            error=error,
        )
    headed = len(rows) > 0 and _is_header(rows)
    names = (
        rows[0] if headed else [f"column {number + 1}" for number in range(max(map(len, rows), default=0))]
    )
    body = rows[1:] if headed else rows
    columns = [
        column_of(title.strip(), [row[place] if place < len(row) else "" for row in body])
        for place, title in enumerate(names)
    ]
    known = max(0, total - headed)
    read = len(text.encode("utf-8", "replace")) or 1
    facts = [
        said("Separator {separator}, encoding {encoding}.", separator=_say(separator), encoding=encoding)
    ]
    if not headed and rows:
        facts.append(said("No header line."))
    if rows and any(len(row) != len(rows[0]) for row in rows):
        facts.append(said("Rows are of different lengths."))
    kind = "TSV" if separator == "\t" else "CSV"
    count = known if whole else round(known * size / read)
    return DataFile(path, name, kind, size, count, whole, tuple(columns), tuple(facts), problem)


def separator_of(text: str) -> str:
    """The separator that makes most lines of the same, largest number of fields."""
    sample = list(itertools.islice(io.StringIO(text, newline=""), 50))
    best, found = (0, 0), ","
    for separator in _SEPARATORS:
        try:
            lengths = [len(row) for row in csv.reader(sample, delimiter=separator) if row]
        except csv.Error:
            continue
        if lengths and (usual := max(set(lengths), key=lengths.count)) > 1:
            worth = (lengths.count(usual), usual)
            if worth > best:
                best, found = worth, separator
    return found


def _say(separator: str) -> Said:
    names = {",": said("comma"), ";": said("semicolon"), "\t": said("tab"), "|": said("vertical bar")}
    return names[separator]


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: all of it words that are not values, each once."""
    first = [cell.strip() for cell in rows[0]]
    words = all(type_of(cell) == TEXT for cell in first if cell)
    return words and len(set(first)) == len(first) and any(first)


def read_json(path: Path, name: str, size: int) -> DataFile:
    text, encoding, whole = decoded(path)
    if not whole:
        first = text.lstrip()[:1]
        if first == "{" and "\n{" in text:
            return read_lines(path, name, size)
        return DataFile(
            path,
            name,
            "JSON",
            size,
            facts=(said("Encoding {encoding}.", encoding=encoding),),
            problem=said(
                "{path} is larger than {most} MiB ; turn it into JSON lines.",
                path=path,
                most=MOST_BYTES // 2**20,
            ),
        )
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if "\n" in text.strip():
            found = read_lines(path, name, size)
            if found.columns:
                return found
        problem = said("{path} is no JSON ({error}); check how it was written.", path=path, error=error)
        return DataFile(path, name, "JSON", size, problem=problem)
    if isinstance(value, list):
        facts = (said("A list of records."),)
        return DataFile(path, name, "JSON", size, len(value), True, _of_records(value), facts)
    if isinstance(value, dict):
        lists = {key: each for key, each in value.items() if isinstance(each, list)}
        if lists and len(lists) == len(value) and len({len(each) for each in lists.values()}) == 1:
            columns = [column_of(key, each[:MOST_ROWS]) for key, each in list(lists.items())[:MOST_COLUMNS]]
            rows = len(next(iter(lists.values())))
            facts = (said("An object of columns."),)
            return DataFile(path, name, "JSON", size, rows, True, tuple(columns), facts)
        inner = next((key for key, each in lists.items() if each and isinstance(each[0], dict)), None)
        if inner is not None:
            found = value[inner]
            fact = said(
                "An object whose “{inner}” is a list of records; its other keys: {keys}.",
                inner=inner,
                keys=_keys(value, inner),
            )
            return DataFile(path, name, "JSON", size, len(found), True, _of_records(found), (fact,))
        return DataFile(path, name, "JSON", size, 1, True, _of_records([value]), (said("One object."),))
    return DataFile(
        path, name, "JSON", size, facts=(said("One value of type {type}.", type=type(value).__name__),)
    )


def _keys(value: Mapping[str, Any], without: str) -> str:
    return ", ".join([key for key in value if key != without][:10]) or said("none")


def read_lines(path: Path, name: str, size: int) -> DataFile:
    text, encoding, whole = decoded(path)
    records: list[Any] = []
    total = broken = 0
    lines = text.split("\n")
    for line in lines if whole else lines[:-1]:
        if not line.strip():
            continue
        total += 1
        if len(records) < MOST_ROWS:
            try:
                records.append(orjson.loads(line))
            except orjson.JSONDecodeError:
                broken += 1
    facts = [said("One record a line, encoding {encoding}.", encoding=encoding)]
    if broken == 1:
        facts.append(said("1 line is no JSON."))
    elif broken:
        facts.append(said("{count} lines are no JSON.", count=broken))
    rows = total if whole else round(total * size / max(1, len(text.encode("utf-8", "replace"))))
    return DataFile(path, name, "JSON lines", size, rows, whole, _of_records(records), tuple(facts))


def _of_records(records: Sequence[Any]) -> tuple[Column, ...]:
    chosen = [each for each in records[:MOST_ROWS] if isinstance(each, dict)]
    names = dict.fromkeys(str(key) for record in chosen for key in record)
    if not chosen and records:
        return (column_of("value", list(records[:MOST_ROWS])),)
    return tuple(
        column_of(key, [record.get(key) for record in chosen])
        for key in itertools.islice(names, MOST_COLUMNS)
    )
