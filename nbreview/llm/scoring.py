"""From logits to the probabilities of a few continuations. Pure; numpy (it comes with the llama extra) is
imported late."""

import math
from collections.abc import Callable, Sequence
from typing import Any


def finite(logits: Any) -> bool:
    """Whether every logit is a number; minus infinity, which masks a token, is allowed."""
    import numpy as np

    return bool(np.all(np.isfinite(logits) | np.isneginf(logits)) and np.any(np.isfinite(logits)))


def log_softmax(logits: Any) -> Any:
    """Logarithms of the probabilities, in double precision."""
    import numpy as np

    shifted = logits - np.max(logits)
    return shifted - np.log(np.sum(np.exp(shifted)))


def probabilities(
    paths: Sequence[tuple[int, ...]], after: Callable[[tuple[int, ...]], Any]
) -> tuple[float, ...]:
    """The probability of each path of tokens, normalised over the paths.

    A path that another one continues ("no" and "not") counts only for what does not go on into the other:
    the mass of the nearest continuations is taken off it. Equal paths share their mass.

    Parameters
    ----------
    paths:
        The tokens of each option. What all have in common is evaluated but does not matter to the result.
    after:
        Gives the log-probabilities of the next token after a path that all begin with or one of them
        continues.
    """
    rows: dict[tuple[int, ...], Any] = {}
    shared = _common(paths)
    logs = []
    for path in paths:
        total = 0.0
        for at in range(shared, len(path)):
            if path[:at] not in rows:
                rows[path[:at]] = after(path[:at])
            total += float(rows[path[:at]][path[at]])
        logs.append(total)
    top = max(logs, default=0.0)
    masses = [math.exp(value - top) for value in logs]
    own = [
        max(0.0, masses[index] - sum(masses[other] for other in _nearest(paths, index))) / paths.count(path)
        for index, path in enumerate(paths)
    ]
    whole = sum(own)
    if not whole:
        return tuple(1 / len(paths) for _ in paths)
    return tuple(value / whole for value in own)


def _common(paths: Sequence[tuple[int, ...]]) -> int:
    """How many first tokens all paths share; one path alone shares all but its last."""
    shortest = min(map(len, paths), default=0)
    for at in range(shortest):
        if len({path[at] for path in paths}) > 1:
            return at
    return shortest


def _nearest(paths: Sequence[tuple[int, ...]], index: int) -> list[int]:
    """The paths that continue path `index` with no other path between, each once."""
    path = paths[index]
    longer = {
        other: place
        for place, other in enumerate(paths)
        if len(other) > len(path) and other[: len(path)] == path
    }
    return [
        place
        for other, place in longer.items()
        if not any(len(between) < len(other) and other[: len(between)] == between for between in longer)
    ]
