"""Finding a text or a pattern in the sources and outputs of a diff. Imports no widget.

A pattern is a person's: it may be wrong, which is said in words, and it may take for ever, so patterns are
run by `regex`, which keeps to a time limit as `re` does not.
"""

import re
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from nbreview.diff.model import CellChange, NotebookDiff, OutputCategory
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.presentation.lines import output_text, split
from nbreview.presentation.rows import output_sides, sides

MAX_MATCHES = 100_000
SEARCH_SECONDS = 0.25
"""Longest time that a pattern may take over a notebook: typing goes on meanwhile."""

SOURCE = -1
"""Stands for a cell's source where outputs are counted from 0."""

TOO_SLOW = QT_TR_NOOP("This pattern takes too long; make it plainer.")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and how: capitals count with `case`, whole words only with `word`, `pattern` takes
    the text as a regular expression, and `outputs` looks into textual outputs too.
    """

    text: str = ""
    case: bool = False
    word: bool = False
    pattern: bool = False
    outputs: bool = False


class Match(NamedTuple):
    """One find: which change, on which side, line and columns in code points; `output` is `SOURCE` or which
    output of the change.
    """

    change: int
    head: bool
    line: int
    start: int
    end: int
    output: int = SOURCE


Finds = Mapping[tuple[bool, int], Sequence[Match]]
"""The finds in one source or output, by side and line."""


class _Text(NamedTuple):
    output: int
    head: bool
    text: str


class BadPattern(Exception):
    """A pattern that cannot be searched for; the message says why, to the person who wrote it."""


def spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Where a query stands in one line, left to right, without overlaps.

    Raises
    ------
    BadPattern
        The pattern is not a regular expression.
    """
    return list(_spans(_compiled(query), text, time.monotonic() + SEARCH_SECONDS)) if query.text else []


def find_all(diff: NotebookDiff, query: Query) -> list[Match]:
    """Every find in reading order. Where both sides have the same text, the head's alone is searched.

    Raises
    ------
    BadPattern
        The pattern is not a regular expression, or takes longer than `SEARCH_SECONDS`.
    """
    found: list[Match] = []
    if not query.text:
        return found
    compiled = _compiled(query)
    end = time.monotonic() + SEARCH_SECONDS
    for index, change in enumerate(diff.cells):
        for output, head, text in _texts(diff, change, outputs=query.outputs):
            if not query.pattern and compiled.search(text) is None:
                continue  # most cells: said without looking at each line
            for number, line in enumerate(split(text)):
                found += [
                    Match(index, head, number, start, stop, output)
                    for start, stop in _spans(compiled, line, end)
                ]
            if len(found) >= MAX_MATCHES:
                return found[:MAX_MATCHES]
    return found


def _texts(diff: NotebookDiff, change: CellChange, *, outputs: bool) -> Iterator[_Text]:
    base, head = sides(diff, change)
    if base is not None and (head is None or base.source != head.source):
        yield _Text(SOURCE, False, base.source)
    if head is not None:
        yield _Text(SOURCE, True, head.source)
    for number, output in enumerate(change.outputs if outputs else ()):
        if output.tree or output.category not in (OutputCategory.TEXT, OutputCategory.ERROR):
            continue
        before, after = (
            output_text(side) if side is not None else None for side in output_sides(diff, change, output)
        )
        if before is not None and before != after:
            yield _Text(number, False, before)
        if after is not None:
            yield _Text(number, True, after)


def _compiled(query: Query) -> Any:
    text = query.text if query.pattern else re.escape(query.text)
    if query.word:
        text = rf"(?<!\w)(?:{text})(?!\w)"
    if not query.pattern:
        return re.compile(text, 0 if query.case else re.IGNORECASE)
    import regex  # here: it is loaded by those who use it

    try:
        return regex.compile(text, 0 if query.case else regex.IGNORECASE)
    except regex.error as error:
        raise BadPattern(tr("Not a regular expression: {reason}.").format(reason=error)) from None


def _spans(compiled: Any, line: str, end: float) -> Iterator[tuple[int, int]]:
    if isinstance(compiled, re.Pattern):
        found = compiled.finditer(line)
    else:
        left = end - time.monotonic()
        if left <= 0:
            raise BadPattern(tr(TOO_SLOW))
        found = compiled.finditer(line, timeout=left)
    try:
        for match in found:
            if match.end() > match.start():
                yield match.start(), match.end()
    except TimeoutError:
        raise BadPattern(tr(TOO_SLOW)) from None


class Finder:
    """What is looked for, where it stands, and which find is at hand. `problem` says why nothing can be
    found.
    """

    def __init__(self) -> None:
        self.query = Query()
        self.matches: list[Match] = []
        self.problem = ""
        self._position = -1
        self._places: dict[tuple[int, int], dict[tuple[bool, int], list[Match]]] = {}
        self._changes: list[int] = []

    def start(self, diff: NotebookDiff | None, query: Query, change: int) -> None:
        """Look for something; the first find at or after a change is at hand."""
        self.query, self.problem = query, ""
        try:
            self._take(find_all(diff, query) if diff is not None else [])
        except BadPattern as error:
            self.problem = str(error)
            self._take([])
        later = (place for place, match in enumerate(self.matches) if match.change >= change)
        self._position = next(later, 0) if self.matches else -1

    def clear(self) -> None:
        """Look for nothing."""
        self.query, self.problem, self._position = Query(), "", -1
        self._take([])

    def _take(self, matches: list[Match]) -> None:
        self.matches = matches
        self._changes = [match.change for match in matches]
        self._places = {}
        for match in matches:
            lines = self._places.setdefault((match.change, match.output), {})
            lines.setdefault((match.head, match.line), []).append(match)

    def step(self, *, backward: bool) -> None:
        """The next find, or the one before, around the ends."""
        if self.matches:
            self._position = (self._position + (-1 if backward else 1)) % len(self.matches)

    def count(self, start: int, stop: int) -> int:
        """How many finds lie in a range of changes: what a fold hides."""
        return bisect_left(self._changes, stop) - bisect_left(self._changes, start)

    def changes(self) -> tuple[int, ...]:
        """The changes with finds, in order, each once."""
        return tuple(dict.fromkeys(self._changes))

    @property
    def places(self) -> Mapping[tuple[int, int], Finds]:
        """The finds by change and output (or `SOURCE`)."""
        return self._places

    @property
    def current(self) -> Match | None:
        """The find at hand."""
        return self.matches[self._position] if self.matches else None

    @property
    def number(self) -> int:
        """Its number from 1; 0 where nothing was found."""
        return self._position + 1 if self.matches else 0
