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


class Finder:
    """The text that is looked for, where it stands, and which find is at hand."""

    def __init__(self) -> None:
        self.needle = ""
        self.matches: list[Match] = []
        self._position = -1

    def start(self, diff: NotebookDiff | None, needle: str, change: int) -> None:
        """Look for a text; the first find at or after a change is at hand."""
        self.needle = needle
        self.matches = find_all(diff, needle) if diff is not None else []
        later = (place for place, match in enumerate(self.matches) if match.change >= change)
        self._position = next(later, 0) if self.matches else -1

    def clear(self) -> None:
        """Look for nothing."""
        self.needle, self.matches, self._position = "", [], -1

    def step(self, *, backward: bool) -> None:
        """The next find, or the one before, around the ends."""
        if self.matches:
            self._position = (self._position + (-1 if backward else 1)) % len(self.matches)

    @property
    def current(self) -> Match | None:
        """The find at hand."""
        return self.matches[self._position] if self.matches else None

    @property
    def number(self) -> int:
        """Its number from 1; 0 where nothing was found."""
        return self._position + 1 if self.matches else 0
