"""Whether two comparisons show the same: by what their sides are, and change by change. Pure functions."""

from nbreview.services.opening import Comparison, Side

SideKey = tuple[str, str, str]


def side_of(side: Side) -> SideKey:
    """What a side is, however its revision was found."""
    revision = side.revision
    if revision is None:
        return ("", "", "")
    return (f"{revision.kind.value} {revision.stage}", revision.commit, revision.path)


def sides_of(comparison: Comparison) -> tuple[object, ...]:
    """What a comparison is of."""
    return comparison.target.notebook, side_of(comparison.base), side_of(comparison.head)


def unchanged(before: Comparison, after: Comparison) -> frozenset[int]:
    """Indices of changes that are what they were."""

    def texts(comparison: Comparison) -> list[tuple[object, ...]]:
        base, head = comparison.base.notebook.cells, comparison.head.notebook.cells
        return [
            (
                change.kind,
                base[change.base_index].source if change.base_index is not None else None,
                head[change.head_index].source if change.head_index is not None else None,
            )
            for change in comparison.diff.cells
        ]

    pairs = zip(texts(before), texts(after), strict=False)
    return frozenset(index for index, (old, new) in enumerate(pairs) if old == new)
