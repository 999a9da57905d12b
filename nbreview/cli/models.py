"""`nbreview models`: the models on this machine, and one of them tried."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths, settings
from nbreview.cli.options import PATH
from nbreview.errors import UserError
from nbreview.llm.catalog import ModelFile, find_models

if TYPE_CHECKING:
    from rich.console import Console

NONE_FOUND = (
    "No GGUF model was found on this machine. To get one: hf download Qwen/Qwen2.5-Coder-7B-Instruct-GGUF "
    "qwen2.5-coder-7b-instruct-q4_k_m.gguf (4.7 GB), or give a folder that has one with --folder."
)

_TRIAL_SENTENCE = "The notebook trains a classifier on tabular data and reports its accuracy. "
_TRIAL_TOKENS = 48


@click.command()
@click.option(
    "--folder",
    "folders",
    multiple=True,
    type=PATH,
    help="Search this folder too; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array instead of a table.")
@click.option(
    "--load",
    "tried",
    type=PATH,
    metavar="PATH",
    help="Load this model, prove it with a small batch, and print how fast it is.",
)
@click.option("--context", default=4096, show_default=True, help="Context for --load, tokens.")
@click.option(
    "--gpu-layers", default="auto", show_default=True, help="For --load: auto, none, or a number of layers."
)
def models(
    folders: tuple[Path, ...], as_json: bool, tried: Path | None, context: int, gpu_layers: str
) -> None:
    """List the local models (GGUF) that were found on this machine.

    Searched are the caches of Hugging Face, LM Studio, Ollama, llama.cpp and Jan, the folders in the
    settings, and those given here.
    """
    from rich.console import Console

    console = Console()
    if tried is not None:
        _try(tried, context, gpu_layers, console)
        return
    missing = [folder for folder in folders if not folder.exists()]
    if missing:
        raise UserError(f"{missing[0]} does not exist; give --folder a folder that does.")
    try:
        chosen = settings.load(paths.settings_path()).model_folders
    except ValueError as error:
        raise UserError(str(error)) from error
    found = find_models([*folders, *map(Path, chosen)])
    if as_json:
        _print_json(found)
    elif found:
        _print_table(found, console)
    else:
        click.echo(NONE_FOUND)


def _print_json(found: tuple[ModelFile, ...]) -> None:
    from dataclasses import asdict

    import orjson

    rows = [{**asdict(model), "path": str(model.path)} for model in found]
    sys.stdout.buffer.write(orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()


def _print_table(found: tuple[ModelFile, ...], console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, side in (
        ("Model", "left"),
        ("Family", "left"),
        ("Weights", "right"),
        ("Type", "left"),
        ("Size", "right"),
        ("Context", "right"),
        ("From", "left"),
    ):
        table.add_column(heading, justify=side, no_wrap=heading != "Model", overflow="fold")  # type: ignore[arg-type]
    for model in found:
        table.add_row(
            Text(model.name),
            model.architecture,
            _count(model.parameters),
            model.quantisation,
            _size(model.size),
            f"{model.context:,}",
            model.origin,
        )
    console.print(table)
    for model in found:
        console.print(Text(f"{model.name}: {model.path}"), style="dim", soft_wrap=True)


def _try(path: Path, context: int, gpu_layers: str, console: "Console") -> None:
    """Load a model, ask it something, and print what was measured."""
    from rich.text import Text

    from nbreview.cancellation import CancelToken
    from nbreview.llm.local import LocalEngine
    from nbreview.llm.model import Event, Loading, LoadOptions, Message, Request, Sampling

    engine = LocalEngine()
    try:
        with console.status("Loading…") as status:

            def show(event: Event) -> None:
                if isinstance(event, Loading):
                    status.update(f"Loading {event.progress:.0%}, {event.detail}")

            info = engine.load(LoadOptions(path, gpu_layers, context), show, CancelToken())
            status.update("Measuring…")
            repeats = max(1, min(512, info.context_tokens // 2) // engine.count_tokens(_TRIAL_SENTENCE))
            prompt = _TRIAL_SENTENCE * repeats + "Summarise."
            request = Request((Message("user", prompt),), Sampling(0.0, max_tokens=_TRIAL_TOKENS))
            reply = engine.ask(request, show, CancelToken())
    finally:
        engine.close()
    rows = {
        "Model": f"{info.name} ({info.architecture}, {_count(info.parameters)}, {info.quantisation})",
        "Runs on": f"{info.backend}, {info.gpu_layers} of {info.layers} layers on the GPU",
        "Context": f"{info.context_tokens:,} tokens",
        "Chat template": "from the file" if info.chat_template == "file" else info.chat_template,
        "Loaded in": f"{info.load_seconds:.1f} s",
        "Prompt": f"{reply.evaluated_tokens / max(reply.first_token_seconds, 1e-6):,.0f} tokens/s",
        "Reply": f"{reply.tokens_per_second:,.1f} tokens/s",
        "Switched off": ", ".join(info.fallbacks) or "nothing",
        "SHA-256": info.sha256,
    }
    for label, value in rows.items():
        console.print(Text.assemble((f"{label:14}", "dim"), value), soft_wrap=True)


def _count(parameters: int) -> str:
    for unit, size in (("B", 1e9), ("M", 1e6), ("K", 1e3)):
        if parameters >= size:
            return f"{parameters / size:.1f} {unit}"
    return str(parameters)


def _size(size: int) -> str:
    for unit, scale in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"
