"""What a cell printed, kept within bounds: a kernel that prints without end costs no more than the bound.

Imports nothing of nbreview.
"""

from collections.abc import Mapping
from typing import Any

TEXT_CHARACTERS = 200_000
"""Characters of text that are kept of one run."""

RICH_BYTES = 32 << 20
"""Bytes of pictures, tables and the like that are handed on from one run."""

CUT = "… more was printed, which is not kept."

_OUTPUT_TYPES = ("stream", "display_data", "execute_result", "error", "update_display_data", "clear_output")


class OutputBudget:
    """Takes a run's messages as they come, and says which of them still fit.

    Parameters
    ----------
    characters:
        How much text is kept.
    rich_bytes:
        How much is handed on of what is not a stream.
    """

    def __init__(self, characters: int = TEXT_CHARACTERS, rich_bytes: int = RICH_BYTES) -> None:
        self._left = characters
        self._rich_left = rich_bytes
        self._parts: list[str] = []
        self.cut = False

    @property
    def text(self) -> str:
        """What was printed, as far as it was kept, with a line that says so where it was cut."""
        text = "".join(self._parts)
        return f"{text}\n{CUT}\n" if self.cut else text

    def wants(self, message_type: str, size: int) -> bool:
        """Whether a message with a content of `size` bytes is worth parsing; what is not is counted as cut.

        The `error` message is always wanted: it is what the person asks for.
        """
        if message_type not in _OUTPUT_TYPES:
            return False
        if message_type == "stream":
            if self._left > 0:
                return True
        elif message_type in ("error", "clear_output") or size <= self._rich_left:
            return True
        self.cut = True
        return False

    def take(self, message_type: str, content: Mapping[str, Any], size: int) -> dict[str, Any] | None:
        """One output in nbformat's form (with `update_display_data` and `clear_output` besides), or None
        when nothing of it fits any more.
        """
        if message_type == "stream":
            text = self._fit(str(content.get("text", "")))
            if not text:
                return None
            return {"output_type": "stream", "name": str(content.get("name", "stdout")), "text": text}
        if message_type == "clear_output":
            return {"output_type": message_type, "wait": bool(content.get("wait"))}
        if message_type == "error":
            lines = content.get("traceback")
            return {
                "output_type": "error",
                "ename": str(content.get("ename", "")),
                "evalue": str(content.get("evalue", "")),
                "traceback": [str(line) for line in lines] if isinstance(lines, list) else [],
            }
        self._rich_left -= size
        data = content.get("data")
        data = data if isinstance(data, Mapping) else {}
        output = {"output_type": message_type, "data": dict(data), "metadata": content.get("metadata") or {}}
        if message_type == "execute_result":
            output["execution_count"] = content.get("execution_count")
        if isinstance(transient := content.get("transient"), Mapping) and transient:
            output["transient"] = dict(transient)
        plain = data.get("text/plain")
        if isinstance(plain, str) and message_type != "update_display_data":
            self._fit(plain + "\n")
        return output

    def _fit(self, text: str) -> str:
        kept = text[: max(self._left, 0)]
        self._left -= len(kept)
        if len(kept) < len(text):
            self.cut = True
        if kept:
            self._parts.append(kept)
        return kept
