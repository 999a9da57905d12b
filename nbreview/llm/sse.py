"""Server-sent events, as chat completions are streamed: bytes in, the data of each event out. Pure.

The format is that of the HTML standard, "Server-sent events": lines end in LF, CR or CRLF, an empty line ends
an event, its `data` lines are joined, a line that begins with a colon is a comment (servers keep a connection
alive with them).
"""

MAX_EVENT_BYTES = 4 * 2**20
"""More than this in one event is no answer."""


class EventStream:
    """Takes the bytes as they come, in any pieces."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, piece: bytes) -> list[str]:
        """The data of every event that is complete now.

        Raises
        ------
        ValueError
            An event is larger than any answer.
        """
        found = []
        *lines, self._rest = _lines(self._rest + piece)
        for line in lines:
            if not line:
                if self._data:
                    found.append(b"\n".join(self._data).decode("utf-8", "replace"))
                self._data, self._size = [], 0
            elif line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
                self._size += len(line)
        if self._size + len(self._rest) > MAX_EVENT_BYTES:
            raise ValueError("an event without end")
        return found

    def end(self) -> list[str]:
        """What an unfinished last event holds; the standard drops it, but some servers end so."""
        return self.feed(b"\n\n")


def _lines(data: bytes) -> list[bytes]:
    """Split at every kind of line end; the last piece is unfinished. A CR at the very end may be half of
    one."""
    held = b""
    if data.endswith(b"\r"):
        data, held = data[:-1], b"\r"
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    lines[-1] += held
    return lines
