"""What is found, run and looked at is in the store, with what became of it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.kernel.model import RuntimeSnapshot
from nbreview.llm.local import LocalEngine
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from nbreview.review.outcomes import OutcomeKind
from nbreview.services.opening import Comparison
from nbreview.services.remembering import remember_checked, remember_judged, remember_snapshot
from nbreview.services.session import ReviewSession
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, notebook
from tests.git_repos import Repo


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3", busy_seconds=0.05) as opened:
        yield opened


@pytest.fixture
def session(store: Store, tmp_path: Path) -> ReviewSession:
    return ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "train.ipynb"
    path.write_bytes(notebook(code("x = np.ones(3)", id="a"), code("y = undefined_thing", id="b")))
    return path


def _opened(session: ReviewSession, path: Path) -> Comparison:
    session.adopt_opened(session.open_work(path))
    return session.shown()


def _kinds(store: Store, path: Path) -> dict[str, list[OutcomeKind]]:
    found = store.findings(str(path))
    return {
        each.finding.message.split("'")[1]: [one.kind for one in store.outcomes(each.id)] for each in found
    }


def test_a_finding_is_kept_once_and_what_became_of_it_is_kept_with_it(
    session: ReviewSession, store: Store, path: Path
) -> None:
    comparison = _opened(session, path)
    checked = session.check_work(comparison)
    remember_checked(store, comparison, checked.findings)
    remember_checked(store, comparison, checked.findings)
    assert _kinds(store, path) == {"np": [], "undefined_thing": []}

    session.adopt_checked(checked)
    (card,) = [card for card in session.cards if card.cell_index == 0]
    session.accept_work(card)
    path.write_bytes(path.read_bytes().replace(b"y = undefined_thing", b"y = 2"))
    again = _opened(session, path)
    remember_checked(store, again, session.check_work(again).findings)
    assert _kinds(store, path) == {"np": [OutcomeKind.FIXED], "undefined_thing": [OutcomeKind.GONE]}
    (fixed,) = [each for each in store.findings(str(path)) if "np" in each.finding.message]
    assert store.outcomes(fixed.id)[0].suggestion_id == card.suggestion.id


def test_a_run_confirms_what_was_said_before_of_the_same_source(
    session: ReviewSession, store: Store, path: Path
) -> None:
    comparison = _opened(session, path)
    cell = comparison.head.notebook.cells[1]
    likely = Finding(
        "model",
        Evidence.LIKELY,
        Verdict.CRASH,
        1,
        cell.digest,
        "likely",
        exception="NameError",
        rung=Rung.MODEL,
    )
    remember_judged(store, comparison, [likely])
    ran = replace(likely, check="dry-run", evidence=Evidence.OBSERVED, message="it raised", rung=Rung.DRY_RUN)
    for _ in range(2):
        remember_judged(store, comparison, [ran])
    first, second = store.findings(str(path))
    assert [one.kind for one in store.outcomes(first.id)] == [OutcomeKind.CONFIRMED]
    assert store.outcomes(first.id)[0].reason == "it raised"
    assert store.outcomes(second.id) == ()


def test_an_opened_notebook_is_a_review_that_was_held(
    session: ReviewSession, store: Store, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "repo")
    commit = repo.commit("one", {"a.ipynb": notebook(code("x = 1"))})
    repo.write("a.ipynb", notebook(code("x = 2")))
    session.open_work(repo.path("a.ipynb"))
    (review,) = store.reviews(str(repo.path("a.ipynb")))
    assert (review.path, review.repository) == ("a.ipynb", str(repo.root))
    assert (review.base_commit, review.head_commit) == (commit, "")
    assert review.base_blob == repo.git("rev-parse", "HEAD:a.ipynb")


def test_a_finding_knows_the_very_version_of_the_file(
    session: ReviewSession, store: Store, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a.ipynb": notebook(code("x = 1"))})
    path = repo.write("a.ipynb", notebook(code("print(nowhere)")))
    comparison = _opened(session, path)
    remember_checked(store, comparison, session.check_work(comparison).findings)
    (found,) = store.findings(str(path))
    assert found.place.blob == repo.git("hash-object", "a.ipynb")
    assert (found.place.commit, found.place.path) == (repo.head(), "a.ipynb")


def test_an_equal_state_of_a_kernel_is_kept_once(store: Store) -> None:
    snapshot = RuntimeSnapshot(names={"x": {"type": "<class 'int'>", "value": 1}})
    for seconds in (0.1, 0.2):
        remember_snapshot(store, "/n.ipynb", "Python 3", replace(snapshot, seconds=seconds))
    remember_snapshot(store, "/n.ipynb", "Python 3", replace(snapshot, names={}))
    assert len(store.snapshots("/n.ipynb")) == 2


def test_another_revision_as_head_leaves_no_findings(
    session: ReviewSession, store: Store, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a.ipynb": notebook(code("print(gone)"))})
    repo.commit("two", {"a.ipynb": notebook(code("x = 1"))})
    opened = session.open_work(repo.path("a.ipynb"))
    old = session.alone_work(opened.target, opened.revisions[-1])
    remember_checked(store, old, session.check_work(old).findings)
    assert store.findings(str(repo.path("a.ipynb"))) == ()


def test_a_store_that_cannot_be_written_keeps_nothing_from_the_person(
    session: ReviewSession, store: Store, path: Path
) -> None:
    comparison = _opened(session, path)
    findings = session.check_work(comparison).findings
    other = sqlite3.connect(store.path)
    try:
        other.execute("BEGIN IMMEDIATE")  # another program writes, and does not come to its end
        remember_checked(store, comparison, findings)
        remember_judged(store, comparison, findings)
        remember_snapshot(store, str(path), "Python 3", RuntimeSnapshot())
    finally:
        other.close()
    assert store.findings(str(path)) == ()
