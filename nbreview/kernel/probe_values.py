"""Probe, part 2: built-in values, containers, callables and objects of unknown classes. Sent to the kernel
as text.

Standard library only, Python 3.8 and newer; keeps the rule of `probe_core`. Runs nothing: code objects are
read."""

from __future__ import annotations

import contextlib
import dis
import functools
import sys
import types
from typing import Any

from nbreview.kernel.probe_core import (
    MISSING,
    Look,
    TooMuch,
    attribute,
    bases,
    class_name,
    counted,
    defined,
    is_a,
    is_class,
    is_plain,
    key_text,
    literal,
    numpy_scalar,
    only_plain,
    own,
    plain,
    root,
    short,
    shown,
    space,
    trusted,
    type_text,
)

MANY = "categorical or object"
FEW_NUMBERS = "categorical numeric(no more than 10 unique values)"
SAMPLE = 2000


def describe(look: Look, value: Any, depth: int = 0) -> dict[str, Any]:
    """What is known of any value; `depth` counts the containers around it."""
    look.check()
    for cls in bases(type(value)):
        describer = look.table.get(id(cls))
        if describer is not None:
            found: dict[str, Any] = describer(look, value, depth)
            return found
    cls = type(value)
    if is_plain(value):
        return describe_primitive(look, value, depth)
    if is_class(value):
        return describe_class(look, value, depth)
    scalar = numpy_scalar(value)
    if scalar is not MISSING:
        return {"type": type_text(value), "value": plain(scalar)}
    for base in bases(cls):
        if base is list or base is tuple or base is set or base is frozenset:
            return describe_collection(look, value, depth, base)
        if base is dict:
            return describe_dict(look, value, depth)
    if cls is types.ModuleType or is_a(value, types.ModuleType):
        return describe_module(look, value, depth)
    if id(cls) in _CALLABLES:
        return describe_callable(look, value, depth)
    return describe_object(look, value, depth)


def describe_primitive(look: Look, value: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"type": type_text(value), "value": plain(value, 500)}
    if type(value) is str or type(value) is bytes:
        found["length"] = len(value)
        if found["length"] > 500:
            found["cut"] = True
    if value is None:
        del found["value"]
    return found


def describe_module(look: Look, value: Any, depth: int) -> dict[str, Any]:
    held = own(value)
    found: dict[str, Any] = {"type": "<class 'module'>", "module_name": plain(dict.get(held, "__name__"))}
    version = dict.get(held, "__version__")
    if type(version) is str:
        found["version"] = version[:60]
    return found


def describe_collection(look: Look, value: Any, depth: int, base: Any) -> dict[str, Any]:
    """list, tuple, set and what is derived from them; read through the built-in type's own methods."""
    count = base.__len__(value)
    found: dict[str, Any] = {"type": type_text(value), "length": count}
    with contextlib.suppress(TooMuch):
        found["literal"] = literal(value if type(value) is base else base(base.__iter__(value)), 300)
    if base is list or base is tuple:
        step = max(1, count // SAMPLE)
        sample = base.__getitem__(value, slice(None, None, step))
    else:
        step, sample = 1, []
        for part in base.__iter__(value):
            sample.append(part)
            if len(sample) == SAMPLE:
                break
    if len(sample) < count:
        found["sampled"] = True
    sample = list(sample)
    counts = counted(sample)
    found["element_types"] = {type.__repr__(cls): number for cls, number in counts[:8]}
    fields = space(type(value)).get("_fields")
    if base is tuple and type(fields) is tuple and all(type(name) is str for name in fields):
        found["fields"] = list(fields)
    if type(value) is list and sample:
        info = value_info(sample, counts)
        if info:
            found["value_info"] = info
    if "literal" not in found and depth < 3:
        some = list(sample[:: max(1, len(sample) // 8)][:8]) if count > 8 and depth else list(sample[:8])
        found["elements"] = [brief(look, part, depth + 1) for part in some]
    return found


def value_info(scalars: list[Any], counts: list[Any]) -> dict[str, Any]:
    """The published fields of a flat sequence: its kind with its range or up to five values."""
    if not only_plain(counts):
        scalars = [part if is_plain(part) else numpy_scalar(part) for part in scalars]
        counts = counted(scalars)
        if not only_plain(counts):
            return {"value_type": MANY}
    numbers = all(cls is bool or cls is int or cls is float for cls, _ in counts)
    if numbers and any(cls is float for cls, _ in counts):
        scalars = [part for part in scalars if part == part]
    unique = list(dict.fromkeys(scalars))
    if not numbers:
        found = {"num_unique": len(unique), "value_type": MANY}
        if len(unique) <= 5:
            found["unique_values"] = [plain(part) for part in unique]
        return found
    return number_info(sorted(unique), any(cls is float for cls, _ in counts))


def number_info(unique: list[Any], floats: bool) -> dict[str, Any]:
    """The kind of numbers of which the different ones are known, in order."""
    if len(unique) == 2:
        return {"value_type": "binary", "unique_values": [plain(part) for part in unique]}
    if len(unique) > 10 or (floats and len(unique) > 5):
        return {"value_type": "continuous", "value_range": [plain(unique[0]), plain(unique[-1])]}
    found: dict[str, Any] = {"value_type": FEW_NUMBERS, "num_unique": len(unique)}
    if len(unique) <= 5:
        found["unique_values"] = [plain(part) for part in unique]
    return found


def describe_dict(look: Look, value: Any, depth: int) -> dict[str, Any]:
    count = dict.__len__(value)
    found: dict[str, Any] = {"type": type_text(value), "length": count}
    pairs = []
    for pair in dict.items(value):
        pairs.append(pair)
        if len(pairs) == 200:
            break
    if type(value) is dict:
        with contextlib.suppress(TooMuch):
            found["literal"] = literal(value, 200)
    kinds = {type(key) is str for key, _ in pairs}
    if pairs and kinds == {True} and all(_numbers(held) for _, held in pairs):
        found["detected"] = "training_history_dict"
        found["n_epochs"] = max(len(held) for _, held in pairs)
        found["metrics"] = [plain(key) for key, _ in pairs]
    elif pairs and kinds == {True} and all(_number(held) for _, held in pairs):
        found["detected"] = "scalar_metrics_dict"
        found["metrics"] = [plain(key) for key, _ in pairs]
    else:
        found["preview"] = [
            {
                "key": plain(key),
                "key_type": type_text(key),
                "value_type": type_text(held),
                "value_repr": shown(held, 50),
            }
            for key, held in pairs[:20]
        ]
    if "literal" not in found and depth < 3:
        if count > len(pairs):
            found["cut"] = True
        found["entries"] = {key_text(key): brief(look, held, depth + 1) for key, held in pairs[:60]}
        if len(pairs) > 60:
            found["keys"] = [plain(key) for key, _ in pairs]
    return found


def _number(value: Any) -> bool:
    if type(value) is int or type(value) is float:
        return True
    scalar = numpy_scalar(value)
    return type(scalar) is int or type(scalar) is float


def _numbers(value: Any) -> bool:
    return type(value) is list and 0 < len(value) < 100000 and all(_number(part) for part in value[:1000])


def brief(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A part of something else: described as anything is, a little less."""
    if depth > 3:
        return {"type": type_text(value)}
    return describe(look, value, depth)


_METHODS = frozenset(
    map(
        id,
        (
            types.MethodType,
            types.BuiltinFunctionType,
            types.MethodWrapperType,
            types.MethodDescriptorType,
            types.WrapperDescriptorType,
            types.ClassMethodDescriptorType,
        ),
    )
)
_CALLABLES = _METHODS | frozenset(map(id, (types.FunctionType, functools.partial)))


def describe_callable(look: Look, value: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"type": type_text(value)}
    cls = type(value)
    if cls is functools.partial:
        found["kind"] = "partial"
        found["base"] = [shown(value.func)]
        return found
    if cls is types.MethodType:
        found["kind"] = "method"
        value = value.__func__
    else:
        found["kind"] = "function" if cls is types.FunctionType else "builtin"
    if type(value) is types.FunctionType:
        found.update(signature_of(value))
        if value.__globals__ is look.home:
            found["reads"] = sorted(reads(value, look))[:100]
    return found


def signature_of(function: Any) -> dict[str, Any]:
    """The parameters of a function, from its code object."""
    code = function.__code__
    names = code.co_varnames
    plainly, only = code.co_argcount, code.co_kwonlyargcount
    given = function.__defaults__ or ()
    keyed = function.__kwdefaults__ or {}
    first = plainly - len(given)
    found, parts = [], []

    def add(name: str, kind: str, default: Any = MISSING) -> None:
        sign = {"more": "*", "named": "**"}.get(kind, "")
        parts.append(sign + name + ("" if default is MISSING else "=" + shown(default, 40)))
        found.append([name, kind, default is not MISSING])

    for place in range(plainly):
        kind = "position" if place < code.co_posonlyargcount else "any"
        add(names[place], kind, given[place - first] if place >= first else MISSING)
        if place + 1 == code.co_posonlyargcount:
            parts.append("/")
    after = plainly + only
    if code.co_flags & 4:
        add(names[after], "more")
        after += 1
    elif only:
        parts.append("*")
    for place in range(plainly, plainly + only):
        add(names[place], "keyword", dict.get(keyed, names[place], MISSING))
    if code.co_flags & 8:
        add(names[after], "named")
    return {"signature": "({})".format(", ".join(parts)), "parameters": found[:60]}


def describe_class(look: Look, value: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": type_text(value),
        "kind": "class",
        "base": [class_name(cls) for cls in bases(value)[1:-1]],
    }
    found["base"] = found["base"][:12]
    for cls in bases(value):
        made = space(cls).get("__init__")
        if type(made) is types.FunctionType:
            found.update(signature_of(made))
            break
    found["name"] = class_name(value)
    if root(value) == "__main__":
        names = [name for name, held in space(value).items() if type(held) is types.FunctionType]
        found["methods"] = {name: signature_of(space(value)[name])["signature"] for name in names[:60]}
    return found


def describe_object(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """An object of a class that nothing is known of: what it holds, and whether it can be called."""
    cls = type(value)
    found: dict[str, Any] = {"type": type_text(value)}
    if root(cls) == "__main__" or not trusted(look, cls):
        found["base"] = [class_name(base) for base in bases(cls)[1:-1]][:12]
    call = defined(value, "__call__")[1]
    if type(call) is types.FunctionType:
        found["kind"] = "callable"
        found["signature"] = signature_of(call)["signature"]
    held = own(value)
    if held and depth < 2 and cls is not types.GeneratorType:
        names = [name for name in list(held) if type(name) is str and not name.startswith("_")][:40]
        found["attributes"] = {name: brief(look, dict.get(held, name), depth + 2) for name in names}
    return found


def reads(function: Any, look: Look) -> set[Any]:
    """The global names that a function's code, and that of the functions in it, reads and that are bound."""
    found: set[Any] = set()
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        held = set(code.co_names) & look.names.keys()
        if held:
            for step in dis.get_instructions(code):
                if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
                    found.add(step.argval)
        codes += [part for part in code.co_consts if type(part) is types.CodeType]
    return found & look.names.keys()


_HOLDING = frozenset(map(id, (types.FunctionType, staticmethod, classmethod, property)))


def functions_of(look: Look, value: Any) -> list[Any]:
    """The notebook's own functions that using this value may run."""
    cls = type(value)
    if cls is types.MethodType:
        return functions_of(look, value.__func__) + functions_of(look, value.__self__)
    if cls is functools.partial:
        return functions_of(look, value.func)
    if cls is staticmethod or cls is classmethod:
        return functions_of(look, value.__func__)
    if cls is property:
        return [part for get in (value.fget, value.fset) for part in functions_of(look, get)]
    if cls is types.FunctionType:
        found = [value] if value.__globals__ is look.home else []
        for cell in (value.__closure__ or ()) + tuple((value.__defaults__ or ())[:20]):
            try:
                inner = cell.cell_contents if type(cell) is types.CellType else cell
            except ValueError:
                continue
            if inner is not value and type(inner) is types.FunctionType:
                found.append(inner)
        wrapped = dict.get(own(value), "__wrapped__")
        return found + ([wrapped] if type(wrapped) is types.FunctionType else [])
    made = value if is_class(value) else cls
    found = []
    for base in bases(made):
        if root(base) == "__main__":
            for held in list(space(base).values()):
                if id(type(held)) in _HOLDING:
                    found += functions_of(look, held)
    return found


def used(look: Look, roots: list[Any], limit: int) -> list[Any]:
    """The names that count: those given and, through the functions that they may run, what those read."""
    order: list[Any] = []
    seen: set[Any] = set()
    code_seen: set[Any] = set()
    waiting = [name for name in roots if name in look.names]
    while waiting and len(order) < limit:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        order.append(name)
        functions = functions_of(look, look.names[name])
        while functions:
            function = functions.pop()
            if id(function) in code_seen or len(code_seen) > 2000:
                continue
            code_seen.add(id(function))
            if function.__globals__ is look.home:
                waiting += sorted(reads(function, look) - seen)
            functions += functions_of(look, function)
        waiting += [held for held in instances(look, look.names[name]) if held not in seen]
    return order


def instances(look: Look, value: Any) -> list[Any]:
    """Names of the notebook's classes and functions that an object holds in its attributes or as elements."""
    held: list[Any] = []
    if type(value) is list or type(value) is tuple:
        held = list(value[:50])
    elif type(value) is dict:
        held = list(value.values())[:50] if len(value) < 1000 else []
    elif root(type(value)) == "__main__":
        held = [dict.get(own(value), name) for name in list(own(value))[:100]]
        held.append(type(value))
    found = []
    if is_class(value):
        held.append(value)
    for part in held:
        made = part if is_class(part) else type(part)
        homemade = [part] if type(part) is types.FunctionType else bases(made)
        for each in homemade:
            name = each.__name__ if each is part and not is_class(part) else short(each)
            if look.names.get(name) is each and name not in found:
                found.append(name)
    return found


def attribute_of(look: Look, value: Any, name: str) -> Any:
    """What `value.name` is, where that can be told without running code; MISSING otherwise."""
    if is_class(value):
        for cls in bases(value):
            held = space(cls).get(name, MISSING)
            if held is not MISSING:
                return held.__func__ if type(held) is staticmethod else held
        return MISSING
    if is_a(value, types.ModuleType):
        held = dict.get(own(value), name, MISSING)
        if held is MISSING:
            parent = dict.get(own(value), "__name__")
            held = sys.modules.get(f"{parent}.{name}", MISSING) if type(parent) is str else MISSING
        return held
    cls, raw = defined(value, name)
    if type(raw) is types.FunctionType or type(raw) is classmethod:
        return types.MethodType(raw if type(raw) is types.FunctionType else raw.__func__, value)
    if type(raw) is property and name not in SAFE_PROPERTIES:
        return MISSING
    if name in SAFE_PROPERTIES and root(type(raw)) == "pandas" and trusted(look, cls):
        return raw.__get__(value, type(value))  # pandas' AxisProperty
    return attribute(look, value, name, MISSING)


SAFE_PROPERTIES = frozenset(
    [
        "columns",
        "dtypes",
        "dtype",
        "shape",
        "ndim",
        "index",
        "size",
        "name",
        "input_shape",
        "output_shape",
        "layers",
        "trainable",
        "built",
        "device",
    ]
)
