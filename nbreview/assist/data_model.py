"""What is known of a data file, as frozen values, and how a prompt shows it.

Imports only `words`.
"""

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from nbreview.words import said

MOST_ROWS = 2000
MOST_COLUMNS = 200

INTEGER, NUMBER, BOOLEAN = said("integer"), said("number"), said("boolean")
TIME, TEXT, CATEGORY = said("time"), said("text"), said("category")
LIST, OBJECT, MIXED, EMPTY = said("list"), said("object"), said("mixed"), said("empty")

_SAMPLES = 3
_LONGEST_SAMPLE = 60
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?"})
_WHOLE = re.compile(r"[-+]?\d{1,18}$")
_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}.*)?$|\d{1,2}:\d{2}(:\d{2})?$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is integer, number, boolean, time, category, text, mixed or empty, or what the file
    itself says ("int64"). `missing` and `distinct` are counted in the rows that were read; -1: not counted.
    """

    name: str
    type: str
    missing: int = -1
    distinct: int = -1
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file as it was found.

    `name` is what a program is to call it; `kind` CSV, TSV, JSON, JSON lines, Parquet, Excel, NumPy, images
    or text. `rows` is -1 where it is not known, and an estimate unless `exact`. `facts` are sentences
    (encoding, separator, classes of pictures). `problem` says why there is no more, and what to do.
    """

    path: Path
    name: str
    kind: str
    size: int
    rows: int = -1
    exact: bool = False
    columns: tuple[Column, ...] = ()
    facts: tuple[str, ...] = ()
    problem: str = ""


def describe_data(file: DataFile, most_columns: int = 40) -> str:
    """A data file as a prompt shows it, in lines."""
    head = f"{file.name} ({file.kind}, {size_words(file.size)}"
    if file.rows >= 0:
        head += f", {'' if file.exact else 'about '}{file.rows:,} row{'' if file.rows == 1 else 's'}"
    lines = [head + ")", *(f"- {fact}" for fact in file.facts)]
    for column in file.columns[:most_columns]:
        text = f"- {column.name}: {column.type}"
        if column.missing > 0:
            text += f", {column.missing} missing"
        if column.distinct >= 0:
            text += f", {column.distinct} distinct"
        if column.samples:
            text += ", e.g. " + ", ".join(column.samples)
        lines.append(text)
    if len(file.columns) > most_columns:
        lines.append(f"- … {len(file.columns) - most_columns} more columns")
    return "\n".join(lines)


def column_of(name: str, values: Sequence[Any]) -> Column:
    """What is said of a column, from its values as text or as JSON has them."""
    filled = [each for each in values if not _is_missing(each)]
    types = {type_of(each) for each in filled}
    if types == {INTEGER, NUMBER}:
        types = {NUMBER}
    kind = EMPTY if not types else types.pop() if len(types) == 1 else MIXED
    texts = [shown(each) for each in filled]
    distinct = len(set(texts))
    if kind == TEXT and len(texts) >= 20 and distinct <= max(12, math.isqrt(len(texts))):
        kind = CATEGORY
    samples = tuple(itertools.islice(dict.fromkeys(texts), 8 if kind == CATEGORY else _SAMPLES))
    return Column(name, kind, len(values) - len(filled), distinct, samples)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _MISSING) or (
        isinstance(value, float) and math.isnan(value)
    )  # fmt: skip


def type_of(value: Any) -> str:
    if isinstance(value, str):
        text = value.strip()
        if _WHOLE.match(text):
            return INTEGER
        if text.lower() in ("true", "false", "yes", "no"):
            return BOOLEAN
        try:
            float(text)
            return NUMBER
        except ValueError:
            return TIME if _TIME.match(text) else TEXT
    for kind, types in (
        (BOOLEAN, bool),
        (INTEGER, int),
        (NUMBER, float),
        (TIME, (datetime, date)),
        (LIST, (list, tuple)),
        (OBJECT, dict),
    ):
        if isinstance(value, types):
            return kind
    return type(value).__name__


def shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_SAMPLE else f"{text[:_LONGEST_SAMPLE]}…"


def size_words(size: int) -> str:
    """Bytes as people read them, in powers of 1024."""
    if size < 1024:
        return said("{size} bytes", size=size)
    power = min(3, int(math.log(size, 1024)))
    return f"{size / 1024**power:.1f} {('KiB', 'MiB', 'GiB')[power - 1]}"
