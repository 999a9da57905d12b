"""Fixes for one cell, as the command line asks for them; a stand-in run only where it was asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.kernel.model import Outcome, OutcomeStatus, Program
from nbreview.review.model import Evidence
from nbreview.services.fixing import rule_of
from nbreview.services.opening import Comparison, open_notebook
from nbreview.services.suggesting import about, fixes_without_model
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, notebook

SCORE = "f1_score(y_true, y_hat)"
MESSAGE = "Target is multiclass but average='binary'. Please choose another average setting."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


def opened(tmp_path: Path, *sources: str) -> Comparison:
    path = tmp_path / "book.ipynb"
    path.write_bytes(notebook(*(code(source, id=f"c{number}") for number, source in enumerate(sources))))
    return open_notebook(path, Settings()).comparison


class Runs:
    """A stand-in rung that raises on one source."""

    def __init__(self, source: str, exception: str, message: str) -> None:
        self.asked: list[str] = []
        self._source, self._raised = source, Outcome(OutcomeStatus.RAISED, exception, message, line=0)

    def __call__(self, program: Program, cancel: CancelToken) -> Outcome:
        self.asked.append(program.target.source)
        return self._raised if program.target.source == self._source else Outcome(OutcomeStatus.FINISHED)


def test_what_is_about_the_cell_comes_first_and_the_rest_is_told(tmp_path: Path, store: Store) -> None:
    comparison = opened(tmp_path, "math.pi", "x = 1", "json.dumps(x)")
    found = fixes_without_model(comparison, store, 2, CancelToken())
    assert [(one.mends, about(one, 2)) for one in found] == [(2, True), (0, False)]
    assert found[0].choices[0].proposed_source == "import json\njson.dumps(x)"


def test_a_crash_that_only_a_stand_in_run_shows_is_mended_and_the_fix_seen_to_hold(
    tmp_path: Path, store: Store
) -> None:
    above = "from sklearn.metrics import f1_score\ny_true, y_hat = [0, 1, 2], [0, 2, 1]"
    comparison = opened(tmp_path, above, SCORE)
    assert fixes_without_model(comparison, store, 1, CancelToken()) == ()
    runs = Runs(SCORE, "ValueError", MESSAGE)
    (found,) = fixes_without_model(comparison, store, 1, CancelToken(), runs)
    assert found.ranks == (0, 0)
    assert {rule_of(choice.origin)[1] for choice in found.choices} == {"a stand-in run"}
    assert {choice.evidence for choice in found.choices} == {Evidence.OBSERVED}
    assert runs.asked.count(SCORE) == 2, "once to judge the cell, once to look at its fixes"
