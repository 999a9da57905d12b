"""`nbreview evaluate`: the program scored on labelled data. No logic of its own."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview.cli.evaluate_model import edits, tasks
from nbreview.cli.options import PATH
from nbreview.cli.progress import progress_bar
from nbreview.cli.reports import show

if TYPE_CHECKING:
    from nbreview.evaluation.pairs import LabelledPair, Sheet


@click.group("evaluate")
def evaluate() -> None:
    """Score nbreview on labelled data of your own, beside its peers."""


evaluate.add_command(edits)
evaluate.add_command(tasks)


@evaluate.command("alignment")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option(
    "--peer",
    type=click.Choice(["nbdime", "none"]),
    default="nbdime",
    show_default=True,
    help="What to measure in the same run.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Score the first N pairs only.")
@click.option(
    "--peer-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="End the peer after this long at one pair, which then counts as not matched.",
)
@click.option(
    "--moves",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    metavar="N",
    help="Score N notebooks of DIR whose cells a script moved as well.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option(
    "-o", "--output", type=PATH, metavar="DIR", help="Write report.json, report.md and a chart there too."
)
def alignment(
    folder: Path,
    peer: str,
    limit: int | None,
    peer_seconds: float,
    moves: int,
    as_json: bool,
    output: Path | None,
) -> None:
    """Score how cells are matched: precision, recall and F1, notebooks matched exactly, and time a pair.

    DIR holds truth.jsonl, one pair of revisions a line, and blobs/NAME.ipynb. Of a line count "base" and
    "head" (names of blobs) and "truth" (the true matching, a list of [base index, head index]); "edited",
    "moved", "edited_sim", "repo" and "pair" are taken where they are. Ids are hidden from every tool.
    """
    from nbreview.evaluation.alignment import OURS, Tool, ours, score_all
    from nbreview.evaluation.alignment_report import alignment_form, alignment_report
    from nbreview.evaluation.form import dataset_of
    from nbreview.evaluation.moves import scripted_moves
    from nbreview.evaluation.pairs import read_lines, read_pair
    from nbreview.evaluation.peers import open_peer, peer_version

    began = time.monotonic()
    lines = read_lines(folder, limit)
    tools: dict[str, Tool] = {OURS: ours}
    notes = []
    with ExitStack() as stack:
        if peer == "nbdime":
            tools[peer] = stack.enter_context(open_peer(peer_seconds)).answer
            notes.append(f"nbdime {peer_version()} in the same run, ended after {peer_seconds:g} s a pair.")
        heads: dict[bytes, Sheet] = {}

        def pairs() -> "Iterator[LabelledPair]":
            for line in lines:
                pair = read_pair(line)
                if moves:
                    heads.setdefault(pair.head.data, pair.head)
                yield pair

        with progress_bar(len(lines), "Revisions") as step:
            scores = score_all(pairs(), tools, step)
        made = scripted_moves(list(heads.values()), moves)
        with progress_bar(len(made), "Scripted moves") as step:
            moved = score_all(made, tools, step) if made else {}
    chosen = {"peer": peer, "moves": moves, "peer_seconds": peer_seconds}
    dataset = dataset_of(folder, len(lines), ignored=output)
    form = alignment_form(scores, dataset, time.monotonic() - began, chosen)
    show(replace(alignment_report(scores, moved, notes), form=form), as_json, output)


@evaluate.command("crashes")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option(
    "--rungs",
    default="static,stand-in",
    show_default=True,
    metavar="NAMES",
    help="Which rungs to ask, separated by commas: static, stand-in.",
)
@click.option(
    "--snapshot/--code-only", default=True, show_default=True, help="Tell the rungs what was in the kernel."
)
@click.option(
    "--python",
    type=PATH,
    metavar="PATH",
    help="Interpreter whose libraries the cells need; nbreview's own by default.",
)
@click.option("--model", type=PATH, metavar="FILE.gguf", help="Ask a model where the rungs see no crash.")
@click.option(
    "--votes", type=click.IntRange(1, 15), default=1, show_default=True, help="How often the model reasons."
)
@click.option("--only", default="", metavar="LIBRARY", help="Score the cases of one library only.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Cases at a time; by default one a core, as far as memory goes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option(
    "-o", "--output", type=PATH, metavar="DIR", help="Write report.json, report.md and a chart there too."
)
def crashes(
    folder: Path,
    rungs: str,
    snapshot: bool,
    python: Path | None,
    model: Path | None,
    votes: int,
    only: str,
    jobs: int | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Score crash verdicts: accuracy, precision, recall, F1, pairs right on both sides, right exceptions.

    DIR holds truth.jsonl, one case a line ("case", "crash", and labels where they are known), and in
    executed_code/ or executed_code_runinfo/ CASE.txt: the executed cells and the target cell in the layout of
    CRANE-LLM. The rung stand-in runs the cells of DIR in a contained child process. Libraries are imported
    and asked for signatures before the clock of the first case starts.
    """
    from nbreview.cancellation import CancelToken
    from nbreview.cli.engine import open_model
    from nbreview.evaluation.crash_cases import read_cases, read_program
    from nbreview.evaluation.crash_form import crash_form
    from nbreview.evaluation.crash_report import crash_report
    from nbreview.evaluation.crash_tools import open_tools
    from nbreview.evaluation.crashes import fitting_jobs, judge_all, read_rungs
    from nbreview.evaluation.form import dataset_of
    from nbreview.evaluation.models import model_value
    from nbreview.review.model import Rung

    began = time.monotonic()
    asked = read_rungs(rungs)
    cases = read_cases(folder, snapshot=snapshot, library=only)
    programs = [read_program(case, snapshot=snapshot) for case in cases]
    cancel = CancelToken()
    notes = []
    info = None
    with ExitStack() as stack:
        engine = None
        if model is not None:
            asked = (*asked, Rung.MODEL)
            engine = open_model(stack, model, votes)
            info = engine.engine.info
            notes.append(f"{model.name}, reasoning {'once' if votes == 1 else f'{votes} times'} a cell.")
        at_once = jobs or fitting_jobs()
        tools = stack.enter_context(
            open_tools(asked, programs, python, asked=engine, jobs=at_once, cancel=cancel)
        )
        with progress_bar(len(cases), "Cases") as step:
            judged = judge_all(cases, tools, snapshot=snapshot, jobs=at_once, progress=step, cancel=cancel)
    chosen = {
        "rungs": [rung.value for rung in asked],
        "snapshot": snapshot,
        "library": only,
        "votes": votes if model is not None else None,
    }
    dataset = dataset_of(folder, len(cases), ignored=output)
    form = crash_form(judged, dataset, time.monotonic() - began, chosen, model_value(info))
    show(replace(crash_report(judged, asked, snapshot, notes), form=form), as_json, output)


@evaluate.command("compare")
@click.argument("first", type=PATH, metavar="REPORT_A")
@click.argument("second", type=PATH, metavar="REPORT_B")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option(
    "-o", "--output", type=PATH, metavar="DIR", help="Write report.json, report.md and report.svg there too."
)
def compare(first: Path, second: Path, as_json: bool, output: Path | None) -> None:
    """Say by how much two runs on the same data differ, and whether by more than chance.

    REPORT_A and REPORT_B are two report.json of one evaluation, or the folders that hold them. Items are
    matched by their ids. Means are compared by a paired bootstrap over repositories, what is right or wrong
    by McNemar's exact test.
    """
    from nbreview.evaluation.comparison import compare_reports, read_report

    show(compare_reports(read_report(first), read_report(second)), as_json, output)
