"""Which cells of a matching stand out of order: the definition that labels and predictions share.

Imports nothing of nbreview: what is scored must not come from the program under test.
"""

from collections.abc import Iterable, Mapping

Pair = tuple[int, int]
"""The index of a cell in the base and of the same cell in the head."""


def out_of_order(pairs: Iterable[Pair], weights: Mapping[Pair, int]) -> frozenset[Pair]:
    """The moved cells of a one-to-one matching: the pairs outside its heaviest in-order chain.

    Of several heaviest chains the one whose members come first in the base is kept, so that labels and
    predictions agree about a swap of two cells. O(n log n): the best chain that ends at each pair is looked
    up in a Fenwick tree of prefix maxima over the places in the head.

    Parameters
    ----------
    pairs:
        The matching.
    weights:
        Of every pair, above 0: how loath one is to call it moved.
    """
    ordered = sorted(pairs)
    places = {head: place for place, head in enumerate(sorted(head for _, head in ordered), start=1)}
    # A chain is (weight, -number of its last pair): of equal weights the earlier end is the greater.
    nothing = (0, 1)
    tree = [nothing] * (len(ordered) + 1)
    before: list[int | None] = []
    best = nothing
    for number, pair in enumerate(ordered):
        longest = nothing
        place = places[pair[1]] - 1
        while place:
            longest = max(longest, tree[place])
            place &= place - 1
        before.append(-longest[1] if longest[0] else None)
        chain = (longest[0] + weights[pair], -number)
        place = places[pair[1]]
        while place < len(tree):
            tree[place] = max(tree[place], chain)
            place += place & -place
        best = max(best, chain)
    kept = set()
    last = -best[1] if best[0] else None
    while last is not None:
        kept.add(ordered[last])
        last = before[last]
    return frozenset(pair for pair in ordered if pair not in kept)
