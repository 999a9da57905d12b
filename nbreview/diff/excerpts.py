"""Texts of many megabytes, compared without ever being cut into lines as a whole.

Pure: imports `lines`, `model` and below. What is equal is left out, with a line that says how much it was;
what differs is compared line by line, as far as the budget goes. Such a diff is coarse and says so.
"""

from collections.abc import Iterator
from dataclasses import replace

from nbreview.cancellation import CancelToken
from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind, LineEdit, TextDiff
from nbreview.words import said

LONG = 6_000_000
"""Characters of both sides together up to which texts are compared as a whole."""

_WINDOW = 200_000
"""Characters (of both sides) of a stretch that is not parted any further."""
_BUDGET = 1_500_000
"""Characters of both sides that are compared line by line once a text is long."""
_PROBES = 24
"""Places at which a stretch is tried to be parted."""
_STEP = 1 << 16

_Stretch = tuple[int, int, int, int]


def diff_long(
    base: str, head: str, cancel: CancelToken | None = None, *, whitespace: bool = True
) -> TextDiff:
    """The line diff of two texts of any length: `diff_text` up to a budget, coarser beyond it.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    if base == head or len(base) + len(head) <= LONG:
        return diff_text(base, head, cancel, whitespace=whitespace)
    joined = _Joined()
    left = _BUDGET
    equal = 0
    for stretch in [*_differing(base, head), (len(base), len(base), len(head), len(head))]:
        if cancel is not None:
            cancel.check()
        base_start, base_end, head_start, head_end = stretch
        joined.skip(base, equal, base_start)
        equal = base_end
        size = base_end - base_start + head_end - head_start
        if not size:
            continue
        share = min(1.0, max(left, 2_000) / size)
        old_end = base_start + int((base_end - base_start) * share)
        new_end = head_start + int((head_end - head_start) * share)
        left -= min(size, left)
        joined.add(
            diff_text(base[base_start:old_end], head[head_start:new_end], cancel, whitespace=whitespace)
        )
        joined.cut(base_end - old_end, head_end - new_end)
    return joined.diff()


def common_ends(base: str, head: str) -> tuple[int, int]:
    """How many characters two texts share at their start and, beyond those, at their end."""
    return _common(base, head, (0, len(base), 0, len(head)))


class _Joined:
    """Diffs of stretches, one behind the other, as one diff."""

    def __init__(self) -> None:
        self._base: list[str] = []
        self._head: list[str] = []
        self._edits: list[LineEdit] = []

    def add(self, part: TextDiff) -> None:
        """Append the diff of a stretch."""
        row, column = len(self._base), len(self._head)
        self._base.extend(part.base_lines)
        self._head.extend(part.head_lines)
        self._edits.extend(
            replace(
                edit,
                base_line=None if edit.base_line is None else edit.base_line + row,
                head_line=None if edit.head_line is None else edit.head_line + column,
            )
            for edit in part.edits
        )

    def skip(self, text: str, start: int, end: int) -> None:
        """Say how much is left out because it is equal."""
        if start == end:
            return
        lines = text.count("\n", start, end)
        line = (
            said("⋯ {count} equal lines", count=f"{lines:,}")
            if lines
            else said("⋯ {count} equal characters", count=f"{end - start:,}")
        )
        self._edits.append(LineEdit(EditKind.EQUAL, len(self._base), len(self._head)))
        self._base.append(line)
        self._head.append(line)

    def cut(self, base: int, head: int) -> None:
        """Say how many characters of a differing stretch are not compared."""
        row = len(self._base) if base else None
        column = len(self._head) if head else None
        if row is not None:
            self._base.append(said("⋯ {count} more characters", count=f"{base:,}"))
        if column is not None:
            self._head.append(said("⋯ {count} more characters", count=f"{head:,}"))
        if row is not None and column is not None:
            self._edits.append(LineEdit(EditKind.REPLACE, row, column))
        elif row is not None or column is not None:
            self._edits.append(LineEdit(EditKind.DELETE if row is not None else EditKind.INSERT, row, column))

    def diff(self) -> TextDiff:
        """What has been joined."""
        return TextDiff(tuple(self._base), tuple(self._head), tuple(self._edits), coarse=True)


def _differing(base: str, head: str) -> Iterator[_Stretch]:
    """The stretches that differ, in order, parted at lines that stand once on both sides."""
    stack = [(0, len(base), 0, len(head))]
    while stack:
        stretch = stack.pop()
        base_start, base_end, head_start, head_end = stretch
        start, end = _common(base, head, stretch)
        start = _after_break(base, base_start, base_start + start) - base_start
        if end:
            broken = base.find("\n", base_end - end, base_end)
            end = base_end - broken - 1 if broken >= 0 else 0
        stretch = (base_start + start, base_end - end, head_start + start, head_end - end)
        base_start, base_end, head_start, head_end = stretch
        if base_start == base_end and head_start == head_end:
            continue
        parts = _parted(base, head, stretch)
        if parts is None:
            yield stretch
        else:
            stack.extend(reversed(parts))


def _parted(base: str, head: str, stretch: _Stretch) -> tuple[_Stretch, _Stretch] | None:
    """A stretch as two that meet at an equal line; None for a small one and where no such line is found."""
    base_start, base_end, head_start, head_end = stretch
    if base_end - base_start + head_end - head_start <= _WINDOW:
        return None
    for number in range(_PROBES):
        # From the middle outwards.
        share = 0.5 + (number + 1) // 2 / (_PROBES + 2) * (1 if number % 2 else -1)
        place = base.find("\n", base_start + int((base_end - base_start) * share), base_end) + 1
        if place <= base_start or place >= base_end:
            continue
        probe = "\n" + base[place : place + 300]
        found = head.find(probe, head_start, head_end)
        if (
            found < 0
            or head.find(probe, found + 1, head_end) >= 0
            or base.find(probe, base_start, base_end) != place - 1
            or base.find(probe, place, base_end) >= 0
        ):
            continue
        return (base_start, place, head_start, found + 1), (place, base_end, found + 1, head_end)
    return None


def _common(base: str, head: str, stretch: _Stretch) -> tuple[int, int]:
    """Characters shared at the start and at the end of a stretch; compares slices, so that it is fast."""
    base_start, base_end, head_start, head_end = stretch
    most = min(base_end - base_start, head_end - head_start)
    start = end = 0
    step = _STEP
    while step:
        if start + step <= most and base.startswith(
            head[head_start + start : head_start + start + step], base_start + start
        ):
            start += step
        else:
            step //= 2
    step = _STEP
    while step:
        if start + end + step <= most and base.startswith(
            head[head_end - end - step : head_end - end], base_end - end - step
        ):
            end += step
        else:
            step //= 2
    return start, end


def _after_break(text: str, start: int, place: int) -> int:
    """The start of the line that holds `place`, not before `start`."""
    return max(start, text.rfind("\n", start, place) + 1)
