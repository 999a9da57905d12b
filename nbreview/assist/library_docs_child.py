"""What the modules of an environment's libraries say of themselves: runs in a child process, with that
environment's interpreter.

Started as a file, as `checks.environment` starts its child; imports nothing of nbreview, only the standard
library, and keeps to what Python 3.8 understands. Reads one JSON list of module names a line, writes one JSON
object a line: module → `{"members": [[name, kind, signature, documentation], …]}`. Who starts it answers for
importing only modules that do nothing when imported. What libraries print goes nowhere.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":  # neither this folder nor the working one may shadow a library
    _own = __file__.rpartition("/")[0] or "."
    sys.path[:] = [entry for entry in sys.path if entry not in ("", ".", _own)]

import importlib
import inspect
import json
import os
import warnings
from typing import Any

MOST_MEMBERS = 4000
LONGEST = 1600


def describe(name: str) -> dict[str, Any]:
    """The public functions, classes and methods of a module: name, kind, signature, documentation. Never
    raises.
    """
    try:
        return {"members": _members(importlib.import_module(name))}
    except BaseException as error:  # a library may raise anything
        return {"members": [], "reason": type(error).__name__}


def _members(module: Any) -> list[list[str]]:
    found: list[list[str]] = []
    top = module.__name__.partition(".")[0]
    for name in _public(module):
        try:
            value = getattr(module, name)
        except Exception:
            continue
        if inspect.ismodule(value) or not callable(value):
            continue
        home = getattr(value, "__module__", None) or top
        if not str(home).startswith((top, "builtins")) and top not in ("tensorflow", "keras", "matplotlib"):
            continue  # something that the module itself imports
        found.append([name, "class" if inspect.isclass(value) else "function", *_said(value)])
        if inspect.isclass(value):
            found += _methods(name, value, top)
        if len(found) >= MOST_MEMBERS:
            break
    return found[:MOST_MEMBERS]


def _public(module: Any) -> list[str]:
    listed = getattr(module, "__all__", None)
    names = [str(each) for each in listed] if isinstance(listed, (list, tuple)) else dir(module)
    return sorted({name for name in names if not name.startswith("_")})


def _methods(name: str, cls: type, top: str) -> list[list[str]]:
    found: list[list[str]] = []
    for key in sorted(set(dir(cls))):
        if key.startswith("_"):
            continue
        try:
            value = getattr(cls, key)
        except Exception:
            continue
        if isinstance(value, property):
            continue
        home = getattr(value, "__module__", None)
        if callable(value) and not inspect.isclass(value) and (home is None or str(home).startswith(top)):
            found.append([name + "." + key, "method", *_said(value)])
    return found


def _said(value: Any) -> tuple[str, str]:
    """The signature and the beginning of the documentation."""
    documentation = inspect.getdoc(value) or ""
    try:
        signature = str(inspect.signature(value))
    except (ValueError, TypeError):
        # Written in C: by custom the first line of the documentation is the signature.
        first = documentation.partition("\n")[0]
        start = first.find("(")
        signature = first[start:] if start > 0 and first.rstrip().endswith(")") else "(...)"
    if len(signature) > 700:
        signature = signature[:700] + " …)"
    return signature, _beginning(documentation)


def _beginning(text: str) -> str:
    """What comes before the examples and notes, as far as there is room."""
    for title in ("\nExamples\n", "\nExample\n", "\nNotes\n", "\nReferences\n", "\nSee Also\n", "\nUsage:\n"):
        text = text.split(title + "-", 1)[0] if title.strip() != "Usage:" else text.split(title, 1)[0]
    if len(text) <= LONGEST:
        return text.strip()
    return text[:LONGEST].rsplit("\n", 1)[0].strip() + "\n…"


def main() -> None:
    """Answer until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    questions = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(nowhere, 0)
    warnings.simplefilter("ignore")
    for line in questions:
        answers.write(json.dumps({name: describe(name) for name in json.loads(line)}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
