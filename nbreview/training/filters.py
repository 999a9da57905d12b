"""Which examples an export is made of: by what became of them, by who made them, by where they are, by when.

Everything is read from an example's provenance, so that decisions and mined edits are chosen the same way.
Pure; imports `store.search` for how times are written, what is beside it and below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch, fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from nbreview.errors import UserError
from nbreview.review.model import now
from nbreview.store.search import parse_since
from nbreview.training.redaction import hide_homes, redact
from nbreview.training.splits import repository_of
from nbreview.words import said

STATES = ("accepted", "edited", "committed")
OUTSIDE = said("not asked for")
"""Reason of what a filter leaves out."""


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """What is asked for; of an empty part, everything.

    `states` are some of STATES. `makers` are `model`, `author`, `rule` (any rule) or one rule's name.
    `models`, `repositories` and `notebooks` are names or patterns with `*`: a repository goes by its address,
    its folder or the last part of either, a notebook by its path or the last part of it. `languages` are
    those of kernels. `since` and `until` are seconds since the epoch, the first included and the second not.
    """

    states: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: float | None = None
    until: float | None = None

    def __post_init__(self) -> None:
        unknown = [state for state in self.states if state not in STATES]
        if unknown:
            raise UserError(
                said(
                    "“{state}” is no state of an example; choose one of: {states}.",
                    state=unknown[0],
                    states=", ".join(STATES),
                )
            )

    def admits(self, provenance: Mapping[str, Any]) -> bool:
        """Whether an example with this provenance is asked for."""
        time = float(provenance["time"])
        return (
            (not self.states or provenance["kind"] in self.states)
            and (not self.makers or _one_of(self.makers, _maker_names(str(provenance["maker"]))))
            and (not self.models or _one_of(self.models, (str(provenance["model"]),)))
            and (not self.repositories or _one_of(self.repositories, repository_names(provenance)))
            and (not self.notebooks or _one_of(self.notebooks, _notebook_names(provenance)))
            and (not self.languages or _one_of(self.languages, (str(provenance["language"]),)))
            and (self.since is None or time >= self.since)
            and (self.until is None or time < self.until)
        )

    def words(self) -> tuple[str, ...]:
        """What is asked for, in words for a manifest; nothing private in them."""
        parts = [
            f"{name}: {', '.join(_publishable(value) for value in values)}"
            for name, values in (
                ("state", self.states),
                ("made by", self.makers),
                ("model", self.models),
                ("repository", self.repositories),
                ("notebook", self.notebooks),
                ("language", self.languages),
            )
            if values
        ]
        if self.since is not None:
            parts.append(f"decided or committed from {_day(self.since)} on")
        if self.until is not None:
            parts.append(f"decided or committed before {_day(self.until)}")
        return tuple(parts)


EVERYTHING = ExportFilter()


def parse_filter(
    states: Iterable[str] = (),
    makers: Iterable[str] = (),
    models: Iterable[str] = (),
    repositories: Iterable[str] = (),
    notebooks: Iterable[str] = (),
    languages: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> ExportFilter:
    """A filter as a person writes it; times as for `store.search.parse_since`. Raises UserError."""
    start, end = (parse_since(text, now()) if text and text.strip() else None for text in (since, until))
    return ExportFilter(
        states=_named(states),
        makers=_named(makers),
        models=_named(models),
        repositories=_named(repositories),
        notebooks=_named(notebooks),
        languages=_named(languages),
        since=start,
        until=end,
    )


def _named(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())


def repository_names(provenance: Mapping[str, Any]) -> tuple[str, ...]:
    """What a repository may be called by."""
    names = (repository_of(provenance), str(provenance["remote"]), str(provenance["repository"]))
    known = [name.replace("\\", "/").rstrip("/") for name in names if name]
    return tuple(dict.fromkeys((*known, *(PurePosixPath(name).name for name in known))))


def _notebook_names(provenance: Mapping[str, Any]) -> tuple[str, ...]:
    known = [str(provenance[name]).replace("\\", "/") for name in ("path", "notebook") if provenance[name]]
    return tuple(dict.fromkeys((*known, *(PurePosixPath(name).name for name in known))))


def _maker_names(maker: str) -> tuple[str, ...]:
    return (maker, maker.partition(":")[0], maker.partition(":")[2])


def _one_of(wanted: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of these names is asked for; a name with brackets in it is also taken as it is written."""
    return any(
        each == name or fnmatchcase(name, each) or fnmatch(name.casefold(), each.casefold())
        for each in wanted
        for name in names
    )


def _publishable(text: str) -> str:
    return redact(hide_homes(text))[0]


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
