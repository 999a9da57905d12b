"""`nbreview suggest`: a proposed edit of one cell, from a rule or from a model. No logic of its own."""

import contextlib
import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths, settings
from nbreview.cli.engine import endpoint_option, load_engine
from nbreview.cli.options import PATH, say_notice, store_option
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.llm.model import Event
    from nbreview.review.model import Suggestion
    from nbreview.services.fixing import Proposed
    from nbreview.services.opening import Comparison
    from nbreview.store.database import Store


@click.command("suggest")
@click.argument("notebook", type=PATH)
@click.option("--cell", "cell", type=click.IntRange(min=1), required=True, help="Which cell, from 1.")
@click.option("--instruction", default="", help="What to change; needs --model.")
@click.option("--model", type=PATH, help="Model (GGUF) to ask. Without it: quick fixes.")
@endpoint_option
@click.option(
    "--stand-in",
    "stand_in",
    is_flag=True,
    help="Run the cell on stand-ins for its data, before a fix and after, and show what holds.",
)
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a diff.")
def suggest(
    notebook: Path,
    cell: int,
    instruction: str,
    model: Path | None,
    endpoint: str,
    stand_in: bool,
    store: Path | None,
    as_json: bool,
) -> int:
    """Propose an edit of one cell of NOTEBOOK and keep it in the store, to be accepted or rejected in the
    window. The notebook is not changed.

    Without a model, the fixes of what is known to crash in the cell are printed, the best first; a fix may
    lie in another cell. Nothing of the notebook runs, unless --stand-in asks for it.

    Exit codes: 0 there is a suggestion, 1 there is none, 2 an error.
    """
    from nbreview.services.fixing import Proposed
    from nbreview.services.opening import open_notebook
    from nbreview.store.database import Store

    asks = model is not None or bool(endpoint)
    if instruction and not asks:
        raise UserError(
            "An instruction is for a model; name one with --model PATH (nbreview models lists them)."
        )
    if stand_in and asks:
        raise UserError("--stand-in looks at quick fixes; leave out --model, or --stand-in.")
    if notebook.is_dir():
        raise UserError(f"{notebook} is a folder; name the .ipynb file whose cell is meant.")
    chosen = _settings()
    comparison = open_notebook(notebook, chosen).comparison
    cells = comparison.head.notebook.cells
    if not cells:
        raise UserError(f"{notebook} has no cells, so there is nothing to suggest an edit of.")
    if cell > len(cells):
        raise UserError(f"{notebook} has {len(cells)} cells; give --cell a number from 1 to {len(cells)}.")
    with Store.open(paths.store_path(store)) as opened:
        say_notice(opened)
        if asks:
            made = _ask(model, endpoint, chosen, opened, comparison, cell - 1, instruction)
            found = [Proposed.alone(made)]
        else:
            found, elsewhere = _fixes(opened, comparison, cell - 1, stand_in)
            if not found:
                click.echo(_no_fix(notebook, cell, comparison.head.notebook.language, elsewhere), err=True)
    _print(found, as_json)
    changes = (choice.proposed_source != choice.base_source for each in found for choice in each.choices)
    return 0 if any(changes) else 1


def _fixes(
    store: "Store", comparison: "Comparison", cell_index: int, stand_in: bool
) -> "tuple[list[Proposed], list[int]]":
    """What is proposed for the cell, and the other cells, from 1, that there are fixes for."""
    from nbreview.cancellation import CancelToken
    from nbreview.services.libraries import python_of
    from nbreview.services.suggesting import about, fixes_without_model

    cancel = CancelToken()
    if stand_in:
        from nbreview.kernel.standin import StandInServer

        folder = comparison.target.notebook.parent
        with StandInServer(python_of(comparison.head.notebook, folder)) as server:
            proposed = fixes_without_model(
                comparison,
                store,
                cell_index,
                cancel,
                lambda program, cancel: server.run(program, cancel=cancel),
            )
    else:
        proposed = fixes_without_model(comparison, store, cell_index, cancel)
    others = {one.mends for one in proposed if one.mends is not None and not about(one, cell_index)}
    found = [one for one in proposed if about(one, cell_index)]
    return found, sorted(index + 1 for index in others)


def _settings() -> settings.Settings:
    try:
        return settings.load(paths.settings_path())
    except ValueError as error:
        raise UserError(str(error)) from error


def _ask(
    model: Path | None,
    endpoint: str,
    chosen: settings.Settings,
    store: "Store",
    comparison: "Comparison",
    cell_index: int,
    instruction: str,
) -> "Suggestion":
    from nbreview.cancellation import CancelToken
    from nbreview.services import assistant

    with contextlib.ExitStack() as stack:
        if sys.stderr.isatty():
            stack.callback(click.echo, "\r\x1b[K", nl=False, err=True)
        engine = load_engine(stack, model, endpoint, chosen, _progress)
        card = assistant.propose(
            engine, store, comparison, cell_index, instruction, chosen, _progress, CancelToken()
        )
    return card.suggestion


def _progress(event: "Event") -> None:
    """One line that changes, on a terminal only."""
    from nbreview.llm.model import Loading, Prompting, Token

    if not sys.stderr.isatty():
        return
    match event:
        case Loading(progress=progress):
            click.echo(f"\r\x1b[KLoading the model {progress:.0%}", nl=False, err=True)
        case Prompting(done=done, total=total):
            click.echo(f"\r\x1b[KReading the notebook {done}/{total} tokens", nl=False, err=True)
        case Token():
            click.echo("\r\x1b[KWriting", nl=False, err=True)


def _no_fix(notebook: Path, cell: int, language: str, elsewhere: list[int]) -> str:
    sentence = f"No quick fix for cell {cell} of {notebook}"
    if language.lower() != "python":
        sentence += f" (there are none for {language})"
    elif elsewhere:
        cells = ", ".join(map(str, elsewhere))
        sentence += f"; cells with one: {cells}"
    return f"{sentence}. Ask a model: --model PATH."


def _print(found: "list[Proposed]", as_json: bool) -> None:
    from nbreview.services.fixing import rule_of

    if as_json:
        import orjson

        records = [
            _record(item, rank) for each in found for item, rank in zip(each.choices, each.ranks, strict=True)
        ]
        click.echo(orjson.dumps({"suggestions": records}, option=orjson.OPT_INDENT_2))
        return
    for each in found:
        for number, item in enumerate(each.choices, 1):
            made = [item.origin.maker, item.evidence.value, item.state.value]
            if item.origin.maker == "model":
                made[0] = item.origin.model_name
            elif seen_by := rule_of(item.origin)[1]:
                made.append(f"seen to hold by {seen_by}")
            choice = f"Choice {number} of {len(each.choices)}: " if len(each.choices) > 1 else ""
            click.echo(f"{choice}{item.reason} [{', '.join(made)}]")
            name = f"cell {item.place.cell_index + 1}"
            before, after = item.base_source.splitlines(), item.proposed_source.splitlines()
            for line in unified_diff(before, after, name, name, lineterm=""):
                click.echo(line)


def _record(item: "Suggestion", rank: int) -> dict[str, object]:
    from nbreview.services.fixing import rule_of

    by_rule = item.origin.maker != "model"
    rule, seen_by = rule_of(item.origin) if by_rule else ("", "")
    return {
        "id": item.id,
        "notebook": item.place.notebook,
        "cell_index": item.place.cell_index,
        "cell_id": item.place.cell_id,
        "rank": rank,
        "state": item.state.value,
        "evidence": item.evidence.value,
        "reason": item.reason,
        "instruction": item.instruction,
        "maker": item.origin.maker,
        "rule": rule,
        "verified_by": seen_by,
        "model": item.origin.model_name,
        "base_source": item.base_source,
        "proposed_source": item.proposed_source,
    }
