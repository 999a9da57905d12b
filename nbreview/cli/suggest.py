"""`nbreview suggest`: a proposed edit of cells, from rules or from a model. No logic of its own."""

import contextlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview import paths, settings
from nbreview.cli.engine import endpoint_option, load_engine
from nbreview.cli.options import PATH, say_notice, store_option
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.llm.model import Event
    from nbreview.review.model import Finding, Suggestion
    from nbreview.services.fixing import Proposed
    from nbreview.services.opening import Comparison
    from nbreview.services.wishes import Wish
    from nbreview.store.database import Store


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a model; `cells` from 0, None for all."""

    cells: tuple[int, ...] | None
    instruction: str
    commit: str
    fix: bool
    error: bool
    reads: bool


@click.command("suggest")
@click.argument("notebook", type=PATH)
@click.option(
    "--cell", "cells", type=click.IntRange(min=1), multiple=True, help="Which cell, from 1; may be repeated."
)
@click.option("--all", "whole", is_flag=True, help="The whole notebook: cells may also come and go.")
@click.option("--instruction", default="", help="What to change; needs --model.")
@click.option("--commit", metavar="REV", default="", help="Do what this commit's message says.")
@click.option("--fix", is_flag=True, help="Mend what the checks find in the cells.")
@click.option("--error", "of_error", is_flag=True, help="Mend the error that the last run ended in.")
@click.option(
    "--read",
    "reads",
    is_flag=True,
    help="Let the model first read what --instruction needs: READMEs, and files that they lead to.",
)
@click.option("--model", type=PATH, help="Model (GGUF) to ask. Without it: quick fixes.")
@endpoint_option
@click.option(
    "--candidates",
    type=click.IntRange(1, 8),
    help="Answers to draw; the best is printed first. Without it: as the settings say.",
)
@click.option(
    "--exemplars",
    type=click.IntRange(0, 5),
    help="Accepted edits to show the model as examples. Without it: as the settings say.",
)
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
    cells: tuple[int, ...],
    whole: bool,
    instruction: str,
    commit: str,
    fix: bool,
    of_error: bool,
    reads: bool,
    model: Path | None,
    endpoint: str,
    candidates: int | None,
    exemplars: int | None,
    stand_in: bool,
    store: Path | None,
    as_json: bool,
) -> int:
    """Propose an edit of cells of NOTEBOOK and keep it in the store, to be accepted or rejected in the
    window. The notebook is not changed.

    Without a model, the fixes of what is known to crash in the cells are printed, the best first; a fix may
    lie in another cell. Nothing of the notebook runs, unless --stand-in asks for it.

    A model is asked for what one of --instruction, --commit, --fix and --error says, and without any of them
    for whatever is wrong to be mended. What it was shown, and what was left out for length, is printed.

    Exit codes: 0 there is a suggestion, 1 there is none, 2 an error.
    """
    from nbreview.review.model import SuggestionState
    from nbreview.services.opening import open_notebook
    from nbreview.store.database import Store

    asks = model is not None or bool(endpoint)
    wishes = [instruction, commit, fix, of_error]
    if any(wishes) and not asks:
        said = "An instruction" if instruction else "This"
        raise UserError(f"{said} is for a model; name one with --model PATH (nbreview models lists them).")
    if sum(map(bool, wishes)) > 1:
        raise UserError("Say one thing: --instruction, --commit, --fix or --error.")
    if reads and not instruction.strip():
        raise UserError("--read reads for a task; say it with --instruction.")
    if whole == bool(cells):
        raise UserError("Say which cells: --cell NUMBER, as often as needed, or --all.")
    if stand_in and (asks or len(cells) != 1):
        raise UserError("--stand-in looks at quick fixes of one cell; leave out --model, or --stand-in.")
    if notebook.is_dir():
        raise UserError(f"{notebook} is a folder; name the .ipynb file whose cell is meant.")
    chosen = _settings()
    comparison = open_notebook(notebook, chosen).comparison
    count = len(comparison.head.notebook.cells)
    if not count:
        raise UserError(f"{notebook} has no cells, so there is nothing to edit; name another.")
    if max(cells, default=1) > count:
        raise UserError(f"{notebook} has {count} cells; give --cell a number from 1 to {count}.")
    asked = tuple(range(count)) if whole else tuple(sorted({number - 1 for number in cells}))
    with Store.open(paths.store_path(store)) as opened:
        say_notice(opened)
        if asks:
            question = Question(None if whole else asked, instruction, commit, fix, of_error, reads)
            chosen = replace(
                chosen,
                candidates=chosen.candidates if candidates is None else candidates,
                exemplars=chosen.exemplars if exemplars is None else exemplars,
            )
            found = _ask(model, endpoint, chosen, opened, comparison, question)
        else:
            found, elsewhere = _fixes(opened, comparison, asked, stand_in)
            if not found:
                language = comparison.head.notebook.language
                click.echo(_no_fix(notebook, asked, language, elsewhere), err=True)
    _print(found, as_json)
    usable = any(each.choices[0].state is not SuggestionState.FAILED for each in found)
    return 0 if usable else 1


def _fixes(
    store: "Store", comparison: "Comparison", cells: tuple[int, ...], stand_in: bool
) -> "tuple[list[Proposed], list[int]]":
    """What is proposed for the cells, and the other cells, from 1, that there are fixes for."""
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
                cells[0],
                cancel,
                lambda program, cancel: server.run(program, cancel=cancel),
            )
    else:
        proposed = fixes_without_model(comparison, store, cells[0], cancel)
    found = [one for one in proposed if any(about(one, index) for index in cells)]
    others = {one.mends for one in proposed if one.mends is not None and one not in found}
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
    question: Question,
) -> "list[Proposed]":
    from nbreview.cancellation import CancelToken
    from nbreview.services import proposing
    from nbreview.services.fixing import Proposed
    from nbreview.services.knowledge import Knowledge
    from nbreview.services.libraries import libraries_for, static_findings
    from nbreview.services.reading import read_repository, with_passages
    from nbreview.services.wishes import Scope

    head, folder = comparison.head.notebook, comparison.target.notebook.parent
    cancel, scope = CancelToken(), Scope(question.cells)
    libraries = libraries_for(head, folder)
    findings = static_findings(head, libraries, folder, cancel)
    wish = _wish(question, comparison, findings)
    with contextlib.ExitStack() as stack:
        if sys.stderr.isatty():
            stack.callback(click.echo, "\r\x1b[K", nl=False, err=True)
        engine = load_engine(stack, model, endpoint, chosen, _progress)
        knowledge = Knowledge()
        stack.callback(knowledge.close)
        cell = question.cells[0] if question.cells else None
        passages = knowledge.knowledge_for(comparison, cell, wish.text, cancel)
        if wish.reads:
            kept = read_repository(engine, knowledge, comparison.target, wish.text, chosen, cancel, _reading)
            passages = with_passages(kept, passages)
        cards = proposing.propose_edits(
            engine,
            store,
            comparison,
            scope,
            wish,
            chosen,
            passages,
            _progress,
            cancel,
            chosen.candidates,
            proposing.judge_of(comparison, libraries, cancel),
            findings=findings,
            exemplars=chosen.exemplars,
        )
    return [Proposed(card.choices, tuple(range(len(card.choices)))) for card in cards]


def _wish(question: Question, comparison: "Comparison", findings: "Sequence[Finding]") -> "Wish":
    """What is wanted, from what was said on the command line."""
    from nbreview.review.model import Verdict
    from nbreview.services.wishes import Wish, wish_of_commit, wish_of_error, wish_of_finding

    head, cells = comparison.head.notebook, question.cells
    if question.commit:
        return wish_of_commit(comparison.target, question.commit)
    if question.error:
        return wish_of_error(head, cells)
    if not question.fix:
        return Wish.of(question.instruction, reads=question.reads)
    crashes = [
        each
        for each in findings
        if each.verdict is Verdict.CRASH and (cells is None or each.cell_index in cells)
    ]
    if not crashes:
        raise UserError(
            "The checks find nothing to mend there; say what to change with --instruction, or see "
            "“nbreview check” for what they find."
        )
    return wish_of_finding(head, crashes[0])


def _reading(words: str) -> None:
    """What the model reads of the repository, a line a step."""
    click.echo(f"The model {words}." if words.startswith(("read", "opened")) else f"{words}.", err=True)


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


def _no_fix(notebook: Path, cells: tuple[int, ...], language: str, elsewhere: list[int]) -> str:
    which = f"cell {cells[0] + 1}" if len(cells) == 1 else f"{len(cells)} cells"
    sentence = f"No quick fix for {which} of {notebook}"
    if language.lower() != "python":
        sentence += f" (there are none for {language})"
    elif elsewhere:
        others = ", ".join(map(str, elsewhere))
        sentence += f"; cells with one: {others}"
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
            if judgement := item.origin.settings.get("judgement"):
                click.echo(judgement)
            before, after = item.base_source.splitlines(), item.proposed_source.splitlines()
            for line in unified_diff(before, after, *_names(item), lineterm=""):
                click.echo(line)
    asked = {each.choices[0].origin.settings.get("question"): each.choices[0] for each in found}
    for question, item in asked.items():
        if question:
            for line in shown_lines(item.origin.settings):
                click.echo(line)


def _names(item: "Suggestion") -> tuple[str, str]:
    """What a diff calls the cell before and after."""
    cell = f"cell {item.place.cell_index + 1}"
    return ("nothing" if item.edit == "insert" else cell, "nothing" if item.edit == "remove" else cell)


def shown_lines(record: Mapping[str, Any]) -> list[str]:
    """What a model was shown and what was left out, part by part, as it was kept with the answer."""
    lines = [str(record.get("shown", ""))]
    for part in record.get("shown_parts", ()):
        names, tokens = ", ".join(part["names"]), part["tokens"]
        line = f"  {part['kind']}: {names or 'none'} ({tokens:,} tokens)"
        if part["left_out"]:
            line += f"; left out: {', '.join(part['left_out'])} ({part['left_out_tokens']:,} tokens)"
        lines.append(line)
    return [line for line in lines if line]


def _record(item: "Suggestion", rank: int) -> dict[str, object]:
    from nbreview.services.fixing import rule_of

    by_rule = item.origin.maker != "model"
    rule, seen_by = rule_of(item.origin) if by_rule else ("", "")
    return {
        "id": item.id,
        "notebook": item.place.notebook,
        "cell_index": item.place.cell_index,
        "cell_id": item.place.cell_id,
        "edit": item.edit.value,
        "group": item.group,
        "rank": rank,
        "state": item.state.value,
        "evidence": item.evidence.value,
        "reason": item.reason,
        "instruction": item.instruction,
        "maker": item.origin.maker,
        "rule": rule,
        "verified_by": seen_by,
        "model": item.origin.model_name,
        "judgement": item.origin.settings.get("judgement", ""),
        "shown": item.origin.settings.get("shown_parts", []),
        "base_source": item.base_source,
        "proposed_source": item.proposed_source,
    }
