"""`nbreview evaluate edits` and `tasks`: a model scored on labelled data. No logic of its own."""

import time
from contextlib import ExitStack
from pathlib import Path

import click

from nbreview.cli.engine import endpoint_option
from nbreview.cli.options import PATH
from nbreview.cli.progress import going_on, progress_bar
from nbreview.cli.reports import show
from nbreview.errors import UserError

ANSWERS = "answers.jsonl"
"""File of the folder of the report that keeps what the model said."""

_model = click.option("--model", type=PATH, metavar="FILE.gguf", help="Model to ask.")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
_output = click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="DIR",
    help=f"Write report.json, report.md and report.svg there too; {ANSWERS} lets a stopped run go on.",
)


def _check_model(model: Path | None, endpoint: str) -> None:
    if model is None and not endpoint:
        raise UserError("A model is what is scored; name a file with --model, or a server with --endpoint.")


@click.command("edits")
@click.argument("dataset", type=PATH, metavar="FILE")
@_model
@endpoint_option
@click.option(
    "--modes",
    default="cell,cells,file",
    show_default=True,
    metavar="NAMES",
    help="One cell, all changed cells, the whole file.",
)
@click.option(
    "--exemplars",
    default="0,1,5",
    show_default=True,
    metavar="NUMBERS",
    help="How many edits that resemble it are shown with each.",
)
@click.option(
    "--exemplars-from",
    "pool_file",
    type=PATH,
    metavar="FILE",
    help="Edits to show; by default the training part of FILE, and the rest is asked for.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Ask for N edits of each mode, drawn by hash."
)
@_json
@_output
def edits(
    dataset: Path,
    model: Path | None,
    endpoint: str,
    modes: str,
    exemplars: str,
    pool_file: Path | None,
    limit: int | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Score a model on labelled edits: exact match, BLEU, CodeBLEU, edit similarity, ROUGE-L.

    FILE holds edits as `nbreview mine` writes them, one JSON object a line, with --schema nbreview or
    ipynb-edit. Beside the model stands the code left unchanged. Exemplars are never of the same repository or
    notebook. With -o, the same command goes on where it was stopped.
    """
    from dataclasses import replace

    from nbreview.cancellation import CancelToken
    from nbreview.cli.engine import open_model
    from nbreview.evaluation.edit_items import read_edits, read_modes
    from nbreview.evaluation.edits import Asking, exemplar_numbers, run_edits
    from nbreview.evaluation.edits_report import edits_report
    from nbreview.evaluation.exemplars import ExemplarPool, chosen_edits
    from nbreview.evaluation.form import dataset_of
    from nbreview.evaluation.journal import Journal
    from nbreview.evaluation.models import model_value

    began = time.monotonic()
    _check_model(model, endpoint)
    asked, numbers = read_modes(modes), exemplar_numbers(exemplars)
    with ExitStack() as stack:
        found = read_edits(dataset, asked)
        shown = read_edits(pool_file, asked).items if pool_file is not None else None
        items, pool = chosen_edits(found.items, shown, max(numbers), limit)
        journal = stack.enter_context(Journal(output / ANSWERS if output is not None else None))
        engine = open_model(stack, model, 1, endpoint)
        sampling = replace(engine.sampling, temperature=0.0)
        asking = Asking(numbers, sampling, engine.context_tokens)
        cancel = CancelToken()
        with going_on(output), progress_bar(len(items) * len(numbers), "Edits") as step:
            run = run_edits(engine.engine, items, ExemplarPool(pool), asking, journal, step, cancel)
        info = model_value(engine.engine.info)
    chosen = {
        "modes": list(asked),
        "exemplars": list(numbers),
        "exemplars_from": pool_file.name if pool_file is not None else None,
        "limit": limit,
        "temperature": sampling.temperature,
        "seed": sampling.seed,
        "max_reply_tokens": sampling.max_tokens,
        "context_tokens": engine.context_tokens,
    }
    notes = [f"{len(pool)} edits to show as exemplars."] if max(numbers) else []
    if journal.kept:
        notes.append(f"{journal.kept} answers were kept from an earlier run.")
    report = edits_report(
        run,
        items,
        dataset_of(dataset, len(items)),
        time.monotonic() - began,
        info,
        chosen,
        found.problems,
        notes,
    )
    show(report, as_json, output)


@click.command("tasks")
@click.argument("dataset", type=PATH, metavar="FILE")
@_model
@endpoint_option
@click.option(
    "--samples", type=click.IntRange(1, 50), default=5, show_default=True, help="Programs to draw for a task."
)
@click.option(
    "--temperature",
    type=click.FloatRange(min=0),
    default=0.7,
    show_default=True,
    help="How freely they are drawn.",
)
@click.option("--repositories", type=PATH, metavar="DIR", help="Holds the tasks' repositories to run in.")
@click.option("--python", type=PATH, metavar="PATH", help="Interpreter to run with; nbreview's by default.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Time for a program.",
)
@click.option("--memory", type=click.FloatRange(min=0.1), default=4.0, show_default=True, help="GiB for it.")
@click.option(
    "--passages/--no-passages", default=True, show_default=True, help="Show the passage of the README."
)
@click.option(
    "--agent",
    is_flag=True,
    help="Let the model look for what it needs in READMEs and files; needs --repositories.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask for the first N tasks only.")
@_json
@_output
def tasks(
    dataset: Path,
    model: Path | None,
    endpoint: str,
    samples: int,
    temperature: float,
    repositories: Path | None,
    python: Path | None,
    seconds: float,
    memory: float,
    passages: bool,
    agent: bool,
    limit: int | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Score a model on tasks in repositories: arguments, kind of program, pass@1, 2 and 5.

    FILE holds tasks with the fields of ML-Bench (arXiv 2311.09835), one JSON object a line: id, github, path,
    instruction, arguments, oracle, type, output. Every program runs contained: no network, what it writes
    vanishes, time and memory are bounded. A time-out does not pass. With -o, the same command goes on where
    it was stopped.
    """
    from dataclasses import asdict, replace

    from nbreview.cancellation import CancelToken
    from nbreview.cli.engine import open_model
    from nbreview.evaluation.form import dataset_of
    from nbreview.evaluation.journal import Journal
    from nbreview.evaluation.models import model_value
    from nbreview.evaluation.task_items import copy_of, read_tasks
    from nbreview.evaluation.tasks import TaskSetup, run_tasks
    from nbreview.evaluation.tasks_report import tasks_report
    from nbreview.kernel.model import RunLimits
    from nbreview.services.knowledge import Knowledge

    began = time.monotonic()
    _check_model(model, endpoint)
    if repositories is not None and not repositories.is_dir():
        raise UserError(f"{repositories} is no folder; name the one that holds the tasks' repositories.")
    if agent and repositories is None:
        raise UserError("--agent reads the tasks' repositories; name their folder with --repositories DIR.")
    if python is not None and not python.is_file():
        raise UserError(f"{python} is no interpreter; name the python of the tasks' environment.")
    limits = RunLimits(seconds, int(memory * 2**30))
    found = read_tasks(dataset, limit)
    with ExitStack() as stack:
        journal = stack.enter_context(Journal(output / ANSWERS if output is not None else None))
        engine = open_model(stack, model, 1, endpoint)
        sampling = replace(engine.sampling, temperature=temperature)
        knowledge = Knowledge() if agent else None
        if knowledge is not None:
            stack.callback(knowledge.close)
        setup = TaskSetup(
            samples, sampling, engine.context_tokens, limits, repositories, python, passages, knowledge
        )
        with going_on(output), progress_bar(len(found.items), "Tasks") as step:
            run = run_tasks(engine.engine, found.items, setup, journal, step, CancelToken())
        info = model_value(engine.engine.info)
    chosen = {
        "samples": samples,
        "sampling": asdict(sampling),
        "context_tokens": engine.context_tokens,
        "seconds": seconds,
        "memory_bytes": limits.memory_bytes,
        "passages": passages,
        "agent": agent,
        "limit": limit,
        "repositories": repositories is not None,
    }
    notes = [f"{journal.kept} answers were kept from an earlier run."] if journal.kept else []
    alone = sum(copy_of(item, repositories) is None for item in found.items)
    if repositories is not None and alone:
        notes.append(f"Tasks without a copy of their repository, run in an empty folder: {alone}.")
    report = tasks_report(
        run,
        dataset_of(dataset, len(found.items)),
        time.monotonic() - began,
        info,
        chosen,
        found.problems,
        notes,
    )
    show(report, as_json, output)
