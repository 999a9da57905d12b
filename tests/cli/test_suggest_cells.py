"""`nbreview suggest` for several cells: what a server's model answers is printed with what it was shown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.review.model import CellEdit, SuggestionState
from nbreview.store.database import Store
from tests.builders import code, error, notebook
from tests.cli.shell import run
from tests.git_repos import Repo
from tests.llm.chat_server import ChatServer, say, serve

BOTH = (
    "Renamed it.\n## cell 1\n```python\ny = 1\n```\n## new cell after 1\n```python\nassert y\n```\n"
    "## cell 2\n```python\nprint(y)\n```"
)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NBREVIEW_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: tmp_path / "settings.json")
    for name in ("NBREVIEW_API_KEY", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    repo = Repo(tmp_path / "repo")
    path = repo.root / "book.ipynb"
    failed = code("print(x, z)", id="b2", outputs=[error("NameError", "name 'z' is not defined")])
    path.write_bytes(notebook(code("x = 1", id="a1"), failed))
    repo.commit("Rename x to y\n\nIn all cells.", {"book.ipynb": path.read_bytes()})
    return path


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serve() as chat:
        yield chat


def asked(server: ChatServer) -> str:
    """The question that the server was sent last."""
    return str(server.asked[-1]["messages"][-1]["content"])


def test_the_whole_notebook_gives_one_group(
    book: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.scripts += [say([BOTH])]
    before = book.read_bytes()
    assert run(monkeypatch, "suggest", book, "--all", "--commit", "HEAD", "--endpoint", server.url) == 0
    printed = capsys.readouterr().out
    for line in ("+y = 1", "+assert y", "--- nothing", "+print(y)"):
        assert line in printed.splitlines()
    assert "Shown: 2 cells" in printed and "  cells to change: cell 1, cell 2 (" in printed
    assert "Rename x to y\n\nIn all cells." in asked(server)
    assert book.read_bytes() == before
    with Store.open(book.parent.parent / "store.sqlite3") as store:
        made = store.suggestions(str(book))
    assert {each.edit for each in made} == {CellEdit.CHANGE, CellEdit.INSERT}
    assert len({each.group for each in made}) == 1
    assert {each.state for each in made} == {SuggestionState.PENDING}


def test_chosen_cells_and_candidates_in_json(
    book: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.scripts += [say([f"Why.\n## cell 2\n```python\nprint({text})\n```"]) for text in ("x, zz", "x")]
    arguments = ("--cell", 1, "--cell", 2, "--candidates", 2, "--endpoint", server.url, "--json")
    assert run(monkeypatch, "suggest", book, *arguments) == 0
    shown = json.loads(capsys.readouterr().out)["suggestions"]
    assert [(each["proposed_source"], each["rank"]) for each in shown] == [
        ("print(x)", 0),
        ("print(x, zz)", 1),
    ]
    assert shown[0]["judgement"] == "The checks no longer find the crash."
    assert {part["kind"] for part in shown[0]["shown"]} >= {"cells to change", "findings", "error output"}


def test_a_server_is_shown_passages_of_the_repository_and_that_is_kept_and_printed(
    book: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.parent / "README.md").write_text("# Harbour\n\nTides are printed in metres.\n")
    server.scripts += [say(["Why.\n```python\nprint(x)\n```"])]
    arguments = ("--cell", 2, "--instruction", "print tides in metres", "--endpoint", server.url)
    assert run(monkeypatch, "suggest", book, *arguments) == 0
    assert "Tides are printed in metres." in asked(server)
    assert "passages: README.md:1" in capsys.readouterr().out


def test_for_a_task_the_model_reads_the_repository_first_and_that_is_said(
    book: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book.parent / "README.md").write_text("# Harbour\n\nTides come from tides.py.\n")
    (book.parent / "tides.py").write_text("def tides(port, metres=True):\n    return port\n")
    answers = ("FILE tides.py", "```\ndef tides(port, metres=True):\n```", "Why.\n```python\nprint(x)\n```")
    server.scripts += [say([answer]) for answer in answers]
    arguments = ("--cell", 2, "--instruction", "plot them", "--read", "--endpoint", server.url)
    assert run(monkeypatch, "suggest", book, *arguments) == 0
    told = capsys.readouterr()
    assert told.err.splitlines()[-2:] == ["The model read README.md.", "The model opened tides.py."]
    assert "tides.py (kept for the task)" in told.out
    assert "def tides(port, metres=True):" in asked(server) and "return port" not in asked(server)


@pytest.mark.parametrize(("option", "said"), [("--fix", "Mend this: "), ("--error", "Mend what causes it: ")])
def test_what_is_wrong_is_asked_to_be_mended(
    book: Path, server: ChatServer, option: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.scripts += [say(["Why.\n```python\nprint(x)\n```"])]
    assert run(monkeypatch, "suggest", book, "--cell", 2, option, "--endpoint", server.url) == 0
    assert said in asked(server) and "'z' is not defined" in asked(server)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say which cells"),
        (("--cell", 1, "--read", "--model", "m.gguf"), "say it with --instruction"),
        (("--cell", 1, "--all"), "Say which cells"),
        (("--all", "--fix"), "is for a model"),
        (("--all", "--fix", "--error", "--model", "m.gguf"), "Say one thing"),
        (("--cell", 1, "--fix", "--model", "m.gguf"), "The checks find nothing to mend there"),
        (("--cell", 1, "--error", "--model", "m.gguf"), "does not hold an error output"),
        (("--cell", 1, "--commit", "no", "--model", "m.gguf"), "There is no commit"),
    ],
)
def test_what_cannot_be_asked_says_why(
    book: Path,
    arguments: tuple[object, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, "suggest", book, *arguments) == 2
    assert said in capsys.readouterr().err


def test_without_a_model_the_fixes_of_all_cells_are_printed(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write_bytes(notebook(code("a = np.ones(2)", id="a1"), code("df = pd.DataFrame()", id="b2")))
    assert run(monkeypatch, "suggest", book, "--all") == 0
    printed = capsys.readouterr().out
    assert "+import numpy as np" in printed and "+import pandas as pd" in printed
