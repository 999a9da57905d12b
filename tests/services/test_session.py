"""The session takes what work brings only where it belongs, and its work knows what it is about."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.history.model import RevisionKind
from nbreview.llm.local import LocalEngine
from nbreview.notebook.reader import read_file
from nbreview.review.model import (
    Evidence,
    Finding,
    Origin,
    Place,
    Suggestion,
    SuggestionState,
    Verdict,
    new_id,
    now,
)
from nbreview.services.assistant import Card, make_card
from nbreview.services.session import ReviewSession, Topic
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook
from tests.git_repos import Repo

CELLS = (
    markdown("# Train", id="t"),
    code("x = np.ones(3)", id="a", count=1),
    code("print(x)", id="b", count=2),
)


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
    path.write_bytes(notebook(*CELLS))
    return path


def open_and_check(session: ReviewSession, path: Path) -> None:
    session.adopt_opened(session.open_work(path))
    assert session.adopt_checked(session.check_work(session.shown()))


def suggest(session: ReviewSession, path: Path, index: int, base: str, new: str) -> Card:
    """What a model would have proposed for a cell of the file as it is now."""
    current = read_file(path)
    suggestion = Suggestion(
        id=new_id(),
        place=Place(str(path), index, current.cells[index].id),
        base_source=base,
        proposed_source=new,
        reason="Clearer.",
        evidence=Evidence.LIKELY,
        origin=Origin("model", "Tiny"),
        created=now(),
    )
    session.store.add_suggestion(suggestion)
    return make_card(current, suggestion)


def verdict(session: ReviewSession, index: int) -> Finding:
    cell = session.shown().head.notebook.cells[index]
    return Finding("model", Evidence.LIKELY, Verdict.CRASH, index, cell.digest, "It fails.", probability=0.7)


# What comes late.


def test_the_check_of_a_comparison_that_is_no_longer_shown_is_passed_over(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    session.adopt_opened(session.open_work(path))
    late = session.check_work(session.shown())
    other = tmp_path / "other.ipynb"
    other.write_bytes(notebook(code("1 + 1", id="z")))
    open_and_check(session, other)
    assert late.findings and not session.adopt_checked(late)
    assert (session.findings, session.cards) == ((), ())


def test_a_refresh_of_another_notebook_does_not_change_what_is_shown(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    open_and_check(session, path)
    late = session.refresh_work(session.shown())
    other = tmp_path / "other.ipynb"
    other.write_bytes(notebook(code("1 + 1", id="z")))
    open_and_check(session, other)
    shown = session.comparison
    assert not session.adopt_refreshed(late)
    assert session.comparison is shown


def test_a_card_for_another_notebook_waits_in_the_store_until_that_is_open(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.ipynb"
    other.write_bytes(notebook(code("1 + 1", id="z")))
    late = suggest(session, path, 2, "print(x)", "print(x.sum())")
    open_and_check(session, other)
    assert not session.adopt_card(late)
    assert session.cards == ()
    open_and_check(session, path)
    assert late.suggestion.id in [card.suggestion.id for card in session.cards]


def test_a_card_whose_cell_has_moved_meanwhile_is_shown_at_its_cell(
    session: ReviewSession, path: Path
) -> None:
    late = suggest(session, path, 2, "print(x)", "print(x.sum())")
    path.write_bytes(notebook(CELLS[0], code("import numpy as np", id="new"), *CELLS[1:]))
    open_and_check(session, path)
    assert session.adopt_card(late)
    assert session.cards[0].cell_index == 3
    session.accept_work(session.cards[0])
    assert [cell.source for cell in read_file(path).cells][2:] == ["x = np.ones(3)", "print(x.sum())"]


def test_a_card_whose_cell_has_changed_meanwhile_comes_as_stale(session: ReviewSession, path: Path) -> None:
    late = suggest(session, path, 2, "print(x)", "print(x.sum())")
    path.write_bytes(notebook(*CELLS[:2], code("print(x.mean())", id="b")))
    open_and_check(session, path)
    assert session.adopt_card(late)
    assert session.cards[0].state is SuggestionState.STALE
    with pytest.raises(UserError, match="changed since; ask for the suggestion again"):
        session.accept_work(session.cards[0])


def test_a_verdict_on_another_notebook_is_not_shown_even_on_the_same_source(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    open_and_check(session, path)
    asked, late = session.shown(), verdict(session, 2)
    twin = tmp_path / "twin.ipynb"
    twin.write_bytes(notebook(markdown("# Other"), code("x = 1"), code("print(x)", id="b")))
    open_and_check(session, twin)
    assert not session.adopt_finding(asked, late)
    assert session.findings == ()


def test_a_verdict_stays_while_its_cell_is_as_it_was_and_goes_when_it_changes(
    session: ReviewSession, path: Path
) -> None:
    open_and_check(session, path)
    found = verdict(session, 2)
    assert session.adopt_finding(session.shown(), found)
    session.accept_work(session.cards[0])  # the import that the rule proposes for cell 2
    assert session.adopt_refreshed(session.refresh_work(session.shown()))
    assert found in session.findings
    path.write_bytes(path.read_bytes().replace(b"print(x)", b"print(x, x)"))
    assert session.adopt_refreshed(session.refresh_work(session.shown()))
    assert found not in session.findings


def test_a_second_verdict_takes_the_place_of_the_first(session: ReviewSession, path: Path) -> None:
    open_and_check(session, path)
    first = verdict(session, 2)
    session.adopt_finding(session.shown(), first)
    second = replace(first, probability=0.2)
    session.adopt_finding(session.shown(), second)
    assert [item for item in session.findings if item.check == "model"] == [second]


def test_after_a_refresh_the_tick_of_what_was_changed_goes_and_the_others_stay(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    base = tmp_path / "base.ipynb"
    base.write_bytes(notebook(CELLS[0], code("y = 1", id="a"), code("print(y)", id="b")))
    session.adopt_opened(session.open_pair_work(base, path))
    session.adopt_checked(session.check_work(session.shown()))
    session.toggle_viewed(1)
    session.toggle_viewed(2)
    session.accept_work(session.cards[0])
    session.adopt_refreshed(session.refresh_work(session.shown()))
    assert session.viewed == {2}


def test_what_has_changed_is_announced_at_once(session: ReviewSession, path: Path) -> None:
    heard: list[frozenset[Topic]] = []
    session.subscribe(heard.append)
    open_and_check(session, path)
    assert heard == [
        set(Topic) - {Topic.VIEWED, Topic.ENGINE},
        {Topic.FINDINGS, Topic.CARDS},
    ]


# Decisions.


def test_the_second_of_two_acceptances_is_refused_and_a_twin_of_the_cell_is_not_touched(
    session: ReviewSession, tmp_path: Path
) -> None:
    path = tmp_path / "twins.ipynb"
    path.write_bytes(notebook(code("fit(x)"), code("fit(x)"), minor=4))
    card = suggest(session, path, 0, "fit(x)", "fit(x, y)")
    session.accept_work(card)
    with pytest.raises(UserError, match="already been decided"):
        session.accept_work(card)
    assert [cell.source for cell in read_file(path).cells] == ["fit(x, y)", "fit(x)"]


def test_what_was_accepted_cannot_be_rejected_and_can_still_be_undone(
    session: ReviewSession, path: Path
) -> None:
    before = path.read_bytes()
    open_and_check(session, path)
    card = session.cards[0]
    session.accept_work(card)
    with pytest.raises(UserError, match="already been decided"):
        session.reject_work(card)
    session.undo_work(session.target())
    assert path.read_bytes() == before


def test_a_decision_that_is_stopped_before_it_began_does_nothing(session: ReviewSession, path: Path) -> None:
    before = path.read_bytes()
    open_and_check(session, path)
    stopped = CancelToken()
    stopped.cancel()
    for act in (
        lambda: session.accept_work(session.cards[0], None, stopped),
        lambda: session.reject_work(session.cards[0], "", stopped),
        lambda: session.undo_work(session.target(), stopped),
    ):
        with pytest.raises(Cancelled):
            act()
    assert path.read_bytes() == before
    assert session.store.decisions(session.cards[0].suggestion.id) == ()


def test_undo_works_in_a_program_that_was_started_later(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    open_and_check(session, path)
    session.accept_work(session.cards[0])
    session.store.close()
    with Store.open(session.store.path) as later:
        again = ReviewSession(later, Settings(), LocalEngine(cache=tmp_path / "models.json"))
        again.adopt_opened(again.open_work(path))
        again.undo_work(again.target())
        open_and_check(again, path)
        assert path.read_bytes() == before
        assert [card.state for card in again.cards] == [SuggestionState.PENDING]


def test_undo_of_a_cell_that_was_edited_since_says_what_to_do(session: ReviewSession, path: Path) -> None:
    open_and_check(session, path)
    session.accept_work(session.cards[0])
    path.write_bytes(path.read_bytes().replace(b"np.ones(3)", b"np.ones(4)"))
    with pytest.raises(UserError, match="change it back by hand"):
        session.undo_work(session.target())


def test_two_checks_at_the_same_time_propose_a_fix_once(session: ReviewSession, path: Path) -> None:
    session.adopt_opened(session.open_work(path))
    comparison = session.shown()
    threads = [threading.Thread(target=session.check_work, args=(comparison,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(session.store.suggestions(str(path))) == 1


# What can be opened.


def test_two_files_are_compared_and_the_head_can_be_changed(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    base = tmp_path / "base.ipynb"
    base.write_bytes(notebook(*CELLS[:2]))
    kept = base.read_bytes()
    session.adopt_opened(session.open_pair_work(base, path))
    session.adopt_checked(session.check_work(session.shown()))
    session.accept_work(session.cards[0])
    assert session.adopt_refreshed(session.refresh_work(session.shown()))
    assert "import numpy as np" in session.shown().head.notebook.cells[1].source
    assert base.read_bytes() == kept


def test_the_head_of_a_pair_settles_what_an_interrupted_program_left(
    session: ReviewSession, path: Path, tmp_path: Path
) -> None:
    from nbreview.review.model import Decision, DecisionKind

    card = suggest(session, path, 2, "print(x)", "print(x.sum())")
    session.store.decide(
        Decision(new_id(), card.suggestion.id, DecisionKind.ACCEPTED, "print(x.sum())", now())
    )
    base = tmp_path / "base.ipynb"
    base.write_bytes(notebook(*CELLS[:2]))
    session.open_pair_work(base, path)
    assert session.store.suggestion(card.suggestion.id).state is SuggestionState.UNDONE


def test_a_removed_notebook_is_remembered_and_not_the_nothing_beside_it(
    session: ReviewSession, path: Path
) -> None:
    opened = session.open_pair_work(path, Path("/dev/null"))
    assert opened.target.notebook == path
    assert session.store.recent() == (str(path),)


def test_a_commit_as_head_has_findings_and_no_cards_and_says_why(
    session: ReviewSession, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "repo")
    path = repo.root / "train.ipynb"
    for number in range(2):
        path.write_bytes(notebook(*CELLS, code(f"print({number})", id="n")))
        repo.git("add", ".")
        repo.git("commit", "--quiet", "-m", f"step {number}")
    open_and_check(session, path)
    assert session.cards
    commit = next(item for item in session.opened.revisions if item.kind is RevisionKind.COMMIT)
    session.adopt_comparison(session.alone_work(session.target(), commit))
    session.adopt_checked(session.check_work(session.shown()))
    assert session.findings and session.cards == ()
    with pytest.raises(UserError, match="choose the working tree in the history"):
        session.editable()


def test_a_notebook_that_was_deleted_shows_its_last_commit(session: ReviewSession, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    path = repo.root / "train.ipynb"
    path.write_bytes(notebook(*CELLS))
    repo.git("add", ".")
    repo.git("commit", "--quiet", "-m", "one")
    path.unlink()
    open_and_check(session, path)
    assert session.shown().head.revision.kind is RevisionKind.COMMIT
    repo.git("add", ".")
    open_and_check(session, path)
    assert session.shown().head.revision.kind is RevisionKind.INDEX
    assert session.shown().head.notebook.cells == ()


def test_a_notebook_that_was_broken_in_the_last_commit_opens_and_says_so(
    session: ReviewSession, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "repo")
    path = repo.root / "train.ipynb"
    for data in (notebook(*CELLS), b'{"cells": [<<<<<<< HEAD'):
        path.write_bytes(data)
        repo.git("add", ".")
        repo.git("commit", "--quiet", "-m", "one")
    path.write_bytes(notebook(*CELLS))
    opened = session.open_work(path)
    assert opened.comparison.head.revision.kind is RevisionKind.WORKING_TREE
    assert "train.ipynb" in opened.problem
    path.write_bytes(b'{"cells": [')
    with pytest.raises(UserError, match=r"train\.ipynb"):
        session.open_work(path)


def test_a_notebook_without_cells_opens(session: ReviewSession, tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_bytes(notebook())
    open_and_check(session, path)
    assert (session.findings, session.cards, session.shown().diff.cells) == ((), (), ())


def test_a_notebook_in_another_language_opens_without_findings_about_python(
    session: ReviewSession, tmp_path: Path
) -> None:
    path = tmp_path / "stats.ipynb"
    path.write_bytes(notebook(code("library(ggplot2)\nx <- c(1, 2)", count=1), language_info={"name": "R"}))
    open_and_check(session, path)
    assert (session.findings, session.cards) == ((), ())


def test_an_old_notebook_is_read_only_and_says_so(session: ReviewSession, tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    path.write_bytes(
        b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"metadata": {}, '
        b'"cells": [{"cell_type": "code", "language": "python", "metadata": {}, "collapsed": false, '
        b'"prompt_number": 1, "input": ["np.ones(3)"], "outputs": []}]}]}'
    )
    before = path.read_bytes()
    open_and_check(session, path)
    assert session.findings and session.cards == ()
    with pytest.raises(UserError, match="old format 3"):
        session.editable()
    card = suggest(session, path, 0, "np.ones(3)", "import numpy as np\nnp.ones(3)")
    with pytest.raises(UserError, match="old format 3"):
        session.accept_work(card)
    assert path.read_bytes() == before
    assert session.store.decisions(card.suggestion.id) == ()


def test_a_store_that_is_in_use_hides_no_finding_and_keeps_nobody_from_looking(
    session: ReviewSession, path: Path
) -> None:
    busy = sqlite3.connect(session.store.path, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    try:
        session.adopt_opened(session.open_work(path))
        checked = session.check_work(session.shown())
    finally:
        busy.close()
    assert checked.findings and checked.cards == ()
    assert "in use by another program" in checked.problem


def test_a_notebook_in_conflict_is_reviewed_as_its_versions(session: ReviewSession, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {"a.ipynb": notebook(code("x = 1", id="a"))})
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": notebook(code("x = 3", id="a"))})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": notebook(code("x = 2", id="a"))})
    repo.conflict("topic")

    opened = session.open_work(repo.path("a.ipynb"))
    session.adopt_opened(opened)

    assert "holds git conflict markers" in opened.problem
    assert session.shown().head.notebook.cells[0].source == "x = 3"
    with pytest.raises(UserError, match="choose the working tree"):
        session.editable()
    _, ours, theirs, base, *_ = opened.revisions
    session.adopt_comparison(session.compare_work(opened.target, base, ours))
    assert not session.adopt_refreshed(session.check_work(session.compare_work(opened.target, base, theirs)))
    assert session.adopt_refreshed(session.refresh_work(session.shown()))
