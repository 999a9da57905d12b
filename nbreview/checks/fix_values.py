"""Fixes of values: numbers written as text, positions past the end, texts and numbers, brackets.

Imports `fix_case`, `fix_tree` and below. The rules follow the Python tutorial and library reference, and the
pandas user guide ("Working with text data").
"""

import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import dotted, positional, root_name, string_value
from nbreview.words import said

_TEXT_NUMBER = re.compile(
    r"could not convert string to float: (?P<q>['\"])(?P<a>.*?)(?P=q)|"
    r"invalid literal for int\(\) with base 10: (?P<p>['\"])(?P<b>.*?)(?P=p)|"
    r"Unable to parse string \"(?P<c>.*?)\" at position"
)
_THOUSANDS = re.compile(r"\s*[-(]?\s*[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?\s*$")
_DECORATED = re.compile(r"^\s*[-+]?\s*(?P<before>[$€£¥₹]?)\s*[-+]?[\d,]*\.?\d+\s*(?P<after>[+%€]?)\s*$")
_JOINED = (
    r"^can only concatenate str \(not \"(?:int|float|complex|bool|numpy\.(?:u?int|float|bool)\w*|"
    r"(?:datetime\.)?(?:date|datetime|timedelta)|Timestamp|Timedelta)\"|must be str, not (?:int|float)"
)
_PLACEHOLDER = frozenset({"?", "-", "--", "na", "n/a", "nan", "null", "none", "", ".", "missing", "nil"})


def written_numbers(case: Case) -> Iterator[Candidate]:
    """`'1,234'` and `'$36,945 '` are texts: what is no digit goes before they become numbers."""
    match = case.said(_TEXT_NUMBER.pattern)
    if case.exception != "ValueError" or match is None:
        return
    value = match["a"] if match["a"] is not None else match["b"] if match["b"] is not None else match["c"]
    import libcst as cst

    for call in case.at_line(cst.Call):
        func = call.func
        if isinstance(func, cst.Attribute) and func.attr.value == "astype" and len(call.args) == 1:
            kind = _number_type(case, call.args[0].value)
            known = case.known(func.value)
            if not kind or (known is not None and known.kind not in ("Series",)):
                continue
            if not _is_series(case, func.value):
                continue
            yield from _column(case, call, func.value, value, kind)
            return
        if case.facts.path_of(dotted(func)) == "pandas.to_numeric" and call.args and len(call.args) == 1:
            yield from _column(case, call, call.args[0].value, value, "")
            return
        if isinstance(func, cst.Name) and func.value in ("float", "int") and len(call.args) == 1:
            yield from _scalar(case, call, value, func.value)
            return


def _number_type(case: Case, node: Any) -> str:
    text = case.tree.text(node).strip("'\"")
    last = text.rpartition(".")[2]
    if re.fullmatch(r"float(?:16|32|64)?", last):
        return "float"
    return "int" if re.fullmatch(r"u?int(?:8|16|32|64)?", last) else ""


def _is_series(case: Case, node: Any) -> bool:
    """Whether an expression is one column: known to be, or `df["a"]`."""
    import libcst as cst

    known = case.known(node)
    if known is not None:
        return known.kind == "Series"
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        inner = node.slice[0].slice
        return isinstance(inner, cst.Index) and string_value(inner.value) is not None
    return isinstance(node, cst.Attribute) and root_name(node) not in case.facts.modules


def _cleaning(value: str, kind: str) -> str:
    """The method call that leaves a number of such a text, "" where it is none, or which is not sure."""
    if not re.search(r"\d", value):
        return ""
    if _THOUSANDS.match(value) and "(" not in value:
        return ".str.replace(',', '')"
    if re.fullmatch(r"\s*-?\d+,\d+\s*", value):
        return ".str.replace(',', '.')" if kind != "int" and not re.search(r",\d{3}\s*$", value) else ""
    match = _DECORATED.match(value)
    if match is None:
        return ""
    signs = [sign for sign in (match["before"], "," if "," in value else "", match["after"]) if sign]
    if "," in value and not re.search(r"\d{1,3}(?:,\d{3})+(?!\d)", value):
        return ""
    if len(signs) == 1:
        return (
            f".str.replace('{signs[0]}', '', regex=False)"
            if signs[0] in "$+"
            else f".str.replace('{signs[0]}', '')"
        )
    ordered = sorted(signs, key="$€£¥₹+%,".index)
    return f".str.replace(r'[{''.join(ordered)}]', '', regex=True)" if signs else ""


def _column(case: Case, call: Any, column: Any, value: str, kind: str) -> Iterator[Candidate]:
    """The column without what is no digit; a marker of missing values becomes NaN."""
    if value.strip().lower() in _PLACEHOLDER:
        yield from _missing(case, call, column, value, kind)
        return
    text = case.tree.text(column)
    if kind == "int" and re.fullmatch(r"\s*-?\d+\.0*\s*", value):
        new = case.tree.text(call).replace(".astype(", ".astype(float).astype(", 1)
        yield Candidate(
            case.tree.edited({call: new}),
            said("“{value}” has a decimal point.", value=value),
            "written number",
        )
        return
    cleaning = _cleaning(value, kind)
    if cleaning:
        quote = _quote(case)
        cleaning = cleaning.replace("'", quote)
        reason = said(
            "The column holds texts such as “{value}”: what is no number goes first.", value=value.strip()
        )
        yield Candidate(case.tree.edited({column: f"{text}{cleaning}"}), reason, "written number")


def _quote(case: Case) -> str:
    """The quotes that this cell's texts have."""
    import libcst as cst

    quotes: list[str] = [node.quote for node in case.tree.nodes(cst.SimpleString) if len(node.quote) == 1]
    quotes += [node.start[-1] for node in case.tree.nodes(cst.FormattedString)]
    return '"' if quotes and quotes.count('"') > quotes.count("'") else "'"


def _missing(case: Case, call: Any, column: Any, value: str, kind: str) -> Iterator[Candidate]:
    pandas = next((name for name, path in case.facts.modules.items() if path == "pandas"), "")
    if not pandas or kind == "int":
        return
    text = case.tree.text(column)
    new = f"{pandas}.to_numeric({text}, errors='coerce')"
    reason = said(
        "The column marks missing values with “{value}”: errors='coerce' makes them NaN.", value=value
    )
    yield Candidate(case.tree.edited({call: new}), reason, "written number")


def _scalar(case: Case, call: Any, value: str, kind: str) -> Iterator[Candidate]:
    import libcst as cst

    node = call.args[0].value
    if _THOUSANDS.match(value) is None or "(" in value or (kind == "int" and "." in value):
        return
    if not isinstance(node, cst.Name | cst.Attribute | cst.Subscript | cst.SimpleString | cst.Call):
        return
    quote = _quote(case)
    new = f"{case.tree.text(node)}.replace({quote},{quote}, {quote}{quote})"
    reason = said("“{value}” is written with a separator of thousands.", value=value)
    yield Candidate(case.tree.edited({node: new}), reason, "written number")


def past_the_end(case: Case) -> Iterator[Candidate]:
    """The last position is the length less one (library reference, "Common Sequence Operations")."""
    if case.exception != "IndexError" or not case.said(r"out of (?:range|bounds)|out-of-bounds|index out of"):
        return
    import libcst as cst

    for node in case.at_line(cst.Subscript):
        inner = node.slice[0].slice if len(node.slice) == 1 else None
        value = inner.value if isinstance(inner, cst.Index) else None
        if value is None:
            continue
        name = case.tree.text(node.value).removesuffix(".iloc")
        text = case.tree.text(value)
        if text in (f"len({name})", f"{name}.shape[0]", f"{name}.size"):
            reason = said("The last position is the length less one.")
            yield Candidate(case.tree.edited({value: f"{text} - 1"}), reason, "past the end")
            return
    yield from _loops(case)


def _loops(case: Case) -> Iterator[Candidate]:
    """Loops over positions that go one too far."""
    import libcst as cst

    subscripts = [
        (case.tree.text(node.value), case.tree.text(node.slice[0].slice.value).replace(" ", ""))
        for node in case.at_line(cst.Subscript)
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index)
    ]
    statement = case.tree.statement_at(case.line) if case.line is not None else None
    if statement is None:
        return
    loops: list[Any] = [*case.tree.nodes(cst.For), *case.tree.nodes(cst.While)]
    for loop in sorted(loops, key=case.tree.lines, reverse=True):
        if not case.tree.contains(loop, statement):
            continue
        if isinstance(loop, cst.While):
            yield from _while(case, loop, subscripts)
            return
        call = loop.iter
        if not (
            isinstance(call, cst.Call) and dotted(call.func) == "range" and isinstance(loop.target, cst.Name)
        ):
            continue
        arguments = positional(call)
        if len(arguments) not in (1, 2):
            return
        index, end = loop.target.value, arguments[-1].value
        for sequence, position in subscripts:
            length = f"len({sequence})"
            text = case.tree.text(end).replace(" ", "")
            new = ""
            if position == f"{index}+1" and text == length:
                new = f"{length} - 1"
            elif position == index and text == f"{length}+1":
                new = length
            elif text == length and (further := re.fullmatch(rf"{re.escape(index)}\+(\w+)", position)):
                new = f"{length} - {further[1]}"
            if new:
                reason = said(
                    "The last position of “{sequence}” is {length} - 1; this loop goes past it.",
                    sequence=sequence,
                    length=length,
                )
                yield Candidate(case.tree.edited({end: new}), reason, "past the end")
                return
        return


def _while(case: Case, loop: Any, subscripts: list[tuple[str, str]]) -> Iterator[Candidate]:
    import libcst as cst

    test = loop.test
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return
    operator, right = test.comparisons[0].operator, case.tree.text(test.comparisons[0].comparator)
    if not isinstance(operator, cst.LessThanEqual):
        return
    for sequence, position in subscripts:
        if right == f"len({sequence})" and position == case.tree.text(test.left):
            new = cst.LessThan(operator.whitespace_before, operator.whitespace_after)
            reason = said("The last position of “{sequence}” is {right} - 1.", sequence=sequence, right=right)
            yield Candidate(case.tree.edited({operator: _always(new)}), reason, "past the end")
            return


def _always(new: Any) -> Any:
    return lambda _: new


def joined_text(case: Case) -> Iterator[Candidate]:
    """A number is made a text before it is joined to one (library reference, `str`)."""
    if case.exception != "TypeError" or not case.said(_JOINED):
        return
    import libcst as cst

    parts: list[Any] = []
    for node in case.at_line(cst.BinaryOperation):
        if isinstance(node.operator, cst.Add) and not isinstance(case.tree.parent(node), cst.BinaryOperation):
            parts += _summands(node)
    plain = [part for part in parts if not _is_text(part)]
    numbers = plain
    if len(plain) > 1:
        numbers = [part for part in plain if _is_number(case, part)]
    if parts and len(plain) == len(parts):
        return
    if len(plain) > 1 and len(numbers) != len(plain):
        # What stands first was joined to a text without complaint, and so is one.
        numbers = plain = [part for part in plain if part is not parts[0]]
        if len(plain) != 1:
            return
    if numbers and (len(plain) == 1 or len(numbers) == len(plain)):
        changes = {part: f"str({case.tree.text(part)})" for part in numbers}
        reason = said("A number has to be made a text before it is joined to one.")
        yield Candidate(case.tree.edited(changes), reason, "joined text")


def _summands(node: Any) -> list[Any]:
    import libcst as cst

    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add) and not node.lpar:
        return [*_summands(node.left), *_summands(node.right)]
    return [node]


def _is_text(node: Any) -> bool:
    import libcst as cst

    if isinstance(node, cst.SimpleString | cst.FormattedString | cst.ConcatenatedString):
        return True
    if isinstance(node, cst.Call):
        name = node.func.attr.value if isinstance(node.func, cst.Attribute) else dotted(node.func)
        return name in ("str", "repr", "format", "join", "upper", "lower", "strip", "title")
    return False


def _is_number(case: Case, node: Any) -> bool:
    import libcst as cst

    if isinstance(node, cst.Call):
        return dotted(node.func) in ("len", "int", "float", "sum", "round", "max", "min", "abs")
    known = case.known(node)
    return known is not None and known.kind in ("int", "float")


def whole_numbers(case: Case) -> Iterator[Candidate]:
    """`/` gives a float; positions and counts are whole: `//` (library reference, "Numeric Types")."""
    if not case.said(
        r"'(?:numpy\.)?float(?:64)?' object cannot be interpreted as an integer|"
        r"slice indices must be integers|"
        r"list indices must be integers or slices, not float|"
        r"only integers, slices .* are valid indices|'float' object cannot be interpreted as an index"
    ):
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    for node in case.at_line(cst.BinaryOperation):
        if isinstance(node.operator, cst.Divide) and _is_position(case, node):
            operator = node.operator
            changes[operator] = _floor(operator)
    if not changes:
        yield from _whole_literal(case)
    if len(changes) == 1:
        reason = said(
            "A division with / gives a float, also where it comes out even; // gives a whole number."
        )
        yield Candidate(case.tree.edited(changes), reason, "whole number")


def _whole_literal(case: Case) -> Iterator[Candidate]:
    """`range(10.0)`, `n=1e3`: a whole number that is written as a float."""
    import libcst as cst

    changes: dict[Any, Any] = {}
    for node in case.at_line(cst.Float):
        number = float(node.value)
        if number.is_integer() and abs(number) < 1e12 and _is_position(case, node):
            changes[node] = str(int(number))
    if len(changes) == 1:
        reason = said("A position or a count is a whole number, also where a float comes out even.")
        yield Candidate(case.tree.edited(changes), reason, "whole number")


def _floor(operator: Any) -> Any:
    import libcst as cst

    new = cst.FloorDivide(operator.whitespace_before, operator.whitespace_after)
    return _always(new)


def _is_position(case: Case, node: Any) -> bool:
    """Whether a division stands in a subscript, or is an argument of what takes whole numbers."""
    import libcst as cst

    whole = (
        "range",
        "zeros",
        "ones",
        "reshape",
        "linspace",
        "subplot",
        "subplots",
        "randint",
        "empty",
        "head",
        "sample",
        "tail",
    )
    inner = node
    while inner is not None:
        outer = case.tree.parent(inner)
        if isinstance(outer, cst.Subscript):
            return inner is not outer.value
        if isinstance(outer, cst.Call) and inner is not outer.func:
            name = outer.func.attr.value if isinstance(outer.func, cst.Attribute) else dotted(outer.func)
            return name in whole
        inner = outer
    return False


RULES = (
    written_numbers,
    past_the_end,
    joined_text,
    whole_numbers,
)
