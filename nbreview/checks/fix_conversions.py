"""Fixes of values that are of the wrong kind for what is done with them: text that is to be dates, columns of
text among numbers, arrays that are to be joined.

Imports `fix_case`, `fix_tree` and below. The rules follow the references of NumPy and pandas.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import add_argument, dotted, keyword_argument, literal, positional
from nbreview.words import said

_JOINS = frozenset(
    {"numpy.concatenate", "numpy.vstack", "numpy.hstack", "numpy.stack", "numpy.column_stack", "numpy.dstack"}
)
_STATISTICS = frozenset({"mean", "median", "std", "var", "sem", "skew", "corr", "cov", "quantile"})


def joined_arrays(case: Case) -> Iterator[Candidate]:
    """NumPy joins one sequence of arrays: `np.concatenate((a, b))` (reference of `numpy.concatenate`)."""
    pattern = r"only integer scalar arrays can be converted|takes (?:from \d to )?\d positional argument"
    if case.exception != "TypeError" or not case.said(pattern):
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if case.facts.path_of(dotted(call.func)) in _JOINS and len(positional(call)) > 1
    ]
    if len(calls) != 1 or len(positional(calls[0])) != len(calls[0].args):
        return
    call = calls[0]
    if any(arg.star or _is_literal(arg.value) for arg in call.args):
        return
    inside = ", ".join(case.tree.text(arg.value) for arg in call.args)
    name = case.tree.text(call.func)
    reason = said("{name} takes the arrays as one sequence.", name=name)
    yield Candidate(case.tree.edited({call: f"{name}(({inside}))"}), reason, "joined arrays")


def accessors(case: Case) -> Iterator[Candidate]:
    """`.str` is for text and `.dt` for dates: a column of another kind is made one first (pandas user guide,
    "Working with text data", "Time series").
    """
    match = case.said(r"^Can only use \.(str|dt) accessor with (?:string|datetimelike) values")
    if case.exception != "AttributeError" or match is None:
        return
    import libcst as cst

    nodes = [node for node in case.at_line(cst.Attribute) if node.attr.value == match[1]]
    # In a chain it is the first that raises.
    nodes = [
        node for node in nodes if all(other is node or not case.tree.contains(node, other) for other in nodes)
    ]
    receivers = {case.tree.text(node.value) for node in nodes}
    if len(receivers) != 1:
        return
    receiver = receivers.pop()
    if match[1] == "str":
        new, why = (
            f"{receiver}.astype(str).str",
            said("“.str” is for text, and this is none: it is made text."),
        )
    else:
        pandas = next((name for name, path in case.facts.modules.items() if path == "pandas"), "")
        if not pandas:
            return
        new = f"{pandas}.to_datetime({receiver}).dt"
        why = said("“.dt” is for dates, and these are not read as dates yet.")
    yield Candidate(case.tree.edited(dict.fromkeys(nodes, new)), why, "accessor")


def numeric_only(case: Case) -> Iterator[Candidate]:
    """Columns of text are no longer left out of a frame's statistics (What's new in pandas 2.0.0: the default
    of `numeric_only` is False).
    """
    pattern = (
        r"could not convert string to float: |Could not convert .* to numeric|Cannot convert .* to numeric|"
        r"^agg function failed \[how->\w+,dtype->(?:object|string)"
    )
    if case.exception not in ("TypeError", "ValueError") or not case.said(pattern):
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute)
        and call.func.attr.value in _STATISTICS
        and not positional(call)
        and keyword_argument(call, "numeric_only") is None
    ]
    if len(calls) != 1:
        return
    call = calls[0]
    known = case.known(call.func.value)
    if known is None or known.kind not in ("DataFrame", "GroupBy"):
        return
    reason = said(
        "Not all columns are numbers; numeric_only leaves the others out, as pandas did before 2.0."
    )
    source = case.tree.edited({call: add_argument("numeric_only", "True")})
    yield Candidate(source, reason, "numeric_only")


def class_of_module(case: Case) -> Iterator[Candidate]:
    """The module `datetime` holds a class of that name, and the class has the methods (Python library
    reference, `datetime`).
    """
    match = case.said(r"^module 'datetime' has no attribute '(\w+)'")
    if case.exception != "AttributeError" or match is None or not hasattr(datetime.datetime, match[1]):
        return
    import libcst as cst

    changes = {
        node.value: f"{case.tree.text(node.value)}.datetime"
        for node in case.tree.nodes(cst.Attribute)
        if case.facts.path_of(dotted(node.value)) == "datetime"
        and not hasattr(datetime, node.attr.value)
        and hasattr(datetime.datetime, node.attr.value)
    }
    if changes:
        reason = said(
            "“{name}” is a method of the class datetime.datetime, not of the module datetime.", name=match[1]
        )
        yield Candidate(case.tree.edited(changes), reason, "class of a module")


def _is_literal(node: Any) -> bool:
    try:
        literal(node)
    except ValueError:
        return False
    return True


RULES = (joined_arrays, accessors, numeric_only, class_of_module)
