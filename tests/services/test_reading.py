"""For a task the model first reads what it needs of the repository: the real index, scripted answers."""

from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.services.learning import SessionKnowledge
from nbreview.services.opening import Comparison, open_notebook
from nbreview.services.wishes import WHOLE, Wish
from nbreview.settings import Settings
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, notebook
from tests.git_repos import Repo

TRAIN = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--epochs', type=int)\n"
TASK = Wish.of("train for three epochs", reads=True)


def comparison_in(folder: Path, **files: str) -> Comparison:
    repo = Repo(folder / "repo")
    for name, text in files.items():
        (repo.root / name.replace("_", ".")).write_text(text)
    (repo.root / "here.ipynb").write_bytes(notebook(code("limit = 3")))
    repo.git("add", ".")
    return open_notebook(repo.root / "here.ipynb", Settings()).comparison


def test_what_the_model_keeps_comes_first_and_each_step_is_told(tmp_path: Path) -> None:
    comparison = comparison_in(tmp_path, README_md="# Tool\n\nTo train, see train.py.\n", train_py=TRAIN)
    said = ["FILE secret.py", "FILE train.py", "```\nparser.add_argument('--epochs', type=int)\n```"]
    engine = ScriptedEngine([reply(text) for text in said])
    known, told = SessionKnowledge(tmp_path / "cache"), list[str]()
    found = known.passages_for(
        engine,
        comparison,
        WHOLE,
        TASK,
        lambda _, words: told.append(words),
        CancelToken(),
        settings=Settings(),
    )
    known.close()
    assert [each.path for each in found][:2] == ["train.py", "README.md"]
    assert found[0].text == "parser.add_argument('--epochs', type=int)"
    assert len({each.path for each in found}) == len(found)
    assert told[-3:] == ["there is no secret.py to open", "read README.md", "opened train.py"]
    assert "train for three epochs" in engine.requests[0].messages[1].content


def test_a_repository_without_a_readme_costs_no_question(tmp_path: Path) -> None:
    comparison, known = comparison_in(tmp_path, train_py=TRAIN), SessionKnowledge(tmp_path / "cache")
    engine = ScriptedEngine([])
    found = known.passages_for(
        engine, comparison, WHOLE, TASK, lambda *each: None, CancelToken(), settings=Settings()
    )
    known.close()
    assert [each.path for each in found] == ["train.py"] and not engine.requests


def test_an_engine_that_fails_while_it_reads_is_said(tmp_path: Path) -> None:
    comparison, known = comparison_in(tmp_path, README_md="# Tool"), SessionKnowledge(tmp_path / "cache")
    engine = ScriptedEngine([UserError("It is gone; load it again.")])
    with pytest.raises(UserError, match="It is gone"):
        known.passages_for(
            engine, comparison, WHOLE, TASK, lambda *each: None, CancelToken(), settings=Settings()
        )
    known.close()
