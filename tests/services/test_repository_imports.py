"""How the other files of a repository import a name."""

from pathlib import Path

import pytest

from nbreview.services.repository_imports import RepositoryImports
from tests.builders import code, notebook
from tests.git_repos import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def ask(repo: Repo, at: str = "x.ipynb") -> RepositoryImports:
    return RepositoryImports(repo.root, repo.path(at))


def test_scripts_and_notebooks_are_asked_and_the_notebook_itself_is_not(repo: Repo) -> None:
    repo.commit(
        "files",
        {
            "x.ipynb": notebook(code("from here import clean")),
            "a.py": "import plotly.express as px\n\ndef f():\n    import hidden\n",
            "b.ipynb": notebook(code("%matplotlib inline\nfrom lib.cleaning import clean, other")),
        },
    )
    imported_as = ask(repo)
    assert imported_as("px") == "import plotly.express as px"
    assert imported_as("clean") == "from lib.cleaning import clean"
    assert (imported_as("hidden"), imported_as("nothing")) == ("", "")


def test_what_most_files_say_counts_and_a_tie_says_nothing(repo: Repo) -> None:
    repo.commit(
        "files",
        {
            "a.py": "from one import load\nfrom torch import nn\n",
            "b.py": "from two import load\nfrom torch import nn\n",
            "c.py": "import torch.nn as nn\n",
        },
    )
    assert ask(repo)("load") == ""
    assert ask(repo)("nn") == "from torch import nn"


def test_a_module_beside_another_file_cannot_be_had_here(repo: Repo) -> None:
    repo.commit(
        "files",
        {
            "jobs/helpers.py": "def fit(): ...\n",
            "jobs/run.py": "from helpers import fit\nfrom .local import go\nimport shap\n",
        },
    )
    assert (ask(repo)("fit"), ask(repo)("go"), ask(repo)("shap")) == ("", "", "import shap")
    assert ask(repo, "jobs/y.ipynb")("fit") == "from helpers import fit"


def test_files_that_cannot_be_read_say_nothing(repo: Repo) -> None:
    broken: dict[str, bytes | str] = {
        "a.py": "import shap\n(",
        "b.ipynb": "{not json: shap",
        "c.ipynb": '{"cells": [1]}  shap',
        "d.py": "import shap\n" + "#" * 2**20,
        "e.py": b"\xff\xfe import shap",
    }
    repo.commit("files", broken)
    assert ask(repo)("shap") == ""
