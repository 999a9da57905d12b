"""What was chosen to be shown to the model, and what was left out, with what each part costs.

Imports only `runtime` and `words`. Token counts are of the loaded model.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nbreview.assist.runtime import RuntimeText
from nbreview.words import said

NO_CELLS = "(none)"
"""Stands where there is no other cell to show."""

BETWEEN = "\n\n"
"""What stands between two parts of a prompt."""

_KINDS = {
    "target": said("cells to change"),
    "imports": said("imports"),
    "heading": said("headings"),
    "beside it": said("neighbours"),
    "defines": said("definitions"),
    "uses": said("uses"),
}
_OTHERS = said("other cells")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell that is shown, why ("target", "defines df", "uses df", "imports", "heading", "beside it",
    "nearby"), and what it costs.
    """

    index: int
    why: str
    tokens: int

    @property
    def kind(self) -> str:
        """What it counts as among the parts of a prompt."""
        return _KINDS.get(self.why) or _KINDS.get(self.why.partition(" ")[0], _OTHERS)


@dataclass(frozen=True, slots=True)
class Extra:
    """A text that may be shown besides the cells, and what it is called for a person; `id` is for the
    program.
    """

    name: str
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What is known besides the cells, each sort with the most important first.

    `findings` are about the targets, `exemplars` are earlier edits as the turns they would be, `passages` are
    of the repository and its libraries. `runtime` describes the kernel's state in at most so many tokens.
    """

    findings: tuple[Extra, ...] = ()
    exemplars: tuple[Extra, ...] = ()
    passages: tuple[Extra, ...] = ()
    runtime: Callable[[int], RuntimeText] | None = None


NOTHING = Material()


@dataclass(frozen=True, slots=True)
class Part:
    """A sort of thing that was shown or left out, by name, with what it costs in tokens."""

    kind: str
    names: tuple[str, ...]
    tokens: int
    left_out: tuple[str, ...] = ()
    left_out_tokens: int = 0


@dataclass(frozen=True, slots=True)
class PackedContext:
    """The chosen text. `cells` and `target` are rendered; `error` is the targets' saved error or "".

    `cut` says that the target itself had to be cut. `findings`, `passages` and `runtime` are texts, "" where
    there is none; `exemplars` are the ids of those that are shown. Token counts are of the loaded model;
    `tokens` is that of all of `text`.
    """

    cells: str
    target: str
    target_label: str
    error: str
    shown: tuple[ShownCell, ...]
    left_out: tuple[ShownCell, ...]
    tokens: int
    cut: bool
    findings: str = ""
    runtime: str = ""
    runtime_cut: str = ""
    passages: str = ""
    exemplars: tuple[str, ...] = ()
    exemplar_text: str = ""
    parts: tuple[Part, ...] = ()
    budget: int = 0

    @property
    def text(self) -> str:
        """All that was chosen, as one text."""
        cells = "" if self.cells == NO_CELLS else self.cells
        texts = (
            self.exemplar_text,
            cells,
            self.passages,
            self.runtime,
            self.target,
            self.error,
            self.findings,
        )
        return BETWEEN.join(text for text in texts if text)

    @property
    def summary(self) -> str:
        """One sentence for the card: what the model was shown and what was left out."""
        text = f"Shown: {_count(len(self.shown), 'cell')}, {_count(self.tokens, 'token')}."
        if self.cut:
            text += " The cell itself was too long and was cut."
        if self.left_out:
            cost = sum(cell.tokens for cell in self.left_out)
            where = ranges(cell.index + 1 for cell in self.left_out)
            noun = "cell" if len(self.left_out) == 1 else "cells"
            text += f" Left out for length: {noun} {where} ({_count(cost, 'token')})."
        return text

    @property
    def record(self) -> dict[str, object]:
        """What is stored with an answer about what was shown."""
        return {
            "shown": self.summary,
            "shown_cells": sorted(cell.index for cell in self.shown),
            "left_out_cells": [cell.index for cell in self.left_out],
            "shown_tokens": self.tokens,
            "shown_budget": self.budget,
            "shown_exemplars": list(self.exemplars),
            "shown_parts": [
                {
                    "kind": part.kind,
                    "names": list(part.names),
                    "tokens": part.tokens,
                    "left_out": list(part.left_out),
                    "left_out_tokens": part.left_out_tokens,
                }
                for part in self.parts
            ],
        }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def ranges(numbers: Iterable[int]) -> str:
    """`1–3, 7` for 1, 2, 3, 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
