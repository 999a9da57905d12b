"""A scan asks about cell after cell; the model evaluates what they share once, also after a restart."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.assist.context import render_cell
from nbreview.assist.crashes import assess_crash
from nbreview.assist.prompts import CRASH, CRASH_APART, load_template
from nbreview.cancellation import CancelToken
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Event, LoadOptions, Prompting, Reply, Request, Sampling
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, notebook

CELLS = 40
CONTEXT = 8192
SHORT = 'root ::= "{\\"reasoning\\": \\"" [a-z]{1,6} "\\""'


class Hurried(LocalEngine):
    """The real engine; it lets the model reason for six letters only, and keeps the replies."""

    def __init__(self, cache: Path) -> None:
        super().__init__(cache=cache)
        self.replies: list[Reply] = []

    def ask(self, request: Request, on_event: object, cancel: CancelToken) -> Reply:
        self.replies.append(super().ask(replace(request, grammar=SHORT), on_event, cancel))  # type: ignore[arg-type]
        return self.replies[-1]


def book(cells: int = CELLS) -> Notebook:
    """A notebook that has been run from the top; a cell is five lines."""
    sources = [
        "\n".join(
            [f"# step {place}: what was measured on day {place}"]
            + [f"table_{place}_{row} = load('day-{place}.csv', columns=['a', 'b{row}'])" for row in range(4)]
        )
        for place in range(cells)
    ]
    made = notebook(*(code(source, count=place + 1) for place, source in enumerate(sources)))
    return read_bytes(made, "book.ipynb")


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> Path:
    """A tiny model to which the words of the prompt are one token each, as they are to a real one."""
    from tests.tiny_model import write_word_model

    texts = [*load_template(CRASH).sections.values(), *(cell.source for cell in book(2).cells)]
    return write_word_model(tiny_model.with_name("words.gguf"), texts)


@pytest.fixture
def engine(model: Path, tmp_path: Path) -> Iterator[Hurried]:
    made = Hurried(tmp_path / "models.json")
    made.load(LoadOptions(model, context_tokens=CONTEXT, threads=1), lambda event: None, CancelToken())
    yield made
    made.close()


def scan(engine: LocalEngine, shown: Notebook, prompt: str = CRASH, context: int = CONTEXT) -> int:
    """Ask about each cell; how many prompts left cells out."""
    cut = 0
    for cell in shown.cells:
        verdict = assess_crash(
            engine, shown, cell.index, Sampling(0.0), context, _pass_over, CancelToken(), prompt=prompt
        )
        assert verdict.probability is not None, verdict.message
        assert verdict.shown is not None
        cut += bool(verdict.shown.left_out)
    return cut


def _pass_over(_: Event) -> None:
    """Nobody looks."""


def notebook_tokens(engine: LocalEngine, shown: Notebook) -> int:
    return engine.count_tokens("\n\n".join(render_cell(cell, shown.language) for cell in shown.cells))


def test_a_scan_of_forty_cells_evaluates_each_token_of_the_notebook_once(engine: Hurried) -> None:
    shown = book()
    assert scan(engine, shown) == 0
    evaluated = sum(reply.evaluated_tokens for reply in engine.replies)
    assert len(engine.replies) == CELLS
    assert evaluated <= 1.15 * notebook_tokens(engine, shown)


def test_a_notebook_three_times_as_long_as_the_context_is_evaluated_about_twice(engine: Hurried) -> None:
    shown = book()
    tokens = notebook_tokens(engine, shown)
    assert scan(engine, shown, context=tokens // 3 + 700) > CELLS // 3
    evaluated = sum(reply.evaluated_tokens for reply in engine.replies)
    asked = sum(reply.prompt_tokens for reply in engine.replies)
    assert evaluated < 2.2 * tokens < 0.3 * asked


def test_a_target_under_a_heading_of_its_own_is_evaluated_again_for_the_next_cell(engine: Hurried) -> None:
    shown = book(6)
    scan(engine, shown, CRASH_APART)
    apart = sum(reply.evaluated_tokens for reply in engine.replies[2:])
    engine.replies.clear()
    scan(engine, shown)
    assert apart > 1.5 * sum(reply.evaluated_tokens for reply in engine.replies[2:])


def test_a_notebook_that_was_scanned_before_costs_next_to_nothing_after_a_restart(
    engine: Hurried, model: Path, tmp_path: Path
) -> None:
    shown = book(12)
    scan(engine, shown)
    expected = [reply.text for reply in engine.replies]
    engine.close()
    again = Hurried(tmp_path / "models.json")
    try:
        again.load(LoadOptions(model, context_tokens=CONTEXT, threads=1), _pass_over, CancelToken())
        scan(again, shown)
        evaluated = sum(reply.evaluated_tokens for reply in again.replies)
        assert evaluated < 0.12 * notebook_tokens(again, shown)
        assert [reply.text for reply in again.replies] == expected
    finally:
        again.close()


def test_progress_begins_where_the_shared_cells_end(engine: Hurried) -> None:
    shown, seen = book(3), []
    scan(engine, shown)
    assess_crash(engine, shown, 2, Sampling(0.0), CONTEXT, seen.append, CancelToken())
    first = next(event for event in seen if isinstance(event, Prompting))
    assert first.done > 0.9 * first.total
