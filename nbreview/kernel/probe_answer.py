"""Probe, part 7: the answer to one question about a kernel's names. Sent to the kernel as text.

Standard library only, Python 3.8 and newer. `answer` gives plain data; it never raises for what it finds.
"""

from __future__ import annotations

import json
import re
import sys
import time
import types
from typing import Any

from nbreview.kernel.probe_arrays import array_describers
from nbreview.kernel.probe_core import (
    MISSING,
    Look,
    TimeUp,
    Untold,
    is_a,
    is_class,
    library_class,
    own,
    root,
    type_text,
)
from nbreview.kernel.probe_frames import frame_describers
from nbreview.kernel.probe_loaders import sample_loaders
from nbreview.kernel.probe_models import model_describers
from nbreview.kernel.probe_values import attribute_of, describe, used

_HEAVY = (
    "histogram",
    "entries",
    "elements",
    "literal",
    "index",
    "values",
    "attributes",
    "layers",
    "per_column",
    "keys",
)
_WORD = re.compile(r"[^\W\d]\w*")


def answer(namespace: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """What is known of the names asked for; `asked` is what `snapshot` sends."""
    began = time.monotonic()
    limits = asked["limits"]
    look = Look(limits, namespace)
    for cls, describer in array_describers() + frame_describers() + model_describers():
        look.table[id(cls)] = describer
    shell = _shell()
    if asked["all"]:
        names = variables(look, shell)[: limits["names"]]
    else:
        names = used(look, asked["roots"], limits["names"])
    told, left_out, cut = {}, {}, asked["all"] and len(names) == limits["names"]
    wanted: list[Any] = [(name, look.names[name]) for name in names]
    for name, part in asked["attributes"]:
        held = _attribute(look, name, part)
        if held is not MISSING:
            wanted.append((f"__method__{name}_{part}", held))
    end = look.deadline
    for place, (name, value) in enumerate(wanted):
        look.name, look.deadline = name, min(end, time.monotonic() + limits["name_seconds"])
        try:
            told[name] = describe(look, value)
        except TimeUp:
            cut = True
            left_out[name] = "the time for looking was up"
            told[name] = {"type": type_text(value)}
            if time.monotonic() >= end:
                left_out.update({late: "the time for looking was up" for late, _ in wanted[place + 1 :]})
                break
        except Untold as error:
            left_out[name] = str(error)[:200]
            told[name] = {"type": type_text(value)}
        except Exception as error:
            left_out[name] = f"it could not be looked at ({type(error).__name__})"
            told[name] = {"type": type_text(value)}
    try:
        left_out.update(sample_loaders(look, told))
    except Exception as error:
        left_out.update(
            {name: f"no sample could be taken ({type(error).__name__})" for name, _, _ in look.loaders}
        )
    cut = fit(told, left_out, limits) or cut
    return {
        "names": told,
        "left_out": left_out,
        "cut": cut,
        "cells": cells_about(shell, set(names), limits["history_bytes"]),
        "libraries": libraries(look, wanted),
        "python": sys.version.split()[0],
        "execution_count": execution_count(shell),
        "seconds": time.monotonic() - began,
    }


def _shell() -> Any:
    cls = library_class("IPython.core.interactiveshell", "InteractiveShell")
    return getattr(cls, "_instance", None)


def _attribute(look: Look, name: str, part: str) -> Any:
    if name not in look.names:
        return MISSING
    try:
        return attribute_of(look, look.names[name], part)
    except Exception:
        return MISSING


def variables(look: Look, shell: Any) -> list[Any]:
    """What the person made: as IPython's %who lists it, without what was imported."""
    hidden = getattr(shell, "user_ns_hidden", None) or {}
    return [
        name
        for name, value in look.names.items()
        if not name.startswith("_")
        and not imported(value)
        and (name not in hidden or hidden[name] is not value)
    ]


def imported(value: Any) -> bool:
    """Whether this is a module, or a class or function of another module than the notebook."""
    if is_class(value):
        return root(value) != "__main__"
    if type(value) is types.FunctionType:
        return value.__module__ != "__main__"
    return type(value) is types.BuiltinFunctionType or is_a(value, types.ModuleType)


def fit(told: dict[str, Any], left_out: dict[str, Any], limits: dict[str, Any]) -> bool:
    """Take away what is too large, the heaviest fields first; whether anything was taken."""
    room, taken = limits["bytes"], False
    for name in list(told):
        try:
            size = len(json.dumps(told[name]))
        except (TypeError, ValueError, RecursionError):
            left_out[name] = "what is known of it is no plain data"
            told[name] = {"type": told[name].get("type", "")}
            size = 200
        for field in _HEAVY:
            if size <= min(limits["name_bytes"], room):
                break
            if told[name].pop(field, None) is not None:
                told[name]["cut"] = taken = True
                size = len(json.dumps(told[name]))
        if size > room:
            del told[name]
            left_out[name] = "the snapshot was full"
            taken = True
            continue
        room -= size + len(name) + 8
    return taken


def cells_about(shell: Any, names: set[Any], room: int) -> list[Any]:
    """[execution count, source] of the executed cells that mention a name, the newest first."""
    manager = getattr(shell, "history_manager", None)
    sources = getattr(manager, "input_hist_parsed", None) or []
    found = []
    for number in range(len(sources) - 1, 0, -1):
        source = sources[number]
        if type(source) is str and not names.isdisjoint(_WORD.findall(source[:200000])):
            room -= len(source)
            if room < 0:
                break
            found.append([number, source])
    return found


def libraries(look: Look, wanted: list[Any]) -> dict[str, Any]:
    """Versions of the top-level packages that the names, and the modules in the namespace, are of."""
    roots = set()
    for _, value in wanted:
        roots.add(root(value if is_class(value) else type(value)))
    for value in list(look.names.values()):
        if is_a(value, types.ModuleType):
            name = dict.get(own(value), "__name__")
            roots.add(name.partition(".")[0] if type(name) is str else "")
    found = {}
    for name in sorted(roots)[:200]:
        version: Any = dict.get(own(sys.modules.get(name)), "__version__")
        if is_a(version, str) and name:
            found[name] = str.__str__(version)[:60]
    return found


def execution_count(shell: Any) -> int:
    """How many cells have run: IPython counts the next one."""
    count = getattr(shell, "execution_count", 1)
    return count - 1 if type(count) is int else 0
