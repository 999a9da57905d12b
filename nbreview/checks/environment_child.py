"""What the libraries of an environment offer: runs in a child process, with that environment's interpreter.

Started as a file by `environment`; imports nothing of nbreview, only the standard library, and keeps to what
Python 3.8 understands. Reads one JSON list of targets a line from standard input, writes one JSON object a
line (target → fact) to what was standard output; what libraries print goes nowhere. Only libraries of
`environment.READABLE` are imported; nothing of the notebook is ever run, and its folder is not on the path.

A target is written as an entry point is: `pandas:DataFrame.drop` is the attribute `DataFrame.drop` of the
module `pandas`, `sklearn.cross_validation:` the module itself, `find:cv2` asks only whether a top-level
module could be found. `from sklearn import svm` is asked as `sklearn:from.svm`.

A fact is plain data with a `kind`: `module`, `class`, `function`, `value`, `found`, `missing` (with
`exception` and `message`), or `unknown`, which stands for everything that is not certain.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":  # neither this folder nor the working one may shadow a library
    _own = __file__.rpartition("/")[0] or "."
    sys.path[:] = [entry for entry in sys.path if entry not in ("", ".", _own)]

import ast
import importlib
import importlib.util
import inspect
import json
import os
import re
import types
from pathlib import Path
from typing import Any

Fact = dict[str, Any]

_PLAIN_METACLASSES = {"type", "ABCMeta", "EnumMeta"}
_BULK_SETTERS = {"set_params", "__setstate__", "__setattr__", "__delattr__", "__copy__", "__deepcopy__"}
_NUMBERS = {"Integral": "integer", "Real": "real", "RealNotInt": "float", "real_not_int": "float"}
_LITERALS = (str, int, float, bool, type(None))
_MOST_SOURCE = 80 * 1000 * 1000


def describe(target: str) -> Fact:
    """The fact about one target. Never raises."""
    try:
        return _describe(target)
    except BaseException as error:  # a library may raise anything
        return {"kind": "unknown", "reason": type(error).__name__}


def _describe(target: str) -> Fact:
    if target.startswith("find:"):
        name = target[5:]
        if name in sys.builtin_module_names or importlib.util.find_spec(name) is not None:
            return {"kind": "found"}
        return _missing(ModuleNotFoundError(f"No module named {name!r}"))
    module_name, _, path = target.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        # Certain only where it is the module itself that is not there, and not something that it needs.
        if error.name and (module_name == error.name or module_name.startswith(error.name + ".")):
            return _missing(error)
        return {"kind": "unknown"}
    if not path:
        return {"kind": "module"}
    if path.startswith("from."):
        return _imported_name(module, path[5:])
    value, holder = module, None
    parts = path.split(".")
    for number, name in enumerate(parts):
        holder = value
        try:
            value = getattr(holder, name)
        except AttributeError as error:
            if number + 1 < len(parts):
                return {"kind": "unknown"}
            return _missing_attribute(holder, name, error)
    return _fact(value, holder, parts[-1])


def _imported_name(module: types.ModuleType, name: str) -> Fact:
    try:
        value = getattr(module, name)
    except (AttributeError, ImportError) as error:
        full = module.__name__ + "." + name
        if hasattr(module, "__path__") and importlib.util.find_spec(full) is not None:
            return {"kind": "module"} if _imports(full) else {"kind": "unknown"}
        if isinstance(error, ImportError):  # a module's own __getattr__ that says why
            return _missing(error)
        return _missing(ImportError(f"cannot import name {name!r} from {module.__name__!r}"))
    return _fact(value, module, name)


def _imports(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def _missing(error: Exception) -> Fact:
    text = str(error).strip()
    if "experimental" in text:  # there once another module was imported (sklearn.experimental)
        return {"kind": "unknown"}
    return {"kind": "missing", "exception": type(error).__name__, "message": text.split("\n")[0]}


def _missing_attribute(holder: Any, name: str, error: AttributeError) -> Fact:
    """A missing attribute, as seen on the object that was asked.

    For a class, `instance` says what is known of its instances: "missing", "called" (where it may be data,
    which cannot be called) or "unknown".
    """
    if inspect.ismodule(holder):
        spec = getattr(holder, "__path__", None) is not None and importlib.util.find_spec(
            holder.__name__ + "." + name
        )
        return {"kind": "unknown"} if spec else _missing(error)
    if not inspect.isclass(holder):
        return {"kind": "unknown"}
    fact = _missing(error)
    fact["instance"] = _on_instances(holder, name)
    return fact


def _on_instances(cls: type, name: str) -> str:
    # pandas, "Indexing and selecting data", attribute access: a name that no method has may be a column.
    frame = any(base.__name__ == "NDFrame" and base.__module__.startswith("pandas.") for base in cls.__mro__)
    for base in cls.__mro__[:-1]:
        if not frame and ("__getattr__" in vars(base) or "__getattribute__" in vars(base)):
            return "unknown"
        if base.__module__ in ("typing", "abc", "builtins", "collections.abc", "enum"):
            continue
        if base.__dictoffset__ == 0 and not hasattr(base, "__slots__"):
            continue  # written in C and without a dictionary: what its type lists is all there is
        source = _module_source(base.__module__)
        if source is None:
            return "unknown"
        if not frame and _sets_computed_names(source, base.__name__):
            return "unknown"
    if _set_somewhere(cls.__module__.partition(".")[0], name):
        return "unknown"
    return "called" if frame else "missing"


_sources: dict[str, str | None] = {}


def _module_source(name: str) -> str | None:
    if name not in _sources:
        file = getattr(sys.modules.get(name), "__file__", None)
        text = None
        if file and file.endswith(".py"):
            text = Path(file).read_text(encoding="utf-8", errors="replace")
        _sources[name] = text
    return _sources[name]


def _sets_computed_names(source: str, name: str) -> bool:
    """Whether a class sets attributes whose names are computed, other than where it restores itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name == name:
            for method in node.body:
                if getattr(method, "name", "") in _BULK_SETTERS:
                    continue
                if any(_sets_computed_name(part) for part in ast.walk(method)):
                    return True
    return False


def _sets_computed_name(node: ast.AST) -> bool:
    """`setattr(self, <computed>, ...)`, and what writes to `self.__dict__` or `vars(self)`."""
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return _is_own_dictionary(node.value)
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr in ("update", "setdefault") and _is_own_dictionary(function.value)
    return (
        isinstance(function, ast.Name)
        and function.id == "setattr"
        and len(node.args) > 1
        and getattr(node.args[0], "id", "") != "cls"
        and not isinstance(node.args[1], ast.Constant)
    )


def _is_own_dictionary(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "__dict__"
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "vars"


_packages: dict[str, bytes | None] = {}


def _set_somewhere(package: str, name: str) -> bool:
    """Whether the package's sources store an attribute of this name, or hold the name as a string."""
    if package not in _packages:
        _packages[package] = _package_source(package)
    text = _packages[package]
    if text is None:
        return True
    word = re.escape(name.encode())
    return re.search(rb"\." + word + rb"\s*(?::[^=\n]*)?=(?!=)|setattr\([^()]*['\"]" + word, text) is not None


def _package_source(package: str) -> bytes | None:
    """All of a package's Python source; None where there is none, or more than is worth reading."""
    texts: list[bytes] = []
    size = 0
    for folder in getattr(sys.modules.get(package), "__path__", ()):
        for file in Path(folder).rglob("*.py"):
            if "tests" in file.parts:
                continue
            texts.append(file.read_bytes())
            size += len(texts[-1])
            if size > _MOST_SOURCE:
                return None
    return b"\n".join(texts) if texts else None


def _fact(value: Any, holder: Any, name: str) -> Fact:
    if inspect.ismodule(value):
        return {"kind": "module"}
    if inspect.isclass(value):
        return _class_fact(value)
    if isinstance(value, (types.FunctionType, types.MethodType, types.BuiltinFunctionType)) or (
        callable(value) and not inspect.isclass(value)
    ):
        return _function_fact(value, holder, name)
    return {"kind": "value"}


def _named(cls: type) -> str | None:
    """A class as a target, or None where its name does not lead back to it."""
    found: Any = sys.modules.get(cls.__module__)
    for part in cls.__qualname__.split("."):
        found = getattr(found, part, None)
    return f"{cls.__module__}:{cls.__qualname__}" if found is cls else None


def _class_fact(cls: type) -> Fact:
    fact: Fact = {"kind": "class", "target": _named(cls), "name": cls.__name__, "signatures": None}
    made_plainly = type(cls).__name__ in _PLAIN_METACLASSES and type(cls).__name__ != "EnumMeta"
    for base in cls.__mro__:
        if "__new__" in vars(base):
            made_plainly = (
                made_plainly
                and base.__module__ in ("builtins", "typing")
                and base.__name__
                in (
                    "object",
                    "Generic",
                )
            )
            break
    fact["plain"] = made_plainly
    initialiser = next((vars(base)["__init__"] for base in cls.__mro__ if "__init__" in vars(base)), None)
    if made_plainly and isinstance(initialiser, types.FunctionType):
        fact["signatures"], fact["mapped"] = _signatures(initialiser, 1)
    _parameters(cls, fact)
    return fact


def _parameters(cls: type, fact: Fact) -> None:
    """scikit-learn's `_parameter_constraints`: what each parameter may be, checked when `fit` is called."""
    given = getattr(cls, "_parameter_constraints", None)
    if not isinstance(given, dict) or not cls.__module__.startswith("sklearn."):
        return
    checked = []
    for method in ("fit", "fit_transform", "fit_predict"):
        function = getattr(cls, method, None)
        if function is None:
            continue
        text = "".join(inspect.getsource(each) for each in _chain(function) if hasattr(each, "__code__"))
        if "_validate_params" in text or "_fit_context" in text or "self.fit(" in text:
            checked.append(method)
    if "fit" not in checked:
        return
    fact["validated"] = checked
    fact["constraints"] = {
        name: constraints
        for name, constraints in ((name, _constraints(each)) for name, each in given.items())
        if constraints is not None
    }


def _constraints(given: Any) -> list[Fact] | None:
    """The constraints of one parameter as plain data; None where one of them cannot be read."""
    if not isinstance(given, (list, tuple)):
        return None
    found: list[Fact] = []
    for each in given:
        if type(each).__name__ == "Hidden":
            each = each.constraint
        kind = type(each).__name__
        if each is None:
            found.append({"is": "none"})
        elif isinstance(each, str) and each in ("boolean", "verbose", "random_state"):
            found.append({"is": each})
        elif isinstance(each, str) and each in ("array-like", "sparse matrix"):
            found.append({"is": "object"})
        elif kind in ("StrOptions", "Options"):
            options = sorted(each.options, key=repr)
            if not all(isinstance(option, (str, int, float, bool, type(None))) for option in options):
                return None
            found.append({"is": "options", "options": options})
        elif kind == "Interval":
            named = each.type if isinstance(each.type, str) else each.type.__name__
            if named not in _NUMBERS:
                return None
            limits = [None if end is None else float(end) for end in (each.left, each.right)]
            found.append({"is": "interval", "type": _NUMBERS[named], "limits": limits, "closed": each.closed})
        elif each is callable or kind == "HasMethods":
            found.append({"is": "object"})
        elif inspect.isclass(each):
            found.append({"is": "type", "types": [t.__name__ for t in _LITERALS if issubclass(t, each)]})
        else:
            return None
    return found


def _function_fact(value: Any, holder: Any, name: str) -> Fact:
    fact: Fact = {"kind": "function", "name": getattr(value, "__name__", name), "signatures": None, "skip": 0}
    if inspect.isclass(holder):
        static: Any = inspect.getattr_static(holder, name, None)
        if isinstance(static, (staticmethod, classmethod)):
            pass
        elif isinstance(static, types.FunctionType) or inspect.ismethoddescriptor(static):
            fact["skip"] = 1
        else:
            return {"kind": "value"}  # some other descriptor: what an instance gives is not known
    fact["signatures"], fact["mapped"] = _signatures(value, 0)
    fact["returns"] = _returned(value)
    return fact


def _chain(function: Any) -> list[Any]:
    """A function and what it wraps, outermost first."""
    seen: list[Any] = []
    while function is not None and all(function is not each for each in seen):
        seen.append(function)
        function = getattr(function, "__wrapped__", None)
    return seen


def _signatures(function: Any, skip: int) -> tuple[list[Any] | None, list[str]]:
    """Every signature along a chain of wrappers, innermost first, and every word that the wrappers hold.

    A call is wrong for certain only if none of them takes it: a wrapper may take what the function inside no
    longer does (a renamed keyword, say), and then holds its name.
    """
    if isinstance(function, types.MethodType):
        skip += 1
        function = function.__func__
    found: list[Any] = []
    words: set[str] = set()
    chain = _chain(function)
    for number, each in enumerate(chain):
        last = number + 1 == len(chain)
        if isinstance(each, types.FunctionType):
            own = types.FunctionType(
                each.__code__, each.__globals__, each.__name__, each.__defaults__, each.__closure__
            )
            own.__kwdefaults__ = each.__kwdefaults__
            shown = [inspect.signature(own)]
            if "__signature__" in vars(each):
                shown.append(inspect.signature(each, follow_wrapped=False))
            if not last:
                for cell in each.__closure__ or ():
                    _collect(_content(cell), words)
        elif last:
            try:
                shown = [inspect.signature(each)]
            except (ValueError, TypeError):
                return None, []
        elif type(each).__name__ == "_ArrayFunctionDispatcher":  # numpy: hands on what it is given
            continue
        else:
            return None, []
        for signature in shown:
            parameters = list(signature.parameters.values())
            kinds = [parameter.kind for parameter in parameters]
            if kinds == [inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD] and not last:
                continue  # hands everything on
            rows = [
                [parameter.name, int(parameter.kind), parameter.default is not inspect.Parameter.empty]
                for parameter in parameters
            ]
            left = skip
            while left and rows and rows[0][1] in (0, 1):
                rows.pop(0)
                left -= 1
            if rows not in found:
                found.append(rows)
    return (found[::-1] or None), sorted(words)


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _collect(value: Any, words: set[str]) -> None:
    if isinstance(value, str):
        words.add(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(key, words)
            if isinstance(item, str):
                words.add(item)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            if isinstance(item, str):
                words.add(item)


def _returned(function: Any) -> str | None:
    """The class that a function is annotated to return, as a target; "self" for the class of its instance.

    Only where the annotation is one class that nothing is derived from, so that what comes is of that class.
    """
    inner = _chain(function)[-1]
    inner = getattr(inner, "__func__", inner)
    annotation = getattr(inner, "__annotations__", {}).get("return")
    if isinstance(annotation, str):
        annotation = annotation.strip("'\" ")
        if annotation == "Self":
            return "self"
        if not annotation.isidentifier():
            return None
        annotation = getattr(inner, "__globals__", {}).get(annotation)
    if not inspect.isclass(annotation) or annotation.__module__ == "builtins":
        return None
    if annotation.__subclasses__() and not annotation.__module__.startswith("pandas.core.frame"):
        return None
    return _named(annotation)


def main() -> None:
    """Answer until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    questions = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(nowhere, 0)
    for line in questions:
        facts = {target: describe(target) for target in json.loads(line)}
        answers.write(json.dumps(facts) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
