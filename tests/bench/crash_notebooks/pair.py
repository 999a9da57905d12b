"""One notebook in two versions: as it should be, and with a crash injected.

Imports `review.taxonomy` only.
"""

import json
import platform
from dataclasses import dataclass
from typing import Any

from nbreview.review.taxonomy import CrashType

_MARK = "# %%"


@dataclass(frozen=True, slots=True)
class Pair:
    """A notebook's code cells and what is changed to make its last cell crash.

    `ran` and `crash_ran` are the cells (from 0) that are run before the target, in their order. `unknowable`
    says why no dry run can tell how the target ends, "" where one can. `crash_type` and `library` are what
    was injected, for the tables: the label of a version comes from running it.
    """

    title: str
    crash_type: CrashType
    library: str
    cells: tuple[str, ...]
    crash_cells: tuple[str, ...]
    ran: tuple[int, ...]
    crash_ran: tuple[int, ...]
    unknowable: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions of a pair. `before` are the cells to run before `target`."""

    name: str
    pair: Pair
    injected: bool
    cells: tuple[str, ...]
    ran: tuple[int, ...]

    @property
    def before(self) -> tuple[str, ...]:
        """The cells that are run before the target, in their order."""
        return tuple(self.cells[place] for place in self.ran)

    @property
    def target(self) -> str:
        """The last cell."""
        return self.cells[-1]


def pair(
    title: str,
    crash_type: CrashType,
    library: str,
    cells: str,
    crash: str = "",
    *,
    at: int = 0,
    ran: tuple[int, ...] = (),
    crash_ran: tuple[int, ...] = (),
    unknowable: str = "",
) -> Pair:
    """A pair from the text of its cells, with "# %%" lines between them.

    Parameters
    ----------
    crash:
        The cell that takes the place of cell `at` (from 1; 0: the last). "" leaves all as they are.
    ran, crash_ran:
        Cells to run before the target, from 1; () is all of them from the top. `crash_ran` without a value
        is as `ran`.
    """
    parts = tuple(part.strip("\n") for part in cells.split(_MARK))
    broken = list(parts)
    if crash:
        broken[at - 1] = crash.strip("\n")
    order = tuple(number - 1 for number in ran) or tuple(range(len(parts) - 1))
    other = tuple(number - 1 for number in crash_ran) or order
    return Pair(title, crash_type, library, parts, tuple(broken), order, other, unknowable)


def versions(pairs: tuple[Pair, ...]) -> tuple[Version, ...]:
    """Both versions of every pair."""
    found = []
    for one in pairs:
        found.append(Version(f"{one.title} (as it should be)", one, False, one.cells, one.ran))
        found.append(Version(f"{one.title} (crash)", one, True, one.crash_cells, one.crash_ran))
    return tuple(found)


def notebook_bytes(version: Version) -> bytes:
    """The version as a notebook file (nbformat 4.5), executed up to its target as `ran` says, no outputs."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": [f"# {version.pair.title}"]}
    ]
    counts = {place: number for number, place in enumerate(version.ran, 1)}
    for place, source in enumerate(version.cells):
        cells.append(
            {
                "cell_type": "code",
                "execution_count": counts.get(place),
                "id": f"cell-{place}",
                "metadata": {},
                "outputs": [],
                "source": source.splitlines(keepends=True),
            }
        )
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": platform.python_version()},
    }
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
