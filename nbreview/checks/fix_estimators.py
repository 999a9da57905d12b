"""Fixes of what estimators ask for: two dimensions, a fit first, arguments of one split.

Imports `fix_case`, `fix_tree`, `notebook` and below. The rules follow scikit-learn's glossary ("fit",
"transform", "X", "y") and its reference of `train_test_split`, whose results come in pairs.
"""

import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import dotted, positional, string_value
from nbreview.words import said

_UNEQUAL = re.compile(
    r"Found input variables with inconsistent numbers of samples|Data cardinality is ambiguous|"
    r"x and y must (?:have same first dimension|be the same size)|"
    r"y_true and y_pred have different number|incompatible row dimensions|"
    r"Number of labels=\d+ does not match number of samples=\d+"
)
_NOT_FITTED = re.compile(r"is not fitted|not fitted or provided|isn't fitted|must fit the model first")
_ONE_D = re.compile(r"^Expected 2D array, got (?:1D|scalar) array instead")
_TWO_D = re.compile(r"y should be a 1d array, got an array of shape|bad input shape \(\d+, 1\)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAKES_X = _words(
    """
    fit fit_transform transform predict predict_proba score fit_predict decision_function partial_fit
    inverse_transform predict_log_proba score_samples fit_resample
    """
)


def two_dimensions(case: Case) -> Iterator[Candidate]:
    """`X` has two dimensions: `df[["a"]]`, `a.reshape(-1, 1)` for one feature, `[[…]]` for one sample."""
    if case.exception != "ValueError":
        return
    import libcst as cst

    if _TWO_D.search(case.message):
        yield from _one_dimension(case)
        return
    if not _ONE_D.match(case.message):
        return
    calls = [
        call
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in _TAKES_X and call.args
    ]
    changes: dict[Any, Any] = {}
    for call in calls:
        new = _as_two(case, call.args[0].value, call.func.attr.value)
        if new:
            changes[call.args[0].value] = new
    if len(changes) == 1:
        reason = said("scikit-learn asks for two dimensions here: rows are samples, columns are features.")
        yield Candidate(case.tree.edited(changes), reason, "two dimensions")


def _as_two(case: Case, node: Any, method: str) -> str:
    """An argument with two dimensions, "" where it has them already, or how is not sure."""
    import libcst as cst

    text = case.tree.text(node)
    known = case.known(node)
    if isinstance(node, cst.List | cst.Tuple):
        inner = node.elements[0].value if node.elements else None
        return "" if inner is None or isinstance(inner, cst.List | cst.Tuple) else f"[{text}]"
    if isinstance(node, cst.Call) and case.facts.path_of(dotted(node.func)) == "numpy.array" and node.args:
        given = node.args[0].value
        flat = isinstance(given, cst.List) and not any(
            isinstance(part.value, cst.List) for part in given.elements
        )
        return f"{text}.reshape(1, -1)" if flat and method.startswith("predict") else ""
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        index = node.slice[0].slice
        value = index.value if isinstance(index, cst.Index) else None
        if value is not None and string_value(value) is not None:
            owner = case.known(node.value)
            if owner is not None and owner.kind not in ("DataFrame", "GroupBy"):
                return ""
            return f"{case.tree.text(node.value)}[[{case.tree.text(value)}]]"
        if isinstance(value, cst.Integer | cst.UnaryOperation):
            if isinstance(node.value, cst.Attribute) and node.value.attr.value == "iloc":
                return f"{case.tree.text(node.value)}[[{case.tree.text(value)}]]"
            owner = case.known(node.value)
            if owner is None or owner.kind in ("ndarray", "list"):
                return f"[{text}]"
            return ""
    if known is None:
        return f"{text}.reshape(-1, 1)" if _is_array_text(text) else ""
    if known.kind == "ndarray" and known.dimensions in (1, None):
        if method.startswith(("fit", "transform")) or _one_feature(case):
            return f"{text}.reshape(-1, 1)"
        return (
            f"{text}.reshape(1, -1)" if known.dimensions == 1 and not isinstance(node, cst.Subscript) else ""
        )
    if known.kind == "Series":
        return f"{text}.to_frame()"
    if known.kind == "list" and known.dimensions == 1 and method.startswith("predict"):
        return f"[{text}]"
    return ""


def _one_feature(case: Case) -> bool:
    """Whether the notebook makes columns of single features: what it predicts from is then one, too."""
    before = "\n".join(cell.source for cell in (*case.above(), case.cell))
    column = (
        r"reshape\(-1, ?1\)|\[\[['\"][^,\]]+['\"]\]\]|newaxis\]|to_frame\(|iloc\[:, ?(?::-1|[0-9]:[0-9])\]"
    )
    return bool(re.search(column, before))


def _is_array_text(text: str) -> bool:
    return text.endswith((".values", ".to_numpy()", ".ravel()", ".flatten()"))


def _one_dimension(case: Case) -> Iterator[Candidate]:
    """Labels have one dimension: `df["a"]`, not `df[["a"]]`."""
    import libcst as cst

    changes: dict[Any, Any] = {}
    for call in case.at_line(cst.Call):
        if not (isinstance(call.func, cst.Attribute) and call.func.attr.value in _TAKES_X):
            continue
        for arg in call.args[-1:]:
            node = arg.value
            inner = node.slice[0].slice if isinstance(node, cst.Subscript) and len(node.slice) == 1 else None
            value = inner.value if isinstance(inner, cst.Index) else None
            if isinstance(value, cst.List) and len(value.elements) == 1:
                changes[value] = case.tree.text(value.elements[0].value)
    if len(changes) == 1:
        yield Candidate(case.tree.edited(changes), said("Labels have one dimension here."), "one dimension")


def fit_first(case: Case) -> Iterator[Candidate]:
    """`transform` and `predict` need a fit before: on the training data."""
    unfitted = _NOT_FITTED.search(case.message) and case.exception in ("NotFittedError", "AttributeError")
    attribute = case.said(r"^'(\w+)' object has no attribute '(\w+_)'$")
    if not unfitted and not (case.exception == "AttributeError" and attribute):
        return
    import libcst as cst

    names: list[tuple[str, str, Any]] = []
    if unfitted:
        for call in case.at_line(cst.Call):
            func = call.func
            if (
                isinstance(func, cst.Attribute)
                and isinstance(func.value, cst.Name)
                and func.attr.value in _TAKES_X
                and func.attr.value not in ("fit", "fit_transform")
            ):
                names.append((func.value.value, func.attr.value, call))
    elif attribute:
        for node in case.at_line(cst.Attribute):
            if node.attr.value == attribute[2] and isinstance(node.value, cst.Name):
                names.append((node.value.value, attribute[2], node))
    if len({name for name, _, _ in names}) != 1:
        return
    name, method, node = names[0]
    known = case.facts.names.get(name)
    if known is None or (known.kind in ("Pipeline",) and not known.dotted) or name in case.facts.fitted:
        return
    if attribute and not unfitted and known.kind != attribute[1]:
        return
    if any(f"{name}.fit" in cell.source for cell in case.cells if cell.index != case.cell.index):
        return  # the notebook fits it elsewhere: the order is what is wrong
    if method == "transform":
        argument = case.tree.text(node.args[0].value) if len(node.args) == 1 else ""
        if _is_training(case, argument):
            change = {node.func.attr: "fit_transform"}
            reason = said(
                "“{name}” has not been fitted yet; it learns from the training data here.", name=name
            )
            yield Candidate(case.tree.edited(change), reason, "fit first")
            return
    moved = _later_fit(case, name)
    statement = case.tree.statement(node)
    above = moved or _fit_call(case, name, method, node)
    if not above or statement is None or not isinstance(case.tree.parent(statement), cst.Module):
        return
    if moved:
        return  # a fit that stands below is for a person to move
    reason = said("“{name}” has to be fitted on the training data before this.", name=name)
    yield Candidate(_above(case, statement, above), reason, "fit first")


def _above(case: Case, statement: Any, line: str) -> str:
    """The cell with a statement right above another (below its comments)."""
    first = case.tree.lines(statement)[0]
    lines = case.cell.source.split("\n")
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    return "\n".join([*lines[:first], indent + line, *lines[first:]])


def _is_training(case: Case, text: str) -> bool:
    """Whether an expression is what a transformer learns from: the training part of a split, or what there is
    where nothing is split and nothing calls it new.
    """
    for targets, arguments in case.facts.splits:
        if text in targets:
            return targets.index(text) % 2 == 0
        if text in arguments:
            return True
    return bool(re.search(r"train|\bX\b|\btr\b|_tr\b", text)) and not re.search(r"test|new|val", text)


def _later_fit(case: Case, name: str) -> str:
    import libcst as cst

    for call in case.tree.nodes(cst.Call):
        if dotted(call.func) in (f"{name}.fit", f"{name}.fit_transform"):
            return case.tree.text(call)
    return ""


def _fit_call(case: Case, name: str, method: str, node: Any) -> str:
    """The call that fits: on the training parts of the split that the data comes from."""
    known = case.facts.names.get(name)
    splits = case.facts.splits
    if known is None or not splits:
        return ""
    targets = splits[-1][0]
    import libcst as cst

    if isinstance(node, cst.Call):
        data = case.tree.text(node.args[0].value) if node.args else ""
        if not any(data in split for split, _ in splits):
            return ""
        targets = next(split for split, _ in splits if data in split)
    module = known.dotted
    if ".cluster." in module or ".decomposition." in module or ".preprocessing." in module:
        return f"{name}.fit({targets[0]})"
    if ".feature_extraction." in module or ".impute." in module:
        return f"{name}.fit({targets[0]})"
    if not module.startswith(("sklearn.", "xgboost.", "lightgbm.", "catboost.")) or len(targets) < 4:
        return ""
    return f"{name}.fit({targets[0]}, {targets[2]})"


def one_split(case: Case) -> Iterator[Candidate]:
    """Two of unequal length from one split: training features go with training labels, test with test."""
    if case.exception not in ("ValueError", "InvalidArgumentError") or not _UNEQUAL.search(case.message):
        return
    swapped = _order_of_targets(case)
    if swapped is not None:
        yield swapped
        return
    import libcst as cst

    found: list[tuple[Any, str]] = []
    groups: list[tuple[str, list[Any]]] = []
    for call in case.at_line(cst.Call):
        method = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        arguments = [arg.value for arg in call.args if arg.keyword is None or arg.keyword.value in _LABELLED]
        groups.append((method, arguments))
    for node in case.at_line(cst.Tuple):
        groups.append(("", [part.value for part in node.elements]))
    for method, arguments in groups:
        change = _mismatch(case, method, arguments)
        if change is not None:
            found.append(change)
    unique = {id(node): (node, new) for node, new in found}
    if len(unique) == 1:
        node, new = next(iter(unique.values()))
        text = case.tree.text(node)
        reason = said(
            "“{text}” and what it goes with are of two halves of one split: “{new}” is the partner.",
            text=text,
            new=new,
        )
        yield Candidate(case.tree.edited({node: new}), reason, "one split")


_LABELLED = frozenset({"x", "y", "X", "y_true", "y_pred", "y_score", "sample_weight"})


def _mismatch(case: Case, method: str, arguments: list[Any]) -> tuple[Any, str] | None:
    """The argument to change and what to put there: None where the first two fit, or nothing is known."""
    if len(arguments) < 2:
        return None
    for targets, wholes in reversed(case.facts.splits):
        places = [_place(case, node, targets) for node in arguments[:2]]
        if None in places:
            partner = _part_of_whole(case, arguments[:2], places, targets, wholes)
            if partner is not None:
                return partner
            continue
        first, second = places
        assert first is not None and second is not None
        if first % 2 == second % 2:
            return None
        predicted = [
            case.tree.text(node) in case.facts.predictions or isinstance(node, _call_type())
            for node in arguments[:2]
        ]
        keep, change = (first, 1) if not predicted[1] else (second, 0)
        if all(predicted):
            return None
        if method == "fit" and first % 2:
            keep, change = (second, 0) if not second % 2 else (first, 1)
        other = second if change == 1 else first
        return arguments[change], targets[other - other % 2 + keep % 2]
    return None


def _part_of_whole(
    case: Case,
    arguments: list[Any],
    places: list[int | None],
    targets: tuple[str, ...],
    wholes: tuple[str, ...],
) -> tuple[Any, str] | None:
    """`fit(X_train, y)`: where one is a part of a split and the other was split as well, its part."""
    texts = [case.tree.text(node).strip() for node in arguments]
    for change, keep in ((0, 1), (1, 0)):
        place = places[keep]
        if place is None or places[change] is not None or texts[change] not in wholes:
            continue
        partner = 2 * wholes.index(texts[change]) + place % 2
        if len(targets) == 2 * len(wholes) and partner // 2 != place // 2:
            return arguments[change], targets[partner]
    return None


def _call_type() -> type[Any]:
    import libcst as cst

    return cst.Call


def _place(case: Case, node: Any, targets: tuple[str, ...]) -> int | None:
    """Which target of a split an argument is, or was predicted from."""
    import libcst as cst

    text = case.tree.text(node).strip()
    if (
        isinstance(node, cst.Call)
        and node.args
        and dotted(node.func).endswith((".predict", ".predict_proba"))
    ):
        text = case.tree.text(node.args[0].value)
    text = case.facts.predictions.get(text, text)
    return targets.index(text) if text in targets else None


def _order_of_targets(case: Case) -> Candidate | None:
    """`X_train, y_train, X_test, y_test = train_test_split(X, y)`: the results come in pairs."""
    import libcst as cst

    for node in case.tree.nodes(cst.Assign):
        if not isinstance(node.value, cst.Call) or not dotted(node.value.func).endswith("train_test_split"):
            continue
        target = node.targets[0].target
        if not isinstance(target, cst.Tuple) or len(target.elements) != 4 or len(positional(node.value)) != 2:
            continue
        names = [part.value.value for part in target.elements if isinstance(part.value, cst.Name)]
        if len(names) != 4:
            continue
        parts = [_part(name) for name in names]
        if parts == ["train", "train", "test", "test"]:
            changes = {target.elements[1].value: names[2], target.elements[2].value: names[1]}
            reason = said(
                "train_test_split gives both parts of its first argument, then those of the second."
            )
            return Candidate(case.tree.edited(changes), reason, "order of the split")
    return None


def _part(name: str) -> str:
    plain = name.lower()
    if re.search(r"train|_tr$|tr$", plain):
        return "train"
    return "test" if re.search(r"test|_te$|te$|val", plain) else ""


RULES = (two_dimensions, fit_first, one_split)
