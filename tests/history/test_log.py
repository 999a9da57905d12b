"""What belongs to a notebook's history, on repositories made by the real git."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.history.log import notebook_commits, parse
from nbreview.history.model import FileStatus, Revision
from nbreview.history.process import git_in
from tests.git_repos import START, Repo


def text(*changes: str, lines: int = 40) -> str:
    """A file of numbered lines with some of them replaced: `text("3 three")`."""
    numbered = [f"line {number}" for number in range(lines)]
    for change in changes:
        number, _, words = change.partition(" ")
        numbered[int(number)] = words
    return "\n".join(numbered) + "\n"


def history(repo: Repo, path: str = "a.ipynb", start: str = "HEAD") -> tuple[Revision, ...]:
    return notebook_commits(git_in(repo.root), repo.git("rev-parse", start), path)


def summaries(revisions: tuple[Revision, ...]) -> list[str]:
    return [revision.summary for revision in revisions]


def test_each_commit_that_changed_the_notebook_is_listed_newest_first(repo: Repo) -> None:
    root = repo.commit("first", {"a.ipynb": text()})
    repo.commit("elsewhere", {"other.py": "x = 1\n"})
    edit = repo.commit("edit", {"a.ipynb": text("1 one")})

    newest, oldest = history(repo)

    assert (newest.commit, newest.status, newest.summary) == (edit, FileStatus.MODIFIED, "edit")
    assert (oldest.commit, oldest.status, oldest.parent) == (root, FileStatus.ADDED, "")
    assert newest.parent == repo.git("rev-parse", "HEAD~1")
    assert newest.blob == repo.git("rev-parse", "HEAD:a.ipynb")
    assert newest.parent_blob == oldest.blob == repo.git("rev-parse", f"{root}:a.ipynb")
    assert (newest.author, newest.email, newest.time) == ("Ada Lovelace", "ada@example.org", START + 120)


def test_renames_are_followed_with_the_path_on_each_side(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.mv("a.ipynb", "deep/b.ipynb")
    repo.commit("rename and edit", {"deep/b.ipynb": text("5 five")})
    repo.mv("deep/b.ipynb", "c.ipynb")
    repo.commit("rename again")

    again, rename, first = history(repo, "c.ipynb")

    assert (again.status, again.path, again.previous_path) == (FileStatus.RENAMED, "c.ipynb", "deep/b.ipynb")
    assert again.blob == again.parent_blob
    assert (rename.status, rename.path, rename.previous_path) == (
        FileStatus.RENAMED,
        "deep/b.ipynb",
        "a.ipynb",
    )
    assert rename.parent_blob == first.blob
    assert (first.status, first.path, first.previous_path) == (FileStatus.ADDED, "a.ipynb", "")


def test_a_copy_is_followed_to_what_it_was_copied_from_but_not_beyond_the_copying(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.commit("copy", {"b.ipynb": text("3 three")})
    repo.commit("edit the original", {"a.ipynb": text("9 nine")})
    repo.commit("edit the copy", {"b.ipynb": text("3 three", "4 four")})

    revisions = history(repo, "b.ipynb")

    assert summaries(revisions) == ["edit the copy", "copy", "first"]
    assert (revisions[1].status, revisions[1].previous_path) == (FileStatus.COPIED, "a.ipynb")


def test_a_notebook_made_from_a_template_is_no_copy_of_it(repo: Repo) -> None:
    repo.commit("template", {"template.ipynb": text()})
    repo.commit("new notebook", {"a.ipynb": text(*(f"{number} other {number * 77}" for number in range(15)))})

    (only,) = history(repo)

    assert (only.summary, only.status, only.parent_blob) == ("new notebook", FileStatus.ADDED, "")


def test_an_edit_under_the_old_name_beside_the_branch_that_renamed_is_not_lost(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.branch("side")
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("rename on side")
    repo.checkout("main")
    repo.commit("edit on main", {"a.ipynb": text("30 thirty")})
    repo.commit("edit on main again", {"a.ipynb": text("31 thirty-one", "30 thirty")})
    repo.checkout("side")
    repo.commit("edit on side", {"b.ipynb": text("2 two")})
    repo.checkout("main")
    merge = repo.merge("side", "join")

    revisions = history(repo, "b.ipynb")

    assert sorted(summaries(revisions)) == [
        "edit on main",
        "edit on main again",
        "edit on side",
        "first",
        "join",
        "rename on side",
    ]
    joined = revisions[0]
    assert (joined.commit, joined.is_merge, joined.status) == (merge, True, FileStatus.RENAMED)
    assert joined.previous_path == "a.ipynb"
    assert joined.parent_blob == repo.git("rev-parse", "HEAD^1:a.ipynb")
    followed = repo.git("log", "--follow", "--format=%s", "--", "b.ipynb").splitlines()
    assert "edit on main" not in followed  # what git's own following loses


def test_a_rename_made_by_the_merge_itself_is_followed(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.branch("side")
    repo.commit("side", {"a.ipynb": text("1 one")})
    repo.checkout("main")
    repo.commit("main", {"a.ipynb": text("30 thirty")})
    repo.git("merge", "--no-commit", "--quiet", "side")
    repo.mv("a.ipynb", "b.ipynb")
    repo.conclude("merge and rename")

    revisions = history(repo, "b.ipynb")

    assert summaries(revisions) == ["merge and rename", "main", "side", "first"]
    assert (revisions[0].status, revisions[0].previous_path) == (FileStatus.RENAMED, "a.ipynb")


def test_a_merge_that_takes_one_side_is_not_listed_but_that_sides_commits_are(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.branch("side")
    repo.commit("side edit", {"a.ipynb": text("1 one")})
    repo.checkout("main")
    repo.commit("elsewhere", {"other.py": "x = 1\n"})
    repo.merge("side", "plain merge")

    assert summaries(history(repo)) == ["side edit", "first"]


def test_a_merge_of_edits_on_both_sides_is_listed_against_its_first_parent(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.branch("side")
    repo.commit("side edit", {"a.ipynb": text("1 one")})
    repo.checkout("main")
    main = repo.commit("main edit", {"a.ipynb": text("30 thirty")})
    repo.merge("side", "join")

    join, *rest = history(repo)

    assert (join.summary, join.is_merge, join.parent, join.status) == (
        "join",
        True,
        main,
        FileStatus.MODIFIED,
    )
    assert join.parent_blob == repo.git("rev-parse", f"{main}:a.ipynb")
    assert summaries(tuple(rest)) == ["main edit", "side edit", "first"]


def test_an_edit_slipped_into_a_merge_is_listed(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.branch("side")
    repo.commit("elsewhere", {"other.py": "x = 1\n"})
    repo.checkout("main")
    repo.commit("also elsewhere", {"third.py": "y = 1\n"})
    repo.git("merge", "--no-commit", "--quiet", "side")
    repo.write("a.ipynb", text("7 slipped in"))
    repo.conclude("evil merge")

    assert summaries(history(repo)) == ["evil merge", "first"]


def test_commits_that_a_conflict_resolution_threw_away_are_still_listed(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.branch("side")
    repo.commit("side", {"a.ipynb": text("1 side")})
    repo.checkout("main")
    repo.commit("main", {"a.ipynb": text("1 main")})
    repo.merge("side", "keep ours", "-s", "ours")

    assert summaries(history(repo)) == ["main", "side", "first"]


def test_a_notebook_added_again_keeps_its_deletion_and_what_came_before(
    repo: Repo,
) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.rm("a.ipynb")
    repo.commit("delete")
    repo.commit("again", {"a.ipynb": text("1 one")})

    again, delete, first = history(repo)

    assert [again.status, delete.status, first.status] == [
        FileStatus.ADDED,
        FileStatus.DELETED,
        FileStatus.ADDED,
    ]
    assert (delete.blob, delete.parent_blob) == ("", first.blob)


def test_a_deleted_notebook_has_a_history(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.rm("a.ipynb")
    repo.commit("delete")

    assert summaries(history(repo)) == ["delete", "first"]


def test_a_new_notebook_under_the_old_name_is_not_taken_for_the_renamed_one(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("rename")
    repo.commit("another notebook", {"a.ipynb": "nothing alike\n"})
    repo.commit("edit both", {"a.ipynb": "nothing alike at all\n", "b.ipynb": text("2 two")})

    revisions = history(repo, "b.ipynb")

    assert summaries(revisions) == ["edit both", "rename", "first"]
    assert [revision.path for revision in revisions] == ["b.ipynb", "b.ipynb", "a.ipynb"]


def test_two_notebooks_that_swap_names_keep_their_own_histories(repo: Repo) -> None:
    other = "".join(f"quite different {number}\n" for number in range(40))
    repo.commit("first", {"a.ipynb": text(), "b.ipynb": other})
    repo.git("mv", "a.ipynb", "c.ipynb")
    repo.git("mv", "b.ipynb", "a.ipynb")
    repo.commit("a to c, b to a")
    repo.commit("edit c", {"c.ipynb": text("3 three")})

    assert [(each.summary, each.path) for each in history(repo, "c.ipynb")] == [
        ("edit c", "c.ipynb"),
        ("a to c, b to a", "c.ipynb"),
        ("first", "a.ipynb"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "with space.ipynb",
        "quo\"te's.ipynb",
        "-leading dash.ipynb",
        ":(glob)*.ipynb",
        "[ab]*.ipynb",
        "Übung 数据.ipynb",
        "back\\slash.ipynb",
        "new\nline.ipynb",
        "tab\there.ipynb",
        "not utf-8 \udcff.ipynb",
        "deep/er/folder name/a.ipynb",
    ],
)
def test_any_name_that_git_takes_is_followed_across_a_rename(repo: Repo, name: str) -> None:
    repo.commit("first", {"plain.ipynb": text(), "decoy.ipynb": "decoy\n", "a.ipynb": "decoy\n"})
    repo.mv("plain.ipynb", name)
    repo.commit("rename")
    repo.commit("edit", {name: text("1 one")})
    repo.commit("decoys", {"decoy.ipynb": "changed\n", "a.ipynb": "changed\n"})

    assert [(each.summary, each.path) for each in history(repo, name)] == [
        ("edit", name),
        ("rename", name),
        ("first", "plain.ipynb"),
    ]


def test_names_of_people_and_summaries_come_as_text_whatever_bytes_they_are(repo: Repo) -> None:
    repo.author = "Zoë 数据"
    repo.commit(":100644 looks like a raw line", {"a.ipynb": text()})
    repo.write("a.ipynb", text("1 one"))
    repo.stage()
    tree = repo.git("write-tree")
    parent = repo.head()
    header = f"tree {tree}\nparent {parent}\n".encode()
    who = b" <z@example.org> 1700000100 +0100\n"
    latin = header + b"author Zo\xeb" + who + b"committer Zo\xeb" + who + b"encoding ISO-8859-1\n\ncaf\xe9\n"
    broken = header + b"author Zo\xff" + who + b"committer Zo\xff" + who + b"\nnot \xfe utf-8\n"

    first = history(repo)[0]
    latin_id = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=latin)
    broken_id = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=broken)

    assert (first.author, first.summary) == ("Zoë 数据", ":100644 looks like a raw line")
    declared = history(repo, start=latin_id)[0]
    assert (declared.author, declared.summary) == ("Zoë", "café")
    undeclared = history(repo, start=broken_id)[0]
    assert (undeclared.author, undeclared.summary) == ("Zo�", "not � utf-8")


def _no_root(repo: Repo) -> None:
    repo.git("config", "log.showRoot", "false")


def _order_file(repo: Repo) -> None:
    repo.git("config", "diff.orderFile", "/nowhere/at/all")


def _no_renames(repo: Repo) -> None:
    repo.git("config", "diff.renames", "false")
    repo.git("config", "diff.renameLimit", "1")


def _odd_output(repo: Repo) -> None:
    repo.git("config", "format.pretty", "oneline")
    repo.git("config", "color.ui", "always")
    repo.git("config", "log.decorate", "full")
    repo.git("config", "log.date", "relative")
    repo.git("config", "log.diffMerges", "separate")
    repo.git("config", "log.follow", "true")
    repo.git("config", "i18n.logOutputEncoding", "UTF-16")
    repo.git("config", "diff.noprefix", "true")
    repo.git("config", "diff.relative", "true")
    repo.git("config", "core.abbrev", "4")


@pytest.mark.parametrize("configure", [_no_root, _order_file, _no_renames, _odd_output])
def test_the_configuration_of_the_repository_changes_nothing(
    repo: Repo, configure: Callable[[Repo], None]
) -> None:
    repo.commit("first", {"a.ipynb": text()})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("rename")
    repo.branch("side")
    repo.commit("side", {"b.ipynb": text("1 one")})
    repo.checkout("main")
    repo.commit("main", {"b.ipynb": text("30 thirty")})
    repo.merge("side", "join")
    before = history(repo, "b.ipynb")

    configure(repo)

    assert history(repo, "b.ipynb") == before
    assert summaries(before) == ["join", "main", "side", "rename", "first"]


def test_object_ids_of_sha256_are_read(tmp_path: Path) -> None:
    root = tmp_path / "long ids"
    root.mkdir()
    Repo(tmp_path / "spare").git("init", "--quiet", "--object-format=sha256", str(root))
    repo = Repo(root)
    repo.commit("first", {"a.ipynb": text()})
    repo.commit("edit", {"a.ipynb": text("1 one")})

    edit, first = history(repo)

    assert len(edit.commit) == len(edit.blob) == 64
    assert (first.status, first.parent_blob) == (FileStatus.ADDED, "")


def test_children_come_before_parents_when_clocks_disagree(repo: Repo) -> None:
    repo.clock = START + 86_400
    repo.commit("first, by a clock a day ahead", {"a.ipynb": text()})
    repo.clock = START
    repo.branch("side")
    repo.commit("side", {"a.ipynb": text("1 one")})
    repo.checkout("main")
    repo.commit("main", {"a.ipynb": text("30 thirty")})
    repo.merge("side", "join")

    assert summaries(history(repo))[-1] == "first, by a clock a day ahead"


def test_a_stopped_listing_raises(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": text()})
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        notebook_commits(git_in(repo.root), repo.head(), "a.ipynb", cancel)


def test_nothing_printed_is_no_commit() -> None:
    assert parse(b"") == []
