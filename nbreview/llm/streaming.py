"""From token bytes to text: characters split across tokens, and texts that end the reply. Pure, imports
nothing of nbreview."""

import codecs


class ReplyText:
    """Collects the pieces of a reply and hands out the text that is safe to show.

    A character may be split across tokens, so bytes go through an incremental decoder; the beginning of a
    stop text may turn out to be one, so it is held back until that is decided.

    Parameters
    ----------
    stop:
        Texts that end the reply; the reply does not contain them. Empty texts are ignored.
    """

    def __init__(self, stop: tuple[str, ...] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stop = tuple(text for text in stop if text)
        self._shown: list[str] = []
        self._held = ""
        self.stopped = False

    @property
    def text(self) -> str:
        """What has been handed out so far."""
        return "".join(self._shown)

    def add(self, piece: bytes) -> str:
        """Take the bytes of one token; return the text that can be shown now (often empty, never a stop
        text)."""
        return self._release(self._decoder.decode(piece))

    def finish(self) -> str:
        """The reply ends here: return what was held back."""
        shown = self._release(self._decoder.decode(b"", final=True))
        if self.stopped:
            return shown
        rest, self._held = self._held, ""
        self._shown.append(rest)
        return shown + rest

    def _release(self, text: str) -> str:
        if self.stopped:
            return ""
        held = self._held + text
        found = [index for index in (held.find(stop) for stop in self._stop) if index >= 0]
        if found:
            self.stopped = True
            shown, self._held = held[: min(found)], ""
        else:
            keep = max((_overlap(held, stop) for stop in self._stop), default=0)
            shown, self._held = held[: len(held) - keep], held[len(held) - keep :]
        self._shown.append(shown)
        return shown


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that begins `stop`."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
