"""Which split an example belongs to: by the hash of the repository or notebook that it comes from.

A hash gives the same answer however much else there is, so that a repository which was for testing stays
there as data grows. Imports only `errors`.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nbreview.errors import UserError
from nbreview.words import said

NAMES = ("train", "validation", "test")
BY = ("auto", "repository", "notebook")
SEED = "nbreview-splits-1"


@dataclass(frozen=True, slots=True)
class Splits:
    """How examples are divided.

    `shares` are those of train, validation and test, and sum to 1; they hold for many groups, not for few.
    `by` says what is never divided: a repository or a notebook. AUTO is decided from the data (`settled`).
    """

    shares: Mapping[str, float]
    by: str = "auto"

    def settled(self, repositories: int) -> "Splits":
        """The same with AUTO decided: by repository where there are several, else by notebook."""
        by = self.by if self.by != "auto" else ("repository" if repositories > 1 else "notebook")
        return Splits(self.shares, by)

    def split_of(self, group: str) -> str:
        """Name of the split of everything in a group."""
        digest = hashlib.sha256(f"{SEED}\0{group}".encode("utf-8", "replace")).digest()
        point = int.from_bytes(digest[:8], "big") / 2**64
        # Held-out data lies at the low end, so that a larger share of it takes from train alone.
        test = self.shares["test"]
        if point < test:
            return "test"
        return "validation" if point < test + self.shares["validation"] else "train"

    def group_of(self, provenance: Mapping[str, Any]) -> str:
        """What a row is never parted from, by its metadata: a repository, or a notebook."""
        repository = repository_of(provenance)
        if self.by == "notebook":
            return f"{repository} {provenance['path'] or provenance['notebook']}"
        return repository or str(provenance["notebook"])


def repository_of(provenance: Mapping[str, Any]) -> str:
    """A row's repository, the same for all ways to write its address; "" outside any."""
    remote = str(provenance["remote"])
    match = re.fullmatch(r"(?:[a-z+]+://)?(?:[^@/]*@)?([^:/]+)[:/]+(.+?)(?:\.git)?/*", remote, re.IGNORECASE)
    if match:
        return f"{match[1].lower()}/{match[2]}"
    return remote or str(provenance["repository"])


def parse_splits(text: str, by: str = "auto") -> Splits:
    """Shares as a person writes them: "80/10/10", of train, validation and test. Raises UserError."""
    parts = text.split("/")
    if len(parts) != len(NAMES) or not all(re.fullmatch(r"\d{1,3}(?:\.\d+)?", part) for part in parts):
        raise UserError(
            said(
                "“{text}” is no division into splits; write the shares of train, validation, test "
                "as 80/10/10.",
                text=text,
            )
        )
    values = [float(part) for part in parts]
    if abs(sum(values) - 100) > 1e-9:
        raise UserError(
            said(
                "The splits {text} sum to {total}; write shares that sum to 100, such as 80/10/10.",
                text=text,
                total=f"{sum(values):g}",
            )
        )
    shares = MappingProxyType({name: value / 100 for name, value in zip(NAMES, values, strict=True)})
    if by not in BY:
        raise UserError(
            said(
                "“{word}” cannot be kept together; choose one of: {choices}.", word=by, choices=", ".join(BY)
            )
        )
    return Splits(shares, by)
