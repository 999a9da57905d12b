"""`nbreview suggest`: a proposed edit of one cell, from a rule or from a model. No logic of its own."""

import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths, settings
from nbreview.cli.options import PATH, store_option
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.llm.model import Event
    from nbreview.review.model import Suggestion
    from nbreview.services.opening import Comparison
    from nbreview.store.database import Store


@click.command("suggest")
@click.argument("notebook", type=PATH)
@click.option("--cell", "cell", type=click.IntRange(min=1), required=True, help="Which cell, from 1.")
@click.option("--instruction", default="", help="What to change; needs --model.")
@click.option("--model", type=PATH, help="Model (GGUF) to ask. Without it: quick fixes.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a diff.")
def suggest(
    notebook: Path, cell: int, instruction: str, model: Path | None, store: Path | None, as_json: bool
) -> int:
    """Propose an edit of one cell of NOTEBOOK and keep it in the store, to be accepted or rejected in the
    window. The notebook is not changed.

    Exit codes: 0 there is a suggestion, 1 there is none, 2 an error.
    """
    from nbreview.services import assistant
    from nbreview.services.opening import open_notebook
    from nbreview.store.database import Store

    if instruction and model is None:
        raise UserError(
            "An instruction is for a model; name one with --model PATH (nbreview models lists them)."
        )
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
        if model is not None:
            found = [_ask(model, chosen, opened, comparison, cell - 1, instruction)]
        else:
            checked = assistant.check(comparison, opened)
            if checked.problem:
                raise UserError(checked.problem)
            fixes = [card for card in checked.cards if card.suggestion.origin.maker != "model"]
            found = [card.suggestion for card in fixes if card.cell_index == cell - 1]
            if not found:
                elsewhere = sorted({card.cell_index + 1 for card in fixes if card.cell_index is not None})
                click.echo(_no_fix(notebook, cell, comparison.head.notebook.language, elsewhere), err=True)
    _print(found, cell, as_json)
    return 0 if any(item.proposed_source != item.base_source for item in found) else 1


def _settings() -> settings.Settings:
    try:
        return settings.load(paths.settings_path())
    except ValueError as error:
        raise UserError(str(error)) from error


def _ask(
    model: Path,
    chosen: settings.Settings,
    store: "Store",
    comparison: "Comparison",
    cell_index: int,
    instruction: str,
) -> "Suggestion":
    from nbreview.cancellation import CancelToken
    from nbreview.llm.local import LocalEngine, missing_reason
    from nbreview.llm.model import LoadOptions
    from nbreview.services import assistant

    if reason := missing_reason():
        raise UserError(reason)
    cancel = CancelToken()
    engine = LocalEngine()
    try:
        engine.load(LoadOptions(model, chosen.gpu_layers, chosen.context_tokens), _progress, cancel)
        card = assistant.propose(
            engine, store, comparison, cell_index, instruction, chosen, _progress, cancel
        )
    finally:
        engine.close()
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
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


def _print(found: "list[Suggestion]", cell: int, as_json: bool) -> None:
    if as_json:
        import orjson

        click.echo(
            orjson.dumps({"suggestions": [_record(item) for item in found]}, option=orjson.OPT_INDENT_2)
        )
        return
    for item in found:
        maker = item.origin.model_name if item.origin.maker == "model" else item.origin.maker
        click.echo(f"{item.reason} [{maker}, {item.evidence.value}, {item.state.value}]")
        name = f"cell {cell}"
        before, after = item.base_source.splitlines(), item.proposed_source.splitlines()
        for line in unified_diff(before, after, name, name, lineterm=""):
            click.echo(line)


def _record(item: "Suggestion") -> dict[str, object]:
    return {
        "id": item.id,
        "notebook": item.place.notebook,
        "cell_index": item.place.cell_index,
        "cell_id": item.place.cell_id,
        "state": item.state.value,
        "evidence": item.evidence.value,
        "reason": item.reason,
        "instruction": item.instruction,
        "maker": item.origin.maker,
        "model": item.origin.model_name,
        "base_source": item.base_source,
        "proposed_source": item.proposed_source,
    }
