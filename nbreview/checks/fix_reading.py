"""Fixes of how a table was read: another separator, dates that are text.

Imports `fix_case`, `fix_tree` and below. The rules follow the pandas user guide ("IO tools", "Time series")
and the reference of `read_csv`.
"""

import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import (
    ConcreteCell,
    add_argument,
    dotted,
    keyword_argument,
    positional,
    root_name,
    string_value,
)
from nbreview.words import said

_SEPARATORS = (";", "\t", "|")
_DATED = re.compile(r"date|time|day|month|year|period|stamp", re.IGNORECASE)


def separator(case: Case) -> Iterator[Candidate]:
    """A table of one column whose name holds the one that is asked for: the file has another separator
    (reference of `read_csv`, `sep`).
    """
    label = (
        case.said(r"^'([^']+)'$")
        or case.said(r"^\"?\['([^']+)'\] not in index")
        or case.said(r"^\"None of \[Index\(\['([^']+)'")
    )
    attribute = case.said(r"^'DataFrame' object has no attribute '(\w+)'")
    match = (
        label if case.exception == "KeyError" else attribute if case.exception == "AttributeError" else None
    )
    if match is None:
        return
    import libcst as cst

    roots = {
        root_name(node) for kind in (cst.Subscript, cst.Attribute, cst.Call) for node in case.at_line(kind)
    }
    for name in sorted(roots - {""}):
        known = case.facts.names.get(name)
        if known is None or known.kind != "DataFrame" or not known.complete or len(known.columns) != 1:
            continue
        for sign in _SEPARATORS:
            parts = [part.strip(" \"'") for part in known.columns[0].split(sign)]
            if len(parts) > 1 and match[1] in parts:
                yield from _read_with(case, name, sign)
                return


def _read_with(case: Case, name: str, sign: str) -> Iterator[Candidate]:
    import libcst as cst

    for tree, where in case.trees(name, "="):
        calls = [node.value for node in tree.nodes(cst.Assign) if _reads_into(case, tree, node, name)]
        if len(calls) > 1:
            return
        for call in calls:
            quotes = [node.quote for node in tree.nodes(cst.SimpleString)]
            quote = '"' if quotes.count('"') > quotes.count("'") else "'"
            value = f"{quote}{sign if sign != chr(9) else chr(92) + 't'}{quote}"
            reason = said(
                "The columns of this table are separated by {value}; read_csv takes commas by itself.",
                value=value,
            )
            source = tree.edited({call: add_argument("sep", value)})
            yield Candidate(source, reason, "separator", cell_index=where)
            return


def _reads_into(case: Case, tree: ConcreteCell, node: Any, name: str) -> bool:
    import libcst as cst

    call = node.value
    if len(node.targets) != 1 or tree.text(node.targets[0].target) != name or not isinstance(call, cst.Call):
        return False
    path = case.facts.path_of(dotted(call.func))
    given = any(keyword_argument(call, word) for word in ("sep", "delimiter"))
    return path == "pandas.read_csv" and len(positional(call)) == 1 and not given


def dated_index(case: Case) -> Iterator[Candidate]:
    """`resample` asks for an index of dates, and this one is text (user guide, "Time series")."""
    pattern = r"^Only valid with DatetimeIndex, .* but got an instance of 'Index'"
    if case.exception != "TypeError" or not case.said(pattern) or case.line is None:
        return
    pandas = next((name for name, path in case.facts.modules.items() if path == "pandas"), "")
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute)
        and call.func.attr.value in ("resample", "asfreq", "between_time")
    ]
    statement = case.tree.statement_at(case.line)
    if not pandas or len(calls) != 1 or not isinstance(statement, cst.SimpleStatementLine):
        return
    name = root_name(calls[0].func.value)
    known = case.facts.names.get(name)
    if known is None or known.kind not in ("DataFrame", "Series") or not _is_dated(case, name):
        return
    line = f"{name}.index = {pandas}.to_datetime({name}.index)"
    reason = said(
        "“{method}” asks for an index of dates, and that of “{name}” is text.",
        method=calls[0].func.attr.value,
        name=name,
    )
    yield Candidate(case.tree.edited({}, {statement: [line]}), reason, "dated index")


def _is_dated(case: Case, name: str) -> bool:
    """Whether the index of a frame was made of what is called a date."""
    import libcst as cst

    for tree, _ in case.trees(any_of=("set_index", "index_col")):
        for call in tree.nodes(cst.Call):
            index = keyword_argument(call, "index_col")
            if isinstance(call.func, cst.Attribute) and call.func.attr.value == "set_index" and call.args:
                given = string_value(call.args[0].value)
            else:
                given = string_value(index.value) if index is not None else None
            if given is not None:
                return bool(_DATED.search(given))
    return False


RULES = (separator, dated_index)
