"""Finding a text in the sources of a diff. Pure functions; Qt is not needed here."""

from collections.abc import Iterator
from typing import NamedTuple

from nbreview.diff.model import NotebookDiff
from nbreview.presentation.lines import split
from nbreview.presentation.rows import sides

MAX_MATCHES = 100_000


class Match(NamedTuple):
    """One find: which change, on which side, line and column in code points."""

    change: int
    head: bool
    line: int
    start: int


def occurrences(text: str, needle: str) -> Iterator[int]:
    """Where a needle starts in a line; capitals count only where the needle has one."""
    if not needle:
        return
    if needle == needle.lower():
        lowered = text.lower()
        text = lowered if len(lowered) == len(text) else text  # some capitals are two letters in lower case
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + len(needle))


def find_all(diff: NotebookDiff, needle: str) -> list[Match]:
    """Every find in reading order. Where both sides have the same source, the head's alone is searched."""
    found: list[Match] = []
    if not needle:
        return found
    for change_index, change in enumerate(diff.cells):
        base, head = sides(diff, change)
        both = base is not None and head is not None and base.source != head.source
        for cell, is_head in ((base, False), (head, True)):
            if cell is None or (not is_head and head is not None and not both):
                continue
            for number, line in enumerate(split(cell.source)):
                for start in occurrences(line, needle):
                    found.append(Match(change_index, is_head, number, start))
                    if len(found) >= MAX_MATCHES:
                        return found
    return found
