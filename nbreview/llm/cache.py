"""A small JSON file of what is costly to find out again: file hashes, settings that worked. Losing it costs
time only."""

import contextlib
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

import orjson

_LIMIT = 500


class JsonCache:
    """Sections of keys to JSON values, newest kept. An unreadable or unwritable file is as good as an empty
    one.

    Parameters
    ----------
    path:
        The file; it is read at each look-up, so that several windows can share it.
    limit:
        Most entries of a section; the oldest go first.
    """

    def __init__(self, path: Path, limit: int = _LIMIT) -> None:
        self._path = path
        self._limit = limit
        self._lock = threading.Lock()

    def get(self, section: str, key: str) -> Any:
        """The value, or None."""
        return self._read().get(section, {}).get(key)

    def put(self, section: str, key: str, value: Any) -> None:
        """Keep a value."""
        with self._lock:
            content = self._read()
            entries = content.setdefault(section, {})
            entries.pop(key, None)
            entries[key] = value
            for oldest in list(entries)[: max(0, len(entries) - self._limit)]:
                del entries[oldest]
            with contextlib.suppress(OSError):
                self._write(orjson.dumps(content, option=orjson.OPT_INDENT_2))

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            content = orjson.loads(self._path.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return {}
        if not isinstance(content, dict):
            return {}
        return {name: entries for name, entries in content.items() if isinstance(entries, dict)}

    def _write(self, data: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).replace(self._path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
