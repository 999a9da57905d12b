"""What the model is shown of a notebook: whole cells, chosen to fit a budget of tokens.

Imports `notebook` and below. A cell is shown whole or left out; only a target that is larger than the
budget by itself is cut, and then the text says so where it was cut. What went in and what stayed out is
part of the result, for the person to see.

Chosen first are the target and its saved error, then the cells that bind the names it uses (and,
transitively, the names those use), nearest first, then imports, headings, and the other cells from the
target outwards. Shown are they in order, and a cell's text does not depend on the target, so that prompts
about neighbouring cells begin alike.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nbreview.notebook.ansi import strip
from nbreview.notebook.bindings import cell_binds, cell_imports, cell_uses
from nbreview.notebook.model import Cell, CellType, Notebook, OutputType

_HEADING = re.compile(r"^#{1,6}\s+\S.*$", re.MULTILINE)
_FENCE = re.compile(r"^\s*(`{3,})", re.MULTILINE)
_ERROR_LINES = 12
_LONGEST_ERROR_LINE = 300


class Order(StrEnum):
    """Which cells there are to show. DOCUMENT: all, as they stand, for edits. EXECUTED: code cells
    that ran before.
    """

    DOCUMENT = "document"
    EXECUTED = "executed"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell that is shown, why ("target", "defines df", "imports", "heading", "nearby"), and what it
    costs.
    """

    index: int
    why: str
    tokens: int


@dataclass(frozen=True, slots=True)
class PackedContext:
    """The chosen text. `cells` and `target` are rendered; `error` is the target's saved error or "".

    `cut` says that the target itself had to be cut. Token counts are of the loaded model.
    """

    cells: str
    target: str
    target_label: str
    error: str
    shown: tuple[ShownCell, ...]
    left_out: tuple[ShownCell, ...]
    tokens: int
    cut: bool

    @property
    def summary(self) -> str:
        """One sentence for the card: what the model was shown and what was left out."""
        text = f"Shown: {_count(len(self.shown), 'cell')}, {_count(self.tokens, 'token')}."
        if self.cut:
            text += " The cell itself was too long and was cut."
        if self.left_out:
            cost = sum(cell.tokens for cell in self.left_out)
            where = _ranges(cell.index + 1 for cell in self.left_out)
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
        }


def pack(
    notebook: Notebook,
    cell_index: int,
    budget: int,
    count: Callable[[str], int],
    order: Order = Order.DOCUMENT,
) -> PackedContext:
    """Choose and render what is shown about one cell.

    Parameters
    ----------
    budget:
        Tokens that the rendered cells, target and error may take together.
    count:
        Tokens of a text (`Engine.count_tokens`).
    """
    target = notebook.cells[cell_index]
    body = render_cell(target, notebook.language)
    error = _saved_error(target) if order is Order.DOCUMENT else ""
    spent = count(body) + (count(error) if error else 0)
    cut = False
    if spent > budget:
        error = ""
        spent = count(body)
    if spent > budget:
        body, spent, cut = _cut(target, notebook.language, budget, count)
    shown = [ShownCell(cell_index, "target", spent)]
    left_out: list[ShownCell] = []
    texts: dict[int, str] = {}
    candidates = _candidates(notebook, target, order)
    for cell, why in _by_importance(candidates, target):
        heading = why == "heading"
        text = _headings(cell) if heading else render_cell(cell, notebook.language)
        cost = count(text)
        if spent + cost <= budget:
            spent += cost
            texts[cell.index] = text
            shown.append(ShownCell(cell.index, why, cost))
        else:
            left_out.append(ShownCell(cell.index, why, cost))
    rendered = [texts[cell.index] for cell in candidates if cell.index in texts]
    return PackedContext(
        cells="\n\n".join(rendered) if rendered else "(none)",
        target=body,
        target_label=label(target),
        error=error,
        shown=tuple(shown),
        left_out=tuple(sorted(left_out, key=lambda cell: cell.index)),
        tokens=spent,
        cut=cut,
    )


def label(cell: Cell) -> str:
    """How a cell is called in a prompt: "Cell 3 (markdown)", counting from 1."""
    return f"Cell {cell.index + 1}" + (
        "" if cell.cell_type is CellType.CODE else f" ({cell.cell_type.value})"
    )


def render_cell(cell: Cell, language: str) -> str:
    """A cell as it stands in a prompt: its label and its source in a fence."""
    return f"## {label(cell)}\n{fenced(cell.source, _tag(cell, language))}"


def fenced(text: str, tag: str) -> str:
    """A text in a code fence that is longer than any fence inside it."""
    longest = max((len(match[1]) for match in _FENCE.finditer(text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{tag}\n{text}\n{fence}"


def _tag(cell: Cell, language: str) -> str:
    return (
        language
        if cell.cell_type is CellType.CODE
        else "markdown"
        if cell.cell_type is CellType.MARKDOWN
        else ""
    )


def _candidates(notebook: Notebook, target: Cell, order: Order) -> list[Cell]:
    """The cells that could be shown, in the order in which they will be."""
    filled = [cell for cell in notebook.cells if cell.index != target.index and cell.source.strip()]
    if order is Order.DOCUMENT:
        return filled
    code = [cell for cell in filled if cell.cell_type is CellType.CODE]
    counted = [cell for cell in code if cell.execution_count is not None]
    if not counted and target.execution_count is None:
        return [cell for cell in code if cell.index < target.index]  # nothing has run: as if run from the top
    if target.execution_count is not None:
        counted = [cell for cell in counted if (cell.execution_count or 0) < (target.execution_count or 0)]
    return sorted(counted, key=lambda cell: (cell.execution_count or 0, cell.index))


def _by_importance(candidates: Sequence[Cell], target: Cell) -> list[tuple[Cell, str]]:
    """Each candidate once, with the reason that it is shown, the most important first."""
    position = {cell.index: place for place, cell in enumerate(candidates)}
    here = _place_of(candidates, target)
    chosen: dict[int, tuple[Cell, str]] = {}

    def take(cell: Cell, why: str) -> None:
        chosen.setdefault(cell.index, (cell, why))

    code = [cell for cell in candidates if cell.cell_type is CellType.CODE]
    wanted = sorted(cell_uses(target.source)) if target.cell_type is CellType.CODE else []
    followed: set[str] = set()
    while wanted:
        name = wanted.pop(0)
        if name in followed:
            continue
        followed.add(name)
        binding = [cell for cell in code if name in cell_binds(cell.source)]
        if not binding:
            continue
        before = [cell for cell in binding if position[cell.index] < here]
        nearest = before[-1] if before else binding[0]
        take(nearest, f"defines {name}")
        wanted += sorted(cell_uses(nearest.source) - followed)
    for cell in code:
        if cell_imports(cell.source):
            take(cell, "imports")
    prose = target.cell_type is CellType.MARKDOWN
    for cell in candidates:
        if not prose and cell.cell_type is CellType.MARKDOWN and _HEADING.search(cell.source):
            take(cell, "heading")
    outwards = sorted(
        candidates, key=lambda cell: (position[cell.index] >= here, abs(position[cell.index] - here))
    )
    for cell in outwards:
        if prose or cell.cell_type is CellType.CODE:
            take(cell, "nearby")
    return list(chosen.values())


def _place_of(candidates: Sequence[Cell], target: Cell) -> int:
    """Where the target would stand among the candidates."""
    if target.execution_count is not None and all(cell.execution_count is not None for cell in candidates):
        return sum((cell.execution_count or 0) < target.execution_count for cell in candidates)
    return sum(cell.index < target.index for cell in candidates)


def _headings(cell: Cell) -> str:
    return "\n".join(match[0] for match in _HEADING.finditer(cell.source))


def _saved_error(cell: Cell) -> str:
    """The last saved error of a cell as text: its end, where the message is."""
    errors = [out for out in cell.outputs if out.output_type is OutputType.ERROR]
    if not errors:
        return ""
    lines = strip("\n".join(errors[-1].traceback)).strip().split("\n")[-_ERROR_LINES:]
    lines = [line[:_LONGEST_ERROR_LINE] for line in lines]
    last = f"{errors[-1].ename}: {errors[-1].evalue}"[:_LONGEST_ERROR_LINE]
    text = "\n".join(lines) if any(lines) else last
    return f"\nWhen it was last run it ended in:\n{fenced(text, '')}\n"


def _cut(target: Cell, language: str, budget: int, count: Callable[[str], int]) -> tuple[str, int, bool]:
    """The target's first and last lines, as many as fit, and a line that says what is missing."""
    lines = target.source.split("\n")

    def render(kept: int) -> str:
        head, tail = lines[: (kept + 1) // 2], lines[len(lines) - kept // 2 :] if kept // 2 else []
        note = f"[… {len(lines) - kept} of {len(lines)} lines of this cell are left out for length …]"
        text = "\n".join([*head, note, *tail])
        return f"## {label(target)}\n{fenced(text, _tag(target, language))}"

    low, high = 0, max(0, len(lines) - 1)
    while low < high:
        middle = (low + high + 1) // 2
        if count(render(middle)) <= budget:
            low = middle
        else:
            high = middle - 1
    text = render(low)
    return text, count(text), True


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _ranges(numbers: Iterable[int]) -> str:
    """`1–3, 7` for 1, 2, 3, 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
