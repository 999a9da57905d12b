"""What is in an export, gathered row by row: the file that stands beside the data.

Nothing in it depends on when or where the export was made, so that the same store gives the same bytes.
Imports the modules beside it and below.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from nbreview import __version__
from nbreview.training.examples import Example
from nbreview.training.formats import Format, Row, encodable
from nbreview.training.redaction import hide_homes

FILTERS = ("accepted or edited, and not undone since", "the accepted source differs from the one before")
"""What an acceptance must be to become an example, in words."""


class ManifestBuilder:
    """Counts rows as they are written, and says in the end what they were."""

    def __init__(self, format: Format) -> None:
        self.rows = 0
        self.size = 0
        self.left_out: Counter[str] = Counter()
        self._format = format
        self._digest = hashlib.sha256()
        self._kinds: Counter[str] = Counter()
        self._templates: Counter[str] = Counter()
        self._notebooks: Counter[str] = Counter()
        self._repositories: Counter[str] = Counter()
        self._makers: Counter[tuple[str, str, str, str]] = Counter()
        self._settings: dict[str, Any] = {}
        self._first = float("inf")
        self._last = float("-inf")

    def add(self, example: Example, row: Row, line: bytes) -> None:
        """Count one row, written as `line`."""
        metadata = row["metadata"]
        origin, time = example.suggestion.origin, example.decision.time
        self.rows += 1
        self.size += len(line)
        self._digest.update(line)
        self._kinds[metadata["kind"]] += 1
        self._templates[metadata["template"]] += 1
        self._notebooks[metadata["notebook"]] += 1
        self._repositories[metadata["remote"] or metadata["repository"]] += 1
        values = _publishable(origin.settings)
        settings = orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()
        self._settings[settings] = values
        self._makers[(metadata["maker"], metadata["model"], metadata["model_sha256"], settings)] += 1
        self._first, self._last = min(self._first, time), max(self._last, time)

    def leave_out(self, reason: str) -> None:
        """Count an acceptance that did not become a row."""
        self.left_out[reason] += 1

    def build(self, file_name: str) -> dict[str, Any]:
        """The manifest of the data in `file_name`."""
        return {
            "format": self._format.name,
            "schema": self._format.schema,
            "program": {"name": "nbreview", "version": __version__},
            "data": {
                "file": file_name,
                "sha256": self._digest.hexdigest(),
                "bytes": self.size,
                "rows": self.rows,
            },
            "filters": list(FILTERS),
            "left_out": dict(self.left_out),
            "decisions": {
                "kinds": dict(self._kinds),
                "first": _utc(self._first) if self.rows else None,
                "last": _utc(self._last) if self.rows else None,
            },
            "templates": dict(self._templates),
            "makers": [
                {
                    "maker": maker,
                    "model": model,
                    "model_sha256": sha256,
                    "settings": self._settings[settings],
                    "rows": rows,
                }
                for (maker, model, sha256, settings), rows in sorted(self._makers.items())
            ],
            "notebooks": dict(self._notebooks),
            "repositories": {name: rows for name, rows in self._repositories.items() if name},
        }


def _publishable(value: Any) -> Any:
    """Settings without home folders, as JSON holds them."""
    if isinstance(value, Mapping):
        return {encodable(str(key)): _publishable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_publishable(item) for item in value]
    return encodable(hide_homes(value)) if isinstance(value, str) else value


def _utc(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
