"""What a reply about several cells holds: one fenced block for each cell, under a line that names the cell.

Imports `changes`, `replies`, `thoughts`, `notebook`, `review` and below. Pure. The form is the plainest that
small models keep to: `## cell 3`, `## new cell after 3`, `## remove cell 4`; what they make of it (bold, a
colon, the label as a comment inside the block, all cells in one block) is understood as well. A cell that is
not named stays as it is. What cannot be used does not spoil what can: it fails by itself.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from nbreview.assist.changes import CellProposal
from nbreview.assist.replies import (
    EMPTY,
    NO_BLOCK,
    NO_REASON,
    NOT_CLOSED,
    TOO_LONG,
    UNCHANGED,
    UNFINISHED_THOUGHT,
    Block,
    as_written,
    blocks_in,
    problem_of,
    reason_in,
)
from nbreview.assist.thoughts import without_thoughts
from nbreview.notebook.model import CellType, Notebook
from nbreview.review.model import CellEdit
from nbreview.words import said

NOTHING = said("The reply changes no cell.")
UNNAMED = said("A code block does not say which cell it is for.")

_DECORATION = re.compile(r"^[\s#>*_`\-–—•]+|[\s*_`]+$")
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s|\*\*|__)")
_END = r"(?:\s*\((?P<kind>\w+)\))?\s*(?P<rest>(?:[:.,;–—-]|\bis\b|\bto be\b).*)?$"
_CHANGE = re.compile(
    rf"^(?:the\s+|update[ds]?\s+|change[ds]?\s+|edit(?:ed)?\s+|modif(?:y|ied)\s+|replace\s+)?cell\s*[\[(#]?(?P<number>\d+)[\])]?{_END}",
    re.I,
)
_INSERT = re.compile(
    r"^(?:(?:a\s+)?new|add(?:ed)?|insert(?:ed)?)\b\s*(?:a\s+)?(?:new\s+)?(?P<kind>code|markdown|text|raw)?\s*(?:cell)?"
    r"\s*(?:\((?P<more>\w+)\))?,?\s*(?:(?P<side>after|before|below|above|following)\s+(?:the\s+)?(?:cell\s*)?#?"
    r"(?P<number>\d+|last(?:\s+cell)?|first(?:\s+cell)?)"
    r"|(?:at|to|as)\s+(?:the\s+)?(?P<place>end|bottom|last|start|beginning|top|first)\b.*)"
    r"\s*(?:\((?P<last>\w+)\))?\s*[:.]?.*$",
    re.I,
)
_REMOVE = re.compile(
    r"^(?:remove|delete|drop)d?\s+cells?\s*#?(?P<numbers>\d+(?:\s*(?:,|and|&|-|–|to|through)\s*#?\d+)*)\s*[:.]?(?P<rest>.*)$",
    re.I,
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to|through)\s*#?(\d+)", re.I)
_GONE = re.compile(r"\b(?:remove[ds]?|delete[ds]?|drop(?:ped)?)\b", re.I)
_SAME = re.compile(r"\b(?:unchanged|no change|not changed|as before|stays|same)\b", re.I)
_PROSE_TAGS = frozenset({"markdown", "md", "text"})


@dataclass(frozen=True, slots=True)
class ParsedCells:
    """A reply taken apart. `failed` is "" when something of it can be offered. `problems` are sentences on
    what could not be understood or was not asked for.
    """

    proposals: tuple[CellProposal, ...]
    reason: str
    failed: str = ""
    problems: tuple[str, ...] = ()

    @property
    def usable(self) -> int:
        """How many cells' proposals can be offered."""
        return sum(not each.failed for each in self.proposals)

    @property
    def whole(self) -> bool:
        """Whether all of it can be offered."""
        return not self.failed and not self.problems and self.usable == len(self.proposals)

    @property
    def complaint(self) -> str:
        """All that is wrong with it, for the model to mend; "" where nothing is."""
        alone = [f"Cell {each.index + 1}: {each.failed}" for each in self.proposals if each.failed]
        return " ".join(dict.fromkeys([*([self.failed] if self.failed else []), *alone, *self.problems]))


@dataclass(frozen=True, slots=True)
class Label:
    """What a line names: a cell to change or remove, or the cell that a new one follows (-1: none).
    `kept`: the line says that the cell stays as it is.
    """

    edit: CellEdit
    index: int
    cell_type: CellType | None = None
    kept: bool = False


def parse_cells(reply: str, notebook: Notebook, asked: Collection[int], finish: str) -> ParsedCells:
    """Take the changes of several cells from a reply.

    Parameters
    ----------
    asked:
        Indices of the cells that may be changed or removed; new ones may stand beside them.
    finish:
        How the reply ended ("stop", "length").
    """
    text = without_thoughts(reply.replace("\r\n", "\n"))
    if text is None:
        return ParsedCells((), NO_REASON, UNFINISHED_THOUGHT)
    if not text.strip():
        return ParsedCells((), NO_REASON, EMPTY)
    made = _Made(notebook, frozenset(asked), finish)
    blocks = blocks_in(text)
    first: Block | None = None
    end = 0
    for block in blocks:
        made.prose(text[end : block.start])
        made.block(block)
        first, end = first or block, block.end
    made.prose(text[end:])
    proposals = made.finished(bool(blocks))
    prose = "\n".join(line for line in text.split("\n") if not labels_of(line, len(notebook.cells)))
    reason = reason_in(prose, next(iter(blocks_in(prose)), None))
    failed = ""
    if not any(not each.failed for each in proposals):
        alone = [each.failed for each in proposals if each.failed]
        if not blocks and not proposals:
            cut_off = said("The reply ended before it came to a code block.")
            failed = cut_off if finish == "length" else NO_BLOCK
        else:
            failed = (made.problems or alone or [NOTHING])[0]
    return ParsedCells(proposals, reason, failed, tuple(dict.fromkeys(made.problems)))


class _Made:
    """Puts labels and blocks together, in the order in which they stand in a reply."""

    def __init__(self, notebook: Notebook, asked: frozenset[int], finish: str) -> None:
        self.problems: list[str] = []
        self._notebook, self._asked, self._finish = notebook, asked, finish
        self._named: Label | None = None
        self._taken = False
        self._changed: dict[int, CellProposal] = {}
        self._removed: dict[int, CellProposal] = {}
        self._added: list[CellProposal] = []

    def prose(self, text: str) -> None:
        """Lines between blocks."""
        for line in text.split("\n"):
            for label in labels_of(line, len(self._notebook.cells)):
                self._name(label)

    def block(self, block: Block) -> None:
        """One block, under the label that was read last, or with labels of its own inside."""
        for label, source in _parts(block, self._notebook, self._named):
            if label is not None and label != self._named:
                self._name(label)
            self._put(source, block)

    def finished(self, any_block: bool) -> tuple[CellProposal, ...]:
        """All that came of it, in the order of the cells."""
        if self._finish == "length" and self._named is not None and not self._taken:
            self.problems.append(TOO_LONG)
        both = self._changed.keys() & self._removed.keys()
        for index in both:
            self.problems.append(said("Cell {cell} is both changed and removed.", cell=index + 1))
            del self._removed[index]
        found = [*self._changed.values(), *self._removed.values(), *self._added]
        order = {CellEdit.CHANGE: 0, CellEdit.REMOVE: 0, CellEdit.INSERT: 1}
        return tuple(sorted(found, key=lambda each: (each.index, order[each.edit])))

    def _name(self, label: Label) -> None:
        self._named, self._taken = label, label.kept
        if label.edit is CellEdit.REMOVE:
            self._taken = True
            if self._may(label):
                cell = self._notebook.cells[label.index]
                self._removed[label.index] = CellProposal(CellEdit.REMOVE, label.index, "", cell.cell_type)

    def _may(self, label: Label) -> bool:
        near = {label.index, label.index + 1} if label.edit is CellEdit.INSERT else {label.index}
        if self._asked.isdisjoint(near):
            self.problems.append(
                said("Cell {cell} was not among the cells that were asked about.", cell=label.index + 1)
            )
            return False
        return True

    def _put(self, source: str, block: Block) -> None:
        label = self._named
        if label is None:
            if len(self._asked) != 1:
                self.problems.append(UNNAMED)
                return
            label = Label(CellEdit.CHANGE, next(iter(self._asked)))
        if label.edit is CellEdit.REMOVE:
            if source.strip() != self._notebook.cells[label.index].source.strip():
                self.problems.append(UNNAMED)
            return
        if not self._may(label):
            return
        self._taken = True
        tag = block.tag.lower()
        if label.edit is CellEdit.INSERT:
            self._insert(label, source, tag, block.closed)
            return
        cell = self._notebook.cells[label.index]
        text = as_written(source, cell.source)
        failed = self._unfinished(block.closed) or problem_of(
            text, tag, cell.source, cell.cell_type, self._notebook.language
        )
        before = self._changed.get(label.index)
        if failed == UNCHANGED:
            return
        if before is not None and before.source != text:
            failed = said("The reply has two code blocks for cell {cell}.", cell=label.index + 1)
            self._changed[label.index] = replace(before, failed=failed)
        else:
            self._changed[label.index] = CellProposal(
                CellEdit.CHANGE, label.index, text, cell.cell_type, failed
            )

    def _insert(self, label: Label, source: str, tag: str, closed: bool) -> None:
        kind = label.cell_type or (CellType.MARKDOWN if tag in _PROSE_TAGS else CellType.CODE)
        text = source.strip("\n")
        failed = self._unfinished(closed) or problem_of(text, tag, "", kind, self._notebook.language)
        self._added.append(CellProposal(CellEdit.INSERT, label.index, text, kind, failed))

    def _unfinished(self, closed: bool) -> str:
        if closed:
            return ""
        return TOO_LONG if self._finish == "length" else NOT_CLOSED


def labels_of(line: str, cells: int) -> tuple[Label, ...]:
    """What a line names, where it is a label and not a sentence; mostly nothing."""
    heading = _HEADING.match(line) is not None
    bare = _DECORATION.sub("", line)
    if len(bare) > 200 or not re.search(r"\d|\bend\b|\btop\b|last|first|beginning|bottom|start", bare, re.I):
        return ()
    if (match := _REMOVE.match(bare)) is not None and (heading or not match["rest"].strip(" .:")):
        return tuple(
            Label(CellEdit.REMOVE, number) for number in _numbers(match["numbers"]) if number < cells
        )
    if (match := _INSERT.match(bare)) is not None and (heading or len(bare) < 60):
        return _inserted(match, cells)
    if (match := _CHANGE.match(bare)) is None and heading:
        match = re.match(r"^cell\s*(?P<number>\d+)\b(?P<kind>)(?P<rest>.*)$", bare, re.I)
    if match is None or not 0 < int(match["number"]) <= cells:
        return ()
    said = f"{match['kind'] or ''} {match['rest'] or ''}"
    if not heading and len(said.strip(" :.")) > 40:
        return ()  # a sentence on the cell
    index = int(match["number"]) - 1
    if _GONE.search(said) and len(said) < 40:
        return (Label(CellEdit.REMOVE, index),)
    return (Label(CellEdit.CHANGE, index, kept=_SAME.search(said) is not None),)


def _inserted(match: re.Match[str], cells: int) -> tuple[Label, ...]:
    if match["place"]:
        index = cells - 1 if match["place"].lower() in ("end", "bottom", "last") else -1
    else:
        name = match["number"].lower()
        index = cells - 1 if name.startswith("last") else 0 if name.startswith("first") else int(name) - 1
        index -= match["side"].lower() in ("before", "above")
    if not -1 <= index < cells:
        return ()
    kind = (match["kind"] or match["more"] or match["last"] or "").lower()
    known = {
        "code": CellType.CODE,
        "markdown": CellType.MARKDOWN,
        "text": CellType.MARKDOWN,
        "raw": CellType.RAW,
    }
    return (Label(CellEdit.INSERT, index, known.get(kind)),)


def _numbers(text: str) -> Iterator[int]:
    rest = text
    for match in _RANGE.finditer(text):
        yield from range(int(match[1]) - 1, min(int(match[2]), int(match[1]) + 500))
        rest = rest.replace(match[0], " ")
    yield from (int(number) - 1 for number in re.findall(r"\d+", rest) if int(number) > 0)


def _parts(block: Block, notebook: Notebook, named: Label | None) -> Iterator[tuple[Label | None, str]]:
    """A block as it is, or, where its first line is a label, what stands under each label in it."""
    lines, cells = block.text.split("\n"), len(notebook.cells)
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    first = _comment_label(lines[start], cells) if start < len(lines) else None
    own = named is not None and named.edit is CellEdit.CHANGE and first != named
    if first is None or own or block.tag.lower() in _PROSE_TAGS:
        yield None, block.text
        return
    taken: dict[int, tuple[Label, list[str]]] = {}
    for line in lines[start:]:
        label = _comment_label(line, cells)
        if label is not None:
            # Authors write such comments as well: then it is a line of the cell.
            theirs = label.edit is CellEdit.CHANGE and line in notebook.cells[label.index].source.split("\n")
            taken[len(taken)] = (label, [line] if theirs else [])
        else:
            taken[len(taken) - 1][1].append(line)
    for label, found in taken.values():
        yield label, "\n".join(found)


def _comment_label(line: str, cells: int) -> Label | None:
    if not re.match(r"^\s*(?:#|//|%%|<!--|--)", line):
        return None
    found = labels_of(re.sub(r"^\s*(?://|%%|<!--|--|#\s*%%)\s*|\s*-->\s*$", "## ", line), cells)
    return found[0] if len(found) == 1 and not found[0].kept else None
