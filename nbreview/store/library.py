"""sqlite-utils, without what it would bring along.

It imports pandas and NumPy wherever they are installed, to know their types as types of columns. A store has
no column of theirs, and where both are installed, as on machines with notebooks, that was half of the start.
Imports nothing of nbreview.
"""

import importlib
import sys
from types import ModuleType

_NOT_WANTED = ("pandas", "numpy")


def sqlite_utils() -> ModuleType:
    """The module, imported when it is first asked for."""
    loaded = sys.modules.get("sqlite_utils")
    if loaded is not None:
        return loaded
    hidden = [name for name in _NOT_WANTED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # what import takes for “not installed”
    try:
        return importlib.import_module("sqlite_utils")
    finally:
        for name in hidden:
            if sys.modules.get(name) is None:
                del sys.modules[name]
