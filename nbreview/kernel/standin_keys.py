"""Which keys that were not found are certainly not there: names of columns, and labels of rows.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from nbreview.kernel.rebuild_world import MARK
from nbreview.kernel.standin_frames import frames

_MANY_LABELS = 10


def missing_key(error: BaseException, places: Any, world: Any) -> str:
    """A key that pandas does not find counts only in an index of known labels: names of columns, or row
    labels that were not invented, neither of them made of values (by a pivot, a count, a grouping). A text is
    in no index of whole numbers, whichever those are.
    """
    for frame, _ in reversed(places):
        if not frame.f_code.co_filename.replace("\\", "/").find("/pandas/") > 0:
            continue
        if frame.f_code.co_name == "get_group":  # of a grouping
            return "which groups there are is not known"
        owner = frame.f_locals.get("self")
        searched = [owner, frame.f_locals.get("axis"), frame.f_locals.get("ax"), frame.f_locals.get("key")]
        for index in searched:
            if any(kind.__name__ == "Index" for kind in type(index).__mro__):
                labels = list(index[:2000])
                if any(isinstance(label, str) and label in world.texts for label in labels):
                    return "its labels are values of the data, not all of which are known"
                if labels and all(isinstance(label, str) and MARK not in label for label in labels):
                    return ""
                if len(labels) == 0:
                    return "an empty index may be an invention"
                whole = str(getattr(index, "dtype", "")).startswith(("int", "uint"))
                if whole and (id(index) in world.labels or (not world.vague_labels and _all_texts(error))):
                    return ""
                if whole and id(index) in world.parts and (isinstance(_key(error), int) or _many(error)):
                    return ""  # where the other world misses another (see `standin_parts`)
                return "row labels are not known"
    return ""


def part_label(error: BaseException, world: Any) -> int | None:
    """The row label that a random part of a table was asked for and misses; None for any other error."""
    key = _key(error)
    if not isinstance(error, KeyError) or not isinstance(key, int):
        return None
    places = frames(error.__traceback__)
    searched = (frame.f_locals.get("self") for frame, _ in places)
    return key if any(id(index) in world.parts for index in searched) else None


def _key(error: BaseException) -> Any:
    return error.args[0] if error.args else None


def _many(error: BaseException) -> bool:
    """Whether pandas lists many row labels that it did not find: among so many, a random part misses some."""
    listed = re.match(r"\[([-\d, ]+)\] not in index", str(_key(error)))
    return listed is not None and listed.group(1).count(",") + 1 >= _MANY_LABELS


def _all_texts(error: BaseException) -> bool:
    """Whether the keys that pandas did not find are texts: the key itself, or the list in its message."""
    key = _key(error)
    if not isinstance(key, str):
        return False
    listed = re.match(r"(?:None of )?(?:Index\()?(\[.*?\])(?:,|\)| not | are )", key, re.DOTALL)
    if listed is None:
        return MARK not in key
    try:
        keys = ast.literal_eval(listed.group(1))
    except (ValueError, SyntaxError):
        return False
    return MARK not in key and all(isinstance(one, str) for one in keys)
