"""Three-way merge of two edited texts by line, as git merges a file.

Pure: imports `sequence` and the bottom floor. Hunks of both sides that overlap or touch are one region (git's
rule: between two edits that may be combined there is at least one line that nobody changed); a region that
both sides left with the same lines is taken once, any other is a conflict. A conflict is written between
markers in the style that git calls zdiff3: the lines that both sides agree on at its ends stay outside.
(Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", FSTTCS 2007, describe the alignment of the two
differences.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nbreview.cancellation import CancelToken
from nbreview.diff.sequence import match


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands behind the markers of a conflict: the names of the three versions, one line each."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"


@dataclass(frozen=True, slots=True)
class MergedText:
    """A merged text and where its conflicts stand.

    `regions` are half-open ranges of line numbers of `text`, from 0, markers included.
    """

    text: str
    regions: tuple[tuple[int, int], ...] = ()


class _Hunk(NamedTuple):
    """Lines `start` up to `end` of the base became lines `side_start` up to `side_end` of one side."""

    start: int
    end: int
    side_start: int
    side_end: int


def merge_text(
    base: str,
    ours: str,
    theirs: str,
    labels: Labels = Labels(),
    marker_size: int = 7,
    cancel: CancelToken | None = None,
) -> MergedText:
    """Merge two edits of one text.

    Parameters
    ----------
    marker_size:
        How many characters a conflict marker has, 1 at least.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    if ours == theirs or theirs == base:
        return MergedText(ours)
    if ours == base:
        return MergedText(theirs)
    # Whether a text ends in a newline is merged by itself: one that only got its last newline has no line
    # more, and conflicts with nothing.
    (base_lines, base_end), (our_lines, our_end), (their_lines, their_end) = map(_split, (base, ours, theirs))
    end = their_end if our_end == base_end else our_end
    lines: list[str] = []
    regions: list[tuple[int, int]] = []
    for known, part_base, part_ours, part_theirs in _regions(base_lines, our_lines, their_lines, cancel):
        if known is not None:
            lines += known
            continue
        head, tail = _agreed(part_ours, part_theirs)
        lines += part_ours[:head]
        start = len(lines)
        lines.append(_marker("<", labels.ours, marker_size))
        lines += part_ours[head : len(part_ours) - tail]
        lines.append(_marker("|", labels.base, marker_size))
        lines += part_base
        lines.append("=" * marker_size)
        lines += part_theirs[head : len(part_theirs) - tail]
        lines.append(_marker(">", labels.theirs, marker_size))
        regions.append((start, len(lines)))
        lines += part_ours[len(part_ours) - tail :]
    return MergedText("\n".join(lines) + end, tuple(regions))


def _marker(sign: str, label: str, size: int) -> str:
    return f"{sign * size} {' '.join(label.split())}".rstrip()


def _split(text: str) -> tuple[list[str], str]:
    """The lines, and the newline behind the last one ("" where there is none)."""
    end = "\n" if text.endswith("\n") else ""
    body = text.removesuffix("\n")
    return (body.split("\n") if body or end else []), end


def _regions(
    base: list[str], ours: list[str], theirs: list[str], cancel: CancelToken | None
) -> Iterator[tuple[list[str] | None, list[str], list[str], list[str]]]:
    """The merged text in pieces: lines that are settled, or None and the three versions of a conflict."""
    our_hunks, their_hunks = _hunks(base, ours, cancel), _hunks(base, theirs, cancel)
    row = our_shift = their_shift = first = second = 0
    while first < len(our_hunks) or second < len(their_hunks):
        # One region: the next hunk, and whatever touches it on either side.
        start = end = min(
            hunk.start for hunk in (*our_hunks[first : first + 1], *their_hunks[second : second + 1])
        )
        first_from, second_from = first, second
        grown = True
        while grown:
            grown = False
            while first < len(our_hunks) and our_hunks[first].start <= end:
                end, first, grown = max(end, our_hunks[first].end), first + 1, True
            while second < len(their_hunks) and their_hunks[second].start <= end:
                end, second, grown = max(end, their_hunks[second].end), second + 1, True
        yield base[row:start], [], [], []
        our_start, their_start = start + our_shift, start + their_shift
        if first > first_from:
            our_shift = our_hunks[first - 1].side_end - our_hunks[first - 1].end
        if second > second_from:
            their_shift = their_hunks[second - 1].side_end - their_hunks[second - 1].end
        part_base = base[start:end]
        part_ours = ours[our_start : end + our_shift]
        part_theirs = theirs[their_start : end + their_shift]
        if part_theirs in (part_ours, part_base):
            yield part_ours, [], [], []
        elif part_ours == part_base:
            yield part_theirs, [], [], []
        else:
            yield None, part_base, part_ours, part_theirs
        row = end
    yield base[row:], [], [], []


def _hunks(base: Sequence[str], side: Sequence[str], cancel: CancelToken | None) -> list[_Hunk]:
    """What one side changed, in order."""
    found: list[_Hunk] = []
    row = column = 0
    for pair in (*match(base, side, cancel).pairs, (len(base), len(side))):
        if (row, column) != pair:
            found.append(_Hunk(row, pair[0], column, pair[1]))
        row, column = pair[0] + 1, pair[1] + 1
    return found


def _agreed(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """How many lines both sides share at the beginning and at the end of a conflict."""
    least = min(len(ours), len(theirs))
    head = 0
    while head < least and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < least - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    return head, tail
