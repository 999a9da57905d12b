"""`nbreview draft`: from a task in words to cells that wait to be inserted. No logic of its own."""

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths, settings
from nbreview.cli.engine import endpoint_option, load_engine
from nbreview.cli.options import PATH, say_notice, store_option
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.llm.model import Event
    from nbreview.services.drafting import Draft


@click.command("draft")
@click.argument("task")
@click.option(
    "--data", type=PATH, multiple=True, metavar="FILE", help="Data file or folder; may be repeated."
)
@click.option("--metric", default="", help="How the result is measured.")
@click.option("--notebook", type=PATH, metavar="NB", help="Notebook behind whose last cell the cells go.")
@click.option("-o", "--output", type=PATH, metavar="NEW.ipynb", help="New notebook that the cells go into.")
@click.option("--model", type=PATH, metavar="FILE.gguf", help="Model to ask.")
@endpoint_option
@click.option(
    "--plans", type=click.IntRange(1, 9), default=3, show_default=True, help="How many plans to weigh."
)
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def draft(
    task: str,
    data: tuple[Path, ...],
    metric: str,
    notebook: Path | None,
    output: Path | None,
    model: Path | None,
    endpoint: str,
    plans: int,
    store: Path | None,
    as_json: bool,
) -> int:
    """Draft the cells of a notebook for TASK, said in words: plans, a critique of each, the best one
    improved, then cells that parse. They wait in the store as suggestions, to be accepted or rejected in
    the window.

    Data files are only looked at: columns, types and a few values. Nothing is run.

    Exit codes: 0 there are cells, 2 an error.
    """
    from nbreview.assist.drafts import Drafter
    from nbreview.cancellation import CancelToken
    from nbreview.services import drafting
    from nbreview.services.assistant import context_of, sampling_of
    from nbreview.store.database import Store

    if model is None and not endpoint:
        raise UserError("A draft needs a model; name one with --model PATH (nbreview models lists them).")
    if (notebook is None) == (output is None):
        raise UserError("Say where the cells go: --notebook NB if it is there, -o NEW.ipynb for a new one.")
    if notebook is not None and not notebook.is_file():
        raise UserError(f"{notebook} is not there; name a notebook, or make a new one with -o.")
    if output is not None and output.exists():
        raise UserError(f"{output} is there already; name it with --notebook, or choose another name.")
    try:
        chosen = settings.load(paths.settings_path())
    except ValueError as error:
        raise UserError(str(error)) from error
    cancel = CancelToken()
    begun = drafting.begin(task, data, metric, notebook or output or Path(), cancel)
    with contextlib.ExitStack() as stack:
        opened = stack.enter_context(Store.open(paths.store_path(store)))
        say_notice(opened)
        engine = load_engine(stack, model, endpoint, chosen, _progress)
        drafter = Drafter(engine, sampling_of(chosen), context_of(engine, chosen), _progress, cancel)
        while (step := begun.state.next_step) is not None:
            if sys.stderr.isatty():
                click.echo(f"\r\x1b[K{step.value.capitalize()} …", nl=False, err=True)
            begun = drafting.advance(drafter, opened, begun, plans=plans)
        made = drafting.insert(opened, begun)
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    _print(begun, [suggestion.id for suggestion in made], as_json)
    return 0


def _progress(event: "Event") -> None:
    """One line that changes, on a terminal only."""
    from nbreview.llm.model import Loading

    if sys.stderr.isatty() and isinstance(event, Loading):
        click.echo(f"\r\x1b[KLoading the model {event.progress:.0%}", nl=False, err=True)


def _print(made: "Draft", suggestions: list[str], as_json: bool) -> None:
    state = made.state
    if as_json:
        import orjson

        record = {
            "draft": made.id,
            "notebook": str(made.notebook),
            "suggestions": suggestions,
            "plans": state.plans,
            "weights": state.weights,
            "critiques": state.critiques,
            "chosen": state.chosen,
            "why": state.why,
            "chances": state.chances,
            "improved": state.improved,
            "cells": state.cells,
        }
        click.echo(orjson.dumps(record, option=orjson.OPT_INDENT_2))
        return
    for number, plan in enumerate(state.plans):
        mark = "*" if number == state.chosen else " "
        click.echo(f"{mark} Plan {number + 1}: {plan.title}")
    if state.chosen is not None:
        click.echo(f"\nWhat is said against plan {state.chosen + 1}:\n{state.critiques[state.chosen]}")
    if state.improved is not None:
        click.echo(f"\n# {state.improved.title}\n{state.improved.text}")
    for cell in state.cells:
        click.echo(f"\n--- {cell.cell_type} ---\n{cell.source}")
    count = len(suggestions)
    click.echo(
        f"\n{count} cell{'s wait' if count > 1 else ' waits'} to be inserted; open: nbreview {made.notebook}"
    )
