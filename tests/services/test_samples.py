"""The sample repository: made by the real git, the same everywhere, and worth reviewing."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.history.model import Revision, RevisionKind
from nbreview.history.repository import Repository
from nbreview.notebook.model import Notebook, OutputType
from nbreview.notebook.reader import read_bytes, read_file
from nbreview.paths import resource
from nbreview.services.samples import SampleRepository, make_sample_repository

NEWEST = "e18426397286ef5d2ebf813031314f14bcda5937"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleRepository:
    """The sample repository; these tests only read it."""
    return make_sample_repository(tmp_path_factory.mktemp("sample") / "energy demand")


@pytest.fixture(scope="module")
def history(sample: SampleRepository) -> tuple[tuple[Revision, Notebook], ...]:
    """Every revision of the notebook as nbreview reads it, newest first."""
    repository = Repository.discover(sample.notebook)
    assert repository is not None
    revisions = repository.history(repository.relative(sample.notebook))
    return tuple((revision, read_bytes(repository.read(revision), revision.path)) for revision in revisions)


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


def ids(notebook: Notebook) -> list[str | None]:
    return [cell.id for cell in notebook.cells]


def test_the_same_commits_are_made_everywhere(sample: SampleRepository) -> None:
    assert git(sample.root, "rev-parse", "HEAD") == NEWEST
    assert git(sample.root, "symbolic-ref", "--short", "HEAD") == "main"
    assert git(sample.root, "fsck", "--strict") == ""


def test_what_the_user_has_configured_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("pre-commit", "post-checkout", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        (hooks / name).chmod(0o755)
    (tmp_path / "attributes").write_text("*.ipynb filter=strip\n*.csv text eol=crlf\n")
    (tmp_path / "ignore").write_text("*.ipynb\n")
    (tmp_path / "config").write_text(
        f"[init]\n\tdefaultBranch = trunk\n\ttemplateDir = {tmp_path}/template\n"
        "\tdefaultObjectFormat = sha256\n"
        f"[core]\n\tautocrlf = true\n\thooksPath = {hooks}\n"
        f"\tattributesFile = {tmp_path}/attributes\n"
        f"\texcludesFile = {tmp_path}/ignore\n[commit]\n\tgpgSign = true\n[user]\n\tname = Somebody\n"
        f"[filter \"strip\"]\n\tclean = sh -c 'touch {tmp_path}/ran; echo {{}}'\n\trequired = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    made = make_sample_repository(tmp_path / "made")
    monkeypatch.delenv("GIT_DIR")
    assert git(made.root, "rev-parse", "HEAD") == NEWEST
    assert git(made.root, "symbolic-ref", "--short", "HEAD") == "main"
    assert made.notebook.read_bytes() == resource("samples", "13.ipynb").read_bytes()
    assert not (tmp_path / "ran").exists()


def test_the_history_has_what_a_review_meets(history: tuple[tuple[Revision, Notebook], ...]) -> None:
    kinds = [revision.kind for revision, _ in history]
    assert kinds[:2] == [RevisionKind.WORKING_TREE, RevisionKind.INDEX]
    assert kinds[2:] == [RevisionKind.COMMIT] * 11
    assert {revision.path for revision, _ in history} == {"energy_demand.ipynb", "explore.ipynb"}
    assert len({revision.author for revision, _ in history[2:]}) == 3
    oldest_first = [notebook for _, notebook in reversed(history)]
    steps = list(pairwise(oldest_first))
    assert any(set(ids(old)) < set(ids(new)) for old, new in steps), "an insertion"
    assert any(set(ids(old)) > set(ids(new)) for old, new in steps), "a removal"
    assert any(
        ids(old) != ids(new) and sorted(map(str, ids(old))) == sorted(map(str, ids(new)))
        for old, new in steps
    )
    assert any(ids(old) == ids(new) and old != new for old, new in steps), "an edit in place"


def test_its_outputs_are_tables_plots_texts_and_one_error(
    history: tuple[tuple[Revision, Notebook], ...],
) -> None:
    outputs = [output for _, notebook in history for cell in notebook.cells for output in cell.outputs]
    kinds = {mime for output in outputs for mime in output.data} | {output.output_type for output in outputs}
    assert {"image/png", "text/html", "text/plain", OutputType.STREAM, OutputType.ERROR} <= kinds
    assert {(o.ename, o.evalue) for o in outputs if o.ename} == {("NameError", "name 'np' is not defined")}


def test_the_newest_commit_crashes_where_an_import_was_removed(
    history: tuple[tuple[Revision, Notebook], ...],
) -> None:
    (_, crashed), (_, before) = history[2], history[3]
    cell = next(cell for cell in crashed.cells if any(output.ename for output in cell.outputs))
    assert "np.sqrt" in cell.source
    assert "import numpy as np" in "".join(cell.source for cell in before.cells)
    assert "import numpy" not in "".join(cell.source for cell in crashed.cells)
    later = [cell for cell in crashed.cells[cell.index + 1 :] if cell.cell_type == "code"]
    assert later and all(cell.execution_count is None and not cell.outputs for cell in later)


def test_the_working_tree_misspells_a_name_in_a_cell_never_run(sample: SampleRepository) -> None:
    cell = next(cell for cell in read_file(sample.notebook).cells if cell.id == "importance")
    assert "index=featuers" in cell.source and cell.execution_count is None
    assert git(sample.root, "status", "--short") == "MM energy_demand.ipynb"


def test_the_samples_are_small_and_name_no_folder_of_the_machine_they_ran_on() -> None:
    files = list(resource("samples").iterdir())
    assert sum(path.stat().st_size for path in files) < 512 * 1024
    for path in files:
        assert not re.search(
            r"/(tmp|home|root|Users|work)/|ipykernel_\d", path.read_text(encoding="utf-8")
        ), path.name


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match=r"is not empty; name a new folder"):
        make_sample_repository(tmp_path)
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.txt"]
    with pytest.raises(UserError, match=r"mine\.txt is not empty"):
        make_sample_repository(tmp_path / "mine.txt")
    with pytest.raises(UserError, match=r"cannot be made \(File exists\); name a folder"):
        make_sample_repository(tmp_path / "mine.txt" / "below")


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert make_sample_repository(folder).notebook == folder / "energy_demand.ipynb"


def test_a_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        make_sample_repository(tmp_path / "stopped", cancel)
    assert list(tmp_path.iterdir()) == []
