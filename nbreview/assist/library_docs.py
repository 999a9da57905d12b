"""Signatures and docstrings of libraries as passages.

Imports `passages`, `retrieval`, `notebook` and below. Nothing is imported or run here: what a child process
of the notebook's environment said (`library_docs_child`), or what the files of a library hold, comes in as
data.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from nbreview.assist.passages import bounded
from nbreview.assist.retrieval import Passage, PassageKind
from nbreview.notebook.bindings import parse_module

CHILD = Path(__file__).with_name("library_docs_child.py")
"""The program of the child process."""

MOST_SIGNATURE = 400


def described(name: str, data: bytes) -> tuple[Passage, ...]:
    """The passages of a module from what the child said of it, as JSON.

    Parameters
    ----------
    name:
        "pandas 2.2.3: pandas.api.types": the distribution's name and version, a colon, the module.
    """
    module = name.rpartition(": ")[2]
    try:
        members = orjson.loads(data)["members"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ()
    found: list[Passage] = []
    for member in members if isinstance(members, list) else ():
        if isinstance(member, list) and len(member) == 4 and all(isinstance(each, str) for each in member):
            title, kind, signature, documentation = member
            found.append(_passage(name, f"{module}.{title}", kind, signature, documentation))
    return tuple(found)


def from_source(name: str, data: bytes) -> tuple[Passage, ...]:
    """The same from a library's source file, for libraries that are not imported; `name` as above."""
    module = name.rpartition(": ")[2]
    tree = parse_module(data.decode("utf-8", "replace"))
    return tuple(_from_tree(name, module, tree.body)) if tree is not None else ()


def _from_tree(name: str, prefix: str, body: Iterable[ast.stmt]) -> Iterator[Passage]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node.name.startswith("_"):
                continue
            title = f"{prefix}.{node.name}"
            if not isinstance(node, ast.ClassDef):
                yield _passage(name, title, "function", _signature(node), ast.get_docstring(node) or "")
                continue
            functions = (each for each in node.body if isinstance(each, ast.FunctionDef))
            initialiser = next((each for each in functions if each.name == "__init__"), None)
            signature = _signature(initialiser) if initialiser is not None else ""
            yield _passage(name, title, "class", signature, ast.get_docstring(node) or "")
            yield from _from_tree(name, title, node.body)


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    text = f"({ast.unparse(node.args)})"
    if node.returns is not None:
        text += f" -> {ast.unparse(node.returns)}"
    return text if len(text) <= 2 * MOST_SIGNATURE else f"{text[: 2 * MOST_SIGNATURE]} …)"


def _passage(name: str, title: str, kind: str, signature: str, documentation: str) -> Passage:
    head = "class" if kind == "class" else "def"
    text = f"{head} {title}{signature}"
    if documentation.strip():
        indented = "\n".join(f"    {line}".rstrip() for line in documentation.strip().split("\n"))
        text += f"\n{indented}"
    return Passage(name, 0, 0, title, bounded(text), 0.0, PassageKind.LIBRARY)
