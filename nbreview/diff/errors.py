"""Two errors by type, message and frame of the traceback.

Pure: imports `model`, `sequence` and below. Understands the tracebacks that IPython has written since 5.0 and
those of plain Python. What changes at every run makes no frame differ: the number of the cell, the process
and the hash in the name of a cell's file, memory addresses, temporary folders, and where packages are
installed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind, ErrorDiff, FrameChange
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.notebook import ansi

_FRAME = re.compile(
    r"\s*(?:"
    r"(?:Cell )?In\s?\[[^\]]*\],? (?:line \d+|in )"  # Cell In[5], line 3
    r"|Input In \[[^\]]*\],? "  # Input In [5], in <cell line: 3>()
    r"|<[^>\n]+> in "  # <ipython-input-5-0123456789ab> in <module>
    r"|File .+?(?:, line \d+|:\d+)"  # File ~/lib/x.py:12, in f(x), and Python's own
    r"|(?:[~./\\]|[A-Za-z]:\\)\S.* in \S"  # /home/me/x.py in f(x)
    r")"
)
_REPORT = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration)\b")
_RULE = re.compile(r"\s*(?:-{10,}|_{10,}|={10,})\s*")
_HEADING = re.compile(r"(?:\S+\s+)?Traceback \(most recent call last\):?\s*")
_CELL = re.compile(
    r"(?:Cell |Input )?In\s?\[[^\]\n]*\]"
    r"|<ipython-input-[\w-]+>"
    r"|\"?\S*?ipykernel_\d+[/\\]\d+\.py\"?"
    r"|(?<=\()\d+\.py\b"
)
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
_TEMPORARY = re.compile(
    r"(?:/private)?(?:/var/folders/\w+/\w+/T|/var/tmp|/tmp)/[\w.-]+|[A-Za-z]:\\[^\s\"']*?\\Temp\\[\w.-]+"
)
_INSTALLED = re.compile(r"[^\s\"']*?[/\\](?:site-packages|dist-packages|python3\.\d+)[/\\]")

_GRID = 900
"""Pairs up to which frames that differ are compared all with all; more of them by position."""
_SIMILAR = 0.4
"""Least similarity of two frames that are one frame, changed."""
_COMPARED = 1_000
"""Characters of a frame that its similarity is judged by."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What an error output says: `frames` are the parts of its traceback, without colours, in order."""

    name: str
    message: str
    frames: tuple[str, ...]


def read_failure(name: str, message: str, traceback: Sequence[str]) -> Failure:
    """An error output, its traceback cut into frames.

    The rules, the heading and the last message (which `message` holds) are no frames; what is said between
    two chained exceptions is one, so that it is compared too.
    """
    message = ansi.strip(message)
    lines = ansi.strip("\n".join(traceback)).replace("\r\n", "\n").split("\n")
    frames: list[list[str]] = []
    closed = True
    for line in _without_message(lines, name, message):
        if _RULE.fullmatch(line) or _HEADING.fullmatch(line):
            closed = True
        elif not line.strip():
            closed = closed or not _is_code(frames)
            if not closed:
                frames[-1].append(line)
        elif _FRAME.match(line) or closed or _is_report(line):
            frames.append([line])
            closed = False
        else:
            frames[-1].append(line)
    return Failure(name, message, tuple("\n".join(frame).strip("\n") for frame in frames))


def steady(text: str) -> str:
    """A text of a traceback without what changes at every run."""
    text = _ADDRESS.sub("0x", text)
    text = _INSTALLED.sub("…/", text)
    return _TEMPORARY.sub("/tmp/…", _CELL.sub("<cell>", text))


def diff_errors(base: Failure, head: Failure, cancel: CancelToken | None = None) -> ErrorDiff:
    """What differs between two errors, every frame of both in order.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    base_keys, head_keys = [_key(frame) for frame in base.frames], [_key(frame) for frame in head.frames]
    found: list[FrameChange] = []
    for gap, pair in gaps(match(base_keys, head_keys, cancel).pairs, len(base_keys), len(head_keys)):
        row, column = gap.base_start, gap.head_start
        for base_index, head_index in [*_alike(gap, base_keys, head_keys), (gap.base_end, gap.head_end)]:
            found.extend(
                FrameChange(ChangeKind.REMOVED, frame, None) for frame in base.frames[row:base_index]
            )
            found.extend(
                FrameChange(ChangeKind.ADDED, None, frame) for frame in head.frames[column:head_index]
            )
            if base_index < gap.base_end and head_index < gap.head_end:
                old, new = base.frames[base_index], head.frames[head_index]
                found.append(FrameChange(ChangeKind.MODIFIED, old, new))
            row, column = base_index + 1, head_index + 1
        if pair is not None:
            found.append(FrameChange(ChangeKind.UNCHANGED, base.frames[pair[0]], head.frames[pair[1]]))
    return ErrorDiff(base.name != head.name, steady(base.message) != steady(head.message), tuple(found))


def error_changed(diff: ErrorDiff) -> bool:
    """Whether anything differs that does not change at every run."""
    return (
        diff.type_changed
        or diff.message_changed
        or any(frame.kind is not ChangeKind.UNCHANGED for frame in diff.frames)
    )


def _alike(gap: Gap, base_keys: Sequence[str], head_keys: Sequence[str]) -> list[tuple[int, int]]:
    rows, columns = range(gap.base_start, gap.base_end), range(gap.head_start, gap.head_end)
    if gap.area > _GRID:
        return list(zip(rows, columns, strict=False))
    candidates = []
    for row in rows:
        for column in columns:
            old, new = base_keys[row][:_COMPARED], head_keys[column][:_COMPARED]
            score = float(Indel.normalized_similarity(old, new))
            if score >= _SIMILAR:
                candidates.append((row, column, score))
    return [candidates[k][:2] for k in heaviest_chain(candidates)]


def _key(frame: str) -> str:
    return "\n".join(line.rstrip() for line in steady(frame).split("\n"))


def _without_message(lines: list[str], name: str, message: str) -> list[str]:
    """The lines before the one that says the error once more."""
    opening = f"{name}: {message}".split("\n", 1)[0].rstrip() if message else name
    if not name:
        return lines
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].rstrip()
        if line == opening or line.startswith(f"{name}: ") or line == f"{name}:":
            return lines[:number]
    return lines


def _is_code(frames: list[list[str]]) -> bool:
    """Whether the frame at hand shows code, so that a blank line may belong to it."""
    return bool(frames) and _FRAME.match(frames[-1][0]) is not None


def _is_report(line: str) -> bool:
    """Whether the line stands at the margin, as the message of a chained exception does."""
    return (
        re.match(r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Iteration)\b", line) is not None
    )
