"""The index gets exactly the part that was chosen, and the working tree stays; reverting does the reverse."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.diff.parts import CellPart, HunkPart, MetadataPart, NotebookPart, OutputPart, Part, WholePart
from nbreview.diff.patch import parts
from nbreview.errors import UserError
from nbreview.history.model import Revision, RevisionKind
from nbreview.services.opening import Comparison, compare, find_target, open_notebook, open_pair, parent_of
from nbreview.services.staging import revert_part, stage_part, undo_reverting, undo_staging, unstage_part
from nbreview.settings import Settings
from tests.builders import code, display, markdown, notebook, stream
from tests.git_repos import ISOLATED, Repo

NAME = "sub folder/é.ipynb"
BASE = notebook(
    markdown("# Title", id="t"),
    code("a = 1\nb = 2\nc = 3\nd = 4\n", outputs=[stream("1\n"), display(text_plain="2")], count=1, id="a"),
    code("gone = True", id="g"),
    code("last", id="l"),
    title="old",
)
WORK = notebook(
    markdown("# Title", id="t"),
    code("a = 10\nb = 2\nc = 3\nd = 40\n", outputs=[stream("1\n"), display(text_plain="3")], count=2, id="a"),
    code("last", id="l"),
    code("new = 'é'", outputs=[stream("5\n")], id="n"),
    title="new",
)


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {NAME: BASE})
    repo.write(NAME, WORK)
    return repo


def shown(repo: Repo, name: str = NAME) -> Comparison:
    """The working tree against what is staged."""
    return open_notebook(repo.path(name), Settings()).comparison


def staged(repo: Repo, name: str = NAME) -> Comparison:
    """What is staged against HEAD."""
    target = find_target(repo.path(name))
    revision = Revision(RevisionKind.INDEX, name, blob=repo.git("rev-parse", f":{name}"))
    return compare(target, parent_of(target, revision), revision, Settings())


def cell(comparison: Comparison, kind: ChangeKind) -> int:
    return next(place for place, change in enumerate(comparison.diff.cells) if change.kind is kind)


def index(repo: Repo, name: str = NAME) -> Any:
    return json.loads(repo.git("show", f":{name}"))


def changed_lines(repo: Repo, *arguments: str) -> list[str]:
    """Lines that a diff of git adds and removes."""
    lines = repo.git("diff", "--no-ext-diff", *arguments).splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_an_added_cell_is_all_that_is_staged(repo: Repo) -> None:
    before = changed_lines(repo)
    comparison = shown(repo)
    stage_part(comparison, CellPart(cell(comparison, ChangeKind.ADDED)))
    assert [each["source"] for each in index(repo)["cells"]][-1] == ["new = 'é'"]
    assert len(index(repo)["cells"]) == 5
    cached = changed_lines(repo, "--cached")
    assert all(line.startswith("+") or line == "-  }" for line in cached)
    assert any("new = 'é'" in line for line in cached)
    assert len(changed_lines(repo)) < len(before)
    assert not any("new = 'é'" in line for line in changed_lines(repo))
    assert repo.git("status", "--porcelain", "-z") == f"MM {NAME}\0"
    assert repo.path(NAME).read_bytes() == WORK


def test_a_removed_cell_is_all_that_is_staged(repo: Repo) -> None:
    comparison = shown(repo)
    stage_part(comparison, CellPart(cell(comparison, ChangeKind.REMOVED)))
    assert [each["id"] for each in index(repo)["cells"]] == ["t", "a", "l"]
    assert all(line.startswith("-") for line in changed_lines(repo, "--cached"))


def test_one_hunk_is_all_that_is_staged(repo: Repo) -> None:
    comparison = shown(repo)
    stage_part(comparison, HunkPart(cell(comparison, ChangeKind.MODIFIED), 1))
    assert changed_lines(repo, "--cached") == ['-    "d = 4\\n"', '+    "d = 40\\n"']
    again = shown(repo)
    assert [change.kind for change in again.diff.cells].count(ChangeKind.MODIFIED) == 1


def test_one_output_and_one_change_of_metadata_are_staged(repo: Repo) -> None:
    comparison = shown(repo)
    place = cell(comparison, ChangeKind.MODIFIED)
    output = next(
        number
        for number, each in enumerate(comparison.diff.cells[place].outputs)
        if each.kind is not ChangeKind.UNCHANGED
    )
    stage_part(comparison, OutputPart(place, output))
    assert changed_lines(repo, "--cached") == ['-      "text/plain": "2"', '+      "text/plain": "3"']
    stage_part(shown(repo), MetadataPart(None, 0))
    assert changed_lines(repo, "--cached")[-2:] == ['-  "title": "old"', '+  "title": "new"']


def test_all_cells_staged_one_by_one_leave_a_clean_working_tree(repo: Repo) -> None:
    for _ in range(20):
        comparison = shown(repo)
        if comparison.base.revision is None or not parts(comparison.diff):
            break
        if repo.git("status", "--porcelain", "-z") == f"M  {NAME}\0":
            break
        stage_part(comparison, parts(comparison.diff)[0])
    assert repo.git("status", "--porcelain", "-z") == f"M  {NAME}\0"
    assert changed_lines(repo) == []
    assert repo.git("show", f":{NAME}") + "\n" == WORK.decode()


def test_the_whole_is_the_file_as_git_add_stores_it(repo: Repo) -> None:
    stage_part(shown(repo), WholePart())
    blob = repo.git("rev-parse", f":{NAME}")
    repo.stage()
    assert repo.git("rev-parse", f":{NAME}") == blob


def test_staging_is_undone_and_done_again(repo: Repo) -> None:
    comparison = shown(repo)
    done = stage_part(comparison, CellPart(cell(comparison, ChangeKind.ADDED)))
    after = repo.git("ls-files", "-s")
    back = undo_staging(done)
    assert changed_lines(repo, "--cached") == []
    undo_staging(back)
    assert repo.git("ls-files", "-s") == after
    repo.stage()
    with pytest.raises(UserError, match="has changed meanwhile"):
        undo_staging(done)


def test_what_was_staged_is_unstaged_cell_by_cell(repo: Repo) -> None:
    repo.stage()
    for _ in range(20):
        comparison = staged(repo)
        if not parts(comparison.diff):
            break
        unstage_part(comparison, parts(comparison.diff)[-1])
    assert changed_lines(repo, "--cached") == []
    assert repo.path(NAME).read_bytes() == WORK


def test_one_hunk_is_unstaged(repo: Repo) -> None:
    repo.stage()
    comparison = staged(repo)
    unstage_part(comparison, HunkPart(cell(comparison, ChangeKind.MODIFIED), 0))
    assert changed_lines(repo) == ['-    "a = 1\\n",', '+    "a = 10\\n",']


def test_a_cell_is_unstaged_from_the_view_that_it_was_staged_in(repo: Repo) -> None:
    comparison = shown(repo)
    for kind in (ChangeKind.ADDED, ChangeKind.MODIFIED, ChangeKind.REMOVED):
        part = CellPart(cell(comparison, kind))
        stage_part(comparison, part)
    for kind in (ChangeKind.MODIFIED, ChangeKind.ADDED, ChangeKind.REMOVED):
        unstage_part(comparison, CellPart(cell(comparison, kind)))
    assert changed_lines(repo, "--cached") == []


def test_a_cell_of_a_renamed_notebook_is_unstaged_to_what_it_was_before(repo: Repo) -> None:
    repo.mv(NAME, "new name.ipynb")
    repo.stage()
    comparison = staged(repo, "new name.ipynb")
    unstage_part(comparison, CellPart(cell(comparison, ChangeKind.MODIFIED)))
    assert index(repo, "new name.ipynb")["cells"][1] == json.loads(BASE)["cells"][1]
    unstage_part(staged(repo, "new name.ipynb"), WholePart())
    assert repo.git("diff", "--cached", "-M", "--name-status").startswith("R100")


def test_a_cell_is_staged_twice_or_unstaged_twice_in_vain(repo: Repo) -> None:
    comparison = shown(repo)
    added = CellPart(cell(comparison, ChangeKind.ADDED))
    done = stage_part(comparison, added)
    with pytest.raises(UserError, match="is staged already"):
        stage_part(comparison, added)
    with pytest.raises(UserError, match="is not staged"):
        unstage_part(comparison, CellPart(cell(comparison, ChangeKind.MODIFIED)))
    undo_staging(done)
    with pytest.raises(UserError, match="is not staged"):
        unstage_part(comparison, added)


def test_smaller_parts_are_refused_against_another_base(repo: Repo) -> None:
    comparison = shown(repo)
    place = cell(comparison, ChangeKind.MODIFIED)
    stage_part(comparison, HunkPart(place, 0))
    with pytest.raises(UserError, match="compare the working tree"):
        stage_part(comparison, HunkPart(place, 0))
    with pytest.raises(UserError, match="compare the staged version"):
        unstage_part(comparison, HunkPart(place, 0))
    stage_part(comparison, CellPart(place))
    assert "".join(index(repo)["cells"][1]["source"]) == "a = 10\nb = 2\nc = 3\nd = 40\n"


def test_a_new_notebook_is_staged_and_unstaged(repo: Repo) -> None:
    repo.write("new.ipynb", WORK)
    if os.name != "nt":
        repo.path("new.ipynb").chmod(0o755)
    comparison = shown(repo, "new.ipynb")
    stage_part(comparison, CellPart(1))
    assert [each["id"] for each in index(repo, "new.ipynb")["cells"]] == ["a"]
    assert index(repo, "new.ipynb")["metadata"] == {"title": "new"}
    assert repo.git("ls-files", "-s", "new.ipynb").startswith("100755" if os.name != "nt" else "100644")
    assert "AM new.ipynb" in repo.git("status", "--porcelain")
    unstage_part(comparison, WholePart())
    assert repo.git("ls-files", "new.ipynb") == ""
    assert repo.path("new.ipynb").read_bytes() == WORK


def test_an_announced_notebook_is_staged_and_announced_again(repo: Repo) -> None:
    repo.write("new.ipynb", WORK)
    repo.git("add", "-N", "new.ipynb")
    before = repo.git("status", "--porcelain", "new.ipynb")
    done = stage_part(shown(repo, "new.ipynb"), CellPart(0))
    assert repo.git("status", "--porcelain", "new.ipynb") == "AM new.ipynb"
    undo_staging(done)
    assert repo.git("status", "--porcelain", "new.ipynb") == before


def test_before_the_first_commit_a_cell_is_staged(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "young")
    repo.write("a.ipynb", WORK)
    stage_part(shown(repo, "a.ipynb"), CellPart(0))
    assert repo.git("status", "--porcelain") == "AM a.ipynb"


@pytest.mark.parametrize(("autocrlf", "attributes"), [("true", ""), ("false", "*.ipynb text eol=crlf\n")])
def test_a_working_tree_with_other_line_endings_is_staged_without_them(
    repo: Repo, autocrlf: str, attributes: str
) -> None:
    repo.git("config", "core.autocrlf", autocrlf)
    repo.write(".gitattributes", attributes)
    repo.write(NAME, WORK.replace(b"\n", b"\r\n"))
    comparison = shown(repo)
    stage_part(comparison, CellPart(cell(comparison, ChangeKind.ADDED)))
    assert "\r" not in repo.git("show", f":{NAME}")
    repo.write("new.ipynb", WORK.replace(b"\n", b"\r\n"))
    stage_part(shown(repo, "new.ipynb"), CellPart(0))
    assert "\r" not in repo.git("show", ":new.ipynb")


def test_a_filter_and_a_pointer_are_refused(repo: Repo, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    comparison = shown(repo)
    repo.write(".gitattributes", "*.ipynb filter=strip\n")
    repo.git("config", "filter.strip.clean", f"touch '{trace}' && cat")
    with pytest.raises(UserError, match="runs no filters"):
        stage_part(comparison, WholePart())
    repo.git("config", "--unset", "filter.strip.clean")
    assert not trace.exists()
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    blob = repo.git("hash-object", "-w", "--stdin", stdin=pointer)
    repo.git("update-index", "--cacheinfo", f"100644,{blob},{NAME}")
    with pytest.raises(UserError, match="git-lfs pointer"):
        stage_part(comparison, CellPart(1))


def test_a_file_that_has_changed_since_is_neither_staged_nor_reverted(repo: Repo) -> None:
    comparison = shown(repo)
    other = WORK.replace(b"a = 10", b"a = 11")
    repo.write(NAME, other)
    for act in (stage_part, revert_part):
        with pytest.raises(UserError, match="has changed since it was compared"):
            act(comparison, CellPart(1))
    assert repo.path(NAME).read_bytes() == other
    assert changed_lines(repo, "--cached") == []


@pytest.mark.parametrize("part", [CellPart(99), HunkPart(99, 0), MetadataPart(None, 9)])
def test_a_part_that_is_not_there_is_refused(repo: Repo, part: Part) -> None:
    comparison = shown(repo)
    with pytest.raises(UserError, match="not part of this comparison"):
        stage_part(comparison, part)
    with pytest.raises(UserError, match="not part of this comparison"):
        revert_part(comparison, part)


# --- reverting ----------------------------------------------------------------------------------------------


def test_a_cell_is_reverted_and_the_revert_undone(repo: Repo) -> None:
    comparison = shown(repo)
    done = revert_part(comparison, CellPart(cell(comparison, ChangeKind.REMOVED)))
    found = json.loads(repo.path(NAME).read_bytes())
    assert [each["id"] for each in found["cells"]] == ["t", "a", "g", "l", "n"]
    assert changed_lines(repo, "--cached") == []
    back = undo_reverting(done)
    assert repo.path(NAME).read_bytes() == WORK
    undo_reverting(back)
    repo.write(NAME, BASE)
    with pytest.raises(UserError, match="has changed since"):
        undo_reverting(done)


def test_all_reverted_one_by_one_is_the_committed_file(repo: Repo) -> None:
    target = find_target(repo.path(NAME))
    work = Revision(RevisionKind.WORKING_TREE, NAME)
    for _ in range(20):
        comparison = compare(target, parent_of(target, work), work, Settings())
        if not parts(comparison.diff):
            break
        revert_part(comparison, parts(comparison.diff)[0])
    assert repo.path(NAME).read_bytes() == BASE
    assert repo.git("status", "--porcelain") == ""


def test_a_hunk_is_reverted_in_a_file_outside_of_git(tmp_path: Path) -> None:
    (tmp_path / "base.ipynb").write_bytes(BASE)
    head = tmp_path / "head.ipynb"
    data = json.dumps(json.loads(WORK), indent=4).replace("\n", "\r\n").encode()
    head.write_bytes(data)
    comparison = open_pair(tmp_path / "base.ipynb", head, Settings()).comparison
    revert_part(comparison, HunkPart(cell(comparison, ChangeKind.MODIFIED), 0))
    assert head.read_bytes() == data.replace(b"a = 10", b"a = 1")
    with pytest.raises(UserError, match="not in a git repository"):
        stage_part(comparison, WholePart())


def test_a_notebook_that_is_new_is_not_reverted_to_nothing(repo: Repo) -> None:
    repo.write("new.ipynb", WORK)
    with pytest.raises(UserError, match="is not there in the base"):
        revert_part(shown(repo, "new.ipynb"), WholePart())
    comparison = shown(repo, "new.ipynb")
    revert_part(comparison, CellPart(0))
    assert len(json.loads(repo.path("new.ipynb").read_bytes())["cells"]) == 3


def test_an_older_revision_as_head_is_not_written(repo: Repo) -> None:
    repo.stage()
    with pytest.raises(UserError, match="choose the working tree"):
        revert_part(staged(repo), NotebookPart())
