"""What the repository and the libraries say about a wish. The libraries are asked of real interpreters."""

import os
import venv
from pathlib import Path

import pytest

from nbreview.assist.retrieval import PassageKind
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.services.knowledge import Knowledge, Progress
from nbreview.services.opening import Comparison, open_notebook
from nbreview.settings import Settings
from tests.builders import code, markdown, notebook
from tests.git_repos import Repo

README = "# Harbour\n\nThe gauge files are read by `load_gauges`.\nA spike is a reading above the limit.\n"
MODULE = (
    'def load_gauges(folder, limit=3.0):\n    """Read all gauge files of a folder."""\n    return folder\n'
)


@pytest.fixture
def comparison(tmp_path: Path) -> Comparison:
    repo = Repo(tmp_path / "repo")
    (repo.root / "README.md").write_text(README)
    (repo.root / "gauges.py").write_text(MODULE)
    (repo.root / "other.ipynb").write_bytes(notebook(code("load_gauges('a', limit=9)")))
    (repo.root / "here.ipynb").write_bytes(
        notebook(markdown("# Gauges"), code("import json\ngauges = load_gauges('b')"))
    )
    repo.git("add", ".")
    return open_notebook(repo.root / "here.ipynb", Settings()).comparison


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return Knowledge(tmp_path / "cache")


def test_a_wish_finds_the_readme_the_definition_and_how_others_use_it(
    comparison: Comparison, knowledge: Knowledge
) -> None:
    found = knowledge.knowledge_for(comparison, 1, "raise the limit for spikes", CancelToken())
    assert {(each.kind, each.path) for each in found} == {
        (PassageKind.README, "README.md"),
        (PassageKind.DEFINITION, "gauges.py"),
        (PassageKind.CELL, "other.ipynb"),
    }
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)


def test_an_index_is_kept_and_brought_up_to_date(comparison: Comparison, tmp_path: Path) -> None:
    told: list[Progress] = []
    for text in (MODULE, MODULE.replace("limit", "ceiling")):
        (comparison.target.notebook.parent / "gauges.py").write_text(text)
        knowledge = Knowledge(tmp_path / "cache", told.append)
        found = knowledge.knowledge_for(comparison, None, "ceiling of load_gauges", CancelToken())
        knowledge.close()
    assert any("ceiling" in each.text for each in found)
    assert told[-1] == Progress("the repository", 4, 4)


def test_a_notebook_without_a_repository_has_its_folder(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "notes.md").write_text("The tide table is in metres.")
    (tmp_path / "work" / "a.ipynb").write_bytes(notebook(code("x = 1")))
    opened = open_notebook(tmp_path / "work" / "a.ipynb", Settings()).comparison
    (found,) = knowledge.knowledge_for(opened, 0, "tide in metres", CancelToken())
    assert found.path == "notes.md"


def test_libraries_are_described_by_the_interpreter_of_the_notebook(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    place = tmp_path / "a.ipynb"
    place.write_bytes(notebook(code("import tqdm\nbar = tqdm.tqdm(range(3))"), code("import numpy")))
    opened = open_notebook(place, Settings()).comparison
    found = knowledge.knowledge_for(opened, 0, "bar with a description", CancelToken())
    titles = [each.title for each in found]
    assert titles[0] == "tqdm.tqdm"
    assert found[0].kind is PassageKind.LIBRARY and found[0].path.startswith("tqdm ")
    assert found[0].text.startswith("class tqdm.tqdm(") and "desc" in found[0].text


def test_a_library_that_is_not_known_is_read_from_its_files_and_never_imported(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    python, folder = environment(tmp_path)
    (folder / "strange").mkdir()
    proof = tmp_path / "imported"
    (folder / "strange" / "__init__.py").write_text(f"open({str(proof)!r}, 'w')\n")
    (folder / "strange" / "tides.py").write_text('def foretell(days=3):\n    """Foretell the tides."""\n')
    (folder / "strange" / "tests").mkdir()
    (folder / "strange" / "tests" / "t.py").write_text("def tides(): pass\n")
    place = tmp_path / "a.ipynb"
    place.write_bytes(notebook(code("from strange import tides\ntides.foretell()")))
    opened = open_notebook(place, Settings()).comparison
    found = knowledge.knowledge_for(opened, 0, "foretell tides", CancelToken(), python=python)
    assert [each.text for each in found] == ["def strange.tides.foretell(days=3)\n    Foretell the tides."]
    assert not proof.exists()


def test_what_lies_beside_a_notebook_is_never_started(tmp_path: Path, knowledge: Knowledge) -> None:
    place = tmp_path / "book" / "a.ipynb"
    trap = place.parent / ".venv" / "bin" / "python"
    trap.parent.mkdir(parents=True)
    proof = tmp_path / "started"
    trap.write_text(f"#!/bin/sh\ntouch {proof}\n")
    trap.chmod(0o755)
    (place.parent / "tqdm.py").write_text(f"open({str(proof)!r}, 'w')\n")
    spec = {"name": "python3", "display_name": "x", "language": "python"}
    place.write_bytes(notebook(code("import tqdm\ntqdm.tqdm()"), kernelspec=spec))
    opened = open_notebook(place, Settings()).comparison
    knowledge.knowledge_for(opened, 0, "bar", CancelToken())
    assert not proof.exists()


def test_a_library_that_cannot_be_asked_says_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    place = tmp_path / "a.ipynb"
    place.write_bytes(notebook(code("import numpy as np\nnp.zeros(3)")))
    opened = open_notebook(place, Settings()).comparison
    missing = tmp_path / "nowhere" / "bin" / "python"
    assert knowledge.knowledge_for(opened, 0, "zeros", CancelToken(), python=missing) == ()


def test_it_can_be_stopped(comparison: Comparison, knowledge: Knowledge) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        knowledge.knowledge_for(comparison, 1, "spikes", cancel)


def environment(tmp_path: Path) -> tuple[Path, Path]:
    """A real, empty environment: its interpreter and its folder of libraries."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=os.name != "nt")
    python = tmp_path / "env" / "bin" / "python"
    (folder,) = (tmp_path / "env").glob("lib/python*/site-packages")
    return python, folder
