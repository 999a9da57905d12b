"""Invented values that keep what is said of the real ones: ends, number of distinct ones, examples.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Sequence
from typing import Any

from nbreview.kernel.rebuild_world import MARK, CannotRebuild, World, library

CUT = "..."
"""What CRANE-LLM ends a text with that it has shortened."""

_MOST_DISTINCT = 10_000  # texts; inventing more takes longer than a run
_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%m/%d/%y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d.%m.%Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%H:%M:%S",
    "%H:%M",
    "%Y-%m",
    "%Y%m%d",
)
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def distinct_integers(low: int, high: int, count: int, generator: Any) -> Any:
    """`count` distinct integers from `low` to `high`, both among them where `count` allows, ascending.

    Raises CannotRebuild where there are not that many.
    """
    numpy = library("numpy")

    span = high - low + 1
    if count > span:
        raise CannotRebuild("it is said to have more distinct values than its range holds")
    if count == span:
        return numpy.arange(low, high + 1)
    if count < 2:
        return numpy.array([low][:count], dtype=numpy.int64)
    inner = span - 2
    if inner <= 4 * count:
        picked = generator.choice(inner, count - 2, replace=False)
    else:  # one from each of `count - 2` equal strips: distinct without drawing all
        edges = [inner * place // (count - 2) for place in range(count - 1)] if count > 2 else [0]
        drawn = [
            edges[place] + int(generator.integers(0, max(1, edges[place + 1] - edges[place])))
            for place in range(len(edges) - 1)
        ]
        picked = numpy.array(drawn, dtype=object if inner > 2**62 else numpy.int64)
    values = sorted([low, high, *(low + 1 + int(place) for place in picked)])
    return numpy.array(values, dtype=object if high > 2**63 - 1 else None)


def distinct_floats(low: float, high: float, count: int, generator: Any, is_whole: bool) -> Any:
    """`count` distinct floats from `low` to `high`, both among them, ascending.

    Parameters
    ----------
    low, high, count, generator:
        Ends, number and source of chance.
    is_whole:
        Take whole numbers where both ends are and there are enough.
    """
    numpy = library("numpy")

    if count < 2 or low == high:
        return numpy.array([low][:count], dtype=float)
    if is_whole and float(low).is_integer() and float(high).is_integer() and high - low + 1 >= count:
        return distinct_integers(int(low), int(high), count, generator).astype(float)
    step = (high - low) / (count - 1)
    if not numpy.isfinite(step) or step == 0:
        return numpy.array([low, high], dtype=float)
    values = numpy.linspace(low, high, count)
    values[1:-1] += generator.uniform(-0.45, 0.45, max(count - 2, 0)) * step
    return values


_FEW = 10  # values, of a column of classes


def spread(values: Any, length: int, generator: Any, first: int = 0, odd: bool | None = None) -> Any:
    """An array of `length` in which each of `values` occurs where there is room.

    Parameters
    ----------
    values:
        The distinct values, as an array.
    length:
        Of the result.
    generator:
        Source of chance.
    first:
        How many of the values stand in the first rows, in their order.
    odd:
        Whether the last of a few values occur more often than the first ones, or less often: which classes
        there are few of is not told. None: neither.
    """
    numpy = library("numpy")

    count = len(values)
    if not length or not count:
        return values[:0]
    places = generator.integers(0, count, length)
    if odd is not None and 2 <= count <= _FEW:
        turned = (places >= (count + 1) // 2) != odd  # of the rarer half: most of them become others
        turned &= generator.integers(0, 3, length) > 0
        places[turned] = count - 1 - places[turned]
    shown = min(first, count, length)
    rest = generator.permutation(numpy.arange(shown, length))[: count - shown]
    places[:shown] = numpy.arange(shown)
    places[rest] = numpy.arange(shown, shown + len(rest))
    return values[places]


def texts(examples: Sequence[str], count: int, complete: bool, world: World) -> tuple[list[str], bool]:
    """Distinct texts like the examples, which come first, and whether there are exactly `count` of them.

    Even worlds invent none where there are examples: an invented text may break a conversion that the real
    ones do not. Odd worlds invent the number that is said to exist. Without an example, even worlds hold
    words and odd ones numbers, so that no conversion fails in both; those of a text file are words.

    Parameters
    ----------
    examples:
        Texts that occur, one that ends in `CUT` shortened.
    count:
        How many distinct ones exist.
    complete:
        The examples are all of them.
    world:
        Source of chance.
    """
    known = list(dict.fromkeys(_completed(text, world.rng) for text in examples))
    if complete or len(known) >= count or (known and not world.odd):
        return known[: max(count, len(known))], len(known) >= count
    if count > _MOST_DISTINCT:
        return known or [_word(world.rng)], False
    found = dict.fromkeys(known)
    invent = _inventor(known, world.odd and world.read is None)
    tries = 0
    while len(found) < count:
        tries += 1
        text = invent(world.rng)
        if tries > 4 * count:
            text += str(len(found))
        found.setdefault(text)
    return list(found), True


def _completed(text: str, rng: random.Random) -> str:
    if len(text) < 20 or not text.endswith(CUT):
        return text
    return text[: -len(CUT)] + _word(rng) + MARK


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(4, 9)))


def _inventor(examples: Sequence[str], numbers: bool) -> Any:
    """A function that draws one more text of the form that all examples share, else a number or a word."""
    if not examples:
        return (lambda rng: str(rng.randrange(1, 10_000))) if numbers else _word
    form = next((form for form in _FORMATS if all(_dated(text, form) for text in examples)), None)
    if form is not None:
        dates = [datetime.datetime.strptime(text, form) for text in examples]
        low, seconds = min(dates), max(86_400, int((max(dates) - min(dates)).total_seconds()))
        return lambda rng: (low + datetime.timedelta(seconds=rng.randrange(seconds))).strftime(form)
    if all(_NUMBER.fullmatch(text) for text in examples):
        return lambda rng: _digits_varied(rng.choice(examples), rng)
    return lambda rng: _letters_varied(rng.choice(examples), rng)


def _dated(text: str, form: str) -> bool:
    try:
        datetime.datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _digits_varied(text: str, rng: random.Random) -> str:
    return "".join(
        rng.choice("123456789")
        if char.isdecimal() and not place
        else rng.choice("0123456789")
        if char.isdecimal()
        else char
        for place, char in enumerate(text)
    )


def _letters_varied(text: str, rng: random.Random) -> str:
    """Another word for each word, digits and punctuation as they are; more words where there is no letter."""
    if not any(char.isalpha() for char in text):
        return _digits_varied(text, rng)
    vowels, others = "aeiou", "bcdfghklmnprstvw"

    def other(char: str) -> str:
        if not char.isascii() or not char.isalpha():
            return char
        drawn = rng.choice(vowels if char.lower() in vowels else others)
        return drawn.upper() if char.isupper() else drawn

    return "".join(map(other, text))
