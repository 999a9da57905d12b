"""A cell is followed back through real histories: edits, moves, renames, merges, ids that lie, splits."""

from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.model import ChangeKind, RelationKind
from nbreview.errors import UserError
from nbreview.history.model import RevisionKind
from nbreview.services.cell_history import (
    CellHistory,
    CellVersion,
    cell_history,
    line_origins,
    lines_of,
    version_in_words,
)
from nbreview.services.opening import find_target, list_revisions
from nbreview.settings import Settings
from tests.builders import code, markdown, notebook
from tests.git_repos import Repo

SETTINGS = Settings()
LOAD = "import pandas as pd\nframe = pd.read_csv('houses.csv')\nframe = frame.dropna()"
TRAIN = "rate = 0.1\nmodel = fit(frame, rate)\nscore = model.score(frame)"
PLOT = "axes = frame.plot('rooms', 'price')\naxes.set_title('Prices of houses')"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "work")


def history(repo: Repo, index: int, name: str = "a.ipynb", commit: str = "") -> CellHistory:
    target = find_target(repo.path(name))
    revisions = list_revisions(target)
    start = next(each for each in revisions if each.commit.startswith(commit)) if commit else revisions[0]
    return cell_history(target, revisions, start, index, SETTINGS)


def told(found: CellHistory) -> list[tuple[str, str]]:
    """Which revision did what, oldest first."""
    return [(version.revision.summary or version.revision.kind, version.kind) for version in found.versions]


def test_only_the_commits_that_changed_the_cell_are_its_versions(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(LOAD), code(TRAIN))})
    repo.commit("slower", {"a.ipynb": notebook(code(LOAD), code(TRAIN.replace("0.1", "0.01")))})
    repo.commit(
        "another cell", {"a.ipynb": notebook(code(LOAD + "\nframe"), code(TRAIN.replace("0.1", "0.01")))}
    )
    repo.commit("no notebook", {"b.txt": "x"})
    repo.commit("slowest", {"a.ipynb": notebook(code(LOAD + "\nframe"), code(TRAIN.replace("0.1", "0.001")))})
    found = history(repo, 1)
    assert told(found) == [("begin", "added"), ("slower", "modified"), ("slowest", "modified")]
    assert found.complete
    assert [lines_of(version.source)[0] for version in found.versions] == [
        "rate = 0.1",
        "rate = 0.01",
        "rate = 0.001",
    ]


def test_an_edit_that_is_not_committed_is_the_newest_version(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(TRAIN))})
    repo.write("a.ipynb", notebook(code(TRAIN + "\nscore")))
    found = history(repo, 0)
    assert told(found) == [("begin", "added"), (RevisionKind.WORKING_TREE, "modified")]


def test_a_cell_is_followed_under_the_notebooks_earlier_names(repo: Repo) -> None:
    repo.commit("begin", {"old.ipynb": notebook(markdown("# Houses"), code(LOAD), code(TRAIN))})
    repo.mv("old.ipynb", "a.ipynb")
    repo.commit("rename")
    repo.commit(
        "slower", {"a.ipynb": notebook(markdown("# Houses"), code(LOAD), code(TRAIN.replace("0.1", "1")))}
    )
    found = history(repo, 2)
    assert told(found) == [("begin", "added"), ("slower", "modified")]
    assert found.versions[0].revision.path == "old.ipynb"


def test_a_moved_cell_says_where_from(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(LOAD), code(TRAIN), code(PLOT))})
    repo.commit("plot first", {"a.ipynb": notebook(code(PLOT), code(LOAD), code(TRAIN))})
    found = history(repo, 0)
    assert told(found) == [("begin", "added"), ("plot first", "moved")]
    assert version_in_words(found.versions[-1]) == "moved from cell 3 to cell 1"


def test_ids_that_were_made_anew_do_not_end_the_history(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(LOAD, id="a"), code(TRAIN, id="b"), code(PLOT, id="c"))})
    repo.commit("new ids", {"a.ipynb": notebook(code(LOAD, id="x"), code(TRAIN, id="y"), code(PLOT, id="z"))})
    swapped = notebook(code(LOAD, id="z"), code(TRAIN + "\nscore", id="x"), code(PLOT, id="y"))
    repo.commit("ids of other cells", {"a.ipynb": swapped})
    assert told(history(repo, 1)) == [("begin", "added"), ("ids of other cells", "modified")]


def test_a_merge_that_joins_two_edits_is_no_version_and_both_lines_are_followed(repo: Repo) -> None:
    begin = [code(LOAD), markdown("between the two"), code(TRAIN)]
    repo.commit("begin", {"a.ipynb": notebook(*begin)})
    repo.branch("side")
    repo.commit("slower", {"a.ipynb": notebook(*begin[:2], code(TRAIN.replace("0.1", "0.01")))})
    repo.checkout("main")
    repo.commit("load more", {"a.ipynb": notebook(code(LOAD + "\nframe"), *begin[1:])})
    repo.git("merge", "--quiet", "--no-commit", "-s", "ours", "side")
    joined = notebook(code(LOAD + "\nframe"), begin[1], code(TRAIN.replace("0.1", "0.01")))
    repo.write("a.ipynb", joined)
    repo.conclude("merge side")
    assert told(history(repo, 0)) == [("begin", "added"), ("load more", "modified")]
    assert told(history(repo, 2)) == [("begin", "added"), ("slower", "modified")]


def test_what_a_merge_itself_wrote_is_its_version(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(TRAIN))})
    repo.branch("side")
    repo.commit("side", {"a.ipynb": notebook(code(TRAIN.replace("0.1", "0.2")))})
    repo.checkout("main")
    repo.commit("main", {"a.ipynb": notebook(code(TRAIN.replace("0.1", "0.3")))})
    repo.git("merge", "--quiet", "--no-commit", "-s", "ours", "side")
    repo.write("a.ipynb", notebook(code(TRAIN.replace("0.1", "0.25"))))
    repo.conclude("in between")
    assert told(history(repo, 0)) == [("begin", "added"), ("main", "modified"), ("in between", "modified")]


def test_a_revert_to_what_was_before_ends_as_well(repo: Repo) -> None:
    one, two = notebook(code(TRAIN)), notebook(code(TRAIN.replace("0.1", "0.2")))
    for number, data in enumerate((one, two, one, two, one)):
        repo.commit(f"commit {number}", {"a.ipynb": data})
        repo.commit("beside", {"b.txt": str(number)})
    found = history(repo, 0)
    assert told(found) == [("commit 0", "added"), *((f"commit {n}", "modified") for n in range(1, 5))]


def test_a_cell_that_was_split_off_says_from_which(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(f"{LOAD}\n{TRAIN}\n{PLOT}"))})
    repo.commit("split", {"a.ipynb": notebook(code(f"{LOAD}\n{TRAIN}"), code(PLOT))})
    (version,) = history(repo, 1).versions
    assert version.relation is not None
    assert version.relation.kind is RelationKind.SPLIT
    assert version_in_words(version) == "added as cell 2, split off from cell 1"
    assert version.diff is not None


def test_a_cell_that_became_markdown_has_that_as_a_version(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(LOAD), code("Notes about\nthe houses"))})
    repo.commit("prose", {"a.ipynb": notebook(code(LOAD), markdown("Notes about\nthe houses"))})
    found = history(repo, 1)
    assert told(found) == [("begin", "added"), ("prose", "modified")]
    assert version_in_words(found.versions[1]) == "became markdown"


def test_a_cell_that_is_gone_is_followed_from_the_commit_that_had_it(repo: Repo) -> None:
    first = repo.commit("begin", {"a.ipynb": notebook(code(LOAD), code(TRAIN))})
    repo.commit("removed", {"a.ipynb": notebook(code(LOAD))})
    assert told(history(repo, 1, commit=first)) == [("begin", "added")]


def test_versions_come_one_by_one_and_a_stop_keeps_those(repo: Repo) -> None:
    for number in range(4):
        repo.commit(f"commit {number}", {"a.ipynb": notebook(code(TRAIN.replace("0.1", f"0.{number + 1}")))})
    target = find_target(repo.path("a.ipynb"))
    revisions = list_revisions(target)
    cancel, seen = CancelToken(), list[CellVersion]()

    def take(version: CellVersion, looked: int) -> None:
        seen.append(version)
        if len(seen) == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        cell_history(target, revisions, revisions[0], 0, SETTINGS, cancel, take)
    assert [version.revision.summary for version in seen] == ["commit 3", "commit 2"]


def test_each_line_knows_the_version_that_last_touched_it(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code("a = 1\nb = 2\nc = 3\n"))})
    repo.commit("b", {"a.ipynb": notebook(code("a = 1\nb = 20\nc = 3\n"))})
    repo.commit("top and end", {"a.ipynb": notebook(code("# values\na = 1\nb = 20\nc = 3\nd = 4"))})
    origins = line_origins(history(repo, 0).versions)
    assert origins == ((0, 0, 0), (0, 1, 0), (2, 0, 1, 0, 2))


def test_a_moved_cell_keeps_who_wrote_its_lines(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(LOAD), code(TRAIN), code(PLOT))})
    repo.commit("title", {"a.ipynb": notebook(code(LOAD), code(TRAIN), code(PLOT + "\naxes"))})
    repo.commit("plot first", {"a.ipynb": notebook(code(PLOT + "\naxes"), code(LOAD), code(TRAIN))})
    assert line_origins(history(repo, 0).versions)[-1] == (0, 0, 1)


def test_a_version_that_cannot_be_read_ends_the_walk_with_a_sentence(repo: Repo) -> None:
    repo.commit("broken", {"a.ipynb": b"{ this is no notebook"})
    repo.commit("mended", {"a.ipynb": notebook(code(TRAIN))})
    repo.commit("slower", {"a.ipynb": notebook(code(TRAIN.replace("0.1", "0.01")))})
    found = history(repo, 0)
    assert told(found) == [("mended", ChangeKind.UNCHANGED), ("slower", ChangeKind.MODIFIED)]
    assert not found.complete
    assert "a.ipynb" in found.problem


def test_a_notebook_without_history_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code(TRAIN)))
    target = find_target(path)
    (alone,) = list_revisions(target)
    with pytest.raises(UserError, match=r"a\.ipynb has no history in git.*commit it"):
        cell_history(target, (alone,), alone, 0, SETTINGS)


def test_a_cell_that_is_not_there_is_refused(repo: Repo) -> None:
    repo.commit("begin", {"a.ipynb": notebook(code(TRAIN))})
    with pytest.raises(UserError, match=r"has no cell 8"):
        history(repo, 7)
