"""`nbreview merge` by hand and as the merge driver of the real git."""

import json
import shlex
import sys
from pathlib import Path

import nbformat
import pytest

import nbreview
from tests.builders import code, markdown, notebook, stream
from tests.cli.shell import run
from tests.git_repos import Repo

TITLE = markdown("# Train", id="t")


def book(first: str = "a = 1", second: str = "b = 1", *, output: str = "", count: int | None = None) -> bytes:
    outputs = [stream(output)] if output else []
    return notebook(TITLE, code(first, id="a", outputs=outputs, count=count), code(second, id="b"))


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Three versions that merge cleanly."""
    held = {"base": book(), "ours": book("a = 2"), "theirs": book(second="b = 2")}
    return {name: _write(tmp_path / f"{name}.ipynb", data) for name, data in held.items()}


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_clean_merge_goes_to_the_named_file_which_may_be_ours(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "merge", *files.values(), "-o", files["ours"]) == 0

    assert files["ours"].read_bytes() == book("a = 2", "b = 2")
    assert capfd.readouterr() == ("", "")


def test_without_a_file_the_notebook_is_printed(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(monkeypatch, "merge", *files.values()) == 0

    assert capfdbinary.readouterr().out == book("a = 2", "b = 2")


def test_a_conflict_is_written_said_and_ends_with_code_1(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    files["theirs"].write_bytes(book("a = 3"))

    arguments = ("--path", "train.ipynb", "--ours-label", "main", "--marker-size", "9")
    assert run(monkeypatch, "merge", *files.values(), "-o", files["ours"], *arguments) == 1

    merged = json.loads(files["ours"].read_bytes())
    nbformat.validate(merged)
    assert merged["cells"][1]["source"][0] == "<<<<<<<<< main\n"
    assert capfd.readouterr().err == "train.ipynb: 1 conflict\n  cell 2: source\n"


def test_json_says_where_the_conflicts_are(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    files["theirs"].write_bytes(book("a = 3"))

    assert run(monkeypatch, "merge", *files.values(), "-o", files["ours"], "--json", "--path", "x") == 1

    assert json.loads(capfd.readouterr().out) == {
        "path": "x",
        "clean": False,
        "conflicts": [
            {"kind": "source", "cell": 1, "base": 1, "ours": 1, "theirs": 1, "path": [], "regions": [[0, 7]]}
        ],
        "notes": [],
    }


def test_outputs_that_both_changed_follow_the_option(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    files["ours"].write_bytes(book(output="1\n", count=1))
    files["theirs"].write_bytes(book(output="2\n", count=2))

    for choice, expected in (("theirs", book(output="2\n", count=2)), ("drop", book())):
        out = files["base"].with_name("out.ipynb")
        chosen = ("--outputs", choice, "--counts", choice)
        assert run(monkeypatch, "merge", *files.values(), "-o", out, *chosen) == 0
        assert out.read_bytes() == expected


@pytest.mark.parametrize("broken", ["base", "ours", "theirs"])
def test_a_broken_version_is_one_sentence_and_nothing_is_written(
    broken: str, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    files[broken].write_bytes(b'{"cells": [')
    before = files["ours"].read_bytes()

    assert run(monkeypatch, "merge", *files.values(), "-o", files["ours"], "--path", "train.ipynb") == 2

    assert files["ours"].read_bytes() == before
    assert f"train.ipynb ({broken}) is truncated" in capfd.readouterr().err


def test_two_files_are_not_enough(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "merge", files["base"], files["ours"]) == 2
    assert run(monkeypatch, "merge", *files.values(), "--json") == 2


# --- with git -----------------------------------------------------------------------------------------------


@pytest.fixture
def driven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository whose notebooks are merged by nbreview."""
    monkeypatch.setenv("PYTHONPATH", str(Path(nbreview.__file__).parents[1]))
    repo = Repo(tmp_path / "repo")
    command = f"{shlex.quote(sys.executable)} -m nbreview merge %O %A %B -o %A --path %P --marker-size %L"
    repo.git("config", "merge.nbreview.driver", command)
    repo.write(".gitattributes", "*.ipynb merge=nbreview\n")
    return repo


def part(repo: Repo, base: bytes, ours: bytes, theirs: bytes) -> None:
    """`main` has ours, `topic` theirs."""
    repo.commit("first", {"train.ipynb": base})
    repo.branch("topic")
    repo.commit("theirs", {"train.ipynb": theirs})
    repo.checkout("main")
    repo.commit("ours", {"train.ipynb": ours})


RAN = (book(output="1\n", count=1), book("a = 2", output="2\n", count=5), book(output="1\n", count=9))


def test_git_merges_what_two_people_ran_where_its_own_merge_conflicts(tmp_path: Path, driven: Repo) -> None:
    plain = Repo(tmp_path / "plain")
    part(plain, *RAN)
    plain.conflict("topic")

    part(driven, *RAN)
    driven.merge("topic")

    assert driven.git("status", "--porcelain") == ""
    assert driven.path("train.ipynb").read_bytes() == RAN[1]


def test_a_conflict_leaves_a_valid_notebook_that_git_calls_unmerged(driven: Repo) -> None:
    part(driven, book(), book("a = 2"), book("a = 3"))

    driven.conflict("topic")

    assert driven.git("status", "--porcelain") == "UU train.ipynb"
    left = json.loads(driven.path("train.ipynb").read_bytes())
    nbformat.validate(left)
    assert left["cells"][1]["metadata"]["nbreview"]["conflicts"] == [{"kind": "source"}]


def test_two_notebooks_added_on_two_branches_are_merged_by_git(driven: Repo) -> None:
    driven.commit("first", {"x": "1"})
    driven.branch("topic")
    driven.commit("theirs", {"new.ipynb": notebook(TITLE, code("b", id="b"))})
    driven.checkout("main")
    driven.commit("ours", {"new.ipynb": notebook(TITLE, code("a", id="a"))})

    driven.merge("topic")

    merged = driven.path("new.ipynb").read_bytes()
    assert merged == notebook(TITLE, code("a", id="a"), code("b", id="b"))


def test_a_broken_notebook_stays_a_conflict_of_git(driven: Repo) -> None:
    part(driven, book(), book("a = 2"), b'{"cells": [')

    driven.conflict("topic")

    assert driven.git("status", "--porcelain") == "UU train.ipynb"
    assert driven.path("train.ipynb").read_bytes() == book("a = 2")


def test_a_notebook_full_of_markers_is_merged_again_from_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = Repo(tmp_path)
    part(repo, *RAN)
    repo.conflict("topic")
    path = repo.path("train.ipynb")
    assert b"\n<<<<<<< " in path.read_bytes()

    assert run(monkeypatch, "merge", path) == 0

    assert path.read_bytes() == RAN[1]
    assert repo.git("status", "--porcelain") == "UU train.ipynb"
    assert run(monkeypatch, "merge", path) == 0  # nothing is lost by asking twice


def test_what_was_already_resolved_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path)
    part(repo, *RAN)
    repo.conflict("topic")
    path = repo.write("train.ipynb", book("a = 7"))

    assert run(monkeypatch, "merge", path) == 2
    assert "it was merged already" in capfd.readouterr().err
    assert path.read_bytes() == book("a = 7")

    assert run(monkeypatch, "merge", path, "-o", tmp_path / "out.ipynb") == 0
    assert (tmp_path / "out.ipynb").read_bytes() == RAN[1]
    assert run(monkeypatch, "merge", path, "--force") == 0
    assert path.read_bytes() == RAN[1]


def test_a_notebook_outside_of_git_has_no_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path / "a.ipynb", book())

    assert run(monkeypatch, "merge", path) == 2
    assert "in no git repository" in capfd.readouterr().err


def test_a_conflict_edited_by_a_person_is_unmarked_and_one_side_can_be_taken(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    files["theirs"].write_bytes(book("a = 3", "b = 2"))
    path = files["base"].with_name("out.ipynb")
    assert run(monkeypatch, "merge", *files.values(), "-o", path) == 1
    conflicted = path.read_bytes()
    capfd.readouterr()

    assert run(monkeypatch, "merge", "--resolve", "edited", path, "--path", "x") == 1
    assert capfd.readouterr().err == "x: still in conflict: cell 2\n"
    assert path.read_bytes() == conflicted

    assert run(monkeypatch, "merge", "--resolve", "theirs", path) == 0
    assert path.read_bytes() == book("a = 3", "b = 2")
    assert run(monkeypatch, "merge", "--resolve", "theirs", path) == 2
    assert "nothing to settle" in capfd.readouterr().err
