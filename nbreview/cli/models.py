"""`nbreview models`: the models on this machine, those that could be fetched, and those of servers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview import paths, settings
from nbreview.cli.model_plans import legend, plan_row, print_advice, print_bars, print_plans
from nbreview.cli.model_trial import agreed, count_in_words, try_model
from nbreview.cli.options import PATH
from nbreview.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from nbreview.llm.calibration import Progress as TrialProgress
    from nbreview.llm.catalog import ModelFile
    from nbreview.llm.download import Progress
    from nbreview.services.models import KnownModel, OfferedModel, Survey

NONE_FOUND = (
    "No GGUF model was found on this machine. nbreview models fits says which would run here, and nbreview "
    "models download NAME gets one; or give a folder that has one with --folder."
)

_TRIED_CONTEXT = 4096

folder_option = click.option(
    "--folder",
    "folders",
    multiple=True,
    type=PATH,
    help="Search this folder too; may be given several times.",
)
context_option = click.option(
    "--context", type=click.IntRange(min=256), help="Context, tokens; else that of the settings."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON array instead of a table.")


@click.group(invoke_without_command=True)
@folder_option
@json_option
@click.option(
    "--load",
    "tried",
    type=PATH,
    metavar="PATH",
    help="Load this model, prove it with a small batch, and print how fast it is.",
)
@click.option(
    "--context",
    type=click.IntRange(min=256),
    help="Context, tokens; else that of the settings, and 4096 for --load.",
)
@click.option(
    "--gpu-layers", default="auto", show_default=True, help="For --load: auto, none, or a number of layers."
)
@click.option(
    "--beyond-memory", is_flag=True, help="For --load: load it also when it takes more memory than is free."
)
@click.pass_context
def models(
    context_of: click.Context,
    folders: tuple[Path, ...],
    as_json: bool,
    tried: Path | None,
    context: int | None,
    gpu_layers: str,
    beyond_memory: bool,
) -> None:
    """List the local models (GGUF) that were found on this machine, and get others.

    Searched are the caches of Hugging Face, LM Studio, Ollama, llama.cpp and Jan, the folders in the
    settings, and those given here. A bar for each model shows what it would take of the memory that is free;
    nothing is loaded for it. Without a command: list.
    """
    if context_of.invoked_subcommand is not None:
        return
    if tried is not None:
        from rich.console import Console

        from nbreview.llm.model import LoadOptions

        options = LoadOptions(tried, gpu_layers, context or _TRIED_CONTEXT, beyond_memory=beyond_memory)
        try_model(agreed(options), Console())
        return
    _list(folders, as_json, context)


@models.command("list")
@folder_option
@json_option
@context_option
def list_command(folders: tuple[Path, ...], as_json: bool, context: int | None) -> None:
    """List the models on this machine, what each would take of the memory that is free, and what is broken
    with the reason.

    In JSON, `kind` is language, embedding, projector or broken; `plans` has where a language model would go,
    and what else would do.
    """
    _list(folders, as_json, context)


@models.command()
@click.argument("path", metavar="[FILE]", required=False, type=PATH)
@folder_option
@json_option
@context_option
def fits(path: Path | None, folders: tuple[Path, ...], as_json: bool, context: int | None) -> None:
    """List models that can be downloaded, and which of them fit this machine's memory.

    With FILE: where that model would go, device by device, and what else would fit, from its header alone.
    """
    from nbreview.services.models import load_plans, machine_devices, offered_models

    chosen = _settings()
    tokens = context or chosen.context_tokens
    if path is not None:
        from nbreview.llm.model import LoadOptions

        plans = load_plans(LoadOptions(path, context_tokens=tokens))
        if as_json:
            _print_json([plan_row(plan) for plan in plans])
        else:
            print_plans(plans)
        return
    here = machine_devices()
    offered = offered_models(_folders(folders, chosen), tokens, here)
    if as_json:
        _print_json([_offered_row(each) for each in offered])
    else:
        _print_offered(offered, tokens)
        print_advice(here)


@models.command()
@click.argument("path", metavar="FILE", type=PATH)
@context_option
@click.option("--gpu-layers", default="auto", show_default=True, help="auto, none, or a number of layers.")
@json_option
def calibrate(path: Path, context: int | None, gpu_layers: str, as_json: bool) -> None:
    """Try threads, batch, flash attention, KV cache and guessing ahead for the model in FILE, and keep what
    is fastest on this machine; half a minute or so. Each later load takes what was kept.
    """
    from dataclasses import asdict

    from nbreview.cancellation import Cancelled, CancelToken
    from nbreview.llm.model import LoadOptions
    from nbreview.services.calibrating import calibrate_model

    chosen = _settings()
    options = agreed(LoadOptions(path, gpu_layers, context or chosen.context_tokens))
    cancel = CancelToken()
    try:
        found = calibrate_model(options, _calibration_progress, cancel)
    except (KeyboardInterrupt, Cancelled):
        cancel.cancel()
        raise click.Abort from None
    finally:
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
    if as_json:
        _print_json(asdict(found))
        return
    click.echo(
        f"{found.threads} threads, batch {found.batch_tokens}, KV cache {found.kv_type}, flash attention "
        f"{found.flash_attention}, guessing ahead {'on' if found.lookup else 'off'}: "
        f"{found.prompt_speed:,.0f} tokens/s of a prompt, {found.speed:,.1f} of a reply. Kept."
    )
    for sentence in found.why:
        click.echo(f"- {sentence}")


@models.command()
@click.argument("name", metavar="NAME|OWNER/REPOSITORY/FILE")
@click.option(
    "--to",
    "folder",
    type=PATH,
    metavar="DIR",
    help="Folder to put it into; else the Hugging Face cache, where other programs find it too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object when it is done.")
def download(name: str, folder: Path | None, as_json: bool) -> None:
    """Download a model from the Hugging Face hub: by its name in `nbreview models fits`, or a file of a
    repository (a pattern such as OWNER/REPOSITORY/*q4_k_m.gguf will do).

    A download that was stopped or broke off goes on where it ended when it is asked for again. The token is
    that of `hf auth login` or HF_TOKEN; HF_ENDPOINT, HF_HOME and the proxy variables are respected.
    """
    from nbreview.cancellation import CancelToken
    from nbreview.services.models import download_model

    try:
        done = download_model(name, folder, _download_progress, CancelToken())
    finally:
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
    if as_json:
        row = {
            "path": str(done.path),
            "paths": [str(path) for path in done.paths],
            "size": done.size,
            "sha256": list(done.sha256),
            "fetched": done.fetched,
            "resumed": done.resumed,
        }
        _print_json(row)
        return
    had = f", {_size(done.resumed)} of it were there" if done.resumed else ""
    click.echo(f"{done.path} ({_size(done.size)}{had}), checked.")
    if folder is not None:
        click.echo(f"Add {folder} to the folders of models in the settings to have it listed.", err=True)


@models.command()
@click.argument("url")
@click.option("--allow", "agreed", flag_value="yes", help="Agree that notebook content is sent there.")
@click.option("--forget", "agreed", flag_value="no", help="Take that back.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def endpoint(url: str, agreed: str | None, as_json: bool) -> None:
    """List the models of an OpenAI-compatible server (llama-server, Ollama, LM Studio, vLLM) at URL, and
    whether notebook content may be sent to it.

    Looking at the list sends nothing of a notebook. A server on this machine needs no consent.
    """
    from nbreview.cancellation import CancelToken
    from nbreview.llm.endpoint import parse_endpoint
    from nbreview.services.endpoints import consent_question, keep_consent, served_models

    place, chosen = parse_endpoint(url), _settings()
    if agreed is not None:
        chosen = keep_consent(place, paths.settings_path(), agreed=agreed == "yes")
    may = not consent_question(place, chosen)
    if agreed is not None and not as_json:
        click.echo(_consent_sentence(place.host, place.loopback, may))
        return
    served = served_models(place, CancelToken())
    if as_json:
        rows = [{"name": model.name, "context": model.context_tokens} for model in served]
        _print_json({"url": place.url, "loopback": place.loopback, "may_send": may, "models": rows})
        return
    for model in served:
        click.echo(model.name + (f" (context {model.context_tokens:,})" if model.context_tokens else ""))
    click.echo(_consent_sentence(place.host, place.loopback, may), err=True)


def _consent_sentence(host: str, loopback: bool, may: bool) -> str:
    if loopback:
        return f"{host} is this machine: nothing leaves it."
    if may:
        return f"Notebook content may be sent to {host}; --forget takes that back."
    return f"Notebook content is not sent to {host}; --allow agrees to it."


def _list(folders: tuple[Path, ...], as_json: bool, context: int | None) -> None:
    from rich.console import Console

    from nbreview.services.models import survey_machine

    chosen = _settings()
    tokens = context or chosen.context_tokens
    found = survey_machine(_folders(folders, chosen), tokens)
    if as_json:
        rows = [_known_row(known) for known in found.models]
        rows += [_row(model) for model in found.others]
        rows += [
            {"path": str(each.path), "origin": each.origin, "kind": "broken", "problem": each.why}
            for each in found.broken
        ]
        _print_json(rows)
        return
    console = Console()
    if found.models:
        _print_table(found.models, tokens, console)
    else:
        click.echo(NONE_FOUND)
    _print_rest(found)


def _folders(folders: tuple[Path, ...], chosen: settings.Settings) -> list[Path]:
    missing = [folder for folder in folders if not folder.exists()]
    if missing:
        raise UserError(f"{missing[0]} does not exist; give --folder a folder that does.")
    return [*folders, *map(Path, chosen.model_folders)]


def _settings() -> settings.Settings:
    try:
        return settings.load(paths.settings_path())
    except ValueError as error:
        raise UserError(str(error)) from error


def _row(model: "ModelFile") -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(model), "path": str(model.path), "also": [str(path) for path in model.also]}


def _known_row(known: "KnownModel") -> dict[str, Any]:
    return {**_row(known.file), **_place_row(known)}


def _place_row(model: "KnownModel | OfferedModel") -> dict[str, Any]:
    return {
        "need_bytes": model.need_bytes,
        "where": model.where,
        "fits": model.fits,
        "plans": [plan_row(plan) for plan in model.plans],
    }


def _offered_row(offered: "OfferedModel") -> dict[str, Any]:
    model = offered.model
    return {
        "name": model.name,
        "title": model.title,
        "reference": model.reference,
        "quantisation": model.quantisation,
        "size": model.size,
        "parameters": model.parameters,
        "context": model.context,
        "licence": model.licence,
        "for": model.purpose,
        "source": model.source,
        **_place_row(offered),
        "present": None if offered.present is None else str(offered.present),
    }


def _print_json(value: object) -> None:
    import orjson

    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()


def _print_rest(found: "Survey") -> None:
    """What cannot be asked, a line each, on standard error."""
    for model in found.others:
        what = "makes embeddings" if model.kind == "embedding" else "is the eye of another model"
        click.echo(f"{model.path} {what} and writes no text.", err=True)
    for each in found.broken:
        click.echo(f"{each.origin}: {each.why}", err=True)


def _print_offered(offered: "tuple[OfferedModel, ...]", context: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Name", "Size", "Needs", "Here", "Licence"):
        side = "right" if heading in ("Size", "Needs") else "left"
        table.add_column(heading, justify=side, no_wrap=heading != "Licence", overflow="fold")  # type: ignore[arg-type]
    for each in offered:
        here = "is here" if each.present else "fits" if each.fits else "too large"
        if each.where and each.fits:
            here = f"{here}, {each.where}"
        model = each.model
        table.add_row(model.name, _size(model.size), _size(each.need_bytes), here, model.licence)
    console = Console()
    console.print(table)
    for each in offered:
        line = f"{each.model.name}: {each.model.purpose} {each.model.source}"
        console.print(Text(line), style="dim", soft_wrap=True)
    click.echo(
        f"Needs: memory at a context of {context:,} tokens, or the model's own where that is less. "
        "Sizes are approximate. To get one: nbreview models download NAME"
    )


def _calibration_progress(progress: "TrialProgress") -> None:
    """One line that changes, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{progress.done} of {progress.total}: {progress.detail}", nl=False, err=True)


def _download_progress(progress: "Progress") -> None:
    """One line that changes, on a terminal only."""
    if sys.stderr.isatty():
        share = progress.done / progress.total if progress.total else 0.0
        click.echo(f"\r\x1b[K{share:.0%} of {_size(progress.total)}, {progress.detail}", nl=False, err=True)


def _print_table(found: "tuple[KnownModel, ...]", context: int, console: "Console") -> None:
    """A row a model; then, a model each, its file and what it would take of each device."""
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
        ("Needs", "right"),
        ("Here", "left"),
        ("From", "left"),
    ):
        table.add_column(heading, justify=side, no_wrap=heading != "Model", overflow="fold")  # type: ignore[arg-type]
    for known in found:
        model = known.file
        here = "fits" if known.fits else "too large"
        table.add_row(
            Text(model.name),
            model.architecture,
            count_in_words(model.parameters),
            model.quantisation,
            _size(model.size),
            f"{model.context:,}",
            _size(known.need_bytes) if known.plans else "unknown",
            ", ".join(part for part in (here if known.plans else "", known.where) if part),
            model.origin,
        )
    console.print(table)
    for known in found:
        model = known.file
        told = (str(model.path), model.licence, "" if model.chat_template else "no chat template in the file")
        line = f"{model.name}: {', '.join(part for part in told if part)}"
        console.print(Text(line), style="dim", soft_wrap=True)
        if known.plans:
            print_bars(known.plans[0], console)
    console.print(legend())
    click.echo(
        f"Needs: memory at a context of {context:,} tokens, or the model's own where that is less. "
        "What else would do: nbreview models fits FILE"
    )


def _size(size: int) -> str:
    for unit, scale in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"
