"""How well cells are matched: our diff, and a peer beside it, on pairs whose true matching is known.

What is scored is what a person gets to see: the pairs of the whole diff, made with its ordinary options. A
pair that no tool answered counts as an empty matching.

Imports `diff`, `notebook` and below.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nbreview.diff.model import ChangeKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.evaluation.metrics import Counts, counted
from nbreview.evaluation.order import Pair, out_of_order
from nbreview.evaluation.pairs import LabelledPair, Sheet, chain_weights
from nbreview.evaluation.peers import Answer
from nbreview.notebook.reader import read_bytes

Tool = Callable[[bytes, bytes], Answer]
"""Two notebooks as bytes in, their matching out."""

OURS = "nbreview"


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool made of one pair.

    `matched`, `edited` and `moved` count all matched cells, those whose source differs and those out of
    order. `moved_paired` are the truly moved cells found as a pair at all, `moved_called` those that the tool
    itself calls moved. `exact`: the whole matching is the true one; `exact_alike`: it is, if cells of one
    type and source may stand for each other. `bands` holds, for each edited cell whose similarity is known,
    that and whether it was found.
    """

    name: str
    repository: str
    structural: bool
    matched: Counts
    edited: Counts
    moved: Counts
    moved_paired: int
    moved_called: int
    exact: bool
    exact_alike: bool
    read_seconds: float
    diff_seconds: float
    failure: str
    bands: tuple[tuple[float, bool], ...]


def ours(base: bytes, head: bytes) -> Answer:
    """The matching of our own diff, timed as the peer's is: reading, then the whole diff."""
    started = time.perf_counter()
    old, new = read_bytes(base, "base"), read_bytes(head, "head")
    read = time.perf_counter()
    diff = diff_notebooks(old, new)
    seconds = time.perf_counter() - read
    pairs: set[Pair] = set()
    moved: set[Pair] = set()
    for cell in diff.cells:
        if cell.base_index is not None and cell.head_index is not None:
            pairs.add((cell.base_index, cell.head_index))
            if cell.kind is ChangeKind.MOVED:
                moved.add((cell.base_index, cell.head_index))
    return Answer(frozenset(pairs), frozenset(moved), read - started, seconds)


def score(pair: LabelledPair, answer: Answer) -> Score:
    """One answer against the truth.

    A predicted pair whose two cells the truth leaves unmatched, but which hold the same source that is not
    blank, is neither right nor wrong: the author cut and pasted, and the editor gave the cell a new id.
    """
    base, head = pair.base, pair.head
    rows = {row for row, _ in pair.truth}
    columns = {column for _, column in pair.truth}
    predicted = frozenset(
        (row, column)
        for row, column in answer.pairs
        if row in rows
        or column in columns
        or base.sources[row] != head.sources[column]
        or not base.sources[row].strip()
    )
    edited = frozenset(
        (row, column) for row, column in predicted if base.sources[row] != head.sources[column]
    )
    moved = out_of_order(predicted, chain_weights(predicted, base))
    return Score(
        name=pair.name,
        repository=pair.repository,
        structural=pair.structural,
        matched=counted(predicted, pair.truth),
        edited=counted(edited, pair.edited),
        moved=counted(moved, pair.moved),
        moved_paired=len(pair.moved & answer.pairs),
        moved_called=len(pair.moved & answer.moved),
        exact=predicted == pair.truth,
        exact_alike=_contents(predicted, base, head) == _contents(pair.truth, base, head),
        read_seconds=answer.read_seconds,
        diff_seconds=answer.diff_seconds,
        failure=answer.failure,
        bands=tuple((similarity, edit in answer.pairs) for edit, similarity in pair.similarities),
    )


def _contents(pairs: frozenset[Pair], base: Sheet, head: Sheet) -> Counter[tuple[str, str, str, str]]:
    return Counter(
        (base.types[row], base.sources[row], head.types[column], head.sources[column])
        for row, column in pairs
    )


def score_all(
    pairs: Iterable[LabelledPair], tools: dict[str, Tool], progress: Callable[[], None]
) -> dict[str, list[Score]]:
    """Every tool on every pair, one pair after the other so that all meet the same machine.

    Parameters
    ----------
    pairs:
        Read one after the other, so that a data set need not fit into memory.
    tools:
        By name.
    progress:
        Called after each pair.
    """
    scores: dict[str, list[Score]] = {name: [] for name in tools}
    for pair in pairs:
        for name, tool in tools.items():
            scores[name].append(score(pair, tool(pair.base.data, pair.head.data)))
        progress()
    return scores
