"""Fixes of neural networks: widths that do not fit, tensors where arrays are asked, a superclass not called.

Imports `fix_case`, `fix_tree` and below. The rules follow the PyTorch reference (`torch.nn.Linear`,
`torch.nn.Conv2d`, `torch.Tensor.numpy`, `torch.Tensor.item`) and the Keras guide to the Sequential model.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import ConcreteCell, dotted, keyword_argument, string_value, with_string
from nbreview.words import said

_NEW_TENSORS = frozenset(
    f"torch.{name}"
    for name in (
        "tensor",
        "linspace",
        "arange",
        "zeros",
        "ones",
        "rand",
        "randn",
        "full",
        "randint",
        "from_numpy",
    )
)
_SHAPES = re.compile(r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)")
_CHANNELS = re.compile(
    r"weight of size \[(\d+), (\d+)[\d, ]*\], expected input\[([\d, ]+)\] to have (\d+) channels, "
    r"but got (\d+) channels"
)
_RUNNING = re.compile(r"running_mean should contain (\d+) elements not (\d+)")
_KERAS_SHAPE = re.compile(
    r"expected shape=\(None, (\d+)\), found shape=\((?:None|\d+), (\d+)\)|"
    r"expected axis -1 of input shape to have value (\d+), "
    r"but received input with shape \((?:None|\d+), (\d+)\)"
)
_COUNTS = re.compile(r"Shapes \(None, 1\) and \(None, (\d+)\) are incompatible")


def width(case: Case) -> Iterator[Candidate]:
    """A linear layer takes as many features as the layer before it gives: the message has both numbers."""
    match = case.said(_SHAPES.pattern)
    if match is None:
        return
    _, got, expected, out = (int(number) for number in match.groups())
    if got == expected or (expected % got == 0 and not _gives(case, got)):
        return  # a picture that was not flattened has a fraction of the features
    yield from _layer(case, ("Linear", "LazyLinear"), expected, out, got, "in_features", "out_features")


def _gives(case: Case, count: int) -> bool:
    """Whether a linear layer of the notebook gives this many features."""
    import libcst as cst

    return any(
        _size(tree, call, 1, "out_features")[0] == count
        for tree, _ in case.trees("Linear")
        for call in tree.nodes(cst.Call)
        if dotted(call.func).rpartition(".")[2] == "Linear"
    )


def channels(case: Case) -> Iterator[Candidate]:
    """A convolution takes as many channels as there are; those of a picture come before height and width."""
    match = case.said(_CHANNELS.pattern)
    if match is None:
        return
    out, expected, shape, got = int(match[1]), int(match[4]), match[3], int(match[5])
    sizes = [int(part) for part in shape.split(",")]
    if int(match[2]) != expected or (sizes[-1] in (1, 3, 4) and got not in (1, 3, 4)):
        return  # channels last: to be permuted
    kinds = {3: ("Conv1d",), 4: ("Conv2d",), 5: ("Conv3d",)}.get(len(sizes), ("Conv2d",))
    yield from _layer(case, kinds, expected, out, got, "in_channels", "out_channels")


def _layer(
    case: Case, kinds: tuple[str, ...], first: int, second: int, new: int, name: str, other: str
) -> Iterator[Candidate]:
    """Change the one layer of these two sizes."""
    found: list[tuple[ConcreteCell, int | None, Any]] = []
    for tree, where in case.trees(any_of=kinds):
        import libcst as cst

        for call in tree.nodes(cst.Call):
            if dotted(call.func).rpartition(".")[2] not in kinds:
                continue
            sizes = [_size(tree, call, 0, name), _size(tree, call, 1, other)]
            if [value for value, _ in sizes] == [first, second]:
                found.append((tree, where, sizes[0][1]))
    if len(found) == 1:
        tree, where, node = found[0]
        reason = said(
            "What reaches this layer has {new} features, not {first}, as the message says.",
            new=new,
            first=first,
        )
        yield Candidate(tree.edited({node: str(new)}), reason, "layer width", cell_index=where)


def _size(tree: ConcreteCell, call: Any, place: int, name: str) -> tuple[int | None, Any]:
    """An argument that is a number, or a product of numbers, and its node."""
    given = keyword_argument(call, name)
    if given is None and len(call.args) > place and call.args[place].keyword is None:
        given = call.args[place]
    if given is None:
        return None, None
    return _number(tree.text(given.value)), given.value


def _number(text: str) -> int | None:
    try:
        return _evaluated(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError:
        return None


def _evaluated(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            first, second = _evaluated(left), _evaluated(right)
            return first * second if first is not None and second is not None else None
    return None


def normalised_width(case: Case) -> Iterator[Candidate]:
    """A batch normalisation has as many features as the layer before it gives channels."""
    match = case.said(_RUNNING.pattern)
    if match is None:
        return
    new, old = int(match[1]), int(match[2])
    found: list[tuple[ConcreteCell, int | None, Any]] = []
    for tree, where in case.trees("BatchNorm"):
        import libcst as cst

        for call in tree.nodes(cst.Call):
            if dotted(call.func).rpartition(".")[2] in ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"):
                value, node = _size(tree, call, 0, "num_features")
                if value == old:
                    found.append((tree, where, node))
    if len(found) == 1:
        tree, where, node = found[0]
        reason = said(
            "What reaches this layer has {new} channels, not {old}, as the message says.", new=new, old=old
        )
        yield Candidate(tree.edited({node: str(new)}), reason, "layer width", cell_index=where)


def input_shape(case: Case) -> Iterator[Candidate]:
    """The first layer of a Keras model is told how many features come in."""
    match = case.said(_KERAS_SHAPE.pattern)
    if match is None:
        return
    old, new = (match[1], match[2]) if match[1] else (match[3], match[4])
    import libcst as cst

    found: list[tuple[ConcreteCell, int | None, Any, str]] = []
    for tree, where in case.trees(any_of=("shape", "input_dim", "Input")):
        for call in tree.nodes(cst.Call):
            last = dotted(call.func).rpartition(".")[2]
            for name in ("input_shape", "input_dim", "shape"):
                given = keyword_argument(call, name)
                if given is None and last in ("Input", "InputLayer") and name == "shape" and call.args:
                    given = call.args[0] if call.args[0].keyword is None else None
                text = tree.text(given.value).replace(" ", "") if given is not None else ""
                if name == "input_dim" and text == old:
                    found.append((tree, where, given.value, new))
                elif name != "input_dim" and text in (f"({old},)", f"[{old}]"):
                    shape = tree.text(given.value).replace(old, new)
                    found.append((tree, where, given.value, shape))
    if len(found) == 1:
        tree, where, node, text = found[0]
        reason = said(
            "The data has {new} features, as the message says; the model was told {old}.", new=new, old=old
        )
        yield Candidate(tree.edited({node: text}), reason, "input shape", cell_index=where)


def sparse_labels(case: Case) -> Iterator[Candidate]:
    """Labels given as whole numbers need the sparse loss (Keras reference, "Probabilistic losses")."""
    match = case.said(_COUNTS.pattern)
    if match is None or int(match[1]) < 2:
        return
    import libcst as cst

    found: list[tuple[ConcreteCell, int | None, Any]] = []
    for tree, where in case.trees("crossentropy"):
        for node in tree.nodes(cst.SimpleString):
            if node.evaluated_value == "categorical_crossentropy":
                found.append((tree, where, node))
    if len(found) == 1:
        tree, where, node = found[0]
        new = node.value.replace("categorical_crossentropy", "sparse_categorical_crossentropy")
        reason = said("The labels are numbers of classes, one a sample: that is what the sparse loss takes.")
        yield Candidate(tree.edited({node: new}), reason, "sparse labels", cell_index=where)


def tensor_to_array(case: Case) -> Iterator[Candidate]:
    """A tensor that is part of a graph, or on a GPU, has to leave it before it becomes an array."""
    steps = ""
    if case.said(r"Can't call numpy\(\) on Tensor that requires grad"):
        steps = ".detach()"
    elif case.said(r"can't convert (?:cuda|mps)(?::\d+)? device type tensor to numpy"):
        steps = ".cpu()"
    if not steps:
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "numpy" and not call.args
    ]
    if steps == ".detach()":
        calls = [call for call in calls if not _is_plain_tensor(case, call.func.value)] or calls
    if calls:
        changes = {call.func.value: f"{case.tree.text(call.func.value)}{steps}" for call in calls}
        reason = said("The tensor has to leave the GPU first, as the message says.")
        if "detach" in steps:
            reason = said("The tensor has to leave the graph first, as the message says.")
        yield Candidate(case.tree.edited(changes), reason, "tensor to array")


def _is_plain_tensor(case: Case, node: Any) -> bool:
    """Whether a name was given a new tensor that asks for no gradients (reference, "Creation Ops")."""
    import libcst as cst

    if not isinstance(node, cst.Name):
        return False
    for tree, _ in case.trees(node.value, "="):
        for assign in reversed(list(tree.nodes(cst.Assign))):
            if tree.text(assign.targets[0].target) != node.value:
                continue
            call = assign.value
            path = case.facts.path_of(dotted(call.func)) if isinstance(call, cst.Call) else ""
            return path in _NEW_TENSORS and keyword_argument(call, "requires_grad") is None
    return False


def item_of_loss(case: Case) -> Iterator[Candidate]:
    """A loss has no dimension since PyTorch 0.4: its number is `item()` (release notes of 0.4.0)."""
    if not case.said(r"invalid index of a 0-dim tensor"):
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    for node in case.at_line(cst.Subscript):
        inner = node.slice[0].slice if len(node.slice) == 1 else None
        if isinstance(inner, cst.Index) and case.tree.text(inner.value) == "0":
            owner = node.value
            if isinstance(owner, cst.Attribute) and owner.attr.value == "data":
                owner = owner.value
            changes[node] = f"{case.tree.text(owner)}.item()"
    if len(changes) == 1:
        reason = said(
            "A loss is one number without dimensions: item() gives it (PyTorch 0.4.0 release notes)."
        )
        yield Candidate(case.tree.edited(changes), reason, "item")


def superclass(case: Case) -> Iterator[Candidate]:
    """`nn.Module.__init__` has to run before layers are assigned (PyTorch reference, `torch.nn.Module`)."""
    if not case.said(r"cannot assign module before Module\.__init__\(\) call"):
        return
    import libcst as cst

    found: list[tuple[ConcreteCell, int | None, Any]] = []
    for tree, where in case.trees("class", "Module"):
        for node in tree.nodes(cst.ClassDef):
            bases = [dotted(base.value).rpartition(".")[2] for base in node.bases]
            if "Module" not in bases:
                continue
            for inner in tree.inside(node, cst.FunctionDef):
                if inner.name.value == "__init__" and "__init__()" not in tree.text(inner.body):
                    found.append((tree, where, inner))
    if len(found) == 1:
        tree, where, function = found[0]
        first = function.body.body[0]
        source = tree.edited({}, before={first: ["super().__init__()"]})
        yield Candidate(
            source,
            said("nn.Module has to be set up before layers are put in it."),
            "superclass",
            cell_index=where,
        )


def history_key(case: Case) -> Iterator[Candidate]:
    """Keras 2.3 keeps the metric under the name that `compile` was given: 'accuracy' and 'acc' are two.

    Keras 2.3.0 release notes: metrics are reported under the very name that the user gave.
    """
    match = case.said(r"^'(val_)?(acc|accuracy)'$")
    if case.exception != "KeyError" or match is None:
        return
    import libcst as cst

    given = "\n".join(cell.source for cell in (*case.above(), case.cell))
    named = set(re.findall(r"metrics\s*=\s*\[?\s*['\"](acc|accuracy)['\"]", given))
    other = {"acc": "accuracy", "accuracy": "acc"}[match[2]]
    if named != {other}:
        return
    changes: dict[Any, Any] = {}
    for node in case.tree.nodes(cst.Subscript):
        text = dotted(node.value)
        known = case.known(node.value)
        if not (text.endswith(".history") or (known is not None and known.dotted == "History")):
            continue
        for inner in case.tree.inside(node, cst.SimpleString):
            value = string_value(inner)
            if value is not None and value in (match[2], f"val_{match[2]}"):
                changes[inner] = with_string(inner, value.replace(match[2], other))
    validated = re.search(r"validation_(?:data|split)\s*=", given)
    if any("val_" in change for change in changes.values()) and not validated:
        return
    if changes:
        reason = said(
            "The model was compiled with the metric “{other}”: Keras keeps its history under that name.",
            other=other,
        )
        yield Candidate(case.tree.edited(changes), reason, "history key")


RULES = (
    history_key,
    width,
    channels,
    normalised_width,
    input_shape,
    sparse_labels,
    tensor_to_array,
    item_of_loss,
    superclass,
)
