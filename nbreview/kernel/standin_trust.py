"""Which exceptions of a stand-in run say something about the notebook, and which only about the stand-ins.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.

What is looked at is where an exception was raised (the values in its statement and frames) and its kind. What
rests on random content is sorted out elsewhere: an exception must come back in a world that was invented with
another seed.
"""

from __future__ import annotations

import ast
import linecache
import re
import sys
from types import FrameType
from typing import Any

from nbreview.kernel.rebuild_world import MARK
from nbreview.kernel.standin_files import Pictures
from nbreview.kernel.standin_frames import PLACE, chain, frames, is_cell, package_of
from nbreview.kernel.standin_keys import missing_key
from nbreview.kernel.standin_sizes import Sizes
from nbreview.kernel.standin_source import bound_names, library_of
from nbreview.kernel.standin_unknown import UnknownAsked, unknown_within

# Kinds that are about the machine, the network or the time at hand, whatever the notebook says. Names as in
# "Built-in Exceptions" of the Python documentation and in the libraries' error modules.
_ABOUT_THE_MACHINE = {
    "OSError", "ImportError", "MemoryError", "EOFError", "SystemExit", "KeyboardInterrupt", "TimeoutError",
    "GeneratorExit", "CalledProcessError", "SubprocessError", "BrokenProcessPool", "OutOfMemoryError",
    "NotFoundError", "UnavailableError", "DeadlineExceededError", "ResourceExhaustedError", "AbortedError",
    "CancelledError", "UnicodeDecodeError", "BackendUnavailableError", "PicklingError", "HTTPException",
    "UnsupportedOperation", "ParserError", "EmptyDataError", "StdinNotImplementedError",
}  # fmt: skip
_DEVICE = re.compile(r"\bCUDA\b|\bcuda\b|\bcudnn\b|\bNVIDIA\b|\bGPU\b|\bMPS\b|\bXLA\b|\bnccl\b|\bTPU\b", re.I)
# `numpy.core._exceptions._ArrayMemoryError`, and torch's allocator.
_ALLOCATION = re.compile(r"Unable to allocate ([\d.]+) ([KMGTPE]i)B|you tried to allocate (\d+) bytes")
_UNITS = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40, "Pi": 1 << 50, "Ei": 1 << 60}
_MOST_MEMORY = 1 << 40
_MARKS = (MARK, ascii(MARK)[1:-1])  # as it is, and as `repr` writes it
_ABOUT_TYPES = re.compile(
    r"scalar ?types?\b|\bdtype\b|\b(?:Long|Int|Float|Double|Half|Byte|Char|Bool)(?:Tensor)?\b"
)
_NO_NUMBER = re.compile(
    r"(?:could not convert string to float|invalid literal for int\(\) with base 10): ['\"](.*)", re.DOTALL
)
_NOT_BUILT = re.compile(r"n(?:o|')t (?:yet )?been built|never been called|isn't built|is not built")
_ABOUT_ORDER = re.compile(r"in the same order as they were in fit")
_ARITY = re.compile(
    r"[\w.<>]+\(\) (?:takes .* positional arguments? but |missing \d+ required |got an unexpected keyword |"
    r"got multiple values for )"
)
_LEAST_TOLD = 16  # characters of a shortened text that are real (see `rebuild_values`)
_STATE = {"NotFittedError", "KeyError", "AttributeError", "IndexError"}


def distrust(error: BaseException, world: Any) -> str:
    """Why an exception says nothing about the notebook, or "" when it can be trusted.

    `world` gives `statement_names(file, line)`, `tainted`, `differs`, `may_be_bound(name)`, `guessed`,
    `incomplete`, `interrupted`, `invented`, `labels`, `parts`, `vague_labels`, `same`, `all_ran()`,
    `unordered`, `outputs`, `reading()`, `texts`, `never_fitted(objects)` and `confirming`.
    """
    for link in chain(error):
        if isinstance(link, UnknownAsked):
            return "it asks for what is not known"
        if type(link).__name__ == "OutOfTime":
            return "it ran out of time"
        if isinstance(link, OSError):
            return "it is about a file or the network"
    try:
        message = str(error)
    except BaseException:
        return "its message cannot be read"
    kinds = {kind.__name__ for kind in type(error).__mro__}
    sure = _missing_in_library(error, world) or beyond_any_machine(message)
    if kinds & _ABOUT_THE_MACHINE and not sure:
        return f"{type(error).__name__} is about this machine"
    if _DEVICE.search(message):
        return "it is about a device"
    # In a world that only confirms, the text that fails first may be an invented one.
    invented = any(mark in message for mark in _MARKS)
    if (invented and not world.confirming and not _surely_no_number(message)) or "nbreview" in PLACE.sub(
        "", message
    ):
        return "it is about something invented"
    places = list(frames(error.__traceback__))
    met: list[Any] = []
    stateless = _unavailable(error, kinds, places)
    regardless = _regardless_of_values(error, places, world)
    for frame, line in places:
        values = _values_at(frame, line, world)
        if values is None:
            return "it came from the stand-in's own machinery"
        if regardless and is_cell(frame):
            continue
        met += values[:50]
        for value in values:
            if unknown_within(value, 2):
                return "an unknown value is involved"
            if id(value) in world.tainted and (
                isinstance(value, (list, dict, set))
                or hasattr(value, "__array__")
                or (kinds & _STATE and not stateless)
            ):
                return "a value whose state is not known is involved"
            if id(value) in world.interrupted and not kinds & {"TypeError", "NameError"}:
                return "a statement that was changing it did not end"
    if Pictures.folders and _about_folders(kinds, met, places, world):
        return "what an invented folder holds is involved"
    if not stateless and _reached_through_tainted(places, world):
        return "it was reached through a value whose state is not known"
    return world.outputs.distrust(error, kinds, message, met) or _by_kind(
        error, kinds, message, places, world
    )


def _regardless_of_values(error: BaseException, places: Any, world: Any) -> bool:
    """Whether a cell raised for the number or the names of the arguments of a call, or for an attribute of an
    object that its statement names: the values of the other names in it have no part in that.
    """
    if isinstance(error, TypeError):
        return bool(places) and is_cell(places[-1][0]) and _ARITY.match(str(error)) is not None
    owner = getattr(error, "obj", None) if isinstance(error, AttributeError) else None
    if owner is None or unknown_within(owner, 2) or id(owner) in world.tainted:
        return False
    for frame, line in reversed(places):
        if is_cell(frame):
            return any(owner is value for value in _values_at(frame, line, world) or [])
    return False


def _surely_no_number(message: str) -> bool:
    """Whether the real beginning of a text whose end is invented cannot begin a number that was asked for."""
    beginning = re.split("|".join(map(re.escape, _MARKS)), message)[0]
    found = _NO_NUMBER.match(beginning)
    if found is None or len(found.group(1)) < _LEAST_TOLD:
        return False
    return re.search(r"[^-+\d.eE_\s]", found.group(1)[:_LEAST_TOLD]) is not None


def _reached_through_tainted(places: Any, world: Any) -> bool:
    """Whether a method raised that belongs to an object which a cell got from a tainted one of the same
    library: a trial of a search that did not run, say. What a tainted object itself raises is judged by its
    kind.
    """
    owner = places[-1][0].f_locals.get("self") if places and not is_cell(places[-1][0]) else None
    if owner is None or not world.tainted:
        return False
    inside = {id(value) for frame, _ in places if not is_cell(frame) for value in frame.f_locals.values()}
    return any(
        id(value) in world.tainted and id(value) not in inside and library_of(value) == library_of(owner)
        for value in world.reading()
    )


def _about_folders(kinds: set[str], met: list[Any], places: Any, world: Any) -> bool:
    """Whether an exception may be about the names and numbers of pictures and classes that were invented."""
    if any(isinstance(value, str) and MARK in value for value in met):
        return True
    if not kinds & {"KeyError", "AssertionError", "ZeroDivisionError"}:
        return False
    cells = [
        world.statement_names(frame.f_code.co_filename, line) for frame, line in places if is_cell(frame)
    ]
    return any(names & world.invented for names in cells)


def innermost(error: BaseException, world: Any) -> list[Any]:
    """The values where an exception was raised."""
    places = list(frames(error.__traceback__))
    return (_values_at(*places[-1], world) or [])[:50] if places else []


def _missing_in_library(error: BaseException, world: Any) -> bool:
    """Whether a module or a name is missing in a library of the very version that the notebook runs with."""
    if not isinstance(error, ImportError) or not isinstance(error.name, str):
        return False
    package, _, inner = error.name.partition(".")
    return package in world.same and (bool(inner) or not isinstance(error, ModuleNotFoundError))


def _values_at(frame: FrameType, line: int, world: Any) -> list[Any] | None:
    """The values that a frame was working with: for a cell those of the names in the statement, for a library
    all its variables. None for our own frames, which raise nothing of their own on behalf of the notebook.
    """
    if not is_cell(frame):
        if frame.f_globals.get("__name__", "").startswith("nbreview."):
            return []
        return list(frame.f_locals.values())
    found = []
    for name in world.statement_names(frame.f_code.co_filename, line):
        if name in frame.f_locals:
            found.append(frame.f_locals[name])
        elif name in frame.f_globals:
            found.append(frame.f_globals[name])
    return found


def _by_kind(error: BaseException, kinds: set[str], message: str, places: Any, world: Any) -> str:
    if "UnboundLocalError" in kinds:
        found = re.search(r"variable '([^']+)'", message)
        certain = found is not None and world.all_ran() and _bound_in_any_case(found.group(1), places)
        return "" if certain else "a statement before it may have been skipped"
    if "NameError" in kinds:
        name = getattr(error, "name", None) or next(iter(re.findall(r"name '([^']+)'", message)), "")
        return f"{name} may be bound in the notebook's kernel" if world.may_be_bound(name) else ""
    if _about_fitting(error):
        owners = [frame.f_locals.get("self") for frame, _ in places] + [getattr(error, "obj", None)]
        return "" if world.never_fitted(owners) else "whether it was fitted is not known"
    package = package_of(places)
    if package in world.differs and kinds & {
        "AttributeError",
        "ImportError",
        "TypeError",
        "NotImplementedError",
    }:
        return f"{package} is not the version that the notebook ran with"
    private = re.match(r"([\w.<>]+)\(\) (?:got|takes|missing) ", message) if "TypeError" in kinds else None
    if private and package and any(re.match(r"_[^_]", part) for part in private.group(1).split(".")):
        return "it is about the inside of a library, which differs from version to version"
    if (
        kinds & {"AttributeError", "KeyError"}
        and not _of_its_class(error)
        and any(
            id(value) in world.incomplete
            for frame, _ in places
            for value in list(frame.f_locals.values())[:50]
        )
    ):
        return "not all columns, keys or attributes are known"
    if "AttributeError" in kinds:
        columns = getattr(getattr(error, "obj", None), "columns", ())
        if package == "pandas" and any(
            isinstance(column, str) and MARK in column for column in list(columns)
        ):
            return "the names of the columns are not known"
        owner = getattr(error, "obj", None)
        module = getattr(owner, "__name__", "") if type(owner).__name__ == "module" else ""
        if module and module.split(".")[0] in world.differs:
            return f"{module} is not the version that the notebook ran with"
    if Sizes.types_invented and package == "torch" and _ABOUT_TYPES.search(message):
        return "the type of the values of a loader is not known"
    index = getattr(error, "obj", None) if "AttributeError" in kinds else None
    if world.vague_labels and (
        "DatetimeIndex" in message or any(base.__name__ == "Index" for base in type(index).__mro__)
    ):
        return "the class of the row labels is not known"
    if world.unordered and _ABOUT_ORDER.search(message):
        return "the order of the columns is not known"
    if Sizes.open and _NOT_BUILT.search(message):
        return "the shape of a model's input is not known"
    if kinds & {"KeyError"}:
        return missing_key(error, places, world)
    # Where a message has numbers in it, worlds with other numbers of pictures do not agree on them.
    unnumbered = Pictures.folders and "IndexError" in kinds and not re.search(r"\d", message)
    if unnumbered or _names_a_guess(message, places, world):
        return "a length was guessed"
    if "IndexError" in kinds and any(
        id(value) in world.guessed for frame, _ in places for value in list(frame.f_locals.values())[:50]
    ):
        return "a length was guessed"
    return ""


def _unavailable(error: BaseException, kinds: set[str], places: Any) -> bool:
    """Whether an estimator, fitted or not, lacks a method by its parameters (`available_if`)."""
    asked = any(frame.f_code.co_filename.endswith("_available_if.py") for frame, _ in places)
    return asked and "AttributeError" in kinds and not any(_about_fitting(link) for link in chain(error))


def _about_fitting(error: BaseException) -> bool:
    """Whether an estimator lacks what fitting gives it: an attribute whose name ends in an underscore
    (scikit-learn, "Developing estimators"), or all of them.
    """
    if any(kind.__name__ == "NotFittedError" for kind in type(error).__mro__):
        return True
    name = getattr(error, "name", None) if isinstance(error, AttributeError) else None
    owner = getattr(error, "obj", None)
    return isinstance(name, str) and name.endswith("_") and not name.endswith("__") and hasattr(owner, "fit")


def _of_its_class(error: BaseException) -> bool:
    """Whether an attribute is missing that an object has by its class or not at all. What fitting gives an
    estimator ends in an underscore (scikit-learn, "Developing estimators"); a method of tables is no label of
    a column of one.
    """
    owner, name = getattr(error, "obj", None), getattr(error, "name", None)
    if type(owner).__name__ == "Series" and isinstance(name, str):
        pandas = sys.modules.get("pandas")
        return pandas is not None and callable(getattr(pandas.DataFrame, name, None))
    return (
        isinstance(name, str)
        and not name.endswith("_")
        and hasattr(type(owner), "get_params")
        and hasattr(type(owner), "fit")
        and not hasattr(type(owner), name)
    )


def _names_a_guess(message: str, places: Any, world: Any) -> bool:
    """Whether a message has a number in it that is the length of an object whose length was guessed."""
    if not world.guessed:
        return False
    numbers = set(re.findall(r"\d+", message))
    for frame, _ in places:
        for value in list(frame.f_locals.values())[:50]:
            if id(value) not in world.guessed:
                continue
            try:
                shape = getattr(value, "shape", None) or (len(value) if hasattr(value, "__len__") else 0,)
                if numbers & {str(size) for size in shape if size}:
                    return True
            except Exception:  # an estimator's length is asked of what fitting would have made
                continue
    return False


def beyond_any_machine(message: str) -> bool:
    """Whether NumPy or torch says that more memory was asked for than any machine has that runs notebooks."""
    found = _ALLOCATION.search(message)
    if found is None:
        return False
    amount, unit, plain = found.groups()
    return float(plain or amount) * _UNITS.get(unit, 1) > _MOST_MEMORY


def _bound_in_any_case(name: str, places: Any) -> bool:
    """Whether the function in which a local name was missing binds it in no branch, loop or handler: then no
    value that was invented has to do with it.
    """
    frame = places[-1][0]
    try:
        tree = ast.parse("".join(linecache.getlines(frame.f_code.co_filename)))
    except (SyntaxError, ValueError):
        return False
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == frame.f_code.co_name:
            simple = (ast.Assign, ast.AugAssign, ast.AnnAssign)
            plain = [part for part in node.body if isinstance(part, simple)]
            bound = [part for part in node.body if name in bound_names(part)]
            return bool(bound) and all(part in plain for part in bound)
    return False
