"""The agent for a task in a repository: what it reads, what it is refused, what it keeps."""

import pytest

from nbreview.assist.agent import (
    MOST_STEPS,
    AgentRun,
    AgentTask,
    StepKind,
    argument_lines,
    kept_lines,
    parse_answer,
    run_agent,
)
from nbreview.assist.passages import is_readme, passages_of
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.llm.model import Sampling
from nbreview.store.index import PassageIndex, Source
from tests.assist.engines import ScriptedEngine, reply

FILES = {
    "README.md": "# Tool\n\nA tool to train graphs. See scripts.",
    "docs/README.md": "# Training\n\nTrain with epochs on a data set: see train.py.",
    "train.py": "import argparse\nparser = argparse.ArgumentParser()\n"
    "parser.add_argument('--epochs', type=int)\nparser.add_argument('--dataset')\nprint('x')\n",
    "big.py": "def big():\n" + "    x = 'nothing of use'\n" * 900,
}
TASK = AgentTask("Train for 3 epochs on the data set cora.", "tool")
PROGRAM = "```bash\npython train.py --dataset cora --epochs 3\n```"


def shelf() -> PassageIndex:
    index = PassageIndex(None)

    def source(path: str, text: str) -> Source:
        return Source(path, "1", text.encode, passages_of, is_readme(path))

    index.update([source(path, text) for path, text in FILES.items()], CancelToken())
    return index


def run(*replies: str, context: int = 4096, task: AgentTask = TASK) -> tuple[AgentRun, ScriptedEngine]:
    engine = ScriptedEngine([reply(text) for text in replies])
    with shelf() as index:
        done = run_agent(engine, task, index, Sampling(), context, lambda event: None, CancelToken())
    return done, engine


def test_a_readme_that_tells_enough_leads_to_the_program_at_once() -> None:
    done, engine = run("CODE", PROGRAM)
    assert [(step.kind, step.path) for step in done.steps] == [
        (StepKind.READ, "docs/README.md"),  # the one that holds most of the task's words is shown first
        (StepKind.WROTE, ""),
    ]
    assert (done.mark, done.code) == ("bash", "python train.py --dataset cora --epochs 3")
    assert "see train.py" in engine.requests[-1].messages[-1].content
    assert done.origin.template.startswith("agent.v1 sha256:")


def test_a_file_is_opened_and_only_lines_that_stand_in_it_are_kept() -> None:
    kept = "```\nparser.add_argument('--epochs', type=int)\nparser.add_argument('--made-up')\n```"
    done, engine = run("FILE train.py", kept, "No", PROGRAM)
    assert done.opened == ("train.py",)
    opened = next(step for step in done.steps if step.kind is StepKind.OPENED)
    assert opened.kept == "parser.add_argument('--epochs', type=int)"
    last = engine.requests[-1].messages[-1].content
    assert "--epochs" in last and "made-up" not in last and "A tool to train graphs" not in last


def test_where_the_model_keeps_nothing_the_declared_arguments_are_kept() -> None:
    done, _ = run("FILE `train.py`.", "I do not know.", "No", PROGRAM)
    opened = next(step for step in done.steps if step.kind is StepKind.OPENED)
    assert "--dataset" in opened.kept and "print" not in opened.kept


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.py", "none.py", "", "docs"])
def test_a_path_that_is_not_in_the_index_is_refused_and_the_model_is_told(path: str) -> None:
    done, engine = run(f"FILE {path}", "CODE", PROGRAM)
    assert done.steps[0].kind is StepKind.REFUSED and done.steps[0].path == path
    told = engine.requests[1].messages[-1].content
    assert (f"no file {path} in" if path else "No path was named") in told
    assert done.opened == ()


def test_the_questions_are_bounded_whatever_is_answered() -> None:
    done, engine = run(*["FILE nowhere.py"] * MOST_STEPS, PROGRAM)
    assert len(engine.requests) == MOST_STEPS + 1
    assert done.code.startswith("python train.py")


def test_an_answer_of_no_kind_is_no_and_the_program_is_still_written() -> None:
    done, engine = run("Perhaps.", "No", PROGRAM)
    assert [step.kept for step in done.steps] == ["", "", ""]
    assert "# From" not in engine.requests[-1].messages[-1].content


def test_no_question_is_longer_than_the_context() -> None:
    done, engine = run("FILE big.py", "```\nnothing\n```", "CODE", PROGRAM, context=1200)
    for request in engine.requests:
        spent = sum(engine.count_tokens(message.content) for message in request.messages)
        assert spent + request.sampling.max_tokens <= 1200
    assert any(step.cut for step in done.steps)


def test_the_beginning_of_the_program_is_shown() -> None:
    _, engine = run("CODE", PROGRAM, task=AgentTask("Train.", "tool", "import tool\n"))
    assert "```python\nimport tool\n```" in engine.requests[-1].messages[-1].content


def test_it_can_be_stopped() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with shelf() as index, pytest.raises(Cancelled):
        run_agent(ScriptedEngine([]), TASK, index, Sampling(), 4096, lambda event: None, cancel)


def test_answers_are_read_however_they_are_dressed() -> None:
    assert parse_answer("**CODE**") == ("CODE", "")
    assert parse_answer("<think>FILE a.py</think>\nfile: `src/b.py`.") == ("FILE", "src/b.py")
    assert parse_answer("No, it does not.") == ("NO", "")
    assert parse_answer("Nothing here") == ("", "")


def test_lines_are_kept_in_the_order_of_the_file() -> None:
    assert kept_lines("```\nb = 2\n  a = 1\n```", "a = 1\nc = 3\nb = 2") == "a = 1\nb = 2"


def test_arguments_of_a_script_that_is_no_python() -> None:
    assert argument_lines("set -e\npython x.py --rate $1\necho done") == "python x.py --rate $1"
    assert argument_lines("def fit(x, rate=3):\n    return x") == "def fit(x, rate=3)"
