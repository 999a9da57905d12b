"""A git history becomes rows, whatever is in it, and says what it left out."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.training.mining import MiningReport, mine
from nbreview.training.mining_filters import Kind, MiningFilters
from tests.builders import code, markdown, notebook, stream
from tests.git_repos import Repo
from tests.training.histories import long_history, rows, schema

EVERYTHING = MiningFilters()
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12\n"


def one(source: str, **metadata: Any) -> bytes:
    return notebook(code(source, id="a"), **metadata)


def v3(source: str) -> bytes:
    cell = {"cell_type": "code", "input": source, "language": "python", "outputs": [], "collapsed": False}
    value = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"metadata": {}, "cells": [cell]}],
    }
    return json.dumps(value).encode()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "course")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "edits.jsonl"


def test_an_edit_holds_both_sides_and_what_leads_from_one_to_the_other(repo: Repo, out: Path) -> None:
    head = markdown("# Title", id="t")
    repo.commit(
        "Start the course",
        {"a.ipynb": notebook(head, code("x = 1\ny = 2", id="a", outputs=[stream("1")]), code("f()", id="b"))},
    )
    before = repo.head()
    after = repo.commit(
        "Set x to three\n\nBecause one was not enough.",
        {
            "a.ipynb": notebook(
                markdown("# The title", id="t"),
                code("x = 3\ny = 2", id="a", outputs=[stream("3")]),
                code("g()", id="c"),
                code("f()", id="b"),
            )
        },
    )
    report = mine([repo.root], out, filters=EVERYTHING)
    row = rows(out)[0]
    assert report.rows == 2
    assert (row["commit"], row["parent"], row["path"], row["status"]) == (
        after,
        before,
        "a.ipynb",
        "modified",
    )
    assert row["message"] == "Set x to three\n\nBecause one was not enough."
    assert (row["time"], row["repository"], row["remote"]) == (repo.clock - 60, "course", "")
    assert [cell["id"] for cell in row["head"]] == ["t", "a", "c", "b"]
    assert [(each["kind"], each["base_index"], each["head_index"]) for each in row["edits"]] == [
        ("modified", 0, 0),
        ("modified", 1, 1),
        ("added", None, 2),
    ]
    assert row["edits"][1]["lines"] == [["replace", 0, 1, 0, 1]]
    assert [edit["outputs_changed"] for edit in row["edits"]] == [False, True, False]


def test_a_moved_cell_is_one_and_a_renamed_notebook_is_compared_with_what_it_was(
    repo: Repo, out: Path
) -> None:
    cells = [code(f"value_{name} = compute('{name}')\nprint(value_{name})", id=name) for name in "abcdef"]
    repo.commit("Start the course", {"old.ipynb": notebook(*cells)})
    repo.mv("old.ipynb", "new name ü.ipynb")
    repo.commit("Put the last first", {"new name ü.ipynb": notebook(cells[5], *cells[:5])})
    mine([repo.root], out, filters=EVERYTHING)
    row = rows(out)[0]
    assert (row["path"], row["previous_path"], row["status"]) == ("new name ü.ipynb", "old.ipynb", "renamed")
    assert [(each["kind"], each["base_index"], each["head_index"]) for each in row["edits"]] == [
        ("moved", 5, 0)
    ]
    assert row["base_blob"]


def test_what_cannot_be_compared_is_counted_and_never_fatal(repo: Repo, out: Path) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1"), "b.ipynb": b"{broken", "c.ipynb": LFS})
    repo.path("d.ipynb").symlink_to("a.ipynb")
    repo.commit("More of it all", {"a.ipynb": v3("x = 2"), "e.ipynb": one("y" * 3000)})
    repo.branch("side")
    repo.commit("On the side", {"a.ipynb": one("x = 3")})
    repo.checkout("main")
    repo.commit("On the main road", {"f.ipynb": one("z = 1")})
    repo.merge("side", "Merge the side", "--no-commit")
    repo.commit("An edit in the merge", {"a.ipynb": one("x = 4")})
    filters = MiningFilters(skip=frozenset({Kind.MERGES}), max_bytes=3000)
    report = mine([repo.root], out, filters=filters)
    assert report.manifest["left_out"] == {
        "merge": 1,
        "broken notebook": 1,
        "git-lfs pointer": 1,
        "symbolic link or submodule": 1,
        "too large": 1,
    }
    assert report.manifest["notes"] == {"read after an upgrade from format 3": 2}
    assert report.manifest["listed"] == {
        "commits": 5,
        "merges": 1,
        "root commits": 1,
        "revisions of notebooks": 9,
    }
    assert report.rows == 4


def test_a_merge_can_be_kept_and_counts_against_its_first_parent(repo: Repo, out: Path) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    repo.branch("side")
    repo.commit("On the side", {"b.ipynb": one("y = 1")})
    repo.checkout("main")
    repo.commit("On the main road", {"a.ipynb": one("x = 2")})
    repo.merge("side", "Merge the side", "--no-commit")
    repo.commit("An edit in the merge", {"a.ipynb": one("x = 3")})
    mine([repo.root], out, filters=EVERYTHING)
    merged = [row for row in rows(out) if row["merge"]]
    assert [(row["path"], row["base"][0]["source"], row["head"][0]["source"]) for row in merged] == [
        ("a.ipynb", "x = 2", "x = 3")
    ]


@pytest.mark.parametrize(
    ("kind", "reason", "change"),
    [
        (Kind.ROOTS, "root commit", None),
        (Kind.BOTS, "made by a bot", lambda repo: bot_commit(repo)),
        (
            Kind.GENERATED,
            "generated notebook",
            lambda repo: repo.commit("Edit it", {"_build/a.ipynb": one("")}),
        ),
        (Kind.FORMATTING, "formatting only", lambda repo: repo.commit("Edit", {"a.ipynb": one("x=(1)")})),
        (Kind.OUTPUTS, "no source changed", lambda repo: repo.commit("Edit", {"a.ipynb": one("x = 1", k=1)})),
        (Kind.ADDED, "notebook added", lambda repo: repo.commit("Edit", {"b.ipynb": one("y = 1")})),
        (Kind.DELETED, "notebook deleted", lambda repo: (repo.rm("a.ipynb"), repo.commit("Edit"))),
    ],
)
def test_each_kind_of_revision_can_be_left_out(
    repo: Repo, out: Path, kind: Kind, reason: str, change: Callable[[Repo], object] | None
) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    if change is not None:
        change(repo)
    report = mine([repo.root], out, filters=MiningFilters(skip=frozenset({kind})))
    assert set(report.manifest["left_out"]) == {reason}
    assert mine([repo.root], out, filters=EVERYTHING).manifest["left_out"] == {}


def bot_commit(repo: Repo) -> None:
    repo.author, repo.email = "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"
    repo.commit("Bump it", {"a.ipynb": one("x = 2")})


def test_messages_and_languages_are_filtered(repo: Repo, out: Path) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    repo.commit("wip", {"a.ipynb": one("x = 2")})
    repo.commit("one two three four five", {"a.ipynb": one("x = 3")})
    repo.commit("Now with Julia", {"a.ipynb": one("x = 4", language_info={"name": "julia"})})
    filters = MiningFilters(min_words=2, max_words=4, languages=frozenset({"python"}))
    report = mine([repo.root], out, filters=filters)
    assert report.manifest["left_out"] == {
        "message too short": 1,
        "message too long": 1,
        "other language": 1,
    }
    assert report.manifest["languages"] == {"python": 1}


@pytest.mark.parametrize(
    ("name", "file"), [("nbreview", "edit.schema.json"), ("ipynb-edit", "ipynb-edit.schema.json")]
)
def test_rows_and_manifest_follow_their_schemas(repo: Repo, out: Path, name: str, file: str) -> None:
    repo.commit("Start of it all", {"a.ipynb": notebook(code("x = 1\ny = 1"), markdown("m"))})
    repo.commit("Edit it well", {"a.ipynb": notebook(code("x = 2\ny = 1"), code("z")), "b.ipynb": one("y")})
    report = mine([repo.root], out, name, EVERYTHING)
    assert report.rows == 3
    validator = Draft202012Validator(schema(file))
    for row in rows(out):
        validator.validate(row)
    manifest = json.loads(report.manifest_path.read_bytes())
    Draft202012Validator(schema("mining-manifest.schema.json")).validate(manifest)
    data = out.read_bytes()
    assert manifest["data"] == {
        "file": "edits.jsonl",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "rows": 3,
    }


def test_a_bare_clone_a_worktree_and_the_clone_itself_give_the_same_rows(repo: Repo, tmp_path: Path) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    repo.commit("Edit it well", {"a.ipynb": one("x = 2")})
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    found = [
        [
            {**row, "repository": "", "remote": ""}
            for row in rows(mine([folder], tmp_path / "x.jsonl", filters=EVERYTHING).path)
        ]
        for folder in (repo.root, repo.root / ".git", bare.root, tmp_path / "tree")
    ]
    assert len(found[0]) == 2
    assert all(each == found[0] for each in found)


def test_a_repository_named_twice_or_with_its_worktree_is_mined_once(
    repo: Repo, out: Path, tmp_path: Path
) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    named = [repo.root, tmp_path / "tree", repo.root / ".git", repo.root]
    assert mine(named, out, filters=EVERYTHING).rows == 1


def test_the_edge_of_a_shallow_clone_is_counted(repo: Repo, out: Path, tmp_path: Path) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    repo.commit("Edit it well", {"a.ipynb": one("x = 2")})
    repo.commit("Edit it again", {"a.ipynb": one("x = 3")})
    shallow = repo.clone(tmp_path / "shallow", "--depth", "2")
    report = mine([shallow.root], out, filters=EVERYTHING)
    assert report.rows == 1
    assert report.manifest["left_out"] == {"edge of a shallow clone": 1}
    assert report.manifest["repositories"][0]["shallow"] is True


def test_what_a_partial_clone_lacks_is_counted(repo: Repo, out: Path, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    repo.commit("Edit it well", {"a.ipynb": one("x = 2")})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("Rename and edit", {"b.ipynb": one("x = 3")})
    partial = repo.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    report = mine([partial.root], out, filters=EVERYTHING)
    assert report.rows == 0
    assert set(report.manifest["left_out"]) == {"not in this clone"}


def test_repositories_that_cannot_be_mined_are_said_and_the_others_are_mined(
    repo: Repo, out: Path, tmp_path: Path
) -> None:
    repo.commit("Start of it all", {"sub/a.ipynb": one("x = 1")})
    Repo(tmp_path / "empty")
    (tmp_path / "plain").mkdir()
    named = [tmp_path / "plain", tmp_path / "empty", repo.root, repo.root / "sub", tmp_path / "no", repo.root]
    report = mine(named, out, filters=EVERYTHING)
    assert report.rows == 1
    assert [problem.removeprefix(str(tmp_path)).split(";")[0] for problem in report.problems] == [
        "/plain is not a git repository",
        "/empty has no commits yet (or none at HEAD)",
        f"/course/sub lies inside the repository {repo.root}",
        "/no does not exist",
    ]
    assert report.manifest["unusable"] == 4


def test_one_that_cannot_be_mined_is_one_sentence(out: Path, tmp_path: Path) -> None:
    Repo(tmp_path / "empty")
    with pytest.raises(UserError, match=r"^.*empty has no commits yet"):
        mine([tmp_path / "empty"], out)
    with pytest.raises(UserError, match=r"^None of the 2 repositories can be mined; the first: "):
        mine([tmp_path / "empty", tmp_path / "no"], out)
    assert not list(tmp_path.glob("*edits*"))


def test_names_come_from_the_remote_and_hold_no_secret(repo: Repo, out: Path) -> None:
    repo.git("remote", "add", "origin", "https://user:secret@example.org/team/data-course.git")
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    mine([repo.root], out, filters=EVERYTHING)
    row = rows(out)[0]
    assert row["repository"] == "data-course"
    assert row["remote"] == "https://example.org/team/data-course.git"


def test_a_folder_gets_files_named_after_the_schema(repo: Repo, tmp_path: Path) -> None:
    repo.commit("Start of it all", {"a.ipynb": one("x = 1")})
    (tmp_path / "data").mkdir()
    mine([repo.root], tmp_path / "data", "ipynb-edit")
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        "ipynb-edit.jsonl",
        "manifest.json",
    ]


def test_stopped_it_leaves_earlier_data_and_goes_on_later(tmp_path: Path, out: Path) -> None:
    repo = long_history(tmp_path / "long", 200)
    out.write_text("earlier\n", encoding="utf-8")
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        mine([repo.root], out, "ipynb-edit", cancel=cancel, progress=lambda state: cancel.cancel())
    assert out.read_text(encoding="utf-8") == "earlier\n"
    report = mine([repo.root], out, "ipynb-edit")
    assert report.resumed
    assert report.rows == 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edits.jsonl", "edits.manifest.json", "long"]


def test_the_bytes_are_the_same_again(tmp_path: Path) -> None:
    repo = long_history(tmp_path / "long", 70)
    reports: list[MiningReport] = [mine([repo.root], tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    assert reports[0].path.read_bytes() == reports[1].path.read_bytes()
    assert reports[0].rows == 69  # all but the root commit
