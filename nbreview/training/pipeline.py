"""From examples to the very lines of an export: chosen, cleaned, measured, divided, compared.

Writes nothing, so that a window can show what would be written. Imports `store` and below, and the modules
beside it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import orjson

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.review.model import CellEdit
from nbreview.training.duplicates import DuplicateFilter
from nbreview.training.examples import Example, clean
from nbreview.training.filters import EVERYTHING, OUTSIDE, ExportFilter
from nbreview.training.formats import Format, Row
from nbreview.training.lengths import Lengths, TokenCounter
from nbreview.training.manifest import ManifestBuilder, texts_of
from nbreview.training.sinks import line_of
from nbreview.training.splits import Splits
from nbreview.words import said

Progress = Callable[[int, int], None]
BY_HAND = said("left out by hand")
NEW_CELL = said("a new or removed cell, which this format cannot say")


@dataclass(frozen=True, slots=True)
class Selection:
    """What an export is made of.

    `only` is the filter, `without` ids of decisions that are left out by hand, `splits` how the rows are
    divided (None: not at all). `counter` counts tokens with a model's vocabulary, and rows of more than
    `max_tokens` of them are left out.
    """

    only: ExportFilter = EVERYTHING
    without: frozenset[str] = frozenset()
    splits: Splits | None = None
    counter: TokenCounter | None = None
    max_tokens: int | None = None

    def __post_init__(self) -> None:
        if self.max_tokens is not None and self.counter is None:
            raise UserError(
                said("A length in tokens needs a model's vocabulary; name the model's file as well.")
            )
        if self.max_tokens is not None and self.max_tokens < 1:
            raise UserError(
                said(
                    "No row has {tokens} tokens or fewer; name a length of 1 or more.", tokens=self.max_tokens
                )
            )


ALL = Selection()


class Line(NamedTuple):
    """One row: its split ("" without splits), its value, and the bytes that are written."""

    split: str
    row: Row
    line: bytes


@dataclass(slots=True)
class Pipeline:
    """From examples to lines; what is left out is counted in the builder. `fates` is told, of each decision,
    what became of it: why it is left out, or "" for rows. `cleaner` takes out what is private.
    """

    format: Format
    builder: ManifestBuilder
    selection: Selection = ALL
    cancel: CancelToken | None = None
    progress: Progress | None = None
    fates: Callable[[str, str], None] | None = None
    cleaner: Callable[[Example], Example] = clean
    _known: DuplicateFilter = field(default_factory=DuplicateFilter)

    def lines(self, examples: Iterator[Example | str], total: int) -> Iterator[Line]:
        """The lines of these examples; `total` is how many there are, for the progress."""
        for seen, made in enumerate(examples, start=1):
            if self.cancel is not None:
                self.cancel.check()
            if isinstance(made, str):
                self.builder.leave_out(made)
            else:
                yield from self._lines_of(made)
            if self.progress is not None:
                self.progress(seen, max(seen, total))

    def _lines_of(self, raw: Example) -> Iterator[Line]:
        made = self._made(raw)
        if isinstance(made, str):
            self.builder.leave_out(made)
        decision = str(raw.provenance["decision"])
        if self.fates is not None:
            self.fates(decision, made if isinstance(made, str) else "")
        if isinstance(made, str):
            return
        example, group, split, rows = made
        for row, line, tokens in rows:
            self.builder.add(
                row, example.settings, split, group, str(raw.provenance["repository"]), tokens=tokens
            )
            yield Line(split, row, line)

    def _made(self, raw: Example) -> "str | _Made":
        """What an example becomes, or why it becomes nothing."""
        selection = self.selection
        if not selection.only.admits(raw.provenance):
            return OUTSIDE
        if raw.provenance["decision"] and raw.provenance["decision"] in selection.without:
            return BY_HAND
        if raw.edit is not CellEdit.CHANGE and not self.format.new_cells:
            return NEW_CELL
        if raw.before == raw.after:
            return said("nothing changed")
        example = self.cleaner(raw)
        rows = self.format.make_rows(example)
        if not rows:
            return self.format.lack
        try:
            lines = [line_of(row) for row in rows]
        except orjson.JSONEncodeError:
            # Half a surrogate pair: it is in no file that UTF-8 can hold, and no tokeniser takes it.
            return said("not Unicode text")
        lengths: Lengths = self.builder.lengths
        tokens = [lengths.tokens_of(list(texts_of(row)), self.cancel) for row in rows]
        kept = [each for each in zip(rows, lines, tokens, strict=True) if not lengths.too_long(each[2])]
        if not kept:
            return said("longer than {count} tokens", count=lengths.limit)
        splits = selection.splits
        group = splits.group_of(rows[0]["metadata"]) if splits is not None else ""
        split = splits.split_of(group) if splits is not None else ""
        before, after = example.before, example.after
        if self.format.whole and example.whole is not None:
            before, after = example.whole
        reason = self._known.reason(replace(example, before=before, after=after), split)
        return reason if reason is not None else _Made(example, group, split, kept)


class _Made(NamedTuple):
    example: Example
    group: str
    split: str
    rows: list[tuple[Row, bytes, int | None]]
