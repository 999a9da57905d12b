"""Words that changed inside a changed line, as character spans.

Pure: imports only `model`, `sequence` and the bottom floor. A word is an identifier, a number, one character
of a script written without spaces, or one other character with the marks that it carries; that is how people
see code and prose change. Nothing that is drawn as one character is cut apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from nbreview.cancellation import CancelToken
from nbreview.diff.model import Span
from nbreview.diff.sequence import equal_blocks, match

_SINGLE = (
    r"\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
"""Scripts written without spaces, and those whose syllables are words of their own."""
_MARK = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51"
    r"\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56"
    r"\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    r"\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
"""What is drawn on the character before it: combining marks, variation selectors, skin tones, flag tags."""
_TAIL = rf"(?:[{_MARK}]|\u200d[^\s\w]|[\u200c\u200d])*"
_TOKEN = re.compile(
    rf"(?>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?{_TAIL})(?![^\W\d_])"  # numbers, with their exponent
    rf"|[{_SINGLE}]{_TAIL}"
    rf"|[^\W{_SINGLE}](?:[^\W{_SINGLE}]|[{_MARK}\u200c\u200d])*"
    r"|[\U0001f1e6-\U0001f1ff]{2}"  # flags
    rf"|\S{_TAIL}"
    r"|[\s\S]"  # white space: one character each, so that an indentation can grow
)
_ASCII_TOKEN = re.compile(r"(?>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![a-zA-Z])|\w+|[\s\S]")
"""The same for text without any of these scripts and marks: nearly all code, in little over half the time."""
_PHRASE = re.compile(rf"(?:[^,;.>}})]+|\.(?=\d))*(?:[,;.>}})]{_TAIL})?")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|_+")
"""Parts of a name in snake or camel case. Only of ASCII: letters with marks are not taken apart."""
_NEEDLESS = re.compile(r"(?<!\w) | (?!\w)")
_BOUND = re.compile(rf"[{_MARK}\u200c\u200d\U0001f1e6-\U0001f1ff]")
"""Characters that a line is never parted at."""

_SHORT = 500
"""Characters up to which a line is compared whole; longer ones lose their common ends first."""
_FEW = 2_000
"""Words up to which two stretches are compared at once; longer ones are matched phrase by phrase before."""
_LEAST_COMMON = 0.3
"""Share of the characters that must be common for marks to help; below it the line was rewritten."""
_RISE = 10
"""Words by which an insertion may move."""
_LONGEST_NAME = 200
"""Letters beyond which a word is no name, and marked whole."""
_LEAST_PART = 3
"""Letters that two names must share as whole parts for the rest of them to be marked alone."""

_MANY = 100_000
"""Words, or phrases, of a stretch that are compared; the rest is compared as one."""

_Block = tuple[int, int, int, int]
_Ranges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What differs between two lines, as spans of each; `coarse` says that a budget was reached."""

    base: tuple[Span, ...] = ()
    head: tuple[Span, ...] = ()
    coarse: bool = False


def without_space(line: str) -> str:
    """The line as it is compared when white space makes no difference: only what parts two words is left."""
    return _NEEDLESS.sub("", " ".join(line.split()))


def word_marks(base: str, head: str, cancel: CancelToken | None = None, *, whitespace: bool = True) -> Marks:
    """What differs between two lines; no spans at all when almost everything does.

    Words are marked whole, but of one name that became another only the parts that differ, when the rest is
    a part that says something: `train` in `train_loss` and `valid_loss`.

    Parameters
    ----------
    base, head:
        One line each, without its end.
    whitespace:
        Whether white space that differs is marked.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    start = end = 0
    if max(len(base), len(head)) > _SHORT:
        start = _common(base, head, backwards=False)
        end = min(_common(base, head, backwards=True), min(len(base), len(head)) - start)
        while start and (_parts_word(base, start) or _parts_word(head, start)):
            start -= 1
        while end and (_parts_word(base, len(base) - end) or _parts_word(head, len(head) - end)):
            end -= 1
    base_ranges: _Ranges = []
    head_ranges: _Ranges = []
    coarse = False
    for first, second in _stretches(base, head, start, end, cancel):
        coarse |= _compare(base, head, first, second, base_ranges, head_ranges, cancel)
    if _rewritten(base, base_ranges) or _rewritten(head, head_ranges):
        return Marks(coarse=coarse)
    if not whitespace:
        base_ranges, head_ranges = _inked(base, base_ranges), _inked(head, head_ranges)
    return Marks(_spans(base, base_ranges), _spans(head, head_ranges), coarse)


def _stretches(
    base: str, head: str, start: int, end: int, cancel: CancelToken | None
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """What is compared word by word: all between the common ends, or what lies between equal phrases."""
    first, second = base[start : len(base) - end], head[start : len(head) - end]
    if max(len(first), len(second)) <= _FEW:
        return [((start, len(base) - end), (start, len(head) - end))]
    base_phrases, head_phrases = _parts(_PHRASE, first), _parts(_PHRASE, second)
    matching = match(base_phrases, head_phrases, cancel)
    pairs = () if matching.coarse else matching.pairs
    base_at, head_at = _offsets(base_phrases, start), _offsets(head_phrases, start)
    return [
        ((base_at[block[0]], base_at[block[1]]), (head_at[block[2]], head_at[block[3]]))
        for block in _between(pairs, len(base_phrases), len(head_phrases))
    ]


def _compare(
    base: str,
    head: str,
    first: tuple[int, int],
    second: tuple[int, int],
    base_ranges: _Ranges,
    head_ranges: _Ranges,
    cancel: CancelToken | None,
) -> bool:
    """Append the ranges that differ between two stretches; whether a budget was reached."""
    base_tokens = _parts(_TOKEN, base[slice(*first)])
    head_tokens = _parts(_TOKEN, head[slice(*second)])
    base_at, head_at = _offsets(base_tokens, first[0]), _offsets(head_tokens, second[0])
    coarse = False
    if max(len(base_tokens), len(head_tokens)) <= _FEW:
        blocks = _differing(base_tokens, head_tokens)
    else:
        matching = match(base_tokens, head_tokens, cancel)
        coarse = matching.coarse or max(len(base_tokens), len(head_tokens)) >= _MANY
        blocks = _between(matching.pairs, len(base_tokens), len(head_tokens))
    base_done = head_done = 0
    for base_start, base_end, head_start, head_end in blocks:
        if (
            base_end - base_start == 1 == head_end - head_start
            and (parts := _name_parts(base_tokens[base_start], head_tokens[head_start])) is not None
        ):
            base_ranges += [(base_at[base_start] + a, base_at[base_start] + b) for a, b in parts[0]]
            head_ranges += [(head_at[head_start] + a, head_at[head_start] + b) for a, b in parts[1]]
        else:
            if base_start == base_end:
                head_start, head_end = _slid(head_tokens, head_start, head_end, head_done)
            elif head_start == head_end:
                base_start, base_end = _slid(base_tokens, base_start, base_end, base_done)
            base_ranges.append((base_at[base_start], base_at[base_end]))
            head_ranges.append((head_at[head_start], head_at[head_end]))
        base_done, head_done = base_end, head_end
    return coarse


def _slid(tokens: Sequence[str], start: int, end: int, least: int) -> tuple[int, int]:
    """A pure insertion moved to where its brackets close each other: `(a), ` and not `a), (`.

    It rises one word for each word before it that equals its own last one, down to the word `least`.
    """
    rise = 0
    while not _balanced(tokens[start - rise : end - rise]):
        if rise in (_RISE, start - least) or tokens[start - rise - 1] != tokens[end - rise - 1]:
            return start, end
        rise += 1
    return start - rise, end - rise


def _balanced(tokens: Sequence[str]) -> bool:
    open_now = 0
    for token in tokens:
        open_now += (token in "([{") - (token in ")]}")
        if open_now < 0:
            return False
    return open_now == 0


def _name_parts(base: str, head: str) -> tuple[_Ranges, _Ranges] | None:
    """The parts of two names that differ; None when the names have too little in common."""
    shorter, longer = (base, head) if len(base) < len(head) else (head, base)
    if len(shorter) < _LEAST_PART or len(longer) > _LONGEST_NAME:
        return None
    if base.islower() and base.isalpha() and head.islower() and head.isalpha():
        return None  # one part each
    if base[0].isdigit() or head[0].isdigit() or not (base.isascii() and head.isascii()):
        return None
    base_parts, head_parts = _PART.findall(base), _PART.findall(head)
    if not any(map(str.isalpha, {*base_parts}.intersection(head_parts))):
        return None
    base_at, head_at = _offsets(base_parts, 0), _offsets(head_parts, 0)
    if base_at[-1] != len(base) or head_at[-1] != len(head):
        return None
    ranges: tuple[_Ranges, _Ranges] = [], []
    common = sum(len(part) for part in base_parts if part.isalpha())
    for base_start, base_end, head_start, head_end in _differing(base_parts, head_parts):
        common -= sum(len(part) for part in base_parts[base_start:base_end] if part.isalpha())
        ranges[0].append((base_at[base_start], base_at[base_end]))
        ranges[1].append((head_at[head_start], head_at[head_end]))
    return ranges if common >= _LEAST_PART and len(ranges[0]) == 1 else None


def _differing(base: Sequence[str], head: Sequence[str]) -> list[_Block]:
    """What a longest common subsequence leaves of two short sequences."""
    blocks = []
    row = column = 0
    for block in equal_blocks(base, head):
        if row != block.a or column != block.b:
            blocks.append((row, block.a, column, block.b))
        row, column = block.a + block.size, block.b + block.size
    return blocks


def _between(pairs: Sequence[tuple[int, int]], base_length: int, head_length: int) -> list[_Block]:
    """What lies between equal elements."""
    blocks = []
    row = column = 0
    for base_place, head_place in [*pairs, (base_length, head_length)]:
        if row != base_place or column != head_place:
            blocks.append((row, base_place, column, head_place))
        row, column = base_place + 1, head_place + 1
    return blocks


def _parts(pattern: re.Pattern[str], text: str) -> list[str]:
    """The words or phrases of a text; past their limit the rest is one."""
    if pattern is _TOKEN and text.isascii():
        pattern = _ASCII_TOKEN
    if len(text) < _MANY:
        return pattern.findall(text)
    parts = [found.group() for found in islice(pattern.finditer(text), _MANY)]
    if len(parts) == _MANY:
        parts.append(text[sum(map(len, parts)) :])
    return parts


def _offsets(tokens: Sequence[str], offset: int) -> list[int]:
    return list(accumulate(map(len, tokens), initial=offset))


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


def _parts_word(text: str, place: int) -> bool:
    """Whether a boundary at `place` would cut a word, a number or what is drawn as one character."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return (_wordly(before) and _wordly(after)) or _BOUND.match(after) is not None or before == "\u200d"


def _wordly(character: str) -> bool:
    return character.isalnum() or character in "_." or _BOUND.match(character) is not None


def _rewritten(text: str, ranges: _Ranges) -> bool:
    """Whether so little is left unmarked that marks would be noise. White space does not count."""
    if not ranges:
        return False
    unmarked = []
    place = 0
    for start, end in ranges:
        unmarked.append(text[place:start])
        place = end
    unmarked.append(text[place:])
    left = _inked_length("".join(unmarked))
    total = _inked_length(text)
    return total > 0 and left / total < _LEAST_COMMON and left < 40


def _inked_length(text: str) -> int:
    return len("".join(text.split()))


def _inked(text: str, ranges: _Ranges) -> _Ranges:
    """The ranges without the white space at their ends."""
    trimmed = []
    for start, end in ranges:
        part = text[start:end]
        if part.strip():
            trimmed.append((start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())))
    return trimmed


def _spans(text: str, ranges: _Ranges) -> tuple[Span, ...]:
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
