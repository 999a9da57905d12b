"""Tables whose rows are a random part of another's, by the statements that made them, and their row labels.

Runs inside the child process of a stand-in run: standard library only (pandas is touched when the notebook
has imported it), any Python from 3.8 on; imports nothing of nbreview except its neighbours, which travel with
it.

`train_test_split` of scikit-learn shuffles unless it is told not to, and what it gives back keeps the row
labels of the whole ("Splits arrays or matrices into random train and test subsets"; `test_size` is 0.25 where
neither size is said). So the labels of a part are not 0, 1, 2, …: some of those are missing, nobody knows
which. A `KeyError` over one counts where each world misses another: then every label was asked for.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterable
from typing import Any

from nbreview.kernel.standin_source import bound_names, called_name, passed_on, stored_roots

_DEFAULT_TEST = 0.25
_MOST = 0.9  # of the whole: a larger part need not miss a label among the first
_LEAST_ROWS = 40
_MISSING = (7, 13)  # the first label that is missing, in even and in odd worlds
_KEEPING = {"copy", "drop", "astype", "fillna", "round", "rename"}  # with the labels of the rows


def part_names(steps: Iterable[ast.stmt]) -> set[str]:
    """The names that hold a random part of a table's rows, with the labels that those had.

    Parameters
    ----------
    steps:
        The executed top-level statements, in order.
    """
    parts: set[str] = set()
    for step in steps:
        made = _parted(step)
        if isinstance(step, ast.Assign) and len(step.targets) == 1 and not made:
            target = step.targets[0]
            if isinstance(target, ast.Name) and _keeps(step.value, parts):
                made = {target.id}
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                continue  # a column is set
        changed = {*bound_names(step), *(name for name in stored_roots(step) if name in parts)}
        changed -= passed_on(step)
        for node in ast.walk(step):  # `for table in (train, test): table.reset_index(inplace=True)`
            if isinstance(node, ast.For):
                changed |= {part.id for part in ast.walk(node.iter) if isinstance(part, ast.Name)}
        parts = (parts - changed) | made
    return parts


def _parted(step: ast.stmt) -> set[str]:
    """The targets of `a, b, … = train_test_split(…)` that hold a part which surely misses labels."""
    if not (isinstance(step, ast.Assign) and len(step.targets) == 1 and isinstance(step.value, ast.Call)):
        return set()
    call, target = step.value, step.targets[0]
    if called_name(call) != "train_test_split" or not isinstance(target, (ast.Tuple, ast.List)):
        return set()
    words = {word.arg: word.value for word in call.keywords}
    if None in words or "shuffle" in words or len(target.elts) != 2 * len(call.args):
        return set()
    test, train = _share(words.get("test_size")), _share(words.get("train_size"))
    if "test_size" not in words:
        test = _DEFAULT_TEST if "train_size" not in words else None if train is None else 1 - train
    if "train_size" not in words:
        train = None if test is None else 1 - test
    found = set()
    for place, element in enumerate(target.elts):
        share = test if place % 2 else train
        if isinstance(element, ast.Name) and share is not None and share <= _MOST:
            found.add(element.id)
    return found


def _share(node: ast.expr | None) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, float) and 0 < value < 1 else None


def _keeps(node: ast.expr, parts: set[str]) -> bool:
    """Whether an expression is a part, some of its columns, or a copy of it."""
    if isinstance(node, ast.Name):
        return node.id in parts
    if isinstance(node, ast.Subscript):
        plain = node.slice
        columns = plain.elts if isinstance(plain, ast.List) else [plain]
        texts = all(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in columns)
        return texts and _keeps(node.value, parts)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        rows = node.func.attr == "drop" and not any(word.arg in ("columns", "axis") for word in node.keywords)
        return node.func.attr in _KEEPING and not rows and _keeps(node.func.value, parts)
    return False


def label_parts(namespace: dict[str, Any], names: Iterable[str], world: int) -> dict[int, Any]:
    """Give the tables of these names labels as a part has them; those labels, by id.

    Tables of one length have the same, as those that one split made have.
    """
    found: dict[int, Any] = {}
    for name in names:
        value: Any = namespace.get(name)
        if not hasattr(type(value), "iloc") or str(getattr(value.index, "dtype", ""))[:3] != "int":
            continue
        rows, missing = len(value), _MISSING[world % 2]
        if rows < _LEAST_ROWS:
            continue
        draw = random.Random(rows * 7919 + world)
        rest = draw.sample(range(missing + 1, rows + max(20, rows // 20)), rows - missing)
        labels = [*range(missing), *rest]
        draw.shuffle(labels)
        value.index = labels
        found[id(value.index)] = value.index
    return found
