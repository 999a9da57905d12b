"""A folder or a range is reviewed as a list of changed notebooks, from real repositories and a real store."""

from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.model import ChangeKind
from nbreview.diff.options import Aspect
from nbreview.errors import UserError
from nbreview.history.model import RevisionKind
from nbreview.review.comments import Comment
from nbreview.review.model import Place
from nbreview.services.repository_review import (
    Counted,
    RepositoryReview,
    ReviewRange,
    count_changed,
    find_names,
    find_review,
    is_range,
    list_notebooks,
    open_changed,
    open_range,
    set_viewed,
)
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo

LONG = [f"step_{n}(data)" for n in range(6)]


def book(*sources: str) -> bytes:
    return notebook(*(code(source, id=f"c{n}") for n, source in enumerate(sources)))


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """`main` goes on by itself; `feature` has changed, added, deleted, renamed and broken notebooks."""
    repo = Repo(tmp_path / "repo")
    repo.commit(
        "begin",
        {
            "a.ipynb": book("a = 1", "b = 1"),
            "lab/old.ipynb": book(*LONG),
            "gone.ipynb": book("farewell()"),
            "broken.ipynb": book("x"),
            "same.ipynb": book("same"),
        },
    )
    repo.branch("feature")
    repo.mv("lab/old.ipynb", "lab/new ü.ipynb")
    repo.rm("gone.ipynb")
    repo.commit(
        "feature",
        {
            "a.ipynb": book("a = 2", "b = 1", "c = 1"),
            "added.ipynb": book("\n".join(f"unlike_the_others = {n**5}" for n in range(40))),
            "broken.ipynb": "{",
            "lab/new ü.ipynb": book(*LONG[:-1], "other()"),
        },
    )
    repo.commit("notes only", {"notes.txt": "1"})
    repo.checkout("main")
    repo.commit("main goes on", {"same.ipynb": book("main only")})
    return repo


def find(store: Store, folder: Path, spec: str = "") -> RepositoryReview:
    return find_review(ReviewRange(folder, spec), store)


def counts(store: Store, review: RepositoryReview, settings: Settings | None = None) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    count_changed(
        store,
        review,
        settings or Settings(),
        lambda place, known: found.update({review.changed[place].name: known}),
    )
    return found


def said(review: RepositoryReview) -> list[tuple[str, str]]:
    return [(each.change.status.value, each.name) for each in review.changed]


def test_three_dots_show_what_a_pull_request_would(repo: Repo, store: Store) -> None:
    review = find(store, repo.root, "main...feature")
    assert said(review) == [
        ("modified", "a.ipynb"),
        ("added", "added.ipynb"),
        ("modified", "broken.ipynb"),
        ("deleted", "gone.ipynb"),
        ("renamed", "lab/new ü.ipynb"),
    ]
    assert review.changed[4].change.previous_path == "lab/old.ipynb"
    assert ("modified", "same.ipynb") in said(find(store, repo.root, "main..feature"))


def test_each_is_counted_and_one_that_cannot_be_read_says_why_without_stopping_the_rest(
    repo: Repo, store: Store
) -> None:
    found = counts(store, find(store, repo.root, "main...feature"))
    assert len(found) == 5
    a, broken, gone = found["a.ipynb"].counts, found["broken.ipynb"], found["gone.ipynb"].counts
    assert a is not None and (a[ChangeKind.MODIFIED], a[ChangeKind.ADDED]) == (1, 1)
    assert gone is not None and gone[ChangeKind.REMOVED] == 1
    assert broken.counts is None and "broken.ipynb" in broken.problem


def test_counts_are_kept_by_content_and_by_what_is_compared(repo: Repo, store: Store) -> None:
    review = find(store, repo.root, "main...feature")
    first = counts(store, review)
    told: list[float] = []
    count_changed(
        store, review, Settings(), lambda place, known: None, report=lambda part, _: told.append(part)
    )
    assert len(told) == 1  # the broken one alone is read again
    assert counts(store, review) == first
    ignoring = Settings(ignored=(*Settings().ignored, Aspect.METADATA.value), similarity=0.9)
    count_changed(
        store, review, ignoring, lambda place, known: None, report=lambda part, _: told.append(part)
    )
    assert len(told) == 1 + len(review.changed)


def test_a_folder_shows_what_has_not_been_committed_staged_or_not_and_new_ones(
    repo: Repo, store: Store
) -> None:
    repo.write("a.ipynb", book("a = 7", "b = 1"))
    repo.write("same.ipynb", book("staged"))
    repo.stage("same.ipynb")
    repo.write("lab/fresh.ipynb", book("f"))
    repo.path("gone.ipynb").unlink()
    review = find(store, repo.root)
    assert said(review) == [
        ("modified", "a.ipynb"),
        ("deleted", "gone.ipynb"),
        ("added", "lab/fresh.ipynb"),
        ("modified", "same.ipynb"),
    ]
    assert [each.untracked for each in review.changed] == [False, False, True, False]
    blob = repo.git("hash-object", "a.ipynb")
    assert review.changed[0].head_blob == blob
    assert said(find(store, repo.root / "lab")) == [("added", "lab/fresh.ipynb")]


def test_a_single_revision_stands_against_the_working_tree(repo: Repo, store: Store) -> None:
    repo.write("a.ipynb", book("a = 7", "b = 1"))
    review = find(store, repo.root, "HEAD~1")
    assert said(review) == [("modified", "a.ipynb"), ("modified", "same.ipynb")]
    assert review.head is not None and review.head.kind is RevisionKind.WORKING_TREE


def test_where_nothing_has_changed_all_notebooks_are_listed(repo: Repo, store: Store) -> None:
    repo.write(".ipynb_checkpoints/a-checkpoint.ipynb", book("x"))
    repo.write("tools/pyvenv.cfg", "home = /usr")
    repo.write("tools/lib/x.ipynb", book("x"))
    repo.write(".gitignore", "tools\n.ipynb_checkpoints\n")
    review = find(store, repo.root)
    assert review.changed == ()
    assert [path.relative_to(repo.root).as_posix() for path in review.notebooks] == [
        "a.ipynb",
        "broken.ipynb",
        "gone.ipynb",
        "lab/old.ipynb",
        "same.ipynb",
    ]


def test_a_folder_outside_of_git_lists_its_notebooks(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "plain"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "x.IPYNB").write_bytes(book("x"))
    review = find(store, folder)
    assert review.repository is None
    assert review.notebooks == (folder / "deep" / "x.IPYNB",)
    assert counts(store, review) == {}
    with pytest.raises(UserError, match="no git repository"):
        find(store, folder, "main..feature")


@pytest.mark.parametrize(
    ("spec", "words"),
    [("nowhere..main", "nowhere"), ("main...nowhere", "nowhere"), ("--output=x..main", "output")],
)
def test_a_range_that_cannot_be_is_one_sentence(repo: Repo, store: Store, spec: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        find(store, repo.root, spec)
    assert not repo.path("x").exists()


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UserError, match="not a folder"):
        find(store, tmp_path / "vanished")


def test_a_bare_repository_has_ranges_and_no_working_tree(repo: Repo, store: Store, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--bare", str(repo.root), str(tmp_path / "bare.git"))
    review = find(store, tmp_path / "bare.git", "main...feature")
    assert len(review.changed) == 5
    assert len(counts(store, review)) == 5
    with pytest.raises(UserError, match="bare"):
        find(store, tmp_path / "bare.git")


def test_a_tick_belongs_to_the_two_versions(repo: Repo, store: Store) -> None:
    repo.write("a.ipynb", book("a = 7"))
    review = find(store, repo.root)
    set_viewed(store, review, review.changed[0], viewed=True)
    again = find(store, repo.root)
    assert again.changed[0].key in again.viewed
    repo.write("a.ipynb", book("a = 8"))
    written = find(store, repo.root)
    assert written.changed[0].key not in written.viewed
    set_viewed(store, again, again.changed[0], viewed=False)
    assert find(store, repo.root).viewed == frozenset()


def test_opening_one_compares_the_ends_and_names_the_commits_that_touched_it(
    repo: Repo, store: Store
) -> None:
    repo.checkout("feature")
    review = find(store, repo.root, "main...feature")
    by_name = {each.name: each for each in review.changed}
    opened = open_changed(review, by_name["a.ipynb"], Settings())
    base, head = opened.comparison.base.revision, opened.comparison.head.revision
    assert base is not None and head is not None
    assert (base.summary, head.summary) == ("begin", "feature")
    assert {base, head} <= set(opened.revisions)
    renamed = open_changed(review, by_name["lab/new ü.ipynb"], Settings()).comparison
    assert renamed.diff.counts()[ChangeKind.UNCHANGED] == 5
    assert open_changed(review, by_name["added.ipynb"], Settings()).comparison.base.revision is None
    gone = open_changed(review, by_name["gone.ipynb"], Settings()).comparison
    assert gone.head.revision is None and gone.diff.counts()[ChangeKind.REMOVED] == 1
    with pytest.raises(UserError, match="broken"):
        open_changed(review, by_name["broken.ipynb"], Settings())


def test_one_of_a_branch_that_is_not_checked_out_opens_too(repo: Repo, store: Store) -> None:
    review = find(store, repo.root, "main...feature")
    added = next(each for each in review.changed if each.name == "added.ipynb")
    opened = open_changed(review, added, Settings())
    assert [each.summary for each in opened.revisions] == ["notes only"]
    assert not opened.comparison.writable


def test_the_working_tree_of_a_review_can_be_written(repo: Repo, store: Store) -> None:
    repo.write("a.ipynb", book("a = 7"))
    review = find(store, repo.root)
    opened = open_changed(review, review.changed[0], Settings())
    assert opened.comparison.writable
    assert opened.comparison.head.blob == review.changed[0].head_blob


def test_one_in_conflict_opens_as_the_versions_that_were_merged(repo: Repo, store: Store) -> None:
    repo.commit("main too", {"a.ipynb": book("a = 5", "b = 1")})
    repo.conflict("feature")
    review = find(store, repo.root)
    notebook_ = next(each for each in review.changed if each.name == "a.ipynb")
    assert notebook_.change.conflict
    opened = open_changed(review, notebook_, Settings())
    assert "conflict" in opened.problem
    known = counts(store, review)["a.ipynb"].counts
    assert known is not None and known[ChangeKind.MODIFIED]


def test_open_comments_are_counted(repo: Repo, store: Store) -> None:
    path = repo.write("a.ipynb", book("a = 7"))
    place = Place(notebook=str(path), cell_index=0)
    store.add_comment(Comment("one", place, None, "Why seven?", "Ada", 1.0))
    assert counts(store, find(store, repo.root))["a.ipynb"].comments == 1


def test_a_range_of_one_notebook_follows_a_rename_and_parts_at_three_dots(repo: Repo) -> None:
    repo.checkout("feature")
    shown = open_range("main...feature", repo.path("lab/new ü.ipynb"), Settings()).comparison
    assert shown.diff.counts()[ChangeKind.MODIFIED] == 1
    assert shown.base.revision is not None and shown.base.revision.path == "lab/old.ipynb"
    same = open_range("main...feature", repo.path("same.ipynb"), Settings()).comparison
    assert not same.diff.changed
    assert open_range("main..feature", repo.path("same.ipynb"), Settings()).comparison.diff.changed
    with pytest.raises(UserError, match=r"nowhere\.ipynb"):
        open_range("main..feature", repo.path("nowhere.ipynb"), Settings())


def test_finding_and_counting_stop_when_asked(repo: Repo, store: Store) -> None:
    review = find(store, repo.root, "main...feature")
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        find_review(ReviewRange(repo.root), store, stopped)
    with pytest.raises(Cancelled):
        count_changed(store, review, Settings(), lambda place, known: None, stopped)
    with pytest.raises(Cancelled):
        list_notebooks(repo.root, stopped)


def test_nothing_of_the_repository_runs_or_is_written(repo: Repo, store: Store) -> None:
    repo.write("a.ipynb", book("a = 7"))
    repo.write(".gitattributes", "*.ipynb filter=evil diff=evil\n")
    for name in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.command", "diff.evil.textconv"):
        repo.git("config", name, "touch evil-ran; cat")
    repo.git("config", "core.fsmonitor", "touch evil-ran")
    index = repo.path(".git/index").read_bytes()
    review = find(store, repo.root)
    counts(store, review)
    open_changed(review, next(each for each in review.changed if each.name == "a.ipynb"), Settings())
    find_names(repo.root)
    assert not repo.path("evil-ran").exists()
    assert repo.path(".git/index").read_bytes() == index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("main...feature", True),
        ("HEAD~2..", True),
        ("..feature", True),
        ("../gone", False),
        ("..", False),
        ("../a..b.ipynb", False),
        ("a.ipynb", False),
    ],
)
def test_a_range_is_told_from_a_path(text: str, expected: bool) -> None:
    assert is_range(text) is expected
