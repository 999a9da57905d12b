"""Comments, findings, reviews, snapshots and acts come back from the store as they went in."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.kernel.model import Definition, RuntimeSnapshot
from nbreview.review.comments import Comment, CommentAct, CommentEvent, CommentState
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from nbreview.review.outcomes import FindingOutcome, OutcomeKind, kept
from nbreview.review.records import KeptAct, Review, ViewedCell
from nbreview.review.taxonomy import Cause, CrashType, RootCause, Stage
from nbreview.store import records
from nbreview.store.database import Store
from nbreview.store.snapshots import KeptSnapshot
from tests.store.samples import MODEL_ORIGIN, NOTEBOOK, suggestion

PLACE = replace(suggestion().place, blob="b" * 40)

FINDING = Finding(
    check="model",
    evidence=Evidence.LIKELY,
    verdict=Verdict.CRASH,
    cell_index=3,
    source_digest="5e" * 32,
    message="“größe” is a lone \udce9 surrogate.",
    cell_id="c-3",
    exception="KeyError",
    line=1,
    column=2,
    end_column=9,
    probability=0.75,
    model="Qwen",
    seconds=1.5,
    rung=Rung.MODEL,
    cause=Cause("KeyError", "'a'", CrashType.KEY_ERROR, RootCause.DATA_CONFUSION, Stage.TRAINING, "pandas"),
    origin_index=0,
    state_digest="57" * 32,
    trace="KeyError: 'a'",
)


def test_a_comment_stands_as_its_newest_events_say_and_keeps_its_history(store: Store) -> None:
    comment = Comment(
        "c1", PLACE, 2, "Why \udce9?", "Ann", 10.0, source_digest="5e" * 32, source="x = 1\ny\n"
    )
    store.add_comment(comment)
    assert store.comments(NOTEBOOK) == (comment,)
    events = (
        CommentEvent("e1", "c1", CommentAct.EDITED, "Ann", 11.0, "Why not?"),
        CommentEvent("e2", "c1", CommentAct.RESOLVED, "Bo", 12.0),
    )
    for event in events:
        store.add_comment_event(event)
        store.add_comment_event(event)
    assert store.comment("c1") == replace(comment, text="Why not?", state=CommentState.RESOLVED)
    store.add_comment_event(CommentEvent("e3", "c1", CommentAct.REOPENED, "Ann", 13.0, "No."))
    assert store.comment("c1").state is CommentState.OPEN
    assert store.comment_events("c1")[:2] == events
    assert {hit.subject for hit in store.search("why not")} == {"c1"}
    with pytest.raises(KeyError):
        store.add_comment_event(CommentEvent("e4", "none", CommentAct.RESOLVED, "Bo", 1.0))


@pytest.mark.parametrize("origin", [None, MODEL_ORIGIN])
def test_a_finding_comes_back_whole_and_once(store: Store, origin: None) -> None:
    made = kept(PLACE, FINDING, 5.0, origin)
    store.put_findings([made, made])
    store.put_findings([kept(PLACE, FINDING, 6.0)])
    assert store.findings(NOTEBOOK) == (made,)


def test_what_became_of_a_finding_is_kept_in_order(store: Store) -> None:
    made = kept(PLACE, FINDING, 5.0)
    store.put_findings([made])
    store.add_suggestion(suggestion())
    outcomes = (
        FindingOutcome("o1", made.id, OutcomeKind.CONFIRMED, 6.0, reason="It raised KeyError."),
        FindingOutcome("o2", made.id, OutcomeKind.STILL_THERE, 7.0, commit="a1" * 20),
        FindingOutcome("o3", made.id, OutcomeKind.FIXED, 8.0, "s1"),
    )
    for outcome in outcomes:
        store.add_outcome(outcome)
    assert store.outcomes(made.id) == outcomes
    with pytest.raises(KeyError):
        store.add_outcome(replace(outcomes[2], id="o4", suggestion_id="none"))


def test_a_review_grows_while_it_is_held(store: Store) -> None:
    review = Review(
        "v1", NOTEBOOK, 1.0, base_blob="b1", head_blob="h1", viewed=(ViewedCell("x", 1.5, 0, "c"),)
    )
    store.put_review(review)
    later = replace(review, ended=9.0, viewed=(*review.viewed, ViewedCell("y", 2.0)))
    store.put_review(later)
    assert store.reviews(NOTEBOOK) == (later,)


def test_equal_snapshots_share_their_content(store: Store) -> None:
    snapshot = RuntimeSnapshot(
        {"df": {"type": "DataFrame", "shape": [3, 2]}},
        {"df": Definition(0, 1)},
        {"pandas": "2.1.4"},
        {"g": "a generator"},
        "3.11.7",
        7,
        True,
        0.5,
    )
    first = KeptSnapshot("n1", NOTEBOOK, "python3", 1.0, snapshot)
    second = KeptSnapshot("n2", NOTEBOOK, "python3", 2.0, replace(snapshot, execution_count=9))
    store.add_snapshot(first)
    store.add_snapshot(second)
    assert store.snapshots(NOTEBOOK, snapshot.digest) == (first, second)
    assert store.counts()["texts"] == 1


def test_acts_can_be_taken_back_after_a_restart_and_leave_nothing_behind(tmp_path: Path) -> None:
    acts = (
        KeptAct("a1", NOTEBOOK, "staged", 1.0, "HEAD", {"path": "n.ipynb", "before": None}),
        KeptAct("a2", NOTEBOOK, "reverted", 2.0, "HEAD", {}, b"\xff before" * 50, b"after"),
    )
    with Store.open(tmp_path / "store.sqlite3") as store:
        for act in acts:
            store.put_cell_act(act)
    with Store.open(tmp_path / "store.sqlite3") as store:
        assert store.cell_acts(NOTEBOOK) == acts
        assert store.drop_cell_act("a2")
        assert not store.drop_cell_act("a2")
        assert store.cell_acts(NOTEBOOK) == acts[:1]
        assert store.counts()["texts"] == 0


def test_the_oldest_acts_make_room_and_the_newest_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "KEPT_BYTES", 250)
    for number in range(4):
        store.put_cell_act(KeptAct(f"a{number}", NOTEBOOK, "reverted", 1.0, before=bytes([number]) * 100))
    assert [act.id for act in store.cell_acts(NOTEBOOK)] == ["a2", "a3"]
    store.put_cell_act(KeptAct("big", NOTEBOOK, "reverted", 1.0, before=b"x" * 1000))
    assert [act.id for act in store.cell_acts(NOTEBOOK)] == ["big"]
    assert store.counts()["texts"] == 1


def test_a_model_is_known_by_its_quantisation(store: Store) -> None:
    origin = replace(MODEL_ORIGIN, settings={"quantisation": "Q4_K_M"})
    store.add_suggestion(suggestion(origin=origin))
    assert [(model["quantisation"], model["times"]) for model in store.models()] == [("Q4_K_M", 1)]


def test_a_comment_that_was_deleted_is_listed_nowhere_and_comes_back_as_it_was(store: Store) -> None:
    first = Comment("c1", PLACE, None, "Why?", "ann", 10.0)
    answer = replace(first, id="c2", text="Because.", created=11.0, reply_to="c1")
    for comment in (first, answer):
        store.add_comment(comment)
    assert store.comments(NOTEBOOK) == (first, answer)
    store.add_comment_event(CommentEvent("e1", "c1", CommentAct.RESOLVED, "ann", 12.0))
    store.add_comment_event(CommentEvent("e2", "c1", CommentAct.DELETED, "ann", 13.0))
    assert store.comments(NOTEBOOK) == (answer,)
    assert store.comment("c1").state is CommentState.DELETED
    assert [hit.state for hit in store.search("why")] == ["deleted"]
    store.add_comment_event(CommentEvent("e3", "c1", CommentAct.RESTORED, "ann", 14.0))
    assert store.comments(NOTEBOOK) == (replace(first, state=CommentState.RESOLVED), answer)
