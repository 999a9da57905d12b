"""Notebook files that a merge by lines left full of git's conflict markers: found, and taken apart again.

Imports nothing of nbreview. Such a file is no JSON, but each side of it often is: the lines outside of the
conflicts with those of one side.
"""

import functools
import re
from dataclasses import dataclass, field

_STEPS = {b"": b"<", b"<": b"|=", b"|": b"=", b"=": b">"}
"""The part of a conflict that a line is in (by the marker that began it), and the markers that may follow."""
_LABEL = 200
"""Characters of a marker's label that are kept."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The versions that a file with conflict markers was made from. `base` is None unless every conflict
    shows one (styles diff3 and zdiff3). The labels are what stood behind the first markers.
    """

    ours: bytes = field(repr=False)
    theirs: bytes = field(repr=False)
    base: bytes | None = field(default=None, repr=False)
    ours_label: str = ""
    theirs_label: str = ""


def has_markers(data: bytes) -> bool:
    """Whether a file holds a conflict as git writes it. In JSON no text begins a line, so that a notebook
    whose cells speak of markers has none.
    """
    if b"<<<<<<<" not in data:
        return False
    found = {match[0][:1] for match in _markers(7).finditer(data)}
    return {b"<", b"=", b">"} <= found


def sides(data: bytes, size: int = 7) -> Sides | None:
    """Take a text with conflict markers apart; None where a conflict does not end, or there is none.

    Longer markers, which git writes into a base that was itself merged with conflicts, are text here, and so
    is a line of equality signs where no conflict is open (a heading of Markdown).

    Parameters
    ----------
    size:
        How many characters a marker has.
    """
    markers = _markers(size)
    ours: list[bytes] = []
    base: list[bytes] = []
    theirs: list[bytes] = []
    labels: dict[bytes, str] = {}
    part, conflicts, bases = b"", 0, 0
    for line in _lines(data):
        marker = markers.match(line)
        sign = marker[0][:1] if marker else b""
        if part and sign == b"<":
            return None
        if not sign or sign not in _STEPS[part]:
            for side, parts in ((ours, b"<"), (base, b"|"), (theirs, b"=")):
                if part in (b"", parts):
                    side.append(line)
            continue
        label = line[size:].strip().decode("utf-8", "replace")[:_LABEL]
        labels.setdefault(sign, label)
        conflicts += sign == b"<"
        bases += sign == b"|"
        part = b"" if sign == b">" else sign
    if part or not conflicts:
        return None
    return Sides(
        b"".join(ours),
        b"".join(theirs),
        b"".join(base) if bases == conflicts else None,
        labels.get(b"<", ""),
        labels.get(b">", ""),
    )


@functools.lru_cache(maxsize=8)
def _markers(size: int) -> re.Pattern[bytes]:
    return re.compile(rb"^(?:<{%d}|\|{%d}|={%d}|>{%d})(?:[ \r\n]|$)" % ((size,) * 4), re.MULTILINE)


def _lines(data: bytes) -> list[bytes]:
    """Lines as git sees them: a lone carriage return ends none."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [data.rsplit(b"\n", 1)[-1]]
