"""What a stand-in run prints, up to a bound. Runs inside the child process: standard library only."""

from __future__ import annotations

import io


class Bounded(io.TextIOBase):
    """A text stream that keeps the first `characters` of what is written and forgets the rest."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self._left = characters
        self._parts: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._left > 0:
            self._parts.append(text[: self._left])
            self._left -= len(text)
        return len(text)

    def text(self) -> str:
        """What was kept."""
        return "".join(self._parts)
