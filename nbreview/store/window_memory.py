"""What the window remembers between two starts, as a part of the store: recent notebooks, what was viewed,
the counts beside revisions, and where the person was.

All of it can be lost without harm. Imports the modules beside it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nbreview.review.model import now
from nbreview.store import reviews
from nbreview.store.file import StoreFile
from nbreview.store.reviews import File, Pair


class WindowMemory(StoreFile):
    """The window's part of a store; methods and errors as in `Store`."""

    def touch_recent(self, notebook: str | Path) -> None:
        """Note that a notebook has been opened now."""
        with self._writing() as db:
            reviews.touch_recent(db, str(notebook), now())

    def recent(self, limit: int = 20) -> tuple[str, ...]:
        """Notebooks opened, the latest first. They need not be there any more."""
        with self._reading() as db:
            return reviews.recent(db, limit)

    def forget_recent(self, notebook: str | Path) -> None:
        """Take a notebook off the list of recent ones; its suggestions and decisions stay."""
        with self._writing() as db:
            reviews.forget_recent(db, str(notebook))

    def set_viewed(self, pair: Pair, cells: Mapping[str, bool]) -> None:
        """Tick cells of a pair of versions (notebook, base blob, head blob) as viewed, or take ticks away."""
        with self._writing() as db:
            reviews.set_viewed(db, pair, cells, now())

    def viewed(self, pair: Pair) -> frozenset[str]:
        """The cells of a pair of versions that are ticked as viewed."""
        with self._reading() as db:
            return reviews.viewed(db, pair)

    def mark_file_viewed(self, repository: str, path: str, base_blob: str, head_blob: str) -> None:
        """Tick a file's two versions as viewed; "" stands for a side where the file is not."""
        with self._writing() as db:
            reviews.set_file_viewed(db, repository, (path, base_blob, head_blob), True, now())

    def unmark_file_viewed(self, repository: str, path: str, base_blob: str, head_blob: str) -> None:
        """Take the tick of a file's two versions away."""
        with self._writing() as db:
            reviews.set_file_viewed(db, repository, (path, base_blob, head_blob), False, now())

    def viewed_files(self, repository: str) -> frozenset[File]:
        """What is ticked in a repository: (path, base blob, head blob) of each file."""
        with self._reading() as db:
            return reviews.viewed_files(db, repository)

    def keep_place(self, name: str, value: Any) -> None:
        """Remember where the person was: JSON under a name ("notebook:/a.ipynb", "window:1"). The oldest of
        2,000 go.
        """
        with self._writing() as db:
            reviews.keep_place(db, name, value, now())

    def place(self, name: str) -> Any | None:
        """What is remembered under a name, or None."""
        with self._reading() as db:
            return reviews.place(db, name)

    def places(self, start: str = "") -> dict[str, Any]:
        """What is remembered under names that start so, the latest first."""
        with self._reading() as db:
            return reviews.places(db, start)

    def drop_place(self, name: str) -> None:
        """Remember nothing under a name any more."""
        with self._writing() as db:
            reviews.drop_place(db, name)

    def badge(self, base_blob: str, head_blob: str, options: str = "") -> dict[str, int] | None:
        """Cells of each kind between two contents (git object ids), or None where not yet counted."""
        with self._reading() as db:
            return reviews.badge(db, base_blob, head_blob, options)

    def put_badges(self, rows: Iterable[tuple[str, str, Mapping[str, int]]], options: str = "") -> None:
        """Keep (base blob, head blob, counts); `options` is the digest of what else the counts depend on. The
        oldest of 50,000 go.
        """
        with self._writing() as db:
            reviews.put_badges(db, rows, options, now())
