"""Fixes become suggestions: what the mender is told, what is kept, and which choices make a card."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.checks.refactor import rename_variable
from nbreview.errors import UserError
from nbreview.kernel.model import Outcome, OutcomeStatus, Program
from nbreview.llm.local import LocalEngine
from nbreview.review.model import Evidence, Finding, Suggestion, SuggestionState, Verdict
from nbreview.services import assistant, decisions, fixing
from nbreview.services.opening import Comparison, open_notebook
from nbreview.services.session import ReviewSession
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, error, notebook
from tests.git_repos import Repo

MULTICLASS = (
    "Target is multiclass but average='binary'. Please choose another average setting, one of [None, "
    "'micro', 'macro', 'weighted']."
)
SCORE = "f1_score(y_true, y_hat)"
TWO_CHOICES = (
    code("from sklearn.metrics import f1_score\ny_true, y_hat = [0, 1, 2], [0, 2, 1]", id="a", count=1),
    code(SCORE, id="b", count=2, outputs=[error("ValueError", MULTICLASS)]),
)
ELSEWHERE = (
    code("import pandas as pd\ndf = pd.DataFrame({'x': [1, None]})", id="a", count=1),
    code("df = df.dropna(inplace=True)", id="b", count=2),
    code(
        "df.head()",
        id="c",
        count=3,
        outputs=[error("AttributeError", "'NoneType' object has no attribute 'head'")],
    ),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def open_cells(tmp_path: Path) -> Callable[..., Comparison]:
    def make(*cells: dict[str, object]) -> Comparison:
        path = tmp_path / "book.ipynb"
        path.write_bytes(notebook(*cells))
        return open_notebook(path, Settings()).comparison

    return make


def again(comparison: Comparison) -> Comparison:
    return open_notebook(comparison.target.notebook, Settings()).comparison


Open = Callable[..., Comparison]


def test_two_equally_good_fixes_are_one_card_with_two_suggestions_in_the_store(
    open_cells: Open, store: Store
) -> None:
    comparison = open_cells(*TWO_CHOICES)
    (card,) = assistant.check(comparison, store).cards
    sources = [choice.proposed_source for choice in card.choices]
    assert len(sources) == 2
    assert len(set(sources)) == 2
    assert (card.mends, card.cell_index) == (1, 1)
    kept = store.suggestions(str(comparison.target.notebook))
    assert [each.proposed_source for each in kept] == sources
    assert fixing.rule_of(kept[0].origin)[1] == "static checks"
    assert kept[0].evidence is Evidence.OBSERVED


def test_checked_again_they_are_the_same_suggestions_on_the_same_card(open_cells: Open, store: Store) -> None:
    comparison = open_cells(*TWO_CHOICES)
    first, second = (assistant.check(comparison, store).cards for _ in range(2))
    assert [card.choices for card in first] == [card.choices for card in second]


def session_on(store: Store, path: Path) -> ReviewSession:
    session = ReviewSession(store, Settings(), LocalEngine())
    session.adopt_opened(session.open_work(path))
    assert session.adopt_checked(session.check_work(session.shown()))
    return session


def test_accepting_the_second_choice_writes_it_and_no_card_is_left(open_cells: Open, store: Store) -> None:
    path = open_cells(*TWO_CHOICES).target.notebook
    session = session_on(store, path)
    second = session.cards[0].alternatives[0]
    card = session.card(second.id)
    assert (card.suggestion, card.cell_index) == (second, 1)
    session.accept_work(card)
    session.adopt_decision(card)
    assert session.cards == ()
    assert session.adopt_refreshed(session.refresh_work(session.shown()))
    assert session.cards == ()
    assert session.shown().head.notebook.cells[1].source == second.proposed_source
    states = [each.state for each in store.suggestions(str(path))]
    assert states == [SuggestionState.PENDING, SuggestionState.ACCEPTED]


def test_rejecting_a_card_rejects_all_its_choices(open_cells: Open, store: Store) -> None:
    comparison = open_cells(*TWO_CHOICES)
    session = session_on(store, comparison.target.notebook)
    card = session.card(session.cards[0].alternatives[0].id)
    session.reject_work(card, "Neither.")
    states = {each.state for each in store.suggestions(str(comparison.target.notebook))}
    assert states == {SuggestionState.REJECTED}
    assert assistant.check(again(comparison), store).cards == ()


def test_a_fix_may_change_another_cell_than_the_one_that_crashed(open_cells: Open, store: Store) -> None:
    (card,) = assistant.check(open_cells(*ELSEWHERE), store).cards
    assert (card.mends, card.cell_index) == (2, 1)
    assert card.suggestion.base_source == "df = df.dropna(inplace=True)"
    decisions.accept(store, card.suggestion)


def test_a_fix_that_no_check_proposes_any_more_is_not_shown(open_cells: Open, store: Store) -> None:
    (card,) = assistant.check(open_cells(code("x = 1", id="a"), code("np.ones(x)", id="b")), store).cards
    assert card.cell_index == 1
    mended = open_cells(code("import numpy as np\nx = 1", id="a"), code("np.ones(x)", id="b"))
    assert assistant.check(mended, store).cards == ()


def test_a_missing_import_is_written_as_the_repository_writes_it(store: Store, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit(
        "files",
        {"x.ipynb": notebook(code("nn.Linear(1, 2)", id="a")), "lib.py": "from torch import nn\n"},
    )
    comparison = open_notebook(repo.path("x.ipynb"), Settings()).comparison
    (card,) = assistant.check(comparison, store).cards
    assert card.suggestion.proposed_source.startswith("from torch import nn\n")
    assert "this repository" in card.suggestion.reason


def test_a_use_that_a_rename_left_behind_follows_it(store: Store, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    for name in ("tbl", "frame"):
        cells = (code(f"{name} = [1, 2]", id="a"), code("len(tbl)", id="b"))
        repo.commit(name, {"x.ipynb": notebook(*cells)})
    comparison = open_notebook(repo.path("x.ipynb"), Settings()).comparison
    (card,) = assistant.check(comparison, store).cards
    assert card.suggestion.proposed_source == "len(frame)"
    assert fixing.rule_of(card.suggestion.origin) == ("renamed name", "static checks")


# What a run has shown.


def observed(comparison: Comparison, index: int, exception: str, message: str) -> Finding:
    cell = comparison.head.notebook.cells[index]
    text = f"{exception}: {message}, in a run on stand-ins for the data."
    return Finding(
        "stand-in", Evidence.OBSERVED, Verdict.CRASH, index, cell.digest, text, exception=exception, line=0
    )


def test_what_a_run_has_shown_stays_until_one_of_its_choices_is_taken(open_cells: Open, store: Store) -> None:
    comparison = open_cells(TWO_CHOICES[0], code(SCORE, id="b"))
    finding = observed(comparison, 1, "ValueError", MULTICLASS)
    mender = fixing.mender_for(comparison)
    (proposed,) = fixing.propose_fixes(comparison, store, [finding], mender)
    (card,) = assistant.check(again(comparison), store).cards
    assert card.choices == proposed.choices
    decisions.accept(store, card.alternatives[0])
    assert assistant.check(again(comparison), store).cards == ()


def runs(outcomes: dict[str, Outcome], asked: list[str]) -> fixing.StandIn:
    def run(program: Program, cancel: CancelToken) -> Outcome:
        asked.append(program.target.source)
        return outcomes.get(program.target.source, Outcome(OutcomeStatus.FINISHED))

    return run


RAISED = Outcome(OutcomeStatus.RAISED, exception="ValueError", message=MULTICLASS)


def test_a_run_that_showed_the_error_and_no_longer_does_has_seen_the_fix_hold(
    open_cells: Open, store: Store
) -> None:
    comparison, asked = open_cells(*TWO_CHOICES), list[str]()
    head = comparison.head.notebook
    verify = fixing.StandInVerify(runs({SCORE: RAISED}, asked), CancelToken(), head)
    (card,) = assistant.check(comparison, store, verify=verify).cards
    assert {fixing.rule_of(each.origin)[1] for each in card.choices} == {"a stand-in run"}
    assert asked.count(SCORE) == 1, "what was seen is not run again"


def test_a_fix_after_which_a_run_raises_is_not_shown(open_cells: Open, store: Store) -> None:
    comparison = open_cells(*TWO_CHOICES)
    choices = assistant.check(comparison, store).cards[0].choices
    other = Outcome(OutcomeStatus.RAISED, exception="TypeError", message="no")
    outcomes = {SCORE: RAISED, choices[0].proposed_source: other}
    verify = fixing.StandInVerify(runs(outcomes, []), CancelToken(), comparison.head.notebook)
    (card,) = assistant.check(again(comparison), store, verify=verify).cards
    assert card.choices == choices[1:]


def test_a_run_that_never_showed_the_error_has_nothing_to_say(open_cells: Open, store: Store) -> None:
    comparison = open_cells(*TWO_CHOICES)
    verify = fixing.StandInVerify(runs({}, []), CancelToken(), comparison.head.notebook)
    (card,) = assistant.check(comparison, store, verify=verify).cards
    assert {fixing.rule_of(each.origin)[1] for each in card.choices} == {"static checks"}


# Edits that were asked for.


def rename(comparison: Comparison, store: Store) -> tuple[Suggestion, ...]:
    sources = rename_variable(comparison.head.notebook, "x", "total")
    return fixing.propose_edit(comparison, store, "Rename “x” to “total”", "rename variable", sources)


def test_an_edit_across_cells_is_one_suggestion_a_cell_and_writes_nothing(
    open_cells: Open, store: Store
) -> None:
    comparison = open_cells(code("x = 1", id="a"), code("y = 2", id="b"), code("print(x)", id="c"))
    before = comparison.target.notebook.read_bytes()
    made = rename(comparison, store)
    assert [(each.place.cell_index, each.proposed_source) for each in made] == [
        (0, "total = 1"),
        (2, "print(total)"),
    ]
    assert made[0].group == made[1].group != "", "they are accepted together"
    cards = assistant.check(again(comparison), store).cards
    assert [(card.cell_index, card.alternatives, card.mends) for card in cards] == [
        (0, (), None),
        (2, (), None),
    ]
    assert comparison.target.notebook.read_bytes() == before


def test_an_edit_of_a_cell_that_has_changed_since_is_not_shown(open_cells: Open, store: Store) -> None:
    rename(open_cells(code("x = 1", id="a"), code("print(x)", id="c")), store)
    changed = open_cells(code("x = 2", id="a"), code("print(x)", id="c"))
    assert [card.cell_index for card in assistant.check(changed, store).cards] == [1]


def test_where_the_head_is_not_the_file_nothing_is_proposed(open_cells: Open, store: Store) -> None:
    comparison = open_cells(code("x = 1", id="a"))
    revision = comparison.head.revision
    assert revision is not None
    elsewhere = replace(comparison, head=replace(comparison.head, revision=replace(revision, stage=2)))
    with pytest.raises(UserError, match="file itself"):
        fixing.propose_edit(elsewhere, store, "Rename", "rename variable", {0: "y = 1"})
