"""Tasks: programs of a scripted engine judged by what they say and, in the sandbox, by what they do."""

import json
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.form import Dataset
from nbreview.evaluation.journal import Journal
from nbreview.evaluation.report import json_text, markdown
from nbreview.evaluation.sandbox import End, Kind, run_contained
from nbreview.evaluation.task_items import copy_of, read_tasks
from nbreview.evaluation.tasks import TaskRun, TaskSetup, run_tasks
from nbreview.evaluation.tasks_report import tasks_report
from nbreview.kernel.access import Access
from nbreview.kernel.model import RunLimits
from nbreview.llm.model import Sampling
from nbreview.services.knowledge import Knowledge
from tests.assist.engines import ScriptedEngine, reply
from tests.evaluation.forms import check_form
from tests.evaluation.task_files import write_repository, write_tasks

LIMITS = RunLimits(seconds=10.0, memory_bytes=1 << 30)
GOOD = "```bash\npython train.py --dataset cora --epochs 3\n```"
WRONG_VALUE = "```bash\npython train.py --dataset cora --epochs 4\n```"
WRONG_KIND = "```python\nepochs, dataset = 3, 'cora'\n```"
FAILS = "```bash\npython train.py --dataset cora --epochs 3 && exit 4\n```"


@pytest.fixture
def contained(tmp_path: Path) -> None:
    done = run_contained("pass", Kind.PYTHON, None, LIMITS, CancelToken())
    if done.end is End.REFUSED:
        pytest.skip(done.why)


def ask(
    tmp_path: Path, replies: list[str], samples: int, limits: RunLimits = LIMITS, journal: Path | None = None
) -> tuple[TaskRun, ScriptedEngine]:
    engine = ScriptedEngine([reply(text) for text in replies])
    copies = tmp_path / "copies" if (tmp_path / "copies").exists() else write_repository(tmp_path)
    items = read_tasks(write_tasks(tmp_path)).items
    setup = TaskSetup(samples, Sampling(), 4096, limits, copies)
    with Journal(journal) as kept:
        return run_tasks(engine, items, setup, kept, lambda: None, CancelToken()), engine


def figures(run: TaskRun) -> dict[tuple[str, str], float]:
    report = tasks_report(run, Dataset("tasks.jsonl", "0" * 64, 1), 1.0, None, {}, (), ())
    check_form(json.loads(json_text(report)))
    assert report.form is not None and "Programs for tasks" in markdown(report)
    return {(each.series, each.name): each.value or 0.0 for each in report.form.measures}


@pytest.mark.usefixtures("contained")
def test_a_program_passes_by_kind_arguments_and_exit_status(tmp_path: Path) -> None:
    run, engine = ask(tmp_path, [GOOD, WRONG_VALUE, WRONG_KIND, FAILS, "I cannot."], 5)
    programs = run.results[0].programs
    assert [program.passed for program in programs] == [True, False, False, False, False]
    assert [program.matched for program in programs] == [2, 1, 2, 2, 0]
    assert [program.kind for program in programs[:3]] == [Kind.BASH, Kind.BASH, Kind.PYTHON]
    assert programs[3].end is End.FAILED and run.results[0].reference is not None
    found = figures(run)
    assert found["model", "pass@1"] == pytest.approx(0.2) and found["model", "pass@5"] == 1.0
    assert found["model", "pass@2"] == pytest.approx(0.4) and found["model", "output kind"] == 0.8
    assert found["the data set's own program", "pass@1"] == 1.0
    seeds = [request.sampling.seed for request in engine.requests]
    assert seeds == [7, 8, 9, 10, 11]


@pytest.mark.usefixtures("contained")
def test_a_time_out_is_no_pass_and_counted_apart(tmp_path: Path) -> None:
    late = "```bash\npython train.py --dataset cora --epochs 3; sleep 60\n```"
    run, _ = ask(tmp_path, [late], 1, RunLimits(seconds=0.7))
    assert run.results[0].programs[0].end is End.TIME and run.results[0].programs[0].passed is False
    found = figures(run)
    assert (found["model", "pass@1"], found["model", "time-outs"], found["model", "runs"]) == (0, 1, 0)


@pytest.mark.usefixtures("contained")
def test_what_was_asked_and_run_is_not_asked_and_run_again(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    first, _ = ask(tmp_path, [GOOD, FAILS], 2, journal=path)
    again, engine = ask(tmp_path, [], 2, journal=path)
    assert engine.requests == []
    ends = [[each.end for each in run.results[0].programs] for run in (first, again)]
    assert ends[0] == ends[1] == [End.FINISHED, End.FAILED]
    more, engine = ask(tmp_path, [WRONG_KIND], 3, journal=path)
    assert len(engine.requests) == 1 and len(more.results[0].programs) == 3


@pytest.mark.usefixtures("contained")
def test_a_program_sees_its_folder_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hidden")
    (tmp_path / "data.txt").write_text("17", encoding="utf-8")
    source = (
        "import os\nprint(open('data.txt').read(), os.environ.get('SECRET_TOKEN'))\n"
        "try:\n    open('data.txt', 'w').write('changed')\nexcept OSError:\n    pass\n"
    )
    done = run_contained(source, Kind.PYTHON, tmp_path, LIMITS, CancelToken())
    assert (done.end, done.code, done.output) == (End.FINISHED, 0, "17 None\n")
    assert (tmp_path / "data.txt").read_text(encoding="utf-8") == "17"


@pytest.mark.usefixtures("contained")
def test_a_program_has_no_network() -> None:
    source = "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)"
    done = run_contained(source, Kind.PYTHON, None, LIMITS, CancelToken())
    assert done.end is End.FAILED and "Error" in done.output


def test_where_nothing_can_hold_it_nothing_runs_and_nothing_passes(tmp_path: Path) -> None:
    done = run_contained("pass", Kind.PYTHON, None, LIMITS, CancelToken(), access=Access(()))
    assert done.end is End.REFUSED and "Nothing can hold a program" in done.why


def test_stop_starts_nothing() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_contained("pass", Kind.PYTHON, None, LIMITS, cancel)


def test_the_prompt_shows_passage_and_instruction_and_tells_neither_kind_nor_arguments(
    tmp_path: Path,
) -> None:
    _, engine = ask(tmp_path, ["nothing"], 1)
    question = engine.requests[0].messages[1].content
    assert "python train.py --dataset NAME" in question and "3 epochs" in question
    assert "Bash Script" not in question and "{'epochs'" not in question


def test_lines_that_are_no_task_are_counted(tmp_path: Path) -> None:
    path = write_tasks(tmp_path, {}, {"id": 2, "type": "poem"}, {"id": 3, "arguments": "{"}, {"id": 1})
    with path.open("a", encoding="utf-8") as stream:
        stream.write("no JSON\n\n[1]\n")
    tasks = read_tasks(path)
    assert [item.id for item in tasks.items] == ["1"]
    assert dict(tasks.skipped) == {"lines that are no task": 4, "listed twice": 1}
    assert tasks.items[0].arguments == (("epochs", "3"), ("dataset", "cora"))


def test_a_file_without_a_task_is_one_sentence(tmp_path: Path) -> None:
    path = write_tasks(tmp_path, {"type": None})
    with pytest.raises(UserError, match="holds no task; name JSON lines"):
        read_tasks(path)
    with pytest.raises(UserError, match="cannot be read"):
        read_tasks(tmp_path / "none.jsonl")


@pytest.mark.parametrize("folder", ["../..", "/etc", "..", "", "missing"])
def test_no_folder_outside_the_copies_is_ever_meant(tmp_path: Path, folder: str) -> None:
    copies = write_repository(tmp_path)
    item = read_tasks(write_tasks(tmp_path, {"path": folder, "github": "x/unknown"})).items[0]
    assert copy_of(item, copies) is None


@pytest.mark.usefixtures("contained")
def test_the_agent_finds_the_passage_itself_in_the_repository_of_the_task(tmp_path: Path) -> None:
    copies = write_repository(tmp_path)
    (copies / "tool" / "README.md").write_text("# Tool\n\nTrain with `train.py --dataset NAME --epochs N`.\n")
    engine = ScriptedEngine([reply("CODE"), reply(GOOD)])
    items = read_tasks(write_tasks(tmp_path)).items
    knowledge = Knowledge(tmp_path / "cache")
    setup = TaskSetup(1, Sampling(), 4096, LIMITS, copies, agent=knowledge)
    with Journal(None) as kept:
        run = run_tasks(engine, items, setup, kept, lambda: None, CancelToken())
    knowledge.close()
    assert run.results[0].programs[0].passed
    assert "train.py --dataset NAME" in engine.requests[0].messages[-1].content
    assert "Run `python train.py" not in engine.requests[0].messages[-1].content
