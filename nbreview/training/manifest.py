"""What is in an export, gathered row by row: the file that stands beside the data.

Nothing in it depends on when or where the export was made, so that the same input gives the same bytes.
Imports the modules beside it and below.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import orjson

from nbreview import __version__
from nbreview.training import duplicates
from nbreview.training.examples import Example
from nbreview.training.formats import Format, Row, encodable
from nbreview.training.lengths import Lengths
from nbreview.training.licences import find_licence
from nbreview.training.redaction import PLACEHOLDER, hide_homes, redact
from nbreview.training.splits import SEED, Splits, repository_of

FILTERS = (
    "accepted or edited, and not undone, reverted or put back since",
    "the accepted source differs from the one before",
)
"""What an acceptance must be to become an example, in words."""
COMMIT_FILTERS = ("committed, and not reverted since", "some code cell differs", "the commit has a message")
"""What a mined edit must be to become an example, in words."""

_LIBRARIES = ("detect-secrets", "rensa")


class FileFigures(NamedTuple):
    """One data file: its name, its SHA-256, its size and its rows."""

    file: str
    sha256: str
    bytes: int
    rows: int


class ManifestBuilder:
    """Counts rows as they are written, and says in the end what they were."""

    def __init__(
        self,
        format: Format,
        splits: Splits | None = None,
        filters: Sequence[str] = FILTERS,
        lengths: Lengths | None = None,
    ) -> None:
        self.rows = 0
        self.lengths = lengths or Lengths()
        self.left_out: Counter[str] = Counter()
        self._format = format
        self._splits = splits
        self._filters = filters
        self._counts: dict[str, Counter[str]] = {
            name: Counter()
            for name in ("kinds", "templates", "notebooks", "repositories", "languages", "redactions")
        }
        self._groups: dict[str, set[str]] = {}
        self._makers: Counter[tuple[str, str, str, str]] = Counter()
        self._settings: dict[str, Any] = {}
        self._folders: dict[str, str] = {}
        self._first = float("inf")
        self._last = float("-inf")

    def add(
        self,
        row: Row,
        settings: Mapping[str, Any],
        split: str = "",
        group: str = "",
        folder: str = "",
        *,
        tokens: int | None = None,
    ) -> None:
        """Count one row.

        Parameters
        ----------
        settings:
            Those of the model that made it.
        split, group:
            Where it was written to, and what it is not parted from; empty without splits.
        folder:
            Its repository's folder on this machine.
        tokens:
            Its length in tokens of a model, where that has been counted.
        """
        metadata = row["metadata"]
        self.rows += 1
        counts = self._counts
        counts["kinds"][metadata["kind"]] += 1
        counts["templates"][metadata["template"]] += 1
        counts["notebooks"][metadata["notebook"]] += 1
        counts["languages"][metadata["language"]] += 1
        repository = metadata["remote"] or metadata["repository"]
        if repository:
            counts["repositories"][repository] += 1
            self._folders.setdefault(repository, folder)
        counts["redactions"].update(count_placeholders(row))
        self.lengths.add(list(texts_of(row)), tokens)
        values = _publishable(settings)
        key = orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()
        self._settings[key] = values
        self._makers[(metadata["maker"], metadata["model"], metadata["model_sha256"], key)] += 1
        if metadata["time"]:
            self._first = min(self._first, metadata["time"])
            self._last = max(self._last, metadata["time"])
        if self._splits is not None:
            self._groups.setdefault(split, set()).add(group)

    def leave_out(self, reason: str) -> None:
        """Count an example that did not become a row."""
        self.left_out[reason] += 1

    def build(self, files: Mapping[str, FileFigures]) -> dict[str, Any]:
        """The manifest of the data in these files, by split ("" without splits)."""
        described = {split: file._asdict() for split, file in files.items()}
        counts = {name: dict(counter) for name, counter in self._counts.items()}
        return {
            "format": self._format.name,
            "schema": self._format.schema,
            "program": {"name": "nbreview", "version": __version__, "libraries": _libraries()},
            **self._data(described),
            "filters": list(self._filters),
            "left_out": {str(reason): count for reason, count in self.left_out.items()},
            "duplicates": duplicates.settings(),
            "redactions": counts["redactions"],
            "lengths": self.lengths.figures(),
            "languages": counts["languages"],
            "decisions": {"kinds": counts["kinds"], "first": _utc(self._first), "last": _utc(self._last)},
            "templates": counts["templates"],
            "makers": [
                {
                    "maker": maker,
                    "model": model,
                    "model_sha256": sha256,
                    "settings": self._settings[key],
                    "rows": rows,
                }
                for (maker, model, sha256, key), rows in sorted(self._makers.items())
            ],
            "notebooks": counts["notebooks"],
            "repositories": counts["repositories"],
            "licences": {name: find_licence(folder) for name, folder in self._folders.items()},
        }

    def _data(self, described: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        if self._splits is None:
            return {"data": described[""]}
        files = {
            split: {**file, "groups": len(self._groups.get(split, ()))} for split, file in described.items()
        }
        return {
            "splits": {
                "by": self._splits.by,
                "shares": dict(self._splits.shares),
                "seed": SEED,
                "files": files,
            }
        }


def texts_of(row: Row) -> Iterator[str]:
    """All texts of a row that are learnt from: everything but its metadata."""
    for name, value in row.items():
        if name != "metadata":
            yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name != "role":
                yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def count_placeholders(row: Row) -> Counter[str]:
    """How many placeholders of each kind a row holds, its metadata included."""
    places = (place[0] for text in _strings(row) for place in PLACEHOLDER.finditer(text))
    return Counter(place.strip("<>").lower() for place in places)


def _libraries() -> dict[str, str]:
    """Versions of the libraries that decide what is found; "" for one that says none."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _publishable(value: Any) -> Any:
    """Settings without anything private, as JSON holds them."""
    if isinstance(value, Mapping):
        return {encodable(str(key)): _publishable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_publishable(item) for item in value]
    return encodable(redact(hide_homes(value))[0]) if isinstance(value, str) else value


def repositories_in(examples: Iterable[Example]) -> int:
    """How many repositories examples come from."""
    return len({repository_of(example.provenance) for example in examples} - {""})


def _utc(seconds: float) -> str | None:
    """A time as text; None where no row has one."""
    if not math.isfinite(seconds):
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
