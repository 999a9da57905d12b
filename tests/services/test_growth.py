"""The columns of a notebook's history: from real commits, kept in a real store, within the time there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.history.model import Revision
from nbreview.presentation.growth import Column, encode
from nbreview.services.growth import grow, pair_of
from nbreview.services.opening import Target, find_target, list_revisions
from nbreview.services.options import diff_options, fingerprint
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook
from tests.git_repos import Repo

SETTINGS = Settings()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as store:
        yield store


@pytest.fixture
def target(tmp_path: Path) -> Target:
    repo = Repo(tmp_path / "work")
    load, train = code("frame = load()\nframe.head()"), code("model = fit(frame)\nmodel.score()")
    repo.commit("begin", {"old.ipynb": notebook(load)})
    repo.mv("old.ipynb", "a.ipynb")
    repo.commit("rename and train", {"a.ipynb": notebook(load, train)})
    repo.commit("title", {"a.ipynb": notebook(markdown("# Houses"), load, train)})
    repo.commit("broken", {"a.ipynb": b"{ no notebook"})
    repo.commit("mended", {"a.ipynb": notebook(train, markdown("# Houses"))})
    return find_target(repo.path("a.ipynb"))


def commits_of(target: Target) -> tuple[Revision, ...]:
    return tuple(revision for revision in list_revisions(target) if revision.commit)


def grown(target: Target, store: Store, settings: Settings = SETTINGS, **more: object) -> dict[str, str]:
    """Each commit's column, as it came."""
    came: dict[str, str] = {}

    def take(revision: Revision, column: Column) -> None:
        came[revision.summary] = encode(column)

    grow(target, commits_of(target), settings, store, take, **more)  # type: ignore[arg-type]
    return came


def test_each_commit_has_its_cells_with_what_it_did_to_them(target: Target, store: Store) -> None:
    assert grown(target, store) == {
        "mended": "",  # against a notebook that cannot be read
        "broken": "",
        "title": "1m+2c=",
        "rename and train": "1c=1c+",
        "begin": "1c+",
    }


def test_the_second_time_nothing_is_counted(target: Target, store: Store) -> None:
    first = grown(target, store)
    readable = [revision for revision in commits_of(target) if first[revision.summary]]
    moments = iter(range(1000))
    came: list[str] = []
    done = grow(
        target,
        readable,
        SETTINGS,
        store,
        lambda revision, column: came.append(revision.summary),
        progress=lambda _: pytest.fail("something was counted again"),
        clock=lambda: next(moments),
    )
    assert done
    assert came == ["title", "rename and train", "begin"]
    assert next(moments) == 0, "the clock was not even asked"


def test_the_counts_beside_the_commits_are_kept_with_them(target: Target, store: Store) -> None:
    grown(target, store)
    title = next(each for each in commits_of(target) if each.summary == "title")
    counts = store.badge(*pair_of(title), fingerprint(diff_options(SETTINGS)))
    assert counts is not None
    assert (counts["added"], counts["unchanged"]) == (1, 2)


def test_other_rules_of_comparing_count_anew(target: Target, store: Store) -> None:
    grown(target, store)
    seen: list[int] = []
    grown(target, store, Settings(whitespace=False), progress=seen.append)
    assert seen == [1, 2, 3, 4, 5]


def test_what_the_time_does_not_allow_is_left_for_the_next_call(target: Target, store: Store) -> None:
    came: list[str] = []
    moments = iter((0.0, 1.0, 30.0))
    commits = commits_of(target)[2:]
    done = grow(
        target,
        commits,
        SETTINGS,
        store,
        lambda revision, column: came.append(revision.summary),
        seconds=20,
        clock=lambda: next(moments),
    )
    assert not done
    assert came == ["title", "rename and train"]
    assert grow(target, commits, SETTINGS, store, lambda revision, column: came.append(revision.summary))
    assert came == ["title", "rename and train", "title", "rename and train", "begin"]


def test_what_was_counted_before_a_stop_is_kept(target: Target, store: Store) -> None:
    cancel = CancelToken()

    def stop(revision: Revision, column: Column) -> None:
        cancel.cancel()

    commits = commits_of(target)[2:]
    with pytest.raises(Cancelled):
        grow(target, commits, SETTINGS, store, stop, cancel)
    counted: list[int] = []
    grow(target, commits, SETTINGS, store, lambda revision, column: None, progress=counted.append)
    assert counted == [2, 3]


def test_a_notebook_outside_of_git_has_no_columns(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("1")))
    assert grow(find_target(path), (), SETTINGS, store, lambda *_: pytest.fail("a column"))


def test_what_was_kept_by_something_else_is_passed_over(target: Target, store: Store) -> None:
    rules = fingerprint(diff_options(SETTINGS))
    store.keep_place(f"growth {target.notebook}", {"rules": rules, "columns": {"a:b": "nonsense", "c": 3}})
    assert grown(target, store)["title"] == "1m+2c="
