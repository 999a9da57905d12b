"""What libraries offer, and what they have removed: the tables under `resources/apis`.

Imports `paths` and below. `public.v1.json` lists public names and parameters as the API references do;
`removed.v1.json` lists what is gone, with what replaces it and the release note that says so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nbreview.paths import resource


@dataclass(frozen=True, slots=True)
class Removal:
    """One row of the table of what libraries have removed or renamed.

    `kind` is "attribute" (of a module, by its dotted path), "method" (`Class.name`), "call" (the replacement
    is a template with `{self}`, `{0}`, `{args}`, `{module}`), "keyword" and "value" (of a callable),
    "module", "positional" (arguments that have become keywords: `names` in their old order, of which `keep`
    may still be given by position) or "key". `replacement` is "" where nothing can simply be put in its
    place. `checked` says that the old name was seen before and not after the version (or
    only with a warning), and the replacement in the newest, in installed libraries.
    """

    kind: str
    library: str
    name: str
    replacement: str
    version: str
    note: str
    url: str
    special: str = ""
    keyword: str = ""
    value: str = ""
    names: tuple[str, ...] = ()
    keep: int = 0
    arguments: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    call: Mapping[str, Any] = field(default_factory=dict)
    checked: bool = False

    @property
    def says(self) -> str:
        """The source of this row, for a reason shown to a person."""
        return f"{self.note}, {self.url}"


@lru_cache(maxsize=1)
def removals() -> tuple[Removal, ...]:
    """Every row of the table."""
    table = json.loads(resource("apis", "removed.v1.json").read_text(encoding="utf-8"))
    made: list[Removal] = []
    for row in table["rows"]:
        source = table["sources"][row["source"]]
        made.append(
            Removal(
                kind=row["kind"],
                library=row["library"],
                name=row["name"],
                replacement=row["replacement"],
                version=row["version"],
                note=source["title"],
                url=source["url"],
                special=row.get("special", ""),
                keyword=row.get("keyword", ""),
                value=row.get("value", ""),
                names=tuple(row.get("names", ())),
                keep=int(row.get("keep", 0)),
                arguments=row.get("arguments"),
                values=row.get("values", {}),
                call=row.get("call", {}),
                checked=bool(row.get("checked", False)),
            )
        )
    return tuple(made)


@lru_cache(maxsize=16)
def removals_of(kind: str) -> Mapping[str, tuple[Removal, ...]]:
    """The rows of one kind, by name."""
    found: dict[str, list[Removal]] = {}
    for row in removals():
        if row.kind == kind:
            found.setdefault(row.name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


@lru_cache(maxsize=1)
def _public() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = json.loads(
        resource("apis", "public.v1.json").read_text(encoding="utf-8")
    )
    return table


@lru_cache(maxsize=256)
def attributes_of(path: str) -> tuple[str, ...]:
    """Public names of a module, by its dotted path, or of a class, by its name; () where unknown."""
    return tuple(_public()["attributes"].get(_keras(path), "").split())


@lru_cache(maxsize=1024)
def parameters_of(path: str) -> tuple[str, ...]:
    """The parameters of a function or class by its dotted path, or of `Class.method`; () where unknown.

    "**" at the end says that any keyword is taken.
    """
    return tuple(_public()["parameters"].get(_keras(path), "").split())


@lru_cache(maxsize=256)
def parameters_named(last: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every callable whose last part is this name, with its parameters."""
    return tuple(
        (path, tuple(words.split()))
        for path, words in _public()["parameters"].items()
        if path.rpartition(".")[2] == last or path == last
    )


def _keras(path: str) -> str:
    return path.removeprefix("tensorflow.") if path.startswith("tensorflow.keras") else path
