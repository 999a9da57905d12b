"""What a program says, without running it: its kind, and which arguments it uses with which values.

Imports `sandbox` and the standard library. ML-Bench (arXiv 2311.09835) asks whether the arguments that a
person named are in the program. An argument is matched where its name is given its value (`--lr 0.1`,
`lr=0.1`, `{"lr": 0.1}`), or, where nothing bears the name, where the value stands by itself.
"""

import ast
import contextlib
import re
import shlex
import warnings
from collections.abc import Iterator, Sequence

from nbreview.evaluation.sandbox import Kind

_MARKS = {
    "bash": Kind.BASH,
    "sh": Kind.BASH,
    "shell": Kind.BASH,
    "zsh": Kind.BASH,
    "console": Kind.BASH,
    "python": Kind.PYTHON,
    "python3": Kind.PYTHON,
    "py": Kind.PYTHON,
}
_ASSIGNMENT = re.compile(r"-{0,2}([A-Za-z_][\w.-]*)=(.*)", re.DOTALL)
_FLAG = re.compile(r"-{1,2}[A-Za-z]")
_SEPARATORS = re.compile(r"[/\\,;:()\[\]{}]")
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}

Pair = tuple[str, str]


def kind_of(mark: str, code: str) -> Kind | None:
    """The kind that a block is marked as, else what its code is; None for nothing."""
    if mark in _MARKS:
        return _MARKS[mark]
    if not code.strip():
        return None
    if code.startswith("#!"):
        return Kind.PYTHON if "python" in code.split("\n", 1)[0] else Kind.BASH
    tree = _tree(code)
    if tree is None:
        return Kind.BASH
    # "ls" and "make -j" parse as Python too; no program consists of names alone.
    plain = (ast.Name, ast.BinOp, ast.Compare, ast.Constant, ast.Attribute, ast.UnaryOp)
    words = all(isinstance(node, ast.Expr) and isinstance(node.value, plain) for node in tree.body)
    return Kind.BASH if words else Kind.PYTHON


def matched_arguments(code: str, kind: Kind | None, arguments: Sequence[Pair]) -> int:
    """How many of the arguments a program uses with their values.

    Parameters
    ----------
    arguments:
        Names and values. Names are compared without dashes, numbers by what they are worth.
    """
    pairs, words = [], []
    for pair in _used(code, kind):
        pairs.append((_name(pair[0]), pair[1]))
        words += [pair[1], *_SEPARATORS.split(pair[1])]
    named = {name for name, _ in pairs if name}
    found = 0
    for name, value in arguments:
        wanted = _name(name)
        if wanted in named:
            found += any(each == wanted and _same(said, value) for each, said in pairs)
        else:
            found += any(_same(word, value) for word in words)
    return found


def _used(code: str, kind: Kind | None) -> Iterator[Pair]:
    """Names with their values; a word that stands by itself has no name."""
    tree = _tree(code) if kind is not Kind.BASH else None
    if tree is None:
        yield from _shell(code)
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg, _literal(node.value)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, (ast.Name, ast.Attribute)):
                    yield target.id if isinstance(target, ast.Name) else target.attr, _literal(node.value)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), _literal(value)
        elif isinstance(node, (ast.List, ast.Tuple)):
            words = [item.value for item in node.elts if isinstance(item, ast.Constant)]
            yield from _pairs([str(word) for word in words])
        elif isinstance(node, ast.Constant):
            yield "", str(node.value)
            if isinstance(node.value, str) and " " in node.value:
                yield from _shell(node.value)


def _shell(text: str) -> Iterator[Pair]:
    for line in text.replace("\\\n", " ").split("\n"):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:  # a quotation that goes on
            words = line.split()
        yield from _pairs(words)


def _pairs(words: Sequence[str]) -> Iterator[Pair]:
    for place, word in enumerate(words):
        assigned = _ASSIGNMENT.fullmatch(word)
        if assigned:
            yield assigned[1], assigned[2]
        elif _FLAG.match(word):
            following = words[place + 1] if place + 1 < len(words) else ""
            yield word, "true" if not following or _FLAG.match(following) else following
        else:
            yield "", word


def _literal(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    with contextlib.suppress(ValueError, RecursionError):
        return ast.unparse(node)
    return ""


def _tree(code: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _name(name: str) -> str:
    return name.strip().lstrip("-").replace("-", "_").lower()


def _same(said: str, wanted: str) -> bool:
    said, wanted = said.strip().strip("'\""), wanted.strip().strip("'\"")
    if said.lower() == wanted.lower():
        return True
    if said.lower() in _BOOLEANS and wanted.lower() in _BOOLEANS:
        return _BOOLEANS[said.lower()] is _BOOLEANS[wanted.lower()]
    with contextlib.suppress(ValueError, OverflowError):
        return float(said) == float(wanted)
    return False
