"""Fixes of calls that do not fit: keywords by the real signature, values by what may be given.

Imports `fix_case`, `fix_reference`, `fix_tree`, `notebook` and below. A signature is, in this order: that of
the notebook's own function, what the environment says, what the API references list.
"""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nbreview.checks.fix_case import Candidate, Case, nearest
from nbreview.checks.fix_reference import Removal, parameters_named, parameters_of, removals_of
from nbreview.checks.fix_tree import (
    ConcreteCell,
    add_argument,
    dotted,
    drop_argument,
    keyword_argument,
    name_arguments,
    positional,
    string_value,
    with_string,
)
from nbreview.notebook.bindings import parse_cell
from nbreview.words import said

_UNEXPECTED = re.compile(r"(?:([\w.]+)\(\) )?got an unexpected keyword argument '(\w+)'")
_UNKNOWN_PROPERTY = re.compile(r"(?:Unknown property|has no property) '?(\w+)'?")
_KERAS_WORDS = re.compile(r"(?:[Aa]rgument\(s\) not recognized:|keyword arguments?:?) [{(]'(\w+)'")
_TOO_MANY = re.compile(
    r"([\w.]+)\(\) takes (?:from \d+ to )?(?:exactly )?(\d+) positional arguments? but (\d+)"
)
_GOT = re.compile(r"The '(\w+)' parameter of (\w+) must be (.+)\. Got '?([^']*)'? instead")
_ARTISTS = ("Line2D.set", "Rectangle.set", "PathCollection.set", "Text.set")
_SAME = {"colour": "color", "colours": "colors", "grey": "gray", "centre": "center", "colormap": "cmap"}
_PARAMETER_KINDS = (1, 3)  # inspect.Parameter: positional or keyword, keyword only
_EXTRA = 4  # **kwargs


def unexpected_keyword(case: Case) -> Iterator[Candidate]:
    """A keyword that the callable does not take: the one that it takes now, or the one that was meant."""
    found = (
        case.said(_UNEXPECTED.pattern)
        if case.exception in ("TypeError", "AttributeError")
        else case.said(_KERAS_WORDS.pattern)
        if case.exception in ("ValueError", "TypeError")
        else None
    )
    if found is None and case.exception == "AttributeError":
        found = case.said(_UNKNOWN_PROPERTY.pattern)
    if found is None:
        return
    word = found[found.re.groups]
    named = (found[1] or "") if found.re.groups == 2 else ""
    import libcst as cst

    calls = [call for call in case.at_line(cst.Call) if keyword_argument(call, word) is not None]
    if len(calls) != 1:
        calls = [call for call in calls if _last(call) in named.split(".")]
    if len(calls) != 1:
        return
    call = calls[0]
    row = _keyword_row(call, named, word)
    if row is not None:
        change = _by_row(case, call, row)
        if change is not None:
            yield Candidate(
                case.tree.edited(change),
                said(
                    "{name} no longer takes “{word}” ({source}).", name=row.name, word=word, source=row.says
                ),
                "removed keyword",
            )
        return
    names, owner = _parameters(case, call, named)
    taken = {arg.keyword.value for arg in call.args if arg.keyword is not None}
    choices = [name for name in names if name not in taken]
    meant = _SAME[word] if _SAME.get(word) in choices else nearest(word, choices)
    if meant:
        change = {keyword_argument(call, word).keyword: meant}
        reason = said(
            "{owner} takes “{meant}”, and no “{word}”.", owner=owner or _last(call), meant=meant, word=word
        )
        yield Candidate(case.tree.edited(change), reason, "keyword")


def _last(call: Any) -> str:
    import libcst as cst

    func = call.func
    return str(func.attr.value if isinstance(func, cst.Attribute) else getattr(func, "value", ""))


def _keyword_row(call: Any, named: str, word: str) -> Removal | None:
    rows = removals_of("keyword")
    for name in (_last(call), *reversed(named.split("."))):
        for row in rows.get(name, ()):
            if row.keyword == word:
                return row
    return None


def _by_row(case: Case, call: Any, row: Removal) -> dict[Any, Any] | None:
    """The change that a row of the table asks for, None where it cannot be made."""
    argument = keyword_argument(call, row.keyword)
    value = case.tree.text(argument.value)
    if row.special == "none":
        return None
    if row.special == "squeeze":
        gone = drop_argument("squeeze")
        return {call: _squeezed(gone) if value == "True" else gone}
    if row.special == "root":
        return _root_error(case, call, value)
    if row.special == "resample":
        method = value.strip("'\"")
        return {call: _followed_by("how", method)} if method.isidentifier() else None
    if row.special == "level":
        return {call: _grouped(value, _last(call))}
    if row.values:
        if value not in row.values:
            return None
        new = row.values[value]
        if not new:
            return {call: drop_argument(row.keyword)}
        if row.replacement:
            return {argument.keyword: row.replacement, argument.value: new}
    if not row.replacement:
        return {call: drop_argument(row.keyword)}
    if keyword_argument(call, row.replacement) is not None:
        return None
    return {argument.keyword: row.replacement}


def _squeezed(gone: Callable[[Any], Any]) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(call: Any) -> Any:
        inner = gone(call)
        function = cst.Attribute(inner, cst.Name("squeeze"))
        return cst.Call(function, [cst.Arg(cst.SimpleString('"columns"'))])

    return edit


def _followed_by(word: str, method: str) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(call: Any) -> Any:
        return cst.Call(cst.Attribute(drop_argument(word)(call), cst.Name(method)))

    return edit


def _grouped(level: str, method: str) -> Callable[[Any], Any]:
    """`df.sum(level=0)` as `df.groupby(level=0).sum()` (What's new in pandas 2.0.0)."""
    import libcst as cst

    def edit(call: Any) -> Any:
        rest = drop_argument("level")(call)
        grouped = cst.Call(
            cst.Attribute(call.func.value, cst.Name("groupby")),
            add_argument("level", level)(cst.Call(call.func)).args,
        )
        return rest.with_changes(func=cst.Attribute(grouped, cst.Name(method)))

    return edit


def _root_error(case: Case, call: Any, value: str) -> dict[Any, Any] | None:
    """`mean_squared_error(…, squared=False)`: its root, which every version can say."""
    if value == "True":
        return {call: drop_argument("squared")}
    numpy = next((name for name, path in case.facts.modules.items() if path == "numpy"), "")
    if value != "False" or not numpy:
        return None
    import libcst as cst

    def edit(node: Any) -> Any:
        inner = drop_argument("squared")(node)
        return cst.Call(cst.Attribute(cst.Name(numpy), cst.Name("sqrt")), [cst.Arg(inner)])

    return {call: edit}


def _parameters(case: Case, call: Any, named: str) -> tuple[Sequence[str], str]:
    """The keywords that a callable takes, and its name."""
    own = _own_parameters(case, _last(call))
    if own is not None:
        return own, _last(call)
    path = case.facts.path_of(dotted(call.func))
    if named in _ARTISTS or case.said("has no property"):
        artist = next((name for name in _ARTISTS if named == name), "Line2D.set")
        return parameters_of(artist), path or _last(call)
    kind = ""
    known = case.known(call.func.value) if hasattr(call.func, "attr") else None
    if known is not None:
        kind = f"{known.kind}.{_last(call)}"
    for name in filter(None, (path, kind)):
        if case.environment is not None and (rows := case.environment.signature(name)):
            return [str(row[0]) for row in rows[0] if row[1] in _PARAMETER_KINDS], name
        if parameters_of(name):
            return parameters_of(name), name
    wanted = named.removesuffix(".__init__").rpartition(".")[2] or _last(call)
    listed = {words for _, words in parameters_named(wanted)}
    return (listed.pop(), wanted) if len(listed) == 1 else ((), "")


def _own_parameters(case: Case, name: str) -> list[str] | None:
    """The parameters of a function, or of a class's `__init__`, that the notebook defines."""
    found: list[str] | None = None
    for cell in case.cells:
        tree = parse_cell(cell.source).tree if cell.index <= case.cell.index else None
        for node in tree.body if tree is not None else ():
            if isinstance(node, ast.ClassDef) and node.name == name:
                node = next(
                    (
                        part
                        for part in node.body
                        if isinstance(part, ast.FunctionDef) and part.name == "__init__"
                    ),
                    node,
                )
            elif not (isinstance(node, ast.FunctionDef) and node.name == name):
                continue
            if isinstance(node, ast.FunctionDef):
                arguments = node.args
                found = [part.arg for part in (*arguments.args, *arguments.kwonlyargs) if part.arg != "self"]
    return found


def keyword_only(case: Case) -> Iterator[Candidate]:
    """Arguments by position that have become keyword-only: the table tells their old order."""
    match = case.said(_TOO_MANY.pattern) or case.said(r"(\w+)\(\) got multiple values for argument 'data'")
    if case.exception != "TypeError" or match is None:
        return
    import libcst as cst

    last = match[1].removesuffix(".__init__").rpartition(".")[2]
    rows = removals_of("positional").get(last, ())
    calls = [call for call in case.at_line(cst.Call) if _last(call) == last and positional(call)]
    if not rows or len(calls) != 1 or _own_parameters(case, last) is not None:
        return
    row, call = rows[0], calls[0]
    given = positional(call)
    names = row.names
    if row.library == "seaborn" and _is_frame(case, given[0].value) and row.keep == 0:
        names = ("data", *(name for name in names if name != "data"))
    if len(given) > len(names) or len(given) <= row.keep:
        return
    places = {
        index: names[index]
        for index, arg in enumerate(call.args)
        if arg.keyword is None and index >= row.keep
    }
    if any(keyword_argument(call, names[index]) for index in range(row.keep, len(given))):
        return

    reason = said("{last} takes these arguments by keyword only ({source}).", last=last, source=row.says)
    yield Candidate(case.tree.edited({call: name_arguments(places)}), reason, "keyword only")


def _is_frame(case: Case, node: Any) -> bool:
    known = case.known(node)
    return known is not None and known.kind == "DataFrame"


def invalid_value(case: Case) -> Iterator[Candidate]:
    """A value that the parameter no longer takes, or a misspelt one: the message lists what it takes."""
    match = case.said(_GOT.pattern)
    if match is None:
        return
    word, owner, allowed, value = match[1], match[2], match[3], match[4]
    row = next(
        (row for row in removals_of("value").get(owner, ()) if (row.keyword, row.value) == (word, value)),
        None,
    )
    choices = re.findall(r"'([^']+)'", allowed)
    meant = "" if row is not None else nearest(value, choices)
    if row is None and not meant:
        return
    for tree, where in case.trees(owner, word):
        places = _values(tree, owner, word, value)
        if len(places) > 1:
            return
        for node in places:
            quoted = row.replacement if row is not None else ""
            text = quoted.strip("'") if quoted.startswith("'") else meant
            new = with_string(node, text) if text else quoted
            reason = (
                said(
                    "{owner} takes {new} where it took “{value}” ({source}).",
                    owner=owner,
                    new=new,
                    value=value,
                    source=row.says,
                )
                if row is not None
                else said("{owner} takes “{meant}” for “{word}”.", owner=owner, meant=meant, word=word)
            )
            if new:
                yield Candidate(tree.edited({node: new}), reason, "value", cell_index=where)
            return


def _values(tree: ConcreteCell, owner: str, word: str, value: str) -> list[Any]:
    import libcst as cst

    found = []
    for call in tree.nodes(cst.Call):
        argument = keyword_argument(call, word)
        if _last(call) == owner and argument is not None and string_value(argument.value) == value:
            found.append(argument.value)
    return found


def choice_of_average(case: Case) -> Iterator[Candidate]:
    """Metrics for two classes need to be told how to average over more (scikit-learn's user guide, 3.4.4)."""
    if not case.said(r"Target is multiclass but average='binary'"):
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if _last(call) in ("f1_score", "precision_score", "recall_score", "fbeta_score", "jaccard_score")
        and _averages_two(case, call)
    ]
    if not calls:
        return
    for value in ("weighted", "macro"):
        changes: dict[Any, Any] = {}
        for call in calls:
            given = keyword_argument(call, "average")
            if given is not None:
                changes[given.value] = f"'{value}'"
            else:
                changes[call] = add_argument("average", f"'{value}'")
        reason = said("There are more than two classes: “macro” averages over them as equals.")
        if value == "weighted":
            reason = said(
                "There are more than two classes: “weighted” averages over them by the number of their "
                "samples."
            )
        yield Candidate(case.tree.edited(changes), reason, "average")


def _averages_two(case: Case, call: Any) -> bool:
    """Whether a metric is told, or takes by itself, that there are two classes."""
    given = keyword_argument(call, "average")
    return given is None or case.tree.text(given.value).strip("'\"") == "binary"


def solver(case: Case) -> Iterator[Candidate]:
    """Which solvers know an L1 penalty is told in scikit-learn's reference of `LogisticRegression`."""
    if not case.said(r"Solver (?:lbfgs|newton-cg|sag|newton-cholesky) supports only .* got l1 penalty"):
        return
    for tree, where in case.trees("LogisticRegression"):
        import libcst as cst

        calls = [
            call
            for call in tree.nodes(cst.Call)
            if _last(call) == "LogisticRegression"
            and (given := keyword_argument(call, "penalty")) is not None
            and string_value(given.value) == "l1"
        ]
        if len(calls) == 1:
            given = keyword_argument(calls[0], "solver")
            for value in ("liblinear", "saga"):
                change: dict[Any, Any] = (
                    {given.value: f"'{value}'"}
                    if given is not None
                    else {calls[0]: add_argument("solver", f"'{value}'")}
                )
                reason = said(
                    "The solver “{value}” knows the L1 penalty; the one in use does not.", value=value
                )
                yield Candidate(tree.edited(change), reason, "solver", cell_index=where)
        if calls:
            return


RULES = (unexpected_keyword, keyword_only, invalid_value, choice_of_average, solver)
