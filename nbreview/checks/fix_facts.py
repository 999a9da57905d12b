"""What is known of a notebook's values before a line of a cell: kinds, columns, keys, dimensions.

Imports `notebook` and below. Nothing is executed: assignments are followed in the order of the document, and
the head line of a CSV file beside the notebook is read; what outputs say is `fix_evidence`'s. What cannot be
followed is not known; a list of columns that may lack some is not `complete`.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbreview.checks.fix_csv import csv_columns
from nbreview.checks.fix_known import (
    KEEPS_SERIES,
    Known,
    after_method,
    integer,
    is_true,
    text_of,
    texts_of,
)
from nbreview.notebook.bindings import bound_in_scope

_ONE_DIMENSION = frozenset({"linspace", "arange", "logspace", "unique", "ravel"})


@dataclass(slots=True)
class Facts:
    """The state before a line: what the names stand for, and what has been imported.

    `modules` maps a name to the module that it stands for, `members` to the dotted path of an imported
    member. `splits` holds the targets and arguments of each `train_test_split`, `predictions` the name that
    each name of predictions was made from. `fitted` are the names that `fit` was called on.
    """

    names: dict[str, Known] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    splits: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    predictions: dict[str, str] = field(default_factory=dict)
    fitted: dict[str, ast.Call] = field(default_factory=dict)
    folder: Path | None = None

    def branch(self) -> "Facts":
        """The same state, to go on from apart."""
        return Facts(
            dict(self.names),
            dict(self.modules),
            dict(self.members),
            list(self.splits),
            dict(self.predictions),
            dict(self.fitted),
            self.folder,
        )

    def path_of(self, name: str) -> str:
        """The dotted path that a dotted name stands for: `np.float` → `numpy.float`; "" where unknown."""
        root, _, rest = name.partition(".")
        path = self.members.get(root) or self.modules.get(root, "")
        return f"{path}.{rest}" if path and rest else path

    def describe(self, node: ast.expr | None) -> Known | None:
        """What is known of the value of an expression."""
        match node:
            case ast.Name(id=name):
                return self.names.get(name)
            case ast.Constant(value=value):
                return Known(type(value).__name__)
            case ast.List() | ast.Tuple():
                depth, inner = 1, node.elts[:1]
                while inner and isinstance(inner[0], ast.List | ast.Tuple):
                    depth, inner = depth + 1, inner[0].elts[:1]
                return Known("list" if isinstance(node, ast.List) else "tuple", dimensions=depth)
            case ast.ListComp():
                return Known("list")
            case ast.Dict(keys=keys):
                names = texts_of(keys)
                return Known("dict", names or (), names is not None)
            case ast.Call():
                return self._call(node)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(value, index)
            case ast.Attribute(value=value, attr=attr):
                return self._attribute(value, attr)
            case ast.BinOp(left=left) | ast.UnaryOp(operand=left):
                known = self.describe(left)
                return known if known is not None and known.kind in ("Series", "ndarray") else None
        return None

    def dotted(self, node: ast.expr) -> str:
        """The dotted path of a name or chain of attributes of an imported module, "" otherwise."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        return self.path_of(".".join([node.id, *reversed(parts)])) if isinstance(node, ast.Name) else ""

    def _attribute(self, value: ast.expr, attr: str) -> Known | None:
        owner = self.describe(value)
        if owner is None:
            return None
        if attr in owner.columns and owner.kind == "DataFrame":
            return Known("Series")
        if attr in ("loc", "iloc", "at", "iat"):
            return replace(owner, dotted=attr)
        if attr == "values" and owner.kind in ("Series", "DataFrame"):
            return Known("ndarray", dimensions=1 if owner.kind == "Series" else 2)
        if attr == "T":
            return Known(owner.kind, dimensions=owner.dimensions)
        if attr == "columns":
            return Known("Index", owner.columns, owner.complete)
        if attr == "history" and owner.kind == "History":
            return Known("dict", owner.columns, owner.complete, dotted="History")
        return None

    def _subscript(self, value: ast.expr, index: ast.expr) -> Known | None:
        owner = self.describe(value)
        if owner is None:
            return None
        if owner.kind == "ndarray" and owner.dimensions:
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            if any(not isinstance(part, ast.Slice) and integer(part) is None for part in parts):
                return Known("ndarray")
            taken = sum(integer(part) is not None for part in parts)
            return Known("ndarray", dimensions=owner.dimensions - taken)
        if owner.kind != "DataFrame" and owner.kind != "GroupBy":
            return (
                Known(owner.kind)
                if owner.kind in ("Series", "list") and isinstance(index, ast.Slice)
                else None
            )
        if owner.dotted in ("loc", "iloc"):
            return self._located(owner, index)
        text = text_of(index)
        if text is not None:
            return Known("Series")
        names = texts_of(index.elts) if isinstance(index, ast.List) else None
        if names is not None:
            return Known(owner.kind, names, True)
        if isinstance(index, ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp | ast.Call | ast.Slice):
            return replace(owner, dotted="")
        if isinstance(index, ast.Name):
            known = self.names.get(index.id)
            if known is not None and known.kind == "Series":
                return replace(owner, dotted="")
            return Known("DataFrame") if known is not None and known.kind == "list" else None
        return None

    def _located(self, owner: Known, index: ast.expr) -> Known | None:
        if not isinstance(index, ast.Tuple) or len(index.elts) != 2:
            return None if integer(index) is not None else replace(owner, dotted="")
        rows, columns = index.elts
        if integer(rows) is not None:
            return None
        if integer(columns) is not None or text_of(columns) is not None:
            return Known("Series")
        if isinstance(columns, ast.Slice) and columns.step is None and owner.dotted == "iloc":
            low = 0 if columns.lower is None else integer(columns.lower)
            high = len(owner.columns) if columns.upper is None else integer(columns.upper)
            if owner.complete and low is not None and high is not None:
                return Known("DataFrame", owner.columns[low:high], True)
        return Known("DataFrame")

    def _call(self, node: ast.Call) -> Known | None:
        path = self.dotted(node.func)
        library, _, last = path.rpartition(".")
        if library == "pandas":
            return self._pandas(last, node)
        if library == "numpy" and last in ("array", "asarray") and node.args:
            inner = self.describe(node.args[0])
            depth = inner.dimensions if inner is not None else None
            return Known("ndarray", dimensions=1 if inner is not None and inner.kind == "Series" else depth)
        if library == "numpy" and last in _ONE_DIMENSION:
            return Known("ndarray", dimensions=1)
        if library.startswith("numpy"):
            return Known("ndarray") if last not in ("float64", "mean", "sum", "std") else None
        if path in ("matplotlib.pyplot.gca", "matplotlib.pyplot.axes", "matplotlib.pyplot.subplot"):
            return Known("Axes")
        if path == "matplotlib.pyplot.figure":
            return Known("Figure")
        if isinstance(node.func, ast.Attribute):
            known = self._method(node.func.value, node.func.attr, node)
            if known is not None:
                return known
        if last[:1].isupper():
            return Known(last, dotted=path, call=node)
        if isinstance(node.func, ast.Name) and node.func.id in ("list", "dict", "str", "int", "float", "set"):
            return Known(node.func.id)
        return None

    def _pandas(self, function: str, node: ast.Call) -> Known | None:
        given = {word.arg: word.value for word in node.keywords}
        if function in ("read_csv", "read_table"):
            columns = self._csv_columns(function, node, given)
            return Known("DataFrame", columns or (), columns is not None)
        if function == "DataFrame":
            columns = texts_of(getattr(given.get("columns"), "elts", None))
            data = node.args[0] if node.args else given.get("data")
            if "columns" not in given and isinstance(data, ast.Dict):
                columns = texts_of(data.keys)
            if "columns" not in given and isinstance(data, ast.List) and data.elts:
                first = data.elts[0]
                columns = texts_of(first.keys) if isinstance(first, ast.Dict) else None
            if "columns" not in given and isinstance(data, ast.Name):
                known = self.names.get(data.id)
                columns = known.columns if known is not None and known.kind == "dict" else None
            return Known("DataFrame", columns or (), columns is not None)
        if function == "concat" and node.args and isinstance(node.args[0], ast.List):
            parts = [self.describe(part) for part in node.args[0].elts]
            names = dict.fromkeys(name for part in parts if part is not None for name in part.columns)
            return Known("DataFrame", tuple(names), all(part is not None and part.complete for part in parts))
        if function == "merge" and len(node.args) >= 2:
            parts = [self.describe(part) for part in node.args[:2]]
            names = dict.fromkeys(name for part in parts if part is not None for name in part.columns)
            return Known("DataFrame", tuple(names))
        if function == "Series":
            return Known("Series")
        if function in ("to_numeric", "to_datetime") and node.args:
            return self.describe(node.args[0])
        if function.startswith("read_") or function in ("get_dummies", "pivot_table", "crosstab", "melt"):
            return Known("DataFrame")
        return None

    def _csv_columns(
        self, function: str, node: ast.Call, given: Mapping[str | None, ast.expr]
    ) -> tuple[str, ...] | None:
        """The columns of a file beside the notebook, or of a text in it, as its head line names them."""
        source = node.args[0] if node.args else given.get("filepath_or_buffer")
        buffer = self.describe(source)
        text: str | None = None
        if buffer is not None and buffer.kind == "StringIO" and buffer.call is not None and buffer.call.args:
            text = text_of(buffer.call.args[0])
        return csv_columns(function, node, given, self.folder, text_of(source), text)

    def _method(self, value: ast.expr, method: str, node: ast.Call) -> Known | None:
        owner = self.describe(value)
        if owner is None:
            return None
        given = {word.arg: word.value for word in node.keywords}
        if owner.kind == "DataFrame":
            return after_method(owner, method, node, given)
        if owner.kind == "Series":
            if method in KEEPS_SERIES:
                return owner if not is_true(given.get("inplace")) else Known("NoneType")
            if method == "to_frame":
                return Known("DataFrame")
            if method in ("to_numpy", "unique", "ravel"):
                return Known("ndarray", dimensions=1)
            return None
        if owner.kind == "ndarray":
            if method == "reshape":
                return Known("ndarray", dimensions=len(node.args) if len(node.args) > 1 else None)
            if method in ("ravel", "flatten"):
                return Known("ndarray", dimensions=1)
            return owner if method in ("astype", "copy") else None
        if method == "fit" and owner.dotted.startswith(("keras", "tensorflow")):
            return _history(owner, given)
        if method == "fit" and owner.dotted.startswith("sklearn"):
            return owner
        return None

    # Statements.

    def follow(self, statements: Iterable[ast.stmt], until: int | None = None) -> None:
        """Follow statements in order, up to a line (from 0)."""
        for node in statements:
            if until is not None and node.lineno - 1 >= until:
                return
            self._statement(node, until)

    def _statement(self, node: ast.stmt, until: int | None) -> None:
        for inner in ast.walk(node):
            match inner:
                case ast.Import(names=aliases):
                    for alias in aliases:
                        top = alias.name.partition(".")[0]
                        self.modules[alias.asname or top] = alias.name if alias.asname else top
                case ast.ImportFrom(module=str(module), names=aliases, level=0):
                    for alias in aliases:
                        self.members[alias.asname or alias.name] = f"{module}.{alias.name}"
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
                self._effects(value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name)):
                self.names.pop(name, None)
            case ast.Expr(value=value):
                self._effects(value)
            case ast.Delete(targets=targets):
                for target in targets:
                    self._delete(target)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self.names.pop(node.name, None)
            case ast.For() | ast.While() | ast.If() | ast.With() | ast.Try():
                if isinstance(node, ast.For):
                    for name in bound_in_scope(node.target):
                        self.names.pop(name, None)
                for part in ("body", "orelse", "finalbody"):
                    self.follow(getattr(node, part, ()), until)

    def _delete(self, target: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self.names.pop(name, None)
            case ast.Subscript(value=ast.Name(id=name), slice=index):
                self._lose(name, text_of(index))

    def _lose(self, name: str, column: str | None) -> None:
        known = self.names.get(name)
        if known is not None:
            kept = tuple(other for other in known.columns if other != column)
            self.names[name] = replace(known, columns=kept if column is not None else ())

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                known = self.describe(value)
                self._bind(name, known)
                if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                    if value.func.attr in ("predict", "predict_proba") and value.args:
                        self.predictions[name] = ast.unparse(value.args[0])
                elif isinstance(value, ast.Name) and value.id in self.predictions:
                    self.predictions[name] = self.predictions[value.id]
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                self._unpack(elements, value)
            case ast.Subscript(value=ast.Name(id=name), slice=index):
                known = self.names.get(name)
                column = text_of(index)
                if known is not None and known.kind in ("DataFrame", "dict"):
                    if column is not None and column not in known.columns:
                        self.names[name] = replace(known, columns=(*known.columns, column))
                    elif column is None and not (known.kind == "DataFrame" and _is_row_mask(index)):
                        self.names[name] = replace(known, complete=False)
            case ast.Attribute(value=ast.Name(id=name), attr="columns"):
                known = self.names.get(name)
                if known is not None:
                    columns = texts_of(getattr(value, "elts", None)) or self._renamed(known, name, value)
                    self.names[name] = replace(known, columns=columns or (), complete=columns is not None)

    def _bind(self, name: str, known: Known | None) -> None:
        self.predictions.pop(name, None)
        self.fitted.pop(name, None)
        if known is None:
            self.names.pop(name, None)
        else:
            self.names[name] = replace(known, dotted="") if known.dotted in ("loc", "iloc") else known

    def _renamed(self, known: Known, name: str, value: ast.expr) -> tuple[str, ...] | None:
        """The columns after `df.columns = df.columns.str.lower()` and the like."""
        steps: list[tuple[str, list[ast.expr]]] = []
        node: ast.expr = value
        while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            steps.append((node.func.attr, node.args))
            node = node.func.value
            if not (isinstance(node, ast.Attribute) and node.attr == "str"):
                return None
            node = node.value
        if not steps or not known.complete or ast.unparse(node) != f"{name}.columns":
            return None
        columns = list(known.columns)
        for method, args in reversed(steps):
            texts = [text_of(arg) for arg in args]
            if method in ("lower", "upper", "strip", "title", "capitalize") and not args:
                columns = [getattr(column, method)() for column in columns]
            elif method == "replace" and len(texts) == 2 and texts[0] and texts[1] is not None:
                columns = [column.replace(texts[0], texts[1]) for column in columns]
            else:
                return None
        return tuple(columns)

    def _unpack(self, elements: Sequence[ast.expr], value: ast.expr) -> None:
        names = tuple(element.id if isinstance(element, ast.Name) else "" for element in elements)
        for name in filter(None, names):
            self._bind(name, None)
        if isinstance(value, ast.Tuple) and len(value.elts) == len(elements):
            for element, part in zip(elements, value.elts, strict=True):
                self._assign(element, part)
        if not isinstance(value, ast.Call):
            return
        if self.dotted(value.func).endswith(".train_test_split") or (
            isinstance(value.func, ast.Name) and value.func.id == "train_test_split"
        ):
            arguments = tuple(ast.unparse(arg) for arg in value.args)
            if len(names) == 2 * len(arguments) and all(names):
                self.splits.append((names, arguments))
                for number, arg in enumerate(value.args):
                    known = self.describe(arg)
                    if known is not None:
                        self._bind(names[2 * number], known)
                        self._bind(names[2 * number + 1], known)
        elif self.dotted(value.func) == "matplotlib.pyplot.subplots" and len(names) == 2:
            self._bind(names[0], Known("Figure"))
            shaped = any(word.arg in ("nrows", "ncols") for word in value.keywords) or value.args
            self._bind(names[1], Known("ndarray" if shaped else "Axes"))

    def _effects(self, node: ast.expr) -> None:
        """What a call changes in place."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return
        method = node.func.attr
        if method == "fit" and isinstance(node.func.value, ast.Name):
            self.fitted[node.func.value.id] = node
        if not isinstance(node.func.value, ast.Name):
            return
        name = node.func.value.id
        known = self.names.get(name)
        if known is None or known.kind != "DataFrame":
            return
        given = {word.arg: word.value for word in node.keywords}
        if method == "insert" and len(node.args) > 1 and (column := text_of(node.args[1])) is not None:
            self.names[name] = replace(known, columns=(*known.columns, column))
        elif method == "pop" and node.args:
            self._lose(name, text_of(node.args[0]))
        elif is_true(given.get("inplace")):
            kept = {word: value for word, value in given.items() if word != "inplace"}
            self._bind(name, after_method(known, method, node, kept))


def _history(owner: Known, given: Mapping[str | None, ast.expr]) -> Known:
    """What `fit` of a Keras model gives back. Metrics are known where `compile` names them."""
    return Known("History", owner.columns, owner.complete)


def _is_row_mask(index: ast.expr) -> bool:
    return isinstance(index, ast.Compare | ast.BoolOp | ast.BinOp | ast.Slice)
