"""Labelled edits asked of a scripted engine: what is asked, what is kept, and what it comes to."""

import json
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.edit_items import EditItem, Mode, read_edits
from nbreview.evaluation.edits import Asking, Run, exemplar_numbers, run_edits
from nbreview.evaluation.edits_report import edits_report
from nbreview.evaluation.exemplars import ExemplarPool
from nbreview.evaluation.form import Dataset
from nbreview.evaluation.journal import Journal
from nbreview.evaluation.report import json_text, markdown
from nbreview.llm.model import Reply, Sampling
from tests.assist.engines import ScriptedEngine, reply
from tests.evaluation.edit_files import six_edits
from tests.evaluation.forms import check_form


def items(tmp_path: Path, *modes: Mode) -> tuple[EditItem, ...]:
    return read_edits(six_edits(tmp_path / "edits.jsonl"), modes or (Mode.CELL,)).items


def right(item: EditItem) -> Reply:
    return reply(f"Renamed it.\n```python\n{item.after}\n```")


def ask(
    engine: ScriptedEngine,
    asked: tuple[EditItem, ...],
    numbers: tuple[int, ...] = (0,),
    journal: Path | None = None,
    context: int = 4096,
    cancel: CancelToken | None = None,
) -> Run:
    asking = Asking(numbers, Sampling(0.0, 0.95, 7, 256), context)
    with Journal(journal) as kept:
        return run_edits(
            engine, asked, ExemplarPool(asked), asking, kept, lambda: None, cancel or CancelToken()
        )


def figures(run: Run, asked: tuple[EditItem, ...]) -> dict[tuple[str, str], float | None]:
    report = edits_report(run, asked, Dataset("e", "0" * 64, len(asked)), 1.0, None, {}, ("One.",), ())
    check_form(json.loads(json_text(report)))
    assert report.form is not None and "Nearness to the author's code" in markdown(report)
    return {(each.series, each.name): each.value for each in report.form.measures}


def test_the_authors_own_code_scores_one_beside_the_code_unchanged(tmp_path: Path) -> None:
    asked = items(tmp_path)
    run = ask(ScriptedEngine([right(item) for item in asked]), asked)
    found = figures(run, asked)
    model, unchanged = "model, one cell, 0 exemplars", "unchanged, one cell"
    for name in ("exact match", "BLEU", "edit similarity", "ROUGE-L", "usable"):
        assert found[model, name] == pytest.approx(1.0)
    assert found[unchanged, "exact match"] == 0.0
    for name in ("BLEU", "CodeBLEU", "edit similarity", "ROUGE-L"):
        assert 0 < (found[unchanged, name] or 0) < (found[model, name] or 0)


def test_an_answer_that_changes_nothing_scores_what_the_code_unchanged_scores(tmp_path: Path) -> None:
    asked = items(tmp_path)
    same = [reply(f"```python\n{item.before}\n```") for item in asked for _ in range(2)]
    found = figures(ask(ScriptedEngine(same), asked), asked)
    assert found["model, one cell, 0 exemplars", "usable"] == 0.0
    for name in ("exact match", "BLEU", "CodeBLEU", "edit similarity", "ROUGE-L"):
        assert found["model, one cell, 0 exemplars", name] == found["unchanged, one cell", name]


@pytest.mark.parametrize("mode", list(Mode))
def test_exemplars_are_turns_before_the_question_the_nearest_last(tmp_path: Path, mode: Mode) -> None:
    asked = items(tmp_path, mode)
    engine = ScriptedEngine([right(asked[0])] * 3)
    run = ask(engine, asked[:1], (0, 1, 5))
    assert [answer.exemplars for answer in run.answers] == [0, 1, 5]
    # Alone in its pool it is shown none, so that all three are one question.
    assert [len(request.messages) for request in engine.requests] == [2]
    assert [answer.shown for answer in run.answers] == [0, 0, 0]
    engine = ScriptedEngine([right(item) for item in asked for _ in range(3)])
    ask(engine, asked, (0, 1, 5))
    messages = engine.requests[2].messages
    shown = ExemplarPool(asked).resembling(asked[0], 5)
    assert len(shown) >= 4
    assert [message.role for message in messages[1:]] == ["user", "assistant"] * len(shown) + ["user"]
    nearest = shown[0]
    assert nearest.before in messages[-3].content and nearest.after in messages[-2].content
    assert asked[0].after not in "".join(message.content for message in messages)


@pytest.mark.parametrize(("mode", "context"), [(Mode.FILE, 800), (Mode.CELL, 1100)])
def test_exemplars_that_do_not_fit_are_left_out(tmp_path: Path, mode: Mode, context: int) -> None:
    asked = items(tmp_path, mode)
    engine = ScriptedEngine([right(asked[0])] * 24)
    run = ask(engine, asked, (0, 5), context=context)
    several = [answer for answer in run.answers if answer.exemplars and answer.item.group != "other"]
    assert all(answer.shown > 0 and answer.dropped > 0 for answer in several), several
    assert not any(answer.too_long for answer in run.answers)


def test_an_item_longer_than_the_context_counts_as_cut(tmp_path: Path) -> None:
    asked = items(tmp_path, Mode.FILE)
    engine = ScriptedEngine([])
    run = ask(engine, asked, context=300)
    assert engine.requests == [] and all(answer.too_long and not answer.text for answer in run.answers)
    assert figures(run, asked)["model, whole file, 0 exemplars", "exact match"] == 0.0


def test_a_run_that_was_stopped_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    asked, path, cancel = items(tmp_path), tmp_path / "answers.jsonl", CancelToken()
    asking, done = Asking((0,), Sampling(0.0, 0.95, 7, 256), 4096), 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == 3:
            cancel.cancel()

    engine = ScriptedEngine([right(item) for item in asked])
    with Journal(path) as journal, pytest.raises(Cancelled):
        run_edits(engine, asked, ExemplarPool(asked), asking, journal, step, cancel)
    assert len(engine.requests) == 3 and len(path.read_bytes().splitlines()) == 3
    rest = ScriptedEngine([right(item) for item in asked[3:]])
    run = ask(rest, asked, journal=path)
    assert len(rest.requests) == 3 and len(run.answers) == 6
    assert figures(run, asked)["model, one cell, 0 exemplars", "exact match"] == 1.0


def test_another_setting_is_asked_anew(tmp_path: Path) -> None:
    asked, path = items(tmp_path)[:1], tmp_path / "answers.jsonl"
    for context, requests in ((4096, 1), (4096, 0), (2048, 1)):
        engine = ScriptedEngine([right(asked[0])])
        ask(engine, asked, journal=path, context=context)
        assert len(engine.requests) == requests


def test_a_failure_of_the_engine_is_counted_and_not_kept(tmp_path: Path) -> None:
    asked, path = items(tmp_path), tmp_path / "answers.jsonl"
    replies: list[Reply | UserError] = [right(item) for item in asked]
    replies[1] = UserError("The model's process was ended.")
    run = ask(ScriptedEngine(replies), asked, journal=path)
    assert run.failures == {"The model's process was ended.": 1} and len(run.answers) == 5
    again = ask(ScriptedEngine([right(asked[1])]), asked, journal=path)
    assert again.failures == {} and len(again.answers) == 6


def test_an_engine_that_fails_again_and_again_ends_the_run(tmp_path: Path) -> None:
    asked = items(tmp_path)
    engine = ScriptedEngine([UserError("Out of memory; load a smaller model.")] * 6)
    with pytest.raises(UserError, match="Out of memory"):
        ask(engine, asked)
    assert len(engine.requests) == 5


def test_numbers_of_exemplars_are_a_list() -> None:
    assert exemplar_numbers("5, 0,1,0") == (0, 1, 5)
    for text in ("", "a", "-1", "99"):
        with pytest.raises(UserError, match="write 0,1,5"):
            exemplar_numbers(text)
