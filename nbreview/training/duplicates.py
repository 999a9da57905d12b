"""Exact and near duplicates among examples, found by MinHash and locality-sensitive hashing (the rensa
library).

Two examples are near duplicates where both hold: their texts (the source before and after) are alike, and so
are their edits (the lines that changed). Alike texts alone are what a long cell gives that is edited twice;
alike edits alone are what a rule gives that adds the same import to a hundred cells. Between splits, alike
texts are enough to be a leak. Method: Broder, "On the resemblance and containment of documents", 1997.
Imports `diff` and what is beside it.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind
from nbreview.training.examples import Example
from nbreview.words import said

THRESHOLD = 0.8
"""Estimated Jaccard similarity of shingles from which two texts are alike."""
PERMUTATIONS = 256
"""Of each MinHash: the standard error of the estimate is 0.025 at the threshold."""
BANDS = 64
"""Of the index, four values each: a pair at the threshold is missed less than once in 10^14."""
SHINGLE = 3
"""Words and signs in a shingle."""
SEED = 7

EXACT = said("exact duplicate")
NEAR = said("near duplicate")
LEAK = said("near duplicate of a row in another split")

_WORDS = re.compile(r"\w+|[^\w\s]")


def settings() -> dict[str, Any]:
    """What a manifest says about how duplicates were found."""
    return {
        "method": "MinHash over shingles of words and signs; each is compared with those kept before it",
        "threshold": THRESHOLD,
        "permutations": PERMUTATIONS,
        "bands": BANDS,
        "shingle": SHINGLE,
        "seed": SEED,
    }


class DuplicateIndex:
    """Finds those texts among many that are like one: by bands first, then by the estimate itself."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
        self._kept: list[tuple[str, Any, Any]] = []

    def alike(self, text: Any) -> Iterator[tuple[str, Any]]:
        """Split and edit of each kept text that is like `text`, a MinHash; in the order of being kept."""
        for key in sorted(self._index.query(text)):
            split, other, edit = self._kept[key]
            if text.jaccard(other) >= THRESHOLD:
                yield split, edit

    def add(self, split: str, text: Any, edit: Any) -> None:
        """Keep a text, the MinHash of its edit with it."""
        self._index.insert(len(self._kept), text)
        self._kept.append((split, text, edit))


class DuplicateFilter:
    """Remembers the examples that were kept, and says why the next one need not be.

    The first of several duplicates is kept, so that what comes later takes nothing away that was there.
    """

    def __init__(self) -> None:
        self._exact: set[bytes] = set()
        self._index = DuplicateIndex()

    def reason(self, example: Example, split: str = "") -> str | None:
        """Why an example is left out; None keeps it, as one of `split`."""
        digest = _digest(example)
        if digest in self._exact:
            return EXACT
        text = min_hash(shingles(f"{example.before}\n{example.after}"))
        edit = min_hash(_edit_shingles(example))
        for other_split, other_edit in self._index.alike(text):
            if other_split != split:
                return LEAK
            if edit.jaccard(other_edit) >= THRESHOLD:
                return NEAR
        self._index.add(split, text, edit)
        self._exact.add(digest)
        return None


def _digest(example: Example) -> bytes:
    """Equal for two examples that teach the same: sources up to white space at the ends of lines."""
    parts = [
        "\n".join(line.rstrip() for line in text.splitlines()) for text in (example.before, example.after)
    ]
    texts = (example.cell_type, *parts, *sorted(example.rejected))
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).digest()


def shingles(text: str) -> list[str]:
    """Every run of SHINGLE words and signs of a text, once, in order; a shorter text is one run."""
    words = _WORDS.findall(text.encode("utf-8", "replace").decode())
    runs = (" ".join(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return sorted(set(runs))


def _edit_shingles(example: Example) -> list[str]:
    diff = diff_text(example.before, example.after)
    changed = [edit for edit in diff.edits if edit.kind is not EditKind.EQUAL]
    removed = "\n".join(diff.base_lines[edit.base_line] for edit in changed if edit.base_line is not None)
    added = "\n".join(diff.head_lines[edit.head_line] for edit in changed if edit.head_line is not None)
    return [f"- {run}" for run in shingles(removed)] + [f"+ {run}" for run in shingles(added)]


def min_hash(runs: list[str]) -> Any:
    """The MinHash of a set of shingles."""
    from rensa import RMinHash

    made = RMinHash(PERMUTATIONS, SEED)
    made.update(runs)
    return made
