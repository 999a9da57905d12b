"""What a window shows before an export is what the export then writes."""

import json
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.review.model import DecisionKind
from nbreview.review.records import KeptAct
from nbreview.store.database import Store
from nbreview.training.filters import ExportFilter
from nbreview.training.pipeline import Selection
from nbreview.training.rehearsal import Cleaner, choices, chosen, rehearse, show_row, survey
from nbreview.training.undone import REVERTED
from nbreview.training.writer import export
from tests.builders import code, notebook
from tests.store.samples import NOTEBOOK, decision, rule_suggestion, suggestion


@pytest.fixture
def filled(store: Store) -> Store:
    """An edited acceptance with an address in it, its duplicate, and a rule's acceptance."""
    final = "größe = 'anna@uni-ulm.de'\n"
    store.add_suggestion(suggestion(proposed_source="x = 2\n"))
    store.add_suggestion(suggestion("s2"))
    store.add_suggestion(rule_suggestion())
    store.decide(decision(kind=DecisionKind.EDITED, final_source=final))
    store.decide(decision("d2", "s2", final_source=final, time=1_700_000_250.0))
    store.decide(decision("d3", "r1", final_source="import pandas as pd\n", time=1_700_000_300.0))
    return store


def test_the_counts_are_those_of_the_export(filled: Store, tmp_path: Path) -> None:
    for selection in (
        Selection(),
        Selection(ExportFilter(makers=("model",))),
        Selection(without=frozenset({"d1"})),
    ):
        made = rehearse(filled, "chat", selection, cleaner=Cleaner())
        report = export(filled, tmp_path / "x.jsonl", "chat", only=selection.only, without=selection.without)
        assert (made.rows, made.left_out) == (report.rows, report.left_out)


def test_what_becomes_of_each_decision_is_said(filled: Store) -> None:
    made = rehearse(filled)
    assert made.fates == {"d1": "", "d2": "exact duplicate", "d3": ""}


def test_the_row_shown_is_the_row_written(filled: Store, tmp_path: Path) -> None:
    lines = export(filled, tmp_path / "x.jsonl").path.read_text(encoding="utf-8").splitlines()
    shown = show_row(filled, "d1")
    assert shown.text == lines[0]
    assert [shown.text[start:end] for start, end in shown.marks] == ["<EMAIL>"]
    assert [shown.parts[start:end] for start, end in shown.part_marks] == ["<EMAIL>"]
    assert shown.found == {"email": 1}
    assert "── messages assistant ──\n```python\ngröße = '<EMAIL>'\n```" in shown.parts


def test_a_decision_may_give_several_rows_or_none(filled: Store) -> None:
    pair = show_row(filled, "d1", "preference")
    assert json.loads(pair.text)["rejected"][0]["content"] == "```python\nx = 2\n```"
    assert show_row(filled, "d3", "preference").reason == "nothing was rejected in its favour"


def test_a_long_row_is_cut_and_what_is_cut_is_counted(filled: Store) -> None:
    whole = show_row(filled, "d1")
    cut = show_row(filled, "d1", limit=100)
    assert (cut.text, cut.cut) == (whole.text[:100], len(whole.text) - 100)


def test_the_survey_names_every_acceptance_and_what_was_reverted(filled: Store) -> None:
    before, after = notebook(code("import pandas as pd\n")), notebook(code("df = pd.DataFrame()"))
    filled.put_cell_act(KeptAct("a", NOTEBOOK, "reverted", 1_700_000_900.0, "", {}, before, after))
    found = survey(filled)
    assert [(made.decision, made.undone) for made in found] == [("d1", ""), ("d2", ""), ("d3", REVERTED)]
    assert rehearse(filled).left_out == {"exact duplicate": 1, REVERTED: 1}


def test_filters_are_offered_what_there_is(filled: Store) -> None:
    found = survey(filled)
    assert choices(found, "makers") == [("model", 2), ("rule:names", 1)]
    assert choices(found, "repositories") == [("example.org/course", 2)]
    assert [made.decision for made in chosen(found, ExportFilter(makers=("rule:names",)))] == ["d3"]


def test_a_count_can_be_stopped(filled: Store) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        rehearse(filled, cancel=cancel, progress=lambda _seen, _total: cancel.cancel())
