"""Words that changed inside a changed line, as character spans.

Pure: imports only `model`. A word is an identifier, a number, one character of a script written without
spaces, or one other character; that is how people see code and prose change.
"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from nbreview.diff.model import Span

_TOKEN = re.compile(
    r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![^\W\d_])"  # numbers, with their exponent
    r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # scripts without spaces: one character each
    r"|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][\w\u0300-\u036f]*"
    r"|[\s\S]"  # white space and signs: one character each, so that an indentation can grow
)
_SHORT = 500
"""Characters up to which a line is compared whole; longer ones lose their common ends first."""
_MIDDLE_LIMIT = 20_000
"""Characters beyond which the part that differs is marked whole: comparing its words would take too long."""
_LEAST_COMMON = 0.3
"""Share of the characters that must be common for marks to help; below it the line was rewritten."""


_NEEDLESS = re.compile(r"(?<!\w) | (?!\w)")


def without_space(line: str) -> str:
    """The line as it is compared when white space makes no difference: only what parts two words is left."""
    return _NEEDLESS.sub("", " ".join(line.split()))


def word_spans(base: str, head: str, *, whitespace: bool = True) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What differs between two lines, as spans of each; both empty when almost everything does.

    Parameters
    ----------
    base, head:
        One line each, without its end.
    whitespace:
        Whether white space that differs is marked.
    """
    start = end = 0
    if max(len(base), len(head)) > _SHORT:
        start = _common(base, head, backwards=False)
        end = min(_common(base, head, backwards=True), min(len(base), len(head)) - start)
        start, end = _to_word_start(base, head, start), _to_word_end(base, head, start, end)
    first, second = base[start : len(base) - end], head[start : len(head) - end]
    if max(len(first), len(second)) > _MIDDLE_LIMIT:
        base_ranges, head_ranges = [(start, len(base) - end)], [(start, len(head) - end)]
    else:
        base_ranges, head_ranges = _token_ranges(first, second, start)
    if _rewritten(base, base_ranges) or _rewritten(head, head_ranges):
        return (), ()
    if not whitespace:
        base_ranges, head_ranges = _inked(base, base_ranges), _inked(head, head_ranges)
    return _spans(base, base_ranges), _spans(head, head_ranges)


def _inked(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges without the white space at their ends."""
    trimmed = []
    for start, end in ranges:
        part = text[start:end]
        if part.strip():
            trimmed.append((start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())))
    return trimmed


def _token_ranges(
    first: str, second: str, offset: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    base_tokens, head_tokens = _TOKEN.findall(first), _TOKEN.findall(second)
    base_at, head_at = _offsets(base_tokens, offset), _offsets(head_tokens, offset)
    base_ranges, head_ranges = [], []
    for block in LCSseq.opcodes(base_tokens, head_tokens):
        if block.tag != "equal":
            base_ranges.append((base_at[block.src_start], base_at[block.src_end]))
            head_ranges.append((head_at[block.dest_start], head_at[block.dest_end]))
    return base_ranges, head_ranges


def _offsets(tokens: Sequence[str], offset: int) -> list[int]:
    places = [offset]
    for token in tokens:
        offset += len(token)
        places.append(offset)
    return places


def _common(base: str, head: str, *, backwards: bool) -> int:
    """Length of the common beginning (or end), by halving: the slices are compared by memcmp."""
    low, high = 0, min(len(base), len(head))
    while low < high:
        middle = (low + high + 1) // 2
        if backwards:
            same = base[len(base) - middle : len(base) - low] == head[len(head) - middle : len(head) - low]
        else:
            same = base[low:middle] == head[low:middle]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _word(text: str, position: int) -> bool:
    return 0 <= position < len(text) and (text[position].isalnum() or text[position] in "_.\u0301")


def _to_word_start(base: str, head: str, start: int) -> int:
    """Step back to where the word begins that the common beginning ends in."""
    while start and _word(base, start - 1) and (_word(base, start) or _word(head, start)):
        start -= 1
    return start


def _to_word_end(base: str, head: str, start: int, end: int) -> int:
    """Step forward to where the word ends that the common end begins in."""
    while end and _word(base, len(base) - end):
        before_base, before_head = len(base) - end - 1, len(head) - end - 1
        if not (
            (before_base >= start and _word(base, before_base))
            or (before_head >= start and _word(head, before_head))
        ):
            break
        end -= 1
    return end


def _rewritten(text: str, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether so little is left unmarked that marks would be noise. White space does not count."""
    total = len("".join(text.split()))
    marked = sum(len("".join(text[start:end].split())) for start, end in ranges)
    return (
        total > 0 and (total - marked) / total < _LEAST_COMMON and marked < total * 2 and total - marked < 40
    )


def _spans(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The ranges without empty ones, joined where only white space parts them."""
    spans: list[Span] = []
    for start, end in ranges:
        if start == end:
            continue
        if spans and not text[spans[-1].end : start].strip():
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)
