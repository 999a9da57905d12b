"""The source that looks at a kernel's names: its parts joined into one text that needs nothing of nbreview.

Imports `bundle` and floors below. The parts are ordinary modules here, so that they are checked like the
rest; joined, what they import from each other is left out, their documentation too. They keep to Python
3.8's grammar.

Reading 70 kB of source takes a kernel longer than looking does. So it is asked first which bytecode it
runs: one of our own version gets the parts compiled, another one the source of those parts that its
libraries call for."""

import ast
import functools
import importlib.util
import json
import marshal
import pkgutil
from collections.abc import Mapping
from typing import Any

from nbreview.errors import UserError
from nbreview.kernel.bundle import packed
from nbreview.words import said

PARTS = (
    "probe_core",
    "probe_values",
    "probe_arrays",
    "probe_frames",
    "probe_models",
    "probe_loaders",
    "probe_answer",
)

GREETING = """
import sys
[
    sys.modules["_frozen_importlib_external"].MAGIC_NUMBER.hex(),
    [name for name in ("pandas", "torch", "sklearn", "tensorflow", "keras") if name in sys.modules],
]
"""
"""Asks for the number of the kernel's bytecode, and which libraries it has loaded."""

_FUTURE = "from __future__ import annotations\n"
_INSTEAD = {
    "probe_frames": "def frame_describers():\n    return []\n",
    "probe_models": "def model_describers():\n    return []\n",
    "probe_loaders": "def sample_loaders(look, told):\n    return {}\n",
}
_NEEDED_FOR = {
    "probe_frames": {"pandas"},
    "probe_models": {"torch", "sklearn", "tensorflow", "keras"},
    "probe_loaders": {"torch"},
}


@functools.cache
def joined(parts: tuple[str, ...] = PARTS) -> str:
    """The parts as one source: statements that run nowhere else than in the kernel."""
    return _FUTURE + "\n".join(_part(name) if name in parts else _INSTEAD[name] for name in PARTS)


def probe_source(asked: Mapping[str, Any], greeting: object) -> str:
    """What is sent: the parts, and the question as its last expression; `user_ns` is the kernel's namespace.

    `greeting` is the answer to `GREETING`.
    """
    match greeting:
        case [str() as magic, [*loaded]]:
            pass
        case _:
            raise UserError(said("The kernel did not say which Python it runs; restart it and try again."))
    if magic == importlib.util.MAGIC_NUMBER.hex():
        code = f"marshal.loads(zlib.decompress(base64.b64decode({_compiled()!r})))"
    else:
        needed = tuple(
            name for name in PARTS if name not in _INSTEAD or not _NEEDED_FOR[name].isdisjoint(loaded)
        )
        code = repr(joined(needed))
    question = f"json.loads({json.dumps(asked)!r})"
    return f"import base64, json, marshal, zlib\nexec({code})\nanswer(user_ns, {question})\n"


@functools.cache
def _compiled() -> str:
    code = compile(joined(), "<nbreview probe>", "exec", dont_inherit=True, optimize=2)
    return packed(marshal.dumps(code))


def _part(name: str) -> str:
    data = pkgutil.get_data("nbreview.kernel", f"{name}.py")
    if data is None:
        raise UserError(
            said("nbreview's own file kernel/{name}.py is missing; install nbreview again.", name=name)
        )
    source = data.decode("utf-8")
    lines: list[str | None] = list(source.splitlines())
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (
            node.module == "__future__" or (node.module or "").startswith("nbreview.")
        ):
            _blank(lines, node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            first = node.body[0]
            text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            if text and len(node.body) > 1:
                _blank(lines, first)
    return "\n".join(line for line in lines if line is not None and line.strip())


def _blank(lines: list[str | None], node: ast.stmt) -> None:
    for number in range(node.lineno - 1, node.end_lineno or node.lineno):
        lines[number] = None
