"""Edits to show as examples: those of other repositories that resemble the one asked for most.

Imports `edit_items` and below. Resemblance is BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over the
words of message and code before. Nothing of the same repository or the same notebook is ever shown, nor an
edit of the same code: what is asked for would be told.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from nbreview.errors import UserError
from nbreview.evaluation.edit_items import EditItem, Mode
from nbreview.training.splits import parse_splits

_WORD = re.compile(r"[^\W\d_]\w*|\d+")
_K1, _B = 1.2, 0.75
_MOST_TERMS = 256
_LONGEST = 20_000
"""Characters of a code that are looked at: a whole file says no more about what resembles it."""


class ExemplarPool:
    """An index of edits of one mode each; owned by one run."""

    def __init__(self, edits: Iterable[EditItem]) -> None:
        self._edits: dict[Mode, list[EditItem]] = {}
        self._postings: dict[Mode, dict[str, list[tuple[int, int]]]] = {}
        self._lengths: dict[Mode, list[int]] = {}
        for edit in edits:
            known = self._edits.setdefault(edit.mode, [])
            words = Counter(_words(edit))
            postings = self._postings.setdefault(edit.mode, {})
            for word, count in words.items():
                postings.setdefault(word, []).append((len(known), count))
            self._lengths.setdefault(edit.mode, []).append(words.total())
            known.append(edit)

    def resembling(self, item: EditItem, count: int) -> tuple[EditItem, ...]:
        """At most `count` edits of the item's mode, the one that resembles it most first."""
        edits = self._edits.get(item.mode, [])
        if not edits or count < 1:
            return ()
        lengths = self._lengths[item.mode]
        mean = sum(lengths) / len(lengths) or 1.0
        scores: Counter[int] = Counter()
        for word in list(dict.fromkeys(_words(item)))[:_MOST_TERMS]:
            postings = self._postings[item.mode].get(word, [])
            rarity = math.log(1 + (len(edits) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, times in postings:
                damped = times + _K1 * (1 - _B + _B * lengths[number] / mean)
                scores[number] += rarity * times * (_K1 + 1) / damped  # type: ignore[assignment]
        ranked = sorted(scores, key=lambda number: (-scores[number], edits[number].id))
        chosen: list[EditItem] = []
        for number in ranked:
            edit = edits[number]
            if not _related(edit, item) and all(edit.before != other.before for other in chosen):
                chosen.append(edit)
            if len(chosen) == count:
                break
        return tuple(chosen)


def chosen_edits(
    items: Sequence[EditItem], shown: Sequence[EditItem] | None, most: int, limit: int | None
) -> tuple[tuple[EditItem, ...], tuple[EditItem, ...]]:
    """The edits to ask for, and those to show as examples.

    Parameters
    ----------
    items:
        The data set.
    shown:
        Edits of another file to show; None to take the data set's training part, and ask for the rest.
    most:
        How many are shown at most; with 0 all of the data set is asked for.
    limit:
        Ask for at most this many of each mode, drawn by the hash of their ids.

    Raises
    ------
    UserError
        The data set cannot be divided.
    """
    asked, pool = tuple(items), tuple(shown or ())
    if most and shown is None:
        pool, asked = divided(items)
    if limit is not None:
        drawn: set[str] = set()
        for mode in Mode:
            ranked = sorted((item for item in asked if item.mode is mode), key=_rank)
            drawn.update(item.id for item in ranked[:limit])
        asked = tuple(item for item in asked if item.id in drawn)
    return asked, pool if most else ()


def _rank(item: EditItem) -> bytes:
    return _hash(item.id)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def divided(items: Sequence[EditItem]) -> tuple[tuple[EditItem, ...], tuple[EditItem, ...]]:
    """A data set's training part, and the rest, as `nbreview export` divides: by the hash of repositories.

    A few repositories may all fall into one part; then every fifth of them, at least one, is asked for.

    Raises
    ------
    UserError
        All of it is of one repository.
    """
    splits = parse_splits("80/10/10", "repository")
    train = tuple(item for item in items if splits.split_of(item.group) == "train")
    rest = tuple(item for item in items if splits.split_of(item.group) != "train")
    if not train or not rest:
        groups = sorted({item.group for item in items}, key=_hash)
        held = set(groups[: max(1, len(groups) // 5)])
        train = tuple(item for item in items if item.group not in held)
        rest = tuple(item for item in items if item.group in held)
    if not train or not rest:
        raise UserError(
            "The data set cannot be divided by repository into edits to show and edits to ask for; name a "
            "file of others with --exemplars-from, or show none with --exemplars 0."
        )
    return train, rest


def _related(edit: EditItem, item: EditItem) -> bool:
    return (
        edit.group == item.group
        or _short_name(edit.repository) == _short_name(item.repository) != ""
        or edit.notebook == item.notebook
        or edit.before == item.before
        or edit.after == item.after
    )


def _short_name(repository: str) -> str:
    """A repository without its address and owner: one schema has no more."""
    return repository.rstrip("/").removesuffix(".git").replace(":", "/").rsplit("/", 1)[-1].lower()


def _words(edit: EditItem) -> list[str]:
    return [word.lower() for word in _WORD.findall(f"{edit.message}\n{edit.before[:_LONGEST]}")]
