"""What the model is shown of a notebook: whole cells and what is known besides, chosen to fit a budget of
tokens.

Imports `packing`, `relevance`, `shown`, `steady`, `notebook` and below. A cell is shown whole or left out;
only a target that is larger than the budget by itself is cut, and then the text says so where it was cut.
What went in and what stayed out is part of the result, for the person to see.

Chosen first are the targets, their saved errors and what was found about them, then the cells that bind the
names they use (and, transitively, the names those use), nearest first, what lives in the kernel, imports,
what uses the targets' own names, what stands beside them, earlier edits and passages of the repository,
headings, and the other cells from the target outwards. Shown are cells in order, and a cell's text does not
depend on the target, so that prompts about neighbouring cells begin alike.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from nbreview.assist.packing import Packing
from nbreview.assist.relevance import HEADING, by_importance, by_words
from nbreview.assist.shown import BETWEEN, NO_CELLS, NOTHING, Material, PackedContext, ShownCell, ranges
from nbreview.assist.steady import steady_cells
from nbreview.notebook.ansi import strip
from nbreview.notebook.model import Cell, CellType, Notebook, OutputType

_FENCE = re.compile(r"^\s*(`{3,})", re.MULTILINE)
_ERROR_LINES = 12
_LONGEST_ERROR_LINE = 300
_EXEMPLAR_SHARE, _PASSAGE_SHARE = 3, 4
"""One part in so many of the budget may go to each of these; the rest is for the notebook itself."""


class Order(StrEnum):
    """Which cells there are to show. DOCUMENT: all, as they stand, for edits. EXECUTED: code cells
    that ran before.
    """

    DOCUMENT = "document"
    EXECUTED = "executed"


def pack(
    notebook: Notebook,
    targets: int | Sequence[int],
    budget: int,
    count: Callable[[str], int],
    order: Order = Order.DOCUMENT,
    material: Material = NOTHING,
    steady: int = 0,
) -> PackedContext:
    """Choose and render what is shown about one cell, or about several that are to be changed together.

    Parameters
    ----------
    budget:
        Tokens that all of it may take together.
    count:
        Tokens of a text (`Engine.count_tokens`).
    steady:
        For one target and EXECUTED: tokens that are there for its neighbours too. Where the cells that ran
        before do not fit into so many, those are shown that are chosen for a run of cells (`steady`), so that
        prompts about neighbours still begin alike. 0: those that matter most to the target.
    """
    indices = (targets,) if isinstance(targets, int) else tuple(sorted(set(targets)))
    about = [notebook.cells[index] for index in indices]
    body = BETWEEN.join(render_cell(cell, notebook.language) for cell in about)
    error = saved_errors(about) if order is Order.DOCUMENT else ""
    chosen = Packing(budget, count, body, error)
    cut = False
    if chosen.over():
        chosen.error = ""
    if chosen.over():
        chosen.target, cut = _cut(about, notebook.language, budget, count), True
    for number, cell in enumerate(about):
        cost = chosen.target_tokens if len(about) == 1 else count(render_cell(cell, notebook.language))
        place = ShownCell(cell.index, "target", cost)
        (chosen.left_out if cut and number else chosen.shown).append(place)
    chosen.extras("findings", material.findings, budget)
    candidates = _candidates(notebook, about, order)
    here = _place_of(candidates, about[0])
    ranked = by_importance(candidates, about, here, uses=order is Order.DOCUMENT)
    among = _steady(notebook, about[0], candidates, steady, count) if steady else None
    _take_ranked(chosen, ranked, candidates, notebook.language, material, among)
    return chosen.finish(_label_of(about), cut)


def pack_whole(
    notebook: Notebook,
    budget: int,
    count: Callable[[str], int],
    material: Material = NOTHING,
    words: str = "",
    first: Sequence[int] = (),
) -> PackedContext:
    """Choose and render what is shown of a notebook that is to be changed as a whole: each of its cells is a
    target, and those that do not fit are left out and cannot be changed.

    Parameters
    ----------
    words:
        The task: cells that hold its words come first where not all fit.
    first:
        Cells that come before all others.
    """
    filled = [cell for cell in notebook.cells if cell.source.strip()]
    kept = {index for index in first if 0 <= index < len(notebook.cells)}
    error = saved_errors([cell for cell in filled if not kept or cell.index in kept])
    chosen = Packing(budget, count, "", error)
    if chosen.over():
        chosen.error = ""
    chosen.extras("findings", material.findings, budget)
    chosen.runtime_of(material.runtime)
    targets: dict[int, str] = {}
    for cell in by_words(filled, words, kept):
        text = render_cell(cell, notebook.language)
        if chosen.take_target(cell.index, text):
            targets[cell.index] = text
    chosen.extras("exemplars", material.exemplars, budget // _EXEMPLAR_SHARE)
    chosen.extras("passages", material.passages, budget // _PASSAGE_SHARE)
    return chosen.finish(f"cells {ranges(index + 1 for index in targets)}" if targets else NO_CELLS, False)


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


def saved_errors(cells: Sequence[Cell]) -> str:
    """The last saved error of each of some cells as text: its end, where the message is; "" without any."""
    found = [(cell, text) for cell in cells if (text := saved_error(cell))]
    if len(cells) == 1:
        return fenced(found[0][1], "") if found else ""
    return "\n".join(f"{label(cell)}:\n{fenced(text, '')}" for cell, text in found)


def saved_error(cell: Cell) -> str:
    """The last saved error of a cell as text, without colours, "" where it has none."""
    errors = [out for out in cell.outputs if out.output_type is OutputType.ERROR]
    if not errors:
        return ""
    lines = strip("\n".join(errors[-1].traceback)).strip().split("\n")[-_ERROR_LINES:]
    lines = [line[:_LONGEST_ERROR_LINE] for line in lines]
    last = f"{errors[-1].ename}: {errors[-1].evalue}"[:_LONGEST_ERROR_LINE]
    return "\n".join(lines) if any(lines) else last


def _take_ranked(
    chosen: Packing,
    ranked: Sequence[tuple[Cell, str]],
    candidates: Sequence[Cell],
    language: str,
    material: Material,
    among: frozenset[int] | None,
) -> None:
    """Cells by importance, of `among` where that is given, and what is known besides where it comes among
    them."""
    chosen.order(candidates)
    told_runtime = told_rest = False
    for cell, why in ranked:
        if not told_runtime and not why.startswith("defines"):
            chosen.runtime_of(material.runtime)
            told_runtime = True
        if not told_rest and why in ("heading", "nearby"):
            _take_rest(chosen, material)
            told_rest = True
        text = _headings(cell) if why == "heading" else render_cell(cell, language)
        if among is None or cell.index in among:
            chosen.take(cell, why, text)
        else:
            chosen.leave_out(cell, why, text)
    if not told_runtime:
        chosen.runtime_of(material.runtime)
    if not told_rest:
        _take_rest(chosen, material)


def _take_rest(chosen: Packing, material: Material) -> None:
    budget = chosen.budget
    chosen.extras("exemplars", material.exemplars, budget // _EXEMPLAR_SHARE)
    chosen.extras("passages", material.passages, budget // _PASSAGE_SHARE)


def _tag(cell: Cell, language: str) -> str:
    return (
        language
        if cell.cell_type is CellType.CODE
        else "markdown"
        if cell.cell_type is CellType.MARKDOWN
        else ""
    )


def _candidates(notebook: Notebook, targets: Sequence[Cell], order: Order) -> list[Cell]:
    """The cells that could be shown, in the order in which they will be."""
    places, target = {cell.index for cell in targets}, targets[0]
    filled = [cell for cell in notebook.cells if cell.index not in places and cell.source.strip()]
    if order is Order.DOCUMENT:
        return filled
    code = [cell for cell in filled if cell.cell_type is CellType.CODE]
    counted = [cell for cell in code if cell.execution_count is not None]
    if not counted and target.execution_count is None:
        return [cell for cell in code if cell.index < target.index]  # nothing has run: as if run from the top
    if target.execution_count is not None:
        counted = [cell for cell in counted if (cell.execution_count or 0) < (target.execution_count or 0)]
    return sorted(counted, key=lambda cell: (cell.execution_count or 0, cell.index))


def _steady(
    notebook: Notebook, target: Cell, before: Sequence[Cell], room: int, count: Callable[[str], int]
) -> frozenset[int] | None:
    """Which of the cells that ran before are shown about a cell and its neighbours alike."""
    earlier = {cell.index for cell in before}
    code = [cell for cell in notebook.cells if cell.cell_type is CellType.CODE and cell.source.strip()]
    others = [cell for cell in code if cell.index not in earlier and cell.index != target.index]
    if not any(cell.execution_count is not None for cell in code):
        after, loose = others, []
    else:
        counted = [cell for cell in others if cell.execution_count is not None]
        after = sorted(counted, key=lambda cell: (cell.execution_count or 0, cell.index))
        loose = [cell for cell in code if cell.execution_count is None]

    def cost(cell: Cell) -> int:
        return count(render_cell(cell, notebook.language) + BETWEEN)

    return steady_cells(before, target, after, loose, room, cost)


def _place_of(candidates: Sequence[Cell], target: Cell) -> int:
    """Where the target would stand among the candidates."""
    if target.execution_count is not None and all(cell.execution_count is not None for cell in candidates):
        return sum((cell.execution_count or 0) < target.execution_count for cell in candidates)
    return sum(cell.index < target.index for cell in candidates)


def _label_of(targets: Sequence[Cell]) -> str:
    return label(targets[0]) if len(targets) == 1 else f"cells {ranges(cell.index + 1 for cell in targets)}"


def _headings(cell: Cell) -> str:
    return "\n".join(match[0] for match in HEADING.finditer(cell.source))


def _cut(targets: Sequence[Cell], language: str, budget: int, count: Callable[[str], int]) -> str:
    """The first target's first and last lines, as many as fit, and a line that says what is missing."""
    target = targets[0]
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
    return render(low)
