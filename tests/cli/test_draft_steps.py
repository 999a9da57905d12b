"""`nbreview draft`, step by step: looked at, edited, made again and kept; a server plays the model."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.notebook.reader import read_file
from nbreview.review.model import CellEdit
from nbreview.store.database import Store
from tests.assist.drafting import cells, plan
from tests.cli.shell import run
from tests.llm.chat_server import ChatHandler, ChatServer, say, serve

TABLE = "day,load,kind\n2024-01-01,3.5,a\n2024-01-02,4.5,b\n"


def answer(handler: ChatHandler) -> None:
    """What a model that drafts well says, by what it is asked."""
    question = handler.body["messages"][-1]["content"]
    number = len(handler.chat.asked)
    if "Which plan should be carried out" in question:
        words = "The second bends. The best is plan 2"
    elif "next cells" in question:
        words = cells(f"value_{number} = {number}")
    elif "# What is said against it" in question or "improve" in question.lower():
        words = plan("Better trees")
    elif "# The plan" in question:
        words = "- It overfits."
    else:
        words = plan(f"Idea {number}")
    say([words])(handler)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.setenv("NBREVIEW_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: tmp_path / "settings.json")
    for name in ("NBREVIEW_API_KEY", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "load.csv").write_text(TABLE)
    with serve() as chat:
        chat.scripts = [answer] * 60
        yield chat


def begin(tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, *more: object) -> Path:
    new = tmp_path / "new.ipynb"
    arguments = ("draft", "Foretell the load.", "--data", tmp_path / "load.csv", "--metric", "MAE", "-o", new)
    assert run(monkeypatch, *arguments, "--endpoint", server.url, "--json", *more) == 0
    return new


def test_a_draft_is_looked_at_edited_and_gone_on_with_and_its_cells_wait_as_one_group(
    tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = begin(tmp_path, server, monkeypatch, "--until", "plans")
    made = json.loads(capsys.readouterr().out)
    assert made["next"] == "critiques" and len(made["plans"]) == 3 and made["suggestions"] == []
    assert "load.csv" in server.asked[0]["messages"][-1]["content"] and not new.exists()
    assert "day" in server.asked[0]["messages"][-1]["content"]
    mine, asked = tmp_path / "mine.md", len(server.asked)
    mine.write_text(plan("A curve", "A spline."))
    go_on = ("draft", "--resume", "last", "--endpoint", server.url)
    assert run(monkeypatch, *go_on, "--edit", f"plans:2={mine}", "--until", "choice", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["plans"][1]["title"] == "A curve" and made["next"] == "improvement"
    assert any("A spline." in each["messages"][-1]["content"] for each in server.asked[asked:])
    assert run(monkeypatch, *go_on, "--choose", 1, "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["chosen"] == 0 and made["next"] is None and new.exists()
    with Store.open(tmp_path / "store.sqlite3") as store:
        waiting = store.suggestions(str(new))
        steps = [each.step for each in store.draft_steps(made["draft"])]
    assert {each.edit for each in waiting} == {CellEdit.INSERT} and len({each.group for each in waiting}) == 1
    assert {each.cell_type for each in waiting} == {"markdown", "code"}
    assert len(waiting) == len(made["suggestions"]) and read_file(new).cells == ()
    assert steps == ["plans", "edited", "critiques", "choice", "edited", "improvement", "cells"]


def test_the_model_is_shown_what_the_repository_holds_and_it_is_said(
    tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loads.py").write_text("def foretell_load(path, horizon=24):\n    return path\n")
    begin(tmp_path, server, monkeypatch, "--until", "plans")
    assert json.loads(capsys.readouterr().out)["passages"] == ["loads.py:1"]
    assert "def foretell_load(path, horizon=24)" in server.asked[0]["messages"][-1]["content"]
    assert run(monkeypatch, "draft", "--resume", "last", "--endpoint", server.url, "--until", "plans") == 0
    assert "Read: loads.py:1" in capsys.readouterr().out


def test_a_step_is_made_again_with_what_follows(
    tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(tmp_path, server, monkeypatch)
    made = json.loads(capsys.readouterr().out)
    go_on = ("draft", "--resume", made["draft"][:8], "--endpoint", server.url, "--json")
    assert run(monkeypatch, *go_on, "--again", "improvement") == 0
    again = json.loads(capsys.readouterr().out)
    assert again["critiques"] == made["critiques"] and again["cells"] != made["cells"]
    with Store.open(tmp_path / "store.sqlite3") as store:
        assert [each.step for each in store.draft_steps(made["draft"])][-2:] == ["improvement", "cells"]


def test_a_cell_is_edited_without_a_model_and_one_that_does_not_parse_is_refused(
    tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(tmp_path, server, monkeypatch)
    made = json.loads(capsys.readouterr().out)
    place = next(n for n, cell in enumerate(made["cells"], 1) if cell["cell_type"] == "code")
    text = tmp_path / "cell.py"
    text.write_text("load = (")
    arguments = ("draft", "--resume", "last", "--edit", f"cells:{place}={text}", "--json")
    assert run(monkeypatch, *arguments) == 2
    assert "does not parse" in capsys.readouterr().err
    text.write_text("load = 1\n")
    assert run(monkeypatch, *arguments) == 0
    assert json.loads(capsys.readouterr().out)["cells"][place - 1]["source"] == "load = 1"


def test_drafts_are_listed_newest_first(
    tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "draft", "--list") == 0
    assert "no draft yet" in capsys.readouterr().err
    begin(tmp_path, server, monkeypatch, "--until", "plans")
    capsys.readouterr()
    assert run(monkeypatch, "draft", "--list") == 0
    assert "new.ipynb: Foretell the load." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("task", "--model", "m.gguf", "-o", "n.ipynb", "--again", "plans"), "need --resume"),
        (("task", "--model", "m.gguf", "--resume", "last"), "has its task"),
        (("--resume", "last", "--edit", "plans=none.md"), "cannot be read as text"),
        (("--resume", "last", "--edit", "choice:1=a"), "is no edit"),
        (("--resume", "last", "--edit", "plans:7=a"), "The draft has 3 plans"),
        (("--resume", "last", "--choose", "1"), "once each has its critique"),
        (("--resume", "zzz", "--model", "m.gguf"), "no draft zzz"),
        (("--resume", "last"), "are made by a model"),
    ],
)
def test_what_cannot_be_gone_on_with_says_why(
    tmp_path: Path,
    server: ChatServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    begin(tmp_path, server, monkeypatch, "--until", "plans")
    assert run(monkeypatch, "draft", *arguments) == 2
    assert said in capsys.readouterr().err
