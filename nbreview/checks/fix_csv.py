"""Which columns a table of text has, as its head line names them.

Imports `fix_known` and the standard library. Of a file its head line alone is read.
"""

import ast
import csv
from collections.abc import Mapping
from pathlib import Path

from nbreview.checks.fix_known import text_of, texts_of

_LONGEST_HEAD = 65_536
_OTHER_HEADS = frozenset({"header", "skiprows", "index_col", "compression"})


def csv_columns(
    function: str,
    node: ast.Call,
    given: Mapping[str | None, ast.expr],
    folder: Path | None,
    path: str | None,
    text: str | None,
) -> tuple[str, ...] | None:
    """The columns that a call of `read_csv` or `read_table` gives; None where they are not known.

    Parameters
    ----------
    given:
        The keyword arguments of the call.
    path:
        The file that is read, as written in the call; None where that is no literal.
    text:
        What is read, where the notebook itself holds it.
    """
    names = texts_of(getattr(given.get("names"), "elts", None))
    if "names" in given:
        return names
    if None in given or not _OTHER_HEADS.isdisjoint(word for word in given if word):
        return None
    wanted = texts_of(getattr(given.get("usecols"), "elts", None))
    if wanted is not None:
        return wanted
    second = node.args[1] if len(node.args) > 1 else None
    separator = text_of(given.get("sep") or given.get("delimiter") or second)
    separator = separator or ("\t" if function == "read_table" else ",")
    if len(separator) != 1 or "usecols" in given:
        return None
    encoding = text_of(given.get("encoding")) or "utf-8-sig"
    head = _head(folder, path, encoding) if text is None else text.lstrip("\n").partition("\n")[0]
    if head is None:
        return None
    spaces = isinstance(skip := given.get("skipinitialspace"), ast.Constant) and skip.value is True
    try:
        row = next(csv.reader([head], delimiter=separator, skipinitialspace=spaces), [])
    except csv.Error:
        return None
    return tuple(name or f"Unnamed: {number}" for number, name in enumerate(row))


def _head(folder: Path | None, path: str | None, encoding: str) -> str | None:
    if folder is None or path is None or "://" in path:
        return None
    try:
        with (folder / path).open(encoding=encoding, newline="") as file:
            return file.readline(_LONGEST_HEAD)
    except (OSError, ValueError, LookupError):
        return None
