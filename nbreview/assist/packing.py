"""Chooses parts of a prompt while there is room for them, and takes the least important back where there is
not.

Imports `shown` and `runtime`. Counted in the model's own tokens.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from nbreview.assist.runtime import RuntimeText
from nbreview.assist.shown import BETWEEN, NO_CELLS, Extra, PackedContext, Part, ShownCell
from nbreview.notebook.model import Cell
from nbreview.words import Said, said

_RUNTIME_SHARE = 6
"""One part in so many of the budget may tell of the kernel's state."""


class Packing:
    """What has been chosen so far, and what it costs; owned by one call of `pack`."""

    def __init__(self, budget: int, count: Callable[[str], int], target: str, error: str) -> None:
        self.shown: list[ShownCell] = []
        self.error = error
        self.target = target
        self.budget, self._count = budget, count
        self.left_out: list[ShownCell] = []
        self._targets: dict[int, str] = {}
        self._cells: dict[int, str] = {}
        self._order: list[int] = []
        self._extras: dict[str, list[tuple[Extra, int]]] = {}
        self._not_shown: dict[str, list[tuple[Extra, int]]] = {}
        self._runtime = RuntimeText("", 0)
        self._taken: list[Callable[[], None]] = []  # how to take each choice back, the last one first
        self._spent: int | None = None

    @property
    def target_tokens(self) -> int:
        return self._count(BETWEEN.join(part for part in (self.target, self.error) if part))

    def over(self) -> bool:
        """Whether what must be shown is more than there is room for."""
        return self.target_tokens > self.budget

    def order(self, cells: Iterable[Cell]) -> None:
        """In which order chosen cells will be shown."""
        self._order = [cell.index for cell in cells]

    def take(self, cell: Cell, why: str, text: str) -> None:
        """Show a cell where there is room for it."""
        cost = self._cost(text)
        place = ShownCell(cell.index, why, cost)
        if not self._fits(cost):
            self.left_out.append(place)
            return
        self._cells[cell.index] = text
        self.shown.append(place)
        self._keep(lambda: self._drop_cell(place))

    def leave_out(self, cell: Cell, why: str, text: str) -> None:
        """Do not show a cell, and say so."""
        self.left_out.append(ShownCell(cell.index, why, self._cost(text)))

    def take_target(self, index: int, text: str) -> bool:
        """Let a cell be a target where there is room for it."""
        cost = self._cost(text)
        place = ShownCell(index, "target", cost)
        if not self._fits(cost):
            self.left_out.append(place)
            return False
        self._targets[index] = text
        self.shown.append(place)
        self._keep(lambda: self._drop_cell(place))
        return True

    def extras(self, kind: str, extras: Sequence[Extra], most: int) -> None:
        """Show what there is room for of one kind, in at most so many tokens."""
        share = 0
        for extra in extras:
            cost = self._cost(extra.text)
            if share + cost > most or not self._fits(cost):
                self._not_shown.setdefault(kind, []).append((extra, cost))
                continue
            share += cost
            self._extras.setdefault(kind, []).append((extra, cost))
            self._keep(partial(self._drop_extra, kind))

    def runtime_of(self, describe: Callable[[int], RuntimeText] | None) -> None:
        """Describe the kernel's state in its share."""
        if describe is None:
            return
        share = min(self.budget // _RUNTIME_SHARE, self.budget - self._now())
        self._runtime = describe(max(share, 0))
        if self._runtime.text:
            self._spend(self._cost(self._runtime.text))
            self._keep(self._drop_runtime)

    def finish(self, label_text: str, cut: bool) -> PackedContext:
        """What was chosen. Tokens of parts do not add up to those of the whole, in no tokeniser exactly:
        where the whole is over the budget, the least important is taken back.
        """
        made = self._made(label_text, cut)
        while (tokens := self._count(made.text)) > self.budget and self._taken:
            self._taken.pop()()
            made = self._made(label_text, cut)
        return replace(made, tokens=tokens)

    def _made(self, label_text: str, cut: bool) -> PackedContext:
        rendered = [self._cells[index] for index in self._order if index in self._cells]
        targets = [self._targets[index] for index in sorted(self._targets)]
        return PackedContext(
            cells=BETWEEN.join(rendered) if rendered else NO_CELLS,
            target=BETWEEN.join([self.target, *targets] if self.target else targets),
            target_label=label_text,
            error=self.error,
            shown=tuple(self.shown),
            left_out=tuple(sorted(self.left_out, key=lambda cell: cell.index)),
            tokens=0,
            cut=cut,
            findings="\n".join(self._texts("findings")),
            runtime=self._runtime.text,
            runtime_cut=self._runtime.cut,
            passages=BETWEEN.join(self._texts("passages")),
            exemplars=tuple(extra.id for extra, _ in self._extras.get("exemplars", ())),
            exemplar_text=BETWEEN.join(self._texts("exemplars")),
            parts=tuple(self._parts()),
            budget=self.budget,
        )

    def _parts(self) -> Iterator[Part]:
        kinds = dict.fromkeys(cell.kind for cell in (*self.shown, *self.left_out))
        for kind in kinds:
            shown = [cell for cell in self.shown if cell.kind == kind]
            missing = [cell for cell in self.left_out if cell.kind == kind]
            yield Part(
                kind,
                tuple(_cell_name(cell) for cell in shown),
                sum(cell.tokens for cell in shown),
                tuple(_cell_name(cell) for cell in missing),
                sum(cell.tokens for cell in missing),
            )
        if self.error:
            yield Part(said("error output"), (said("saved error"),), self._cost(self.error))
        if self._runtime.text or self._runtime.left_out:
            names = (self._runtime.how or said("whole"),) if self._runtime.text else ()
            yield Part(said("kernel state"), names, self._runtime.tokens, self._runtime.left_out)
        for kind in (said("findings"), said("exemplars"), said("passages")):
            taken, left = self._extras.get(kind, []), self._not_shown.get(kind, [])
            if taken or left:
                yield Part(
                    kind,
                    tuple(extra.name for extra, _ in taken),
                    sum(cost for _, cost in taken),
                    tuple(extra.name for extra, _ in left),
                    sum(cost for _, cost in left),
                )

    def _texts(self, kind: str) -> list[str]:
        return [extra.text for extra, _ in self._extras.get(kind, ())]

    def _cost(self, text: str) -> int:
        return self._count(text + BETWEEN)

    def _now(self) -> int:
        if self._spent is None:
            self._spent = self.target_tokens
        return self._spent

    def _fits(self, cost: int) -> bool:
        if self._now() + cost > self.budget:
            return False
        self._spend(cost)
        return True

    def _spend(self, cost: int) -> None:
        self._spent = self._now() + cost

    def _keep(self, take_back: Callable[[], None]) -> None:
        self._taken.append(take_back)

    def _drop_cell(self, place: ShownCell) -> None:
        self._cells.pop(place.index, None)
        self._targets.pop(place.index, None)
        self.shown.remove(place)
        self.left_out.append(place)

    def _drop_extra(self, kind: str) -> None:
        self._not_shown.setdefault(kind, []).insert(0, self._extras[kind].pop())

    def _drop_runtime(self) -> None:
        self._runtime = RuntimeText("", 0, "", (said("all of it"),))


def _cell_name(cell: ShownCell) -> Said:
    why, _, name = cell.why.partition(" ")
    if name and why == "defines":
        return said("cell {cell} defines {name}", cell=cell.index + 1, name=name)
    if name and why == "uses":
        return said("cell {cell} uses {name}", cell=cell.index + 1, name=name)
    return said("cell {cell}", cell=cell.index + 1)
