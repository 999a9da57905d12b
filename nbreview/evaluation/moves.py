"""Real notebooks with cells moved by a script that knows the truth: histories hold too few moves to count.

In turn, one cell is moved; a block of two to five neighbours is moved; one cell is moved and a word of one of
its lines replaced. Only cells are moved whose source is not blank and stands once in the notebook (of two
equal cells nobody could say which one moved), and only cells of three lines and more are edited.

Imports the rest of this room and below.
"""

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from nbreview.evaluation.order import out_of_order
from nbreview.evaluation.pairs import LabelledPair, Sheet, chain_weights, make_sheet, source_of

KINDS = ("one cell", "a block of cells", "moved and edited")
"""What is done, in turn; the `repository` of a pair made here."""

_WORD = re.compile(r"\w+")
_FEWEST_LINES = 3
_FEWEST_CELLS = 6
_BLOCK = (2, 5)


def scripted_moves(sheets: Sequence[Sheet], count: int, seed: int = 1) -> list[LabelledPair]:
    """`count` pairs of a real notebook and itself with cells moved, the same at every run.

    Every notebook takes part as often as any other. Notebooks in which nothing can be moved are left out, so
    the list is empty when that is all of them.

    Parameters
    ----------
    sheets:
        The notebooks.
    """
    rng = random.Random(seed)
    usable = [sheet for sheet in sheets if len(sheet.sources) >= _FEWEST_CELLS]
    made: list[LabelledPair] = []
    misses = 0
    turn = 0
    while usable and len(made) < count and misses < 3 * len(usable):
        # One notebook after the other, and the kinds in such an order that each notebook meets all three.
        kind = KINDS[(turn + turn // len(usable)) % len(KINDS)]
        pair = _made(usable[turn % len(usable)], kind, f"move {len(made) + 1}", rng)
        turn += 1
        misses = 0 if pair else misses + 1
        if pair:
            made.append(pair)
    return made


def _made(base: Sheet, kind: str, name: str, rng: random.Random) -> LabelledPair | None:
    """One pair, or None when this notebook has no cells for it."""
    known = Counter(base.sources)
    free = [bool(source.strip()) and known[source] == 1 for source in base.sources]
    length = rng.randint(*_BLOCK) if kind == "a block of cells" else 1
    starts = [start for start in range(len(free) - length + 1) if all(free[start : start + length])]
    if kind == "moved and edited":
        starts = [start for start in starts if _editable(base.sources[start])]
    if not starts:
        return None
    start = rng.choice(starts)
    rest = [index for index in range(len(free)) if not start <= index < start + length]
    place = rng.choice([place for place in range(len(rest) + 1) if place != start])
    order = [*rest[:place], *range(start, start + length), *rest[place:]]
    value = json.loads(base.data)
    value["cells"] = [copy.deepcopy(value["cells"][index]) for index in order]
    edited = frozenset[tuple[int, int]]()
    if kind == "moved and edited":
        _replace_word(value["cells"][place], base.sources, rng)
        edited = frozenset({(start, place)})
    truth = frozenset((row, column) for column, row in enumerate(order))
    return LabelledPair(
        name=name,
        repository=kind,
        base=base,
        head=make_sheet(value),
        truth=truth,
        edited=edited,
        moved=out_of_order(truth, chain_weights(truth, base)),
        structural=True,
    )


def _editable(source: str) -> bool:
    return len([line for line in source.splitlines() if _WORD.search(line)]) >= _FEWEST_LINES


def _replace_word(cell: dict[str, Any], sources: Sequence[str], rng: random.Random) -> None:
    """Put another word of the notebook in the place of one word of one line."""
    lines = source_of(cell).splitlines(keepends=True)
    number = rng.choice([number for number, line in enumerate(lines) if _WORD.search(line)])
    word = rng.choice(list(_WORD.finditer(lines[number])))
    words = sorted({found for source in sources for found in _WORD.findall(source)} - {word.group()})
    other = rng.choice(words) if words else "other"
    lines[number] = lines[number][: word.start()] + other + lines[number][word.end() :]
    cell["source"] = lines
