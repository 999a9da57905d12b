"""Sources of ours as one text that needs no nbreview where it runs: in a kernel, in a child of any Python.

Imports nothing of nbreview but names modules of `kernel`, which must be standard library only. Their
top-level names share one namespace there; a test holds them apart.
"""

import ast
import base64
import importlib.util
import marshal
import zlib
from collections.abc import Sequence
from functools import cache

FORKING = ("landlock", "containment", "fork_state", "supervision")
DRY_RUN = (*FORKING, "handles", "fork_child")


@cache
def bundle(modules: Sequence[str]) -> str:
    """The sources of these modules of `kernel`, in this order, without what they import from each other."""
    parts = ["from __future__ import annotations\n"]
    for name in modules:
        source = module_source(name)
        lines = source.splitlines()
        for node in ast.parse(source).body:
            inner = isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                ("nbreview.", "__future__")
            )
            if inner:
                first, last = node.lineno - 1, node.end_lineno or node.lineno
                lines[first:last] = [""] * (last - first)
        parts.append("\n".join(lines))
    return "\n".join(parts) + "\n"


@cache
def compiled(modules: Sequence[str]) -> tuple[str, str]:
    """The same, compiled: the magic number (hexadecimal) of the Pythons that can read it, and packed code.

    Compiling takes 30 ms, reading this one.
    """
    code = marshal.dumps(
        compile(bundle(modules), "<nbreview dry run>", "exec", optimize=2, dont_inherit=True)
    )
    return importlib.util.MAGIC_NUMBER.hex(), packed(code)


def packed(data: bytes) -> str:
    """Compressed, in base64: text that no quoting makes longer on its way through a kernel's questions."""
    return base64.b64encode(zlib.compress(data)).decode()


def module_source(name: str) -> str:
    """Source of one module of `kernel`, also where the program is packed.

    Raises
    ------
    LookupError
        There is no such module, or it was packed without its source.
    """
    spec = importlib.util.find_spec(f"nbreview.kernel.{name}")
    loader = spec.loader if spec is not None else None
    source = getattr(loader, "get_source", lambda _: None)(f"nbreview.kernel.{name}")
    if not isinstance(source, str):
        raise LookupError(f"nbreview.kernel.{name} has no source")
    return source
