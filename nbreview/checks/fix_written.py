"""Fixes of what is written almost right: a method or class without its brackets, a shape as single numbers, a
format with too few values, a file that is opened as text, names of Python 2 and of JSON.

Imports `fix_case`, `fix_names`, `fix_tree` and below. The rules follow the Python library reference
("printf-style String Formatting", `json`, `pickle`), What's New in Python 3.0, and the references of NumPy,
pandas and scikit-learn.
"""

import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case, meant_pairs
from nbreview.checks.fix_names import with_name
from nbreview.checks.fix_tree import (
    ConcreteCell,
    add_argument,
    dotted,
    keyword_argument,
    positional,
    string_value,
)
from nbreview.words import said


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHER_NAMES = {
    "xrange": "range",
    "raw_input": "input",
    "unichr": "chr",
    "unicode": "str",
    "basestring": "str",
    "true": "True",
    "false": "False",
    "null": "None",
}
_OF_JSON = frozenset({"true", "false", "null"})
_WITHOUT_ARGUMENTS = _words(
    """
    items keys values iterrows itertuples mean sum min max std var median count head tail describe lower upper
    strip split nunique unique isnull isna notnull any all copy item tolist numpy detach cpu parameters cumsum
    value_counts dropna reset_index size first last ravel flatten transpose to_numpy mode abs
    """
)
_TAKES_VALUES = _words("len range sorted list print sum max min enumerate str round int float")
_PROPERTIES_TOO = frozenset({"values", "size"})  # of frames and arrays: they are no methods there
_UNCALLED = (
    r"'(?:method|builtin_function_or_method|function)' object is not (?:iterable|subscriptable)|"
    r"'(?:method|builtin_function_or_method|function)' object has no attribute|"
    r"unsupported operand type\(s\) for .*'(?:method|builtin_function_or_method)'|"
    r"not supported between instances of .*'(?:method|builtin_function_or_method)'|"
    r"object of type '(?:method|builtin_function_or_method)' has no len|"
    r"cannot unpack non-iterable (?:method|builtin_function_or_method) object|"
    r"(?:must be|argument:) .*(?:not )?'(?:method|builtin_function_or_method)'"
)
_SHAPED = frozenset({"numpy.zeros", "numpy.ones", "numpy.empty"})
_DRAWN = frozenset({"numpy.random.rand", "numpy.random.randn"})
_MATH = _words(
    "sqrt exp log log10 log2 log1p expm1 sin cos tan floor ceil fabs sinh cosh tanh radians degrees"
)
_PLACES = re.compile(r"%(?!%)[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrsa]")


def other_names(case: Case) -> Iterator[Candidate]:
    """Names that Python 2 and JSON have: `xrange` is `range`, `true` is `True`."""
    match = case.said(r"name '(\w+)' is not defined") or case.said(r"“(\w+)”")
    if case.exception != "NameError" or match is None or match[1] in case.index.binds:
        return
    import libcst as cst

    used: dict[str, list[Any]] = {}
    for node in case.tree.nodes(cst.Name):
        used.setdefault(node.value, []).append(node)
    names = [
        name
        for name in OTHER_NAMES
        if name in used
        and name not in case.index.binds
        and (name not in _OF_JSON or all(_is_json_value(case, node) for node in used[name]))
    ]
    if match[1] not in names:
        return
    source = case.cell.source
    for name in names:
        source = with_name(source, name, OTHER_NAMES[name]) or source
    if source != case.cell.source:
        pairs = meant_pairs({name: OTHER_NAMES[name] for name in names})
        yield Candidate(source, said("In Python 3 {pairs}.", pairs=pairs), "other name")


def _is_json_value(case: Case, node: Any) -> bool:
    """Whether a name stands where JSON has a value; elsewhere `true` may be somebody's true labels."""
    import libcst as cst

    parent = case.tree.parent(node)
    if isinstance(parent, cst.Arg):
        return parent.keyword is not None and node is parent.value
    return isinstance(parent, cst.DictElement | cst.Assign) and node is parent.value


def uncalled_method(case: Case) -> Iterator[Candidate]:
    """`d.items` is the method itself: brackets call it (Python tutorial, 9.3.2)."""
    if case.exception not in ("TypeError", "AttributeError") or not case.said(_UNCALLED):
        return
    import libcst as cst

    nodes = []
    for node in case.at_line(cst.Attribute):
        parent = case.tree.parent(node)
        if node.attr.value not in _WITHOUT_ARGUMENTS or (
            isinstance(parent, cst.Call) and node is parent.func
        ):
            continue
        if isinstance(parent, cst.AssignTarget | cst.Subscript) or _is_argument(case, node):
            continue
        known = case.known(node.value)
        if case.facts.path_of(dotted(node.value)):
            continue  # a function of a module
        if node.attr.value in _PROPERTIES_TOO and (known is None or known.kind != "dict"):
            continue
        if known is not None and node.attr.value in known.columns:
            continue
        nodes.append(node)
    if len(nodes) != 1:
        return
    name = nodes[0].attr.value
    change = {nodes[0]: f"{case.tree.text(nodes[0])}()"}
    yield Candidate(
        case.tree.edited(change),
        said("“{name}” is a method: brackets call it.", name=name),
        "uncalled method",
    )


def _is_argument(case: Case, node: Any) -> bool:
    """Whether a method is handed over, as to `map` or `apply`."""
    import libcst as cst

    parent = case.tree.parent(node)
    return isinstance(parent, cst.Arg) and dotted(case.tree.parent(parent).func) not in _TAKES_VALUES


def class_without_brackets(case: Case) -> Iterator[Candidate]:
    """`model = LinearRegression` names the class: brackets make an object of it (tutorial, 9.3.2)."""
    if case.exception != "TypeError" or not case.said(r"missing 1 required positional argument: "):
        return
    import libcst as cst

    owners = {
        call.func.value.value
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute) and isinstance(call.func.value, cst.Name)
    }
    for tree, where in case.trees("=", any_of=owners):
        found: list[tuple[ConcreteCell, Any, str]] = []
        for node in tree.nodes(cst.Assign):
            target, value = node.targets[0].target, node.value
            if not isinstance(target, cst.Name) or target.value not in owners or len(node.targets) > 1:
                continue
            path = case.facts.path_of(dotted(value)) if dotted(value) else ""
            own = isinstance(value, cst.Name) and _is_own_class(case, value.value)
            if own or (path and path.rpartition(".")[2][:1].isupper()):
                found.append((tree, value, target.value))
        if len(found) == 1:
            _, value, name = found[0]
            text = tree.text(value)
            reason = said(
                "“{name}” is the class “{text}” itself: brackets make an object of it.", name=name, text=text
            )
            yield Candidate(tree.edited({value: f"{text}()"}), reason, "class", cell_index=where)
        if found:
            return


def _is_own_class(case: Case, name: str) -> bool:
    import libcst as cst

    return any(
        node.name.value == name for tree, _ in case.trees("class", name) for node in tree.nodes(cst.ClassDef)
    )


def number_of_many(case: Case) -> Iterator[Candidate]:
    """`int(df["a"])` and `math.sqrt(a)` take one number: `astype` and NumPy's functions take them all."""
    if case.exception != "TypeError" or not case.said(
        r"^cannot convert the series to <class '(?:int|float)'>|"
        r"^only (?:length-1|size-1|0-dimensional) arrays can be"
    ):
        return
    numpy = next((name for name, path in case.facts.modules.items() if path == "numpy"), "")
    series = case.said(r"the series")
    import libcst as cst

    changes: dict[Any, Any] = {}
    for call in case.at_line(cst.Call):
        if len(positional(call)) != 1 or len(call.args) != 1:
            continue
        path = case.facts.path_of(dotted(call.func))
        text = case.tree.text(call.args[0].value)
        simple = isinstance(call.args[0].value, cst.Name | cst.Attribute | cst.Subscript | cst.Call)
        if path.startswith("math.") and path[5:] in _MATH and numpy:
            changes[call.func] = f"{numpy}.{path[5:]}"
        elif dotted(call.func) in ("int", "float") and simple and _fills_column(case, call):
            known = case.known(call.args[0].value)
            if series or (known is not None and known.kind == "ndarray"):
                changes[call] = f"{text}.astype({dotted(call.func)})"
    if len(changes) == 1:
        reason = said("This takes one number, and here are many: each is converted by itself.")
        yield Candidate(case.tree.edited(changes), reason, "number of many")


def _fills_column(case: Case, call: Any) -> bool:
    """Whether what a call gives becomes a column: then many values are meant, and not one of them."""
    import libcst as cst

    parent = case.tree.parent(call)
    return isinstance(parent, cst.Assign) and isinstance(parent.targets[0].target, cst.Subscript)


def missing_in_mask(case: Case) -> Iterator[Candidate]:
    """A mask of texts has no answer for missing ones: `na=False` leaves them out (reference of
    `Series.str.contains`).
    """
    if not case.said(r"^Cannot mask with non-boolean array containing NA / NaN values"):
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute)
        and call.func.attr.value in ("contains", "startswith", "endswith", "match", "fullmatch")
        and case.tree.text(call.func.value).endswith(".str")
        and keyword_argument(call, "na") is None
    ]
    if len(calls) == 1:
        reason = said(
            "Some texts are missing, and the mask has no answer for them: na=False leaves their rows out."
        )
        yield Candidate(case.tree.edited({calls[0]: add_argument("na", "False")}), reason, "mask")


def shape_in_brackets(case: Case) -> Iterator[Candidate]:
    """`np.zeros((3, 4))` takes one shape, `np.random.rand(3, 4)` single sizes (NumPy reference)."""
    one = case.said(
        r"^Cannot interpret '[^']+' as a data type|^'\w+' object cannot be interpreted as an integer"
    )
    if case.exception != "TypeError" or not one:
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    reason = ""
    for call in case.at_line(cst.Call):
        path, given = case.facts.path_of(dotted(call.func)), positional(call)
        if len(given) != len(call.args):
            continue
        name = case.tree.text(call.func)
        if path in _SHAPED and 2 <= len(given) <= 4 and case.said(r"as a data type"):
            inside = ", ".join(case.tree.text(arg.value) for arg in given)
            changes[call], reason = (
                f"{name}(({inside}))",
                said("{name} takes the shape as one tuple.", name=name),
            )
        elif path in _DRAWN and len(given) == 1 and isinstance(given[0].value, cst.Tuple):
            inside = ", ".join(case.tree.text(part.value) for part in given[0].value.elements)
            changes[call], reason = f"{name}({inside})", said("{name} takes each size by itself.", name=name)
    if len(changes) == 1:
        yield Candidate(case.tree.edited(changes), reason, "shape")


def values_of_format(case: Case) -> Iterator[Candidate]:
    """`"%s %s" % a, b` formats with `a` alone: the values stand in one tuple (library reference)."""
    if case.exception != "TypeError" or not case.said(r"^not enough arguments for format string"):
        return
    import libcst as cst

    for node in case.at_line(cst.BinaryOperation):
        text = string_value(node.left) if isinstance(node.operator, cst.Modulo) else None
        argument = case.tree.parent(node)
        call = case.tree.parent(argument) if isinstance(argument, cst.Arg) else None
        if text is None or not isinstance(call, cst.Call) or isinstance(node.right, cst.Tuple | cst.Dict):
            continue
        given = positional(call)
        here = next((place for place, arg in enumerate(given) if arg is argument), len(given))
        rest = given[here + 1 :]
        if len(_PLACES.findall(text)) != len(rest) + 1 or not rest or len(given) != len(call.args):
            return
        values = ", ".join(case.tree.text(each) for each in (node.right, *(arg.value for arg in rest)))
        before = [case.tree.text(arg.value) for arg in given[:here]]
        whole = ", ".join([*before, f"{case.tree.text(node.left)} % ({values})"])
        reason = said("All values of a format stand in one tuple behind the “%”.")
        yield Candidate(case.tree.edited({call: f"{case.tree.text(call.func)}({whole})"}), reason, "format")
        return


def text_or_file(case: Case) -> Iterator[Candidate]:
    """`json.load` reads a file and `json.loads` a text; what `pickle` keeps are bytes (library reference)."""
    import libcst as cst

    to_file = case.said(r"^the JSON object must be str, bytes or bytearray, not \w*TextIO\w*")
    to_text = case.exception == "AttributeError" and case.said(
        r"^'(?:str|bytes)' object has no attribute 'read'"
    )
    if to_file or to_text:
        old, new = ("loads", "load") if to_file else ("load", "loads")
        changes = {
            call.func.attr: new
            for call in case.at_line(cst.Call)
            if isinstance(call.func, cst.Attribute) and case.facts.path_of(dotted(call.func)) == f"json.{old}"
        }
        if len(changes) == 1:
            why = said("What is read is a text: that is json.loads.")
            if to_file:
                why = said("What is read is an open file: that is json.load.")
            yield Candidate(
                case.tree.edited(changes),
                why,
                "json",
            )
        return
    written = case.said(r"^write\(\) argument must be str, not bytes")
    read = case.said(r"^'utf-8' codec can't decode byte|^a bytes-like object is required, not 'str'")
    if not (written or read):
        return
    function = "pickle.dump" if written else "pickle.load"
    if not any(case.facts.path_of(dotted(call.func)) == function for call in case.at_line(cst.Call)):
        return
    wanted = "w" if written else "r"
    calls = [call for call in case.tree.nodes(cst.Call) if dotted(call.func) == "open" and call.args]
    found = []
    for call in calls:
        given = positional(call)
        mode = given[1].value if len(given) > 1 else getattr(keyword_argument(call, "mode"), "value", None)
        if (string_value(mode) if mode is not None else "r") == wanted:
            found.append((call, mode))
    if len(found) != 1:
        return
    call, mode = found[0]
    reason = said("What pickle writes and reads are bytes: the file is opened as such.")
    quote = mode.quote if mode is not None else '"'
    edit: dict[Any, Any] = {mode: f"{quote}{wanted}b{quote}"}
    if mode is None:
        edit = {call: add_argument("mode", f"{quote}{wanted}b{quote}")}
    yield Candidate(case.tree.edited(edit), reason, "file mode")


RULES = (
    other_names,
    uncalled_method,
    class_without_brackets,
    number_of_many,
    missing_in_mask,
    shape_in_brackets,
    values_of_format,
    text_or_file,
)
