"""How much is done for the fixes of one notebook, so that thousands of findings do not take minutes.

Imports `fix_case`, `fix_names`, `fix_written`, `flow`, `notebook` and below. All bounds are counts, never
seconds: the same notebook always gets the same fixes.
"""

import re
from dataclasses import dataclass, field

from nbreview.checks import fix_written
from nbreview.checks.cells import NameIndex
from nbreview.checks.fix_case import Trouble
from nbreview.checks.fix_names import alike, words
from nbreview.checks.flow import ALWAYS_BOUND
from nbreview.notebook.model import Cell

_MISSING = re.compile(r"name '(\w+)' is not defined|“(\w+)”")
_MOST_READ = 250  # findings for which a cell is read into a concrete tree: some 20 ms each
_MOST_FOLLOWED = 50_000  # cells, some seconds; notebooks of a hundred cells stay far below
_NOWHERE = -1


@dataclass(slots=True)
class Effort:
    """What has been done for the fixes of a notebook, and what is not worth doing. For one thread."""

    index: NameIndex
    _read: int = 0
    _followed: int = 0
    _alike: dict[str, bool] = field(default_factory=dict)
    _classes: tuple[Cell, ...] | None = None
    _in_classes: dict[str, int] = field(default_factory=dict)

    def may_read(self) -> bool:
        """Whether one more cell may be read into a concrete tree, or repaired: the first findings of a
        notebook have their fixes, and the rest once those are decided.
        """
        self._read += 1
        return self._read <= _MOST_READ

    def may_follow(self, count: int) -> bool:
        """Whether so many cells may be followed once more. A fix that was not looked at is not shown."""
        self._followed += count
        return self._followed <= _MOST_FOLLOWED

    def may_be_slip(self, cell: Cell, name: str) -> bool:
        """Whether anything that the notebook binds, here or elsewhere, is spelled almost as a missing name.
        That is asked once a name, and spares going through all names that are bound at the place.
        """
        if name not in self._alike:
            self._alike[name] = any(alike(name, (*self.index.binds, *ALWAYS_BOUND)))
        return self._alike[name] or any(alike(name, words(cell.source)))

    def may_answer(self, cell: Cell, trouble: Trouble) -> bool:
        """Whether a rule can have an answer to a missing name: it is one of another language, or a class of
        this cell or one above writes it beside `self`.
        """
        named = _MISSING.search(trouble.message)
        name = (named[1] or named[2]) if named is not None else ""
        if not name or name in fix_written.OTHER_NAMES:
            return True
        if self._classes is None:
            self._classes = tuple(
                one for one in self.index.cells if "class" in one.source and "self" in one.source
            )
        if name not in self._in_classes:
            first = next((one.index for one in self._classes if name in one.source), _NOWHERE)
            self._in_classes[name] = first
        return _NOWHERE < self._in_classes[name] <= cell.index
