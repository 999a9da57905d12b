"""Where the lines of cells stand in the file: for programs that point into files and know nothing of cells.

Imports `jsontext` and the bottom floor.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence

from nbreview.notebook.jsontext import elements, members, root


def source_places(data: bytes) -> tuple[tuple[int, ...], ...]:
    """The file's line, from 1, of each line of each cell's source; () where that cannot be told.

    A source that is one text, or a file that is one line, has the same line throughout. The tuple of a cell
    has one line more than its source has line breaks, and one for an empty source: that of the cell.
    """
    try:
        text = data.decode("utf-8")
        top, cells = members(text, root(text), opened="cells")
    except (ValueError, IndexError):
        return ()
    if not any(each.key == "cells" for each in top):
        return ()
    breaks = [place for place, sign in enumerate(text) if sign == "\n"]
    try:
        return tuple(_lines_of(text, cell.value, breaks) for cell in cells)
    except (ValueError, IndexError):
        return ()


def _lines_of(text: str, cell: int, breaks: Sequence[int]) -> tuple[int, ...]:
    def line(position: int) -> int:
        return bisect_right(breaks, position) + 1

    for member in reversed(members(text, cell)[0]):  # of repeated keys the last one counts
        if member.key != "source":
            continue
        if text[member.value] != "[":
            count = str(json.loads(text[member.value : member.end], strict=False)).count("\n")
            return (line(member.value),) * (count + 1)
        lines: list[int] = []
        ended = True
        for element in elements(text, member.value):
            part = str(json.loads(text[element.value : element.end], strict=False))
            here = line(element.value)
            if ended:
                lines.append(here)
            lines += [here] * (part.count("\n") - part.endswith("\n"))
            ended = part.endswith("\n")
        if ended:
            lines.append(lines[-1] if lines else line(member.value))
        return tuple(lines)
    return (line(cell),)
