"""`nbreview draft`, with the tiny model where it is about a model."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from nbreview import paths
from nbreview.cli.draft import draft
from nbreview.errors import UserError
from nbreview.llm.endpoint import parse_endpoint
from nbreview.services.endpoints import consent_question
from nbreview.settings import Settings


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["task", "-o", "new.ipynb"], "needs a model"),
        (["task", "--model", "m.gguf"], "where the cells go"),
        (["task", "--model", "m.gguf", "-o", "a.ipynb", "--notebook", "b.ipynb"], "where the cells go"),
        (["task", "--model", "m.gguf", "--notebook", "none.ipynb"], "is not there"),
        (["task", "--model", "m.gguf", "-o", "there.ipynb"], "is there already"),
        (["task", "--model", "m.gguf", "-o", "new.ipynb", "--data", "none.csv"], "cannot be read"),
        ([" ", "--model", "m.gguf", "-o", "new.ipynb"], "There is no task"),
    ],
)
def test_what_is_wrong_is_said_before_a_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.ipynb").write_text("{}")
    done = CliRunner().invoke(draft, arguments)
    assert isinstance(done.exception, UserError) and said in done.exception.message


def test_a_model_whose_words_are_no_plan_ends_in_a_sentence_and_makes_no_notebook(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: tmp_path / "settings.json")
    (tmp_path / "settings.json").write_text('{"max_reply_tokens": 64, "context_tokens": 1024}')
    (tmp_path / "a.csv").write_text("load,day\n1,2\n")
    new, store = tmp_path / "new.ipynb", tmp_path / "store.sqlite3"
    done = CliRunner().invoke(
        draft,
        ["Foretell.", "--model", str(tiny_model), "-o", str(new), "--data", str(tmp_path / "a.csv")]
        + ["--store", str(store)],
    )
    assert isinstance(done.exception, UserError), done.output
    assert not new.exists() and store.exists()


def test_what_a_draft_sends_is_in_the_question_for_consent() -> None:
    question = consent_question(parse_endpoint("https://models.example.org/v1"), Settings())
    assert "columns and a few values of its data files" in question


def test_what_can_be_made_again_is_kept_in_a_folder_of_the_tests(cache_of_the_tests: Path) -> None:
    assert paths.cache_dir().is_relative_to(cache_of_the_tests)
