"""`nbreview suggest`: a fix or a model's proposal is printed and stored; the notebook stays as it was."""

import json
from pathlib import Path

import pytest

from nbreview.review.model import Evidence, SuggestionState
from nbreview.store.database import Store
from tests.builders import code, error, notebook
from tests.cli.shell import run


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NBREVIEW_STORE", str(tmp_path / "store.sqlite3"))
    path = tmp_path / "book.ipynb"
    path.write_bytes(notebook(code("x = 1", id="a1"), code("df = pd.DataFrame()\nx", id="b2")))
    return path


def test_without_a_model_a_quick_fix_is_printed_and_stored(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert run(monkeypatch, "suggest", book, "--cell", 2) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("[rule:names, certain, pending, seen to hold by static checks]")
    assert "+import pandas as pd" in lines
    assert book.read_bytes() == before
    with Store.open(book.with_name("store.sqlite3")) as store:
        (suggestion,) = store.suggestions(str(book))
    assert suggestion.state is SuggestionState.PENDING
    assert suggestion.proposed_source == "import pandas as pd\ndf = pd.DataFrame()\nx"


def test_asking_twice_stores_one_suggestion_and_shows_it_again(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "suggest", book, "--cell", 2) == 0
    first = capsys.readouterr().out
    assert run(monkeypatch, "suggest", book, "--cell", 2) == 0
    assert capsys.readouterr().out == first
    with Store.open(book.with_name("store.sqlite3")) as store:
        assert len(store.suggestions(str(book))) == 1


def test_a_cell_without_a_fix_exits_with_one_and_says_what_else_there_is(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "suggest", book, "--cell", 1) == 1
    assert "cells with one: 2. Ask a model: --model PATH" in capsys.readouterr().err


def test_a_folder_or_a_notebook_without_cells_is_an_error(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "suggest", book.parent, "--cell", 1) == 2
    assert "is a folder; name the .ipynb file" in capsys.readouterr().err
    book.write_bytes(notebook())
    assert run(monkeypatch, "suggest", book, "--cell", 1) == 2
    assert "has no cells" in capsys.readouterr().err


def test_json_holds_both_sources(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "suggest", book, "--cell", 2, "--json") == 0
    (suggestion,) = json.loads(capsys.readouterr().out)["suggestions"]
    assert suggestion["base_source"] == "df = pd.DataFrame()\nx"
    assert suggestion["proposed_source"].startswith("import pandas as pd\n")
    assert (suggestion["cell_index"], suggestion["cell_id"], suggestion["maker"]) == (1, "b2", "rule:names")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--cell", 3), "has 2 cells; give --cell a number from 1 to 2"),
        (("--cell", 1, "--instruction", "Shorter."), "An instruction is for a model"),
        (("--cell", 0), "--cell"),
        (("--cell", 1, "--model", "/nowhere/model.gguf"), "model.gguf"),
    ],
)
def test_what_cannot_be_done_says_why(
    book: Path,
    arguments: tuple[object, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, "suggest", book, *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_models_unusable_answer_is_kept_as_failed_and_never_offered(
    book: Path,
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(
        '{"max_reply_tokens": 16, "context_tokens": 2048, "gpu_layers": "none"}', encoding="utf-8"
    )
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: settings)
    before = book.read_bytes()
    assert (
        run(monkeypatch, "suggest", book, "--cell", 2, "--model", tiny_model, "--instruction", "Sort.") == 1
    )
    assert "failed" in capsys.readouterr().out
    assert book.read_bytes() == before
    with Store.open(book.with_name("store.sqlite3")) as store:
        (suggestion,) = (item for item in store.suggestions(str(book)) if item.origin.maker == "model")
    assert suggestion.state is SuggestionState.FAILED and suggestion.evidence is Evidence.NO_VERDICT
    assert suggestion.proposed_source == suggestion.base_source
    assert suggestion.instruction == "Sort." and suggestion.origin.reply


def test_two_equally_good_fixes_are_both_printed_and_both_in_the_json(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "Target is multiclass but average='binary'. Please choose another average setting."
    crashed = code("f1_score([0, 1, 2], [0, 2, 1])", id="b2", outputs=[error("ValueError", said)])
    book.write_bytes(notebook(code("from sklearn.metrics import f1_score", id="a1"), crashed))
    assert run(monkeypatch, "suggest", book, "--cell", 2) == 0
    printed = capsys.readouterr().out
    assert "Choice 1 of 2: " in printed
    assert "Choice 2 of 2: " in printed
    assert "observed, pending, seen to hold by static checks]" in printed
    assert run(monkeypatch, "suggest", book, "--cell", 2, "--json") == 0
    shown = json.loads(capsys.readouterr().out)["suggestions"]
    assert [(each["rank"], each["verified_by"], each["cell_index"]) for each in shown] == [
        (0, "static checks", 1),
        (0, "static checks", 1),
    ]


def test_a_fix_that_lies_in_another_cell_is_printed_for_the_cell_that_crashed(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "'NoneType' object has no attribute 'head'"
    book.write_bytes(
        notebook(
            code("import pandas as pd\ndf = pd.DataFrame({'x': [1, None]})", id="a"),
            code("df = df.dropna(inplace=True)", id="b"),
            code("df.head()", id="c", outputs=[error("AttributeError", said)]),
        )
    )
    assert run(monkeypatch, "suggest", book, "--cell", 3, "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)["suggestions"]
    assert (shown["cell_index"], shown["proposed_source"]) == (1, "df.dropna(inplace=True)")


def test_a_stand_in_run_looks_at_a_fix_where_it_was_asked_for(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write_bytes(notebook(code("values = [3, 1]", id="a"), code("math.sqrt(values[0])", id="b")))
    assert run(monkeypatch, "suggest", book, "--cell", 2, "--stand-in", "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)["suggestions"]
    assert shown["verified_by"] == "a stand-in run"
    assert run(monkeypatch, "suggest", book, "--cell", 2, "--stand-in", "--model", "x.gguf") == 2
    assert "--stand-in looks at quick fixes" in capsys.readouterr().err
