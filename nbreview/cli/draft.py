"""`nbreview draft`: from a task in words to cells that wait to be inserted. No logic of its own."""

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths, settings
from nbreview.cli.engine import endpoint_option, load_engine
from nbreview.cli.options import PATH, say_notice, store_option
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.assist.drafts import DraftState, DraftStep
    from nbreview.llm.model import Event
    from nbreview.services.drafting import Draft
    from nbreview.store.database import Store

STEPS = ("plans", "critiques", "choice", "improvement", "cells")


@click.command("draft")
@click.argument("task", default="")
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
@click.option(
    "--read",
    "reads",
    is_flag=True,
    help="Let the model first read what the task needs: READMEs, and files that they lead to.",
)
@click.option(
    "--until", type=click.Choice(STEPS), help="Stop after this step; nothing is inserted before the cells."
)
@click.option("--resume", metavar="DRAFT", default="", help="Go on with a draft: its id, or last.")
@click.option("--again", type=click.Choice(STEPS), help="Make this step again, and what follows.")
@click.option(
    "--edit",
    "edits",
    multiple=True,
    metavar="STEP[:NUMBER]=FILE",
    help="Put a text of your own in the place of a plan, critique, improvement or cell; - is standard input.",
)
@click.option("--choose", type=click.IntRange(min=1), metavar="NUMBER", help="Take this plan.")
@click.option("--list", "listed", is_flag=True, help="List the drafts that were worked on last.")
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
    reads: bool,
    until: str | None,
    resume: str,
    again: str | None,
    edits: tuple[str, ...],
    choose: int | None,
    listed: bool,
    store: Path | None,
    as_json: bool,
) -> int:
    """Draft the cells of a notebook for TASK, said in words: plans, a critique of each, the best one
    improved, then cells that parse. They wait in the store as suggestions, to be accepted or rejected in
    the window.

    Data files are only looked at: columns, types and a few values. Passages of the repository around the
    notebook, and of the libraries that it imports, are shown to the model. Nothing is run.

    Every step is kept. With --until it is looked at before the next one is made; with --resume a draft goes
    on, after --edit, --choose or --again where that is wanted, and what was made from an edited part is made
    anew.

    Exit codes: 0 the steps are made, 2 an error.
    """
    from nbreview.assist.drafts import Drafter, DraftError, DraftStep, before
    from nbreview.cancellation import CancelToken
    from nbreview.services import drafting
    from nbreview.services.assistant import context_of, sampling_of
    from nbreview.services.learning import SessionKnowledge
    from nbreview.store.database import Store

    if listed:
        with Store.open(paths.store_path(store)) as opened:
            _list(opened)
        return 0
    changed = bool(edits or again or choose)
    if changed and not resume:
        raise UserError("--edit, --choose and --again need --resume DRAFT; see --list for the drafts.")
    if resume and (task or data or metric or notebook or output):
        raise UserError("A resumed draft has its task, data and notebook; leave them out.")
    if model is None and not endpoint and not resume:
        raise UserError("A draft needs a model; name one with --model PATH (nbreview models lists them).")
    if not resume and (notebook is None) == (output is None):
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
    begun = drafting.begin(task, data, metric, notebook or output or Path(), cancel) if not resume else None
    with contextlib.ExitStack() as stack:
        opened = stack.enter_context(Store.open(paths.store_path(store)))
        say_notice(opened)
        if begun is None:
            begun = _changed(opened, _reopened(opened, resume), edits, choose)
            if again is not None:
                begun = replace(begun, state=before(begun.state, DraftStep(again)))
        step = begun.state.next_step
        if step is not None and not _reached(step, until):
            if model is None and not endpoint:
                raise UserError(f"The {step.value} are made by a model; name one with --model PATH.")
            engine = load_engine(stack, model, endpoint, chosen, _progress)
            drafter = Drafter(engine, sampling_of(chosen), context_of(engine, chosen), _progress, cancel)
            if begun.state.next_step is DraftStep.PLANS:
                known = SessionKnowledge()
                stack.callback(known.close)
                found = known.passages_for_task(
                    engine,
                    begun.notebook,
                    begun.state.task.text,
                    _reading,
                    cancel,
                    reads=reads,
                    settings=chosen,
                )
                begun = drafting.inform(drafter, begun, found)
        while (step := begun.state.next_step) is not None and not _reached(step, until):
            if sys.stderr.isatty():
                click.echo(f"\r\x1b[K{step.value.capitalize()} …", nl=False, err=True)
            try:
                begun = drafting.advance(drafter, opened, begun, plans=plans)
            except DraftError as error:
                raise UserError(f"{error.message} Go on with --resume {begun.id}.") from error
        made = drafting.insert(opened, begun) if begun.state.next_step is None and until is None else ()
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    _print(begun, [suggestion.id for suggestion in made], as_json)
    return 0


def _reached(step: "DraftStep", until: str | None) -> bool:
    """Whether the step to be made next is behind the one to stop after."""
    return until is not None and STEPS.index(step.value) > STEPS.index(until)


def _list(store: "Store") -> None:
    from nbreview.services.drafting import earlier

    found = earlier(store)
    for kept in found:
        task = kept.text.split("\n", 1)[0]
        when = datetime.fromtimestamp(kept.time).astimezone().strftime("%Y-%m-%d %H:%M")
        click.echo(f"{kept.id}  {when}  {kept.notebook.name}: {task}")
    if not found:
        click.echo("There is no draft yet; begin one with nbreview draft TASK.", err=True)


def _reopened(store: "Store", name: str) -> "Draft":
    """A draft by its id, the beginning of it, or “last”."""
    from nbreview.services.drafting import reopen

    known = store.drafts(1000)
    if not known:
        raise UserError("There is no draft in the store; begin one with nbreview draft TASK.")
    if name == "last":
        return reopen(store, known[0])
    found = [each for each in known if each.startswith(name)]
    if len(found) > 1:
        raise UserError(f"{len(found)} drafts begin with {name}; give more of the id.")
    return reopen(store, found[0] if found else name)


def _changed(store: "Store", draft: "Draft", edits: Sequence[str], choose: int | None) -> "Draft":
    """A draft with what a person has put into it; each change is kept."""
    from nbreview.assist.drafts import DraftStep, with_choice
    from nbreview.services import drafting
    from nbreview.services.draft_edits import with_part

    for edit in edits:
        place, _, file = edit.partition("=")
        name, _, number = place.partition(":")
        if not file or name not in STEPS or name == "choice" or not (number or "1").isdecimal():
            raise UserError(f"“{edit}” is no edit; write STEP:NUMBER=FILE, as in plans:2=plan.md.")
        step, index = DraftStep(name), int(number or "1") - 1
        count = _count(draft.state, step)
        if not 0 <= index < count:
            raise UserError(f"The draft has {count} {name}; see nbreview draft --resume {draft.id} --json.")
        draft = drafting.edit(store, draft, with_part(draft.state, step, index, _text_of(file)))
    if choose is not None:
        count = len(draft.state.plans)
        if choose > count or len(draft.state.critiques) != count:
            raise UserError(
                f"The draft has {count} plans; choose one by its number, once each has its critique."
            )
        draft = drafting.edit(store, draft, with_choice(draft.state, choose - 1))
    return draft


def _count(state: "DraftState", step: "DraftStep") -> int:
    """How many parts of a step there are to edit."""
    parts = {"plans": state.plans, "critiques": state.critiques, "cells": state.cells}
    return len(parts[step.value]) if step.value in parts else int(state.improved is not None)


def _text_of(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file} cannot be read as text; name a file in UTF-8.") from error


def _progress(event: "Event") -> None:
    """One line that changes, on a terminal only."""
    from nbreview.llm.model import Loading

    if sys.stderr.isatty() and isinstance(event, Loading):
        click.echo(f"\r\x1b[KLoading the model {event.progress:.0%}", nl=False, err=True)


def _reading(share: float, words: str) -> None:
    """What is read now, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{words[:1].upper()}{words[1:]}", nl=False, err=True)


def _print(made: "Draft", suggestions: list[str], as_json: bool) -> None:
    state = made.state
    if as_json:
        import orjson

        record = {
            "draft": made.id,
            "notebook": str(made.notebook),
            "suggestions": suggestions,
            "passages": [passage.name for passage in state.task.passages],
            "plans": state.plans,
            "weights": state.weights,
            "critiques": state.critiques,
            "chosen": state.chosen,
            "why": state.why,
            "chances": state.chances,
            "improved": state.improved,
            "cells": state.cells,
            "next": state.next_step.value if state.next_step is not None else None,
        }
        click.echo(orjson.dumps(record, option=orjson.OPT_INDENT_2))
        return
    if state.task.passages:
        click.echo(f"Read: {', '.join(passage.name for passage in state.task.passages)}\n")
    for number, plan in enumerate(state.plans):
        mark = "*" if number == state.chosen else " "
        click.echo(f"{mark} Plan {number + 1}: {plan.title}")
    if state.chosen is None:
        for number, plan in enumerate(state.plans):
            click.echo(f"\n# {plan.title}\n{plan.text}")
            if number < len(state.critiques):
                click.echo(f"\nWhat is said against plan {number + 1}:\n{state.critiques[number]}")
    else:
        click.echo(f"\nWhat is said against plan {state.chosen + 1}:\n{state.critiques[state.chosen]}")
    if state.improved is not None:
        click.echo(f"\n# {state.improved.title}\n{state.improved.text}")
    for cell in state.cells:
        click.echo(f"\n--- {cell.cell_type} ---\n{cell.source}")
    count = len(suggestions)
    if not count:
        click.echo(f"\nNothing is inserted yet; go on: nbreview draft --resume {made.id}")
        return
    click.echo(
        f"\n{count} cell{'s wait' if count > 1 else ' waits'} to be inserted; open: nbreview {made.notebook}"
    )
