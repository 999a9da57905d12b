"""How long rows are: in characters, in words and signs, and in the tokens of a model where one is given.

Pure; imports the bottom floor. What counts a model's tokens is handed in.
"""

import math
import re
import statistics
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from nbreview.cancellation import CancelToken

WORDS = "words and signs (\\w+|[^\\w\\s]); a model's own tokens are others"
MODEL_TOKENS = (
    "tokens of the model's vocabulary, each text of a row by itself, without what a chat template adds"
)
MARKS = (512, 1024, 2048, 4096, 8192, 16384, 32768)
"""Lengths, in tokens, for which it is said how many rows are longer: what people cut their rows at."""

_WORDS = re.compile(r"\w+|[^\w\s]")


class TokenCounter(Protocol):
    """Counts tokens with a model's vocabulary (`llm.vocabulary.Vocabulary`)."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    @property
    def sha256(self) -> str:
        """Hash of the model's file."""
        ...

    def count(self, texts: Sequence[str], cancel: CancelToken | None = None) -> list[int]:
        """Tokens of each text."""
        ...


class Lengths:
    """Gathers the lengths of rows.

    Parameters
    ----------
    counter:
        Counts tokens; None where no model is given.
    limit:
        Rows of more tokens are not wanted; None where any length is.
    """

    def __init__(self, counter: TokenCounter | None = None, limit: int | None = None) -> None:
        self.limit = limit
        self._counter = counter
        self._characters: list[int] = []
        self._words: list[int] = []
        self._tokens: list[int] = []

    def tokens_of(self, texts: Sequence[str], cancel: CancelToken | None = None) -> int | None:
        """A row's length in tokens; None without a model."""
        return None if self._counter is None else sum(self._counter.count(texts, cancel))

    def too_long(self, tokens: int | None) -> bool:
        """Whether a row of so many tokens is not wanted."""
        return self.limit is not None and tokens is not None and tokens > self.limit

    def add(self, texts: Sequence[str], tokens: int | None = None) -> None:
        """Take a row in; `tokens` is what `tokens_of` says of it, asked here where it is not given."""
        self._characters.append(sum(map(len, texts)))
        self._words.append(sum(len(_WORDS.findall(text)) for text in texts))
        counted = self.tokens_of(texts) if tokens is None else tokens
        if counted is not None:
            self._tokens.append(counted)

    def figures(self) -> dict[str, Any]:
        """The part of a manifest that says how long the rows are."""
        made: dict[str, Any] = {
            "characters": _spread(self._characters),
            "tokens": _spread(self._words),
            "token": WORDS,
        }
        if self._counter is not None:
            made["model"] = {
                "name": self._counter.name,
                "sha256": self._counter.sha256,
                "token": MODEL_TOKENS,
                "tokens": {**_spread(self._tokens), "p95": _percentile(self._tokens, 0.95)},
                "longer": {
                    str(mark): number
                    for mark in MARKS
                    if (number := sum(length > mark for length in self._tokens))
                },
                "limit": self.limit,
            }
        return made


def counted_with(manifest: Mapping[str, Any]) -> tuple[str, str] | None:
    """Name and hash of the model that a manifest's lengths were counted with; None where there was none."""
    model = manifest.get("lengths", {}).get("model")
    return None if model is None else (str(model["name"]), str(model["sha256"]))


def _spread(values: Sequence[int]) -> dict[str, int]:
    return {
        "total": sum(values),
        "least": min(values),
        "median": round(statistics.median(values)),
        "most": max(values),
    }


def _percentile(values: Sequence[int], share: float) -> int:
    """The nearest-rank percentile: the least value that at least this share of all values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
