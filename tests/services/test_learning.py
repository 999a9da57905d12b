"""A session keeps what it knows of the repository, and gives passages of it to a model that is there."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.services.learning import SessionKnowledge
from nbreview.services.opening import Comparison, open_notebook
from nbreview.services.wishes import Scope, Wish
from nbreview.settings import Settings
from tests.assist.engines import INFO, ScriptedEngine, reply
from tests.builders import code, notebook
from tests.git_repos import Repo

WISH = Wish.of("raise the limit for spikes")


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    repo = Repo(tmp_path / "repo")
    (repo.root / "README.md").write_text("# Harbour\n\nA spike is a reading above the limit.\n")
    (repo.root / "here.ipynb").write_bytes(notebook(code("limit = 3")))
    repo.git("add", ".")
    return open_notebook(repo.root / "here.ipynb", Settings()).comparison


@pytest.fixture
def known(tmp_path: Path) -> SessionKnowledge:
    return SessionKnowledge(tmp_path / "cache")


def test_a_local_model_is_given_passages_and_reading_tells_how_far_it_is(
    comparison: Comparison, known: SessionKnowledge
) -> None:
    told: list[tuple[float, str]] = []
    engine = ScriptedEngine([])
    found = known.passages_for(
        engine, comparison, Scope.of(0), WISH, lambda *each: told.append(each), CancelToken()
    )
    assert [each.path for each in found] == ["README.md"]
    assert told[-1] == (1.0, "reading the repository, 2 of 2")
    known.close()
    again = known.passages_for(engine, comparison, Scope(None), WISH, lambda *each: None, CancelToken())
    assert [each.path for each in again] == ["README.md"]
    known.close()


def test_nothing_is_read_without_a_model_and_a_server_that_was_agreed_to_is_given_passages(
    comparison: Comparison, known: SessionKnowledge, tmp_path: Path
) -> None:
    engine = ScriptedEngine([], info=None)
    assert not known.passages_for(engine, comparison, Scope.of(0), WISH, lambda *each: None, CancelToken())
    assert not (tmp_path / "cache").exists()
    engine = ScriptedEngine([], info=replace(INFO, backend="remote: models.example.org"))
    found = known.passages_for(engine, comparison, Scope.of(0), WISH, lambda *each: None, CancelToken())
    assert [each.path for each in found] == ["README.md"]
    known.close()


def test_a_task_is_given_passages_for_a_notebook_that_is_there_or_is_still_to_be_made(
    comparison: Comparison, known: SessionKnowledge, tmp_path: Path
) -> None:
    here = comparison.target.notebook
    for place in (here, here.with_name("new.ipynb")):
        found = known.passages_for_task(
            ScriptedEngine([]),
            place,
            "say when a spike is above the limit",
            lambda *each: None,
            CancelToken(),
        )
        assert found[0].path == "README.md"
        assert place.name not in {each.path for each in found}
    nowhere = tmp_path / "none" / "new.ipynb"
    assert not known.passages_for_task(
        ScriptedEngine([]), nowhere, "spikes", lambda *each: None, CancelToken()
    )
    known.close()


def test_the_model_reads_for_a_task_before_the_index_is_asked(
    comparison: Comparison, known: SessionKnowledge
) -> None:
    engine = ScriptedEngine([reply("CODE")])
    found = known.passages_for_task(
        engine,
        comparison.target.notebook,
        "mark each spike",
        lambda *each: None,
        CancelToken(),
        reads=True,
        settings=Settings(),
    )
    assert engine.requests and "mark each spike" in engine.requests[0].messages[-1].content
    assert [each.path for each in found].count("README.md") == 1
    known.close()


def test_learning_is_stopped(comparison: Comparison, known: SessionKnowledge) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        known.passages_for(ScriptedEngine([]), comparison, Scope.of(0), WISH, lambda *each: None, cancel)
    known.close()
