"""CodeBLEU of Python code: runs of tokens, runs weighted by keywords, syntax trees, data flow.

Ren et al. 2020, arXiv 2009.10297. Imports `text_metrics` and the standard library; no code is run.

The first two parts are those of the package codebleu (tokens are split at blanks, orders without a match
count 0.1, so that a text of fewer than four tokens scores below 1 against itself), but for a slip of it: in
the penalty of the weighted part it takes each reference to be two tokens long. The other two follow the paper
with Python's own parser where the package has tree-sitter's, so their figures are not the same: the trees
have other nodes. What does not parse as a whole is parsed statement by statement at the top level, and what
does not parse then (magics among it) is left out.

The package counts a data flow of which nothing matches as if all of it did, and two variables of one edge in
an order that changes from run to run; here 0 is 0 and edges have an order.
"""

import ast
import contextlib
import hashlib
import keyword
import math
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from nbreview.evaluation.text_metrics import ORDERS, runs

KEYWORDS = frozenset(keyword.kwlist) | {"match", "case", "type"}
WIDTH = 2 + 4 * ORDERS + 4
"""How many numbers `codebleu_counts` gives."""

_OTHER_WEIGHT = 0.2
_NO_MATCH = 0.1
_CONTINUES = re.compile(r"(?:elif|else|except|finally)\b|[)\]}\s#]")
_PLAIN_AST = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)

Edge = tuple[str, str, tuple[str, ...]]
"""A variable, how its value comes about, and the variables that it comes from."""


def codebleu(prediction: str, reference: str) -> float:
    """CodeBLEU of one pair, the four parts weighted alike."""
    return codebleu_of(codebleu_counts(prediction, reference))


def codebleu_counts(prediction: str, reference: str) -> tuple[float, ...]:
    """What CodeBLEU needs of one pair; the counts of a corpus are the sums of those of its pairs.

    Lengths of both in tokens; for each order runs that match and all runs of the prediction; the same
    weighted, of the reference; subtrees of the reference that match, and all; its edges that match, and all.
    """
    said, wanted = prediction.split(), reference.split()
    plain, weighted = [], []
    for order in range(1, ORDERS + 1):
        mine, theirs = runs(said, order), runs(wanted, order)
        common = mine & theirs
        plain += [common.total(), max(1, mine.total())]
        weighted += [_weighted(common, order), max(1.0, _weighted(theirs, order))]
    trees, flow = syntax_counts(prediction, reference), flow_counts(prediction, reference)
    return (len(said), len(wanted), *plain, *weighted, *trees, *flow)


def codebleu_of(counts: Sequence[float]) -> float:
    """The mean of the parts; one of which the reference has nothing (no data flow, say) is left out."""
    parts = [part for part in codebleu_parts(counts) if part is not None]
    return math.fsum(parts) / len(parts) if parts else 0.0


def codebleu_parts(counts: Sequence[float]) -> tuple[float | None, float | None, float | None, float | None]:
    """Runs of tokens, weighted runs, syntax and data flow; None where the reference has nothing of it."""
    length, wanted = counts[:2]
    middle = 2 + 2 * ORDERS
    trees, flow = counts[-4:-2], counts[-2:]
    empty = not wanted
    return (
        None if empty else _smoothed(length, wanted, counts[2:middle]),
        None if empty else _smoothed(length, wanted, counts[middle:-4]),
        trees[0] / trees[1] if trees[1] else None,
        flow[0] / flow[1] if flow[1] else None,
    )


def syntax_counts(prediction: str, reference: str) -> tuple[int, int]:
    """Subtrees of the reference's syntax tree that the prediction's has too, and all of them.

    A subtree is a node that has children, with all that is below it; what names, numbers and strings say
    makes no difference.
    """
    mine, theirs = set(_subtrees(prediction)), _subtrees(reference)
    return sum(tree in mine for tree in theirs), len(theirs)


def flow_counts(prediction: str, reference: str) -> tuple[int, int]:
    """Edges of the reference's data flow that the prediction's has too, each once, and all of them.

    Variables are named by the order in which they appear, so that renaming changes nothing.
    """
    theirs = _renamed(_edges(reference))
    common = Counter(_renamed(_edges(prediction))) & Counter(theirs)
    return common.total(), len(theirs)


def _weighted(counted: Counter[tuple[str, ...]], order: int) -> float:
    """Only single tokens have weights: 1 for a keyword, less for others."""
    if order > 1:
        return counted.total()
    return math.fsum(count * (1.0 if run[0] in KEYWORDS else _OTHER_WEIGHT) for run, count in counted.items())


def _smoothed(length: float, wanted: float, counts: Sequence[float]) -> float:
    """BLEU's geometric mean and penalty of brevity (Chen and Cherry 2014, method 1)."""
    if not counts[0]:
        return 0.0
    logs = [
        math.log((match or _NO_MATCH) / total) for match, total in zip(counts[::2], counts[1::2], strict=True)
    ]
    penalty = 1.0 if length > wanted else math.exp(1 - wanted / length)
    return penalty * math.exp(math.fsum(logs) / ORDERS)


# --- syntax -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _trees(source: str) -> tuple[ast.Module, ...]:
    """The whole as one tree, else a tree of each statement at the top level that parses."""
    whole = _parsed(source)
    if whole is not None:
        return (whole,)
    return tuple(tree for part in _statements(source) if (tree := _parsed(part)) is not None)


def _parsed(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _statements(source: str) -> Iterator[str]:
    """Pieces that begin at the margin."""
    piece: list[str] = []
    for line in source.split("\n"):
        begins = line.strip() and not _CONTINUES.match(line)
        if begins and piece and not piece[-1].startswith("@"):
            yield "\n".join(piece)
            piece = []
        piece.append(line)
    yield "\n".join(piece)


def _subtrees(source: str) -> list[str]:
    found: list[str] = []
    for tree in _trees(source.strip()):
        _without_docstrings(tree)
        _shape(tree, found)
    return found


def _shape(root: ast.AST, found: list[str]) -> None:
    """The shapes of all nodes that have children. Iterative: a tree can be deeper than the stack."""
    shapes: dict[int, str] = {}
    order: list[ast.AST] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += _children(node)
    for node in reversed(order):
        inner = [shapes[id(child)] for child in _children(node)]
        kind = _kind(node)
        # Shapes are numbered by their text, so that a deep tree's texts stay short.
        shapes[id(node)] = f"{kind}({_short(' '.join(inner))})" if inner else kind
        if inner:
            found.append(shapes[id(node)])


def _short(text: str) -> str:
    if len(text) <= 256:
        return text
    return hashlib.sha256(text.encode()).hexdigest()


def _children(node: ast.AST) -> list[ast.AST]:
    return [child for child in ast.iter_child_nodes(node) if not isinstance(child, _PLAIN_AST)]


def _kind(node: ast.AST) -> str:
    """A node's type, with its operators and, of a constant, what kind of value it is."""
    signs = [type(sign).__name__ for sign in ast.iter_child_nodes(node) if isinstance(sign, _PLAIN_AST[1:])]
    if isinstance(node, ast.Constant):
        signs.append(type(node.value).__name__)
    return ".".join([type(node).__name__, *signs])


def _without_docstrings(tree: ast.Module) -> None:
    """Texts that stand as statements are comments."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [item for item in body if not _is_text(item)]  # type: ignore[attr-defined]


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


# --- data flow ----------------------------------------------------------------------------------------------


def _edges(source: str) -> list[Edge]:
    """How values flow between variables, in the order of the text (GraphCodeBERT, arXiv 2009.08366): a use
    of a variable that is bound before comes from it, a binding is computed from what its value uses.
    """
    found: list[Edge] = []
    bound: set[str] = set()
    for tree in _trees(source.strip()):
        for statement in tree.body:
            with contextlib.suppress(RecursionError):  # an expression of a thousand levels
                _flow(statement, found, bound)
    return found


def _flow(node: ast.AST, found: list[Edge], bound: set[str]) -> None:
    pairs = list(_bindings(node))
    later = {id(target) for target, _ in pairs if target is not None}
    later |= {id(part) for part in _body(node)}
    # What is read comes first, as it does when the statement runs.
    for child in ast.iter_child_nodes(node):
        if id(child) not in later:
            _flow(child, found, bound)
    for target, value in pairs:
        sources = tuple(_names(value)) if value is not None else ()
        for name in _names(target) if target is not None else ():
            if sources:
                found.append((name, "computedFrom", sources))
            bound.add(name)
    for child in _body(node):
        _flow(child, found, bound)
    if isinstance(node, ast.Name) and node.id in bound and isinstance(node.ctx, ast.Load):
        found.append((node.id, "comesFrom", (node.id,)))
    elif isinstance(node, ast.arg):
        bound.add(node.arg)


def _bindings(node: ast.AST) -> Iterator[tuple[ast.AST | None, ast.AST | None]]:
    """Each target with the value that it gets; targets and values of equal length go in pairs, after the
    tuple that holds them.
    """
    if isinstance(node, ast.Assign):
        for target in node.targets:
            lists = (ast.Tuple, ast.List)
            value = node.value
            if isinstance(target, lists) and isinstance(value, lists) and len(target.elts) == len(value.elts):
                yield target, None
                yield from zip(target.elts, value.elts, strict=True)
            else:
                yield target, value
    elif isinstance(node, ast.AugAssign):
        yield node.target, ast.Tuple([node.target, node.value], ast.Load())
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
        yield node.target, node.value
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem):
        yield node.optional_vars, node.context_expr


def _body(node: ast.AST) -> Iterable[ast.AST]:
    """What a loop, a branch or a definition holds: it comes after what stands in its head."""
    if isinstance(node, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
        return [node.elt]
    if isinstance(node, ast.DictComp):
        return [node.key, node.value]
    parts: list[ast.AST] = []
    for name in ("body", "handlers", "orelse", "finalbody", "cases"):
        value = getattr(node, name, None)
        parts += value if isinstance(value, list) else [value] if isinstance(value, ast.AST) else []
    return parts


def _names(node: ast.AST) -> Iterator[str]:
    """The variables below a node, in the order of the text, each once."""
    seen: set[str] = set()
    for inner in _in_order(node):
        if isinstance(inner, ast.Name) and inner.id not in seen:
            seen.add(inner.id)
            yield inner.id


def _in_order(root: ast.AST) -> Iterator[ast.AST]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _renamed(edges: Iterable[Edge]) -> list[Edge]:
    numbers: dict[str, str] = {}

    def short(name: str) -> str:
        return numbers.setdefault(name, f"v{len(numbers)}")

    renamed = []
    for name, how, sources in edges:
        inner = tuple(short(source) for source in sources)
        renamed.append((short(name), how, inner))
    return renamed
