"""Suggestions and decisions come back as they were put in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbreview.review.model import DecisionKind, Origin, Place, SuggestionState, new_id
from nbreview.store.database import Store
from tests.store.samples import NOTEBOOK, decision, rule_suggestion, suggestion

HARD_TEXTS = {
    "empty": "",
    "non-ASCII": "größe = '日本語 🦉'\n",
    "one megabyte": "x = 1  # " + "0123456789abcdef" * 65_536,
    "lone surrogates": "s = '\ud800 and \udcff'\n",
    "a NUL and control characters": "a\0b\x1b[31m\r\n",
}


def test_every_field_of_a_models_suggestion_comes_back(store: Store) -> None:
    store.add_suggestion(suggestion())
    assert store.suggestion("s1") == suggestion()
    assert store.suggestions(NOTEBOOK) == (suggestion(),)


def test_every_field_of_a_rules_suggestion_comes_back(store: Store) -> None:
    store.add_suggestion(rule_suggestion())
    assert store.suggestion("r1") == rule_suggestion()


def test_every_field_of_a_decision_comes_back(store: Store) -> None:
    store.add_suggestion(suggestion())
    made = decision(kind=DecisionKind.EDITED, final_source="maß = 1", comment="kürzer", applied=True)
    store.decide(made)
    assert store.decisions("s1") == (made,)


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS)
def test_hard_texts_come_back(store: Store, text: str) -> None:
    made = suggestion(
        base_source=text,
        proposed_source=text + "!",
        reason=text,
        instruction=text,
        origin=Origin(
            maker="model",
            model_name=text,
            settings={"stop": text},
            messages=({"role": "user", "content": text},),
            reply=text,
        ),
    )
    decided = decision(final_source=text, comment=text)
    store.add_suggestion(made)
    store.decide(decided)
    assert store.decisions("s1") == (decided,)
    found, _ = next(store.accepted())
    assert found == suggestion(
        base_source=text,
        proposed_source=text + "!",
        reason=text,
        instruction=text,
        origin=made.origin,
        state=SuggestionState.ACCEPTED,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=())), seconds=st.floats(allow_nan=False))
def test_any_text_and_any_time_come_back(store: Store, text: str, seconds: float) -> None:
    made = suggestion(new_id(), base_source=text, reason=text, created=seconds)
    store.add_suggestion(made)
    assert store.suggestion(made.id) == made


def test_a_notebook_whose_name_is_not_utf_8_is_found_again(store: Store) -> None:
    name = b"/srv/caf\xe9.ipynb".decode("utf-8", "surrogateescape")
    place = Place(notebook=name, cell_index=0)
    store.add_suggestion(suggestion(place=place))
    store.decide(decision())
    assert [found.place for found in store.suggestions(name)] == [place]
    assert store.last_acceptance(name) is not None


def test_a_large_text_is_kept_once_and_compressed(store: Store) -> None:
    text = HARD_TEXTS["one megabyte"]
    for number in range(5):
        store.add_suggestion(suggestion(f"s{number}", base_source=text, proposed_source=text))
    assert store.counts()["texts"] == 3  # the source, the messages, the reply
    assert store.counts()["text_bytes"] < len(text) / 50


def test_two_suggestions_of_one_model_share_it_and_other_settings_do_not(store: Store) -> None:
    warmer = suggestion("s3", origin=Origin("model", "m", "aa", {"temperature": 0.9}))
    for made in (suggestion("s1"), suggestion("s2"), warmer):
        store.add_suggestion(made)
    assert store.suggestion("s3").origin.settings == {"temperature": 0.9}
    assert store.counts()["models"] == 2


def test_the_state_follows_from_the_newest_decision(store: Store) -> None:
    store.add_suggestion(suggestion())
    assert store.suggestion("s1").state is SuggestionState.PENDING
    for number, kind in enumerate(DecisionKind):
        # The clock may go backwards; the order of deciding counts.
        store.decide(decision(f"d{number}", kind=kind, time=1000.0 - number))
        assert store.suggestion("s1").state == SuggestionState(kind.value)


def test_a_failed_suggestion_stays_failed_until_something_is_decided(store: Store) -> None:
    store.add_suggestion(suggestion("s1", state=SuggestionState.FAILED))
    store.add_suggestion(suggestion("s2"))
    store.mark_failed("s2")
    assert {found.state for found in store.suggestions(NOTEBOOK)} == {SuggestionState.FAILED}
    store.decide(decision(of="s1", kind=DecisionKind.REJECTED))
    assert store.suggestion("s1").state is SuggestionState.REJECTED


def test_a_suggestion_of_a_known_id_changes_nothing(store: Store) -> None:
    store.add_suggestion(suggestion())
    store.add_suggestion(suggestion(reason="another"))
    assert store.suggestions(NOTEBOOK) == (suggestion(),)


def test_suggestions_come_oldest_first_and_of_one_notebook_alone(store: Store) -> None:
    elsewhere = suggestion("s0", place=Place("/other.ipynb", 0))
    for made in (suggestion("late", created=3.0), suggestion("early", created=1.0), elsewhere):
        store.add_suggestion(made)
    assert [found.id for found in store.suggestions(NOTEBOOK)] == ["early", "late"]


def test_the_same_decision_twice_is_one(store: Store) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision())
    store.mark_applied("d1")
    store.decide(decision())
    assert store.decisions("s1") == (decision(applied=True),)


def test_another_decision_under_a_known_id_is_refused(store: Store) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision())
    with pytest.raises(ValueError, match="d1"):
        store.decide(decision(final_source="something else"))
    assert store.decisions("s1") == (decision(),)


def test_what_is_not_there_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        store.decide(decision(of="nowhere"))
    with pytest.raises(KeyError):
        store.mark_applied("nowhere")
    with pytest.raises(KeyError):
        store.mark_failed("nowhere")
    with pytest.raises(KeyError):
        store.suggestion("nowhere")
    assert store.decisions("nowhere") == ()


def test_only_acceptances_that_stand_are_accepted_in_the_order_of_their_times(store: Store) -> None:
    for id in ("undone", "again", "rejected", "pending", "edited", "plain"):
        store.add_suggestion(suggestion(id))
    store.decide(decision("1", "undone", time=1.0))
    store.decide(decision("2", "undone", DecisionKind.UNDONE, time=2.0))
    store.decide(decision("3", "again", time=3.0))
    store.decide(decision("4", "again", DecisionKind.UNDONE, time=4.0))
    store.decide(decision("5", "again", time=9.0))
    store.decide(decision("6", "rejected", DecisionKind.REJECTED, time=6.0))
    store.decide(decision("8", "plain", time=7.0))
    store.decide(decision("7", "edited", DecisionKind.EDITED, final_source="e", time=7.0))
    accepted = [(found.id, found.state.value, taken.id) for found, taken in store.accepted()]
    assert accepted == [("edited", "edited", "7"), ("plain", "accepted", "8"), ("again", "accepted", "5")]


def test_the_store_can_be_written_while_acceptances_are_read(store: Store) -> None:
    for id in ("s1", "s2"):
        store.add_suggestion(suggestion(id))
        store.decide(decision(f"d-{id}", id))
    reading = store.accepted()
    next(reading)
    store.decide(decision("later", "s1", DecisionKind.UNDONE))
    assert [taken.id for _, taken in reading] == ["d-s2"]


def test_the_last_acceptance_is_the_newest_that_was_not_taken_back(store: Store) -> None:
    assert store.last_acceptance(NOTEBOOK) is None
    for id in ("s1", "s2"):
        store.add_suggestion(suggestion(id))
    store.decide(decision("d1", "s1", time=5.0))
    store.decide(decision("d2", "s2", time=4.0))  # the clock went backwards
    assert _last(store) == ("s2", "d2")
    store.decide(decision("d3", "s2", DecisionKind.UNDONE))
    assert _last(store) == ("s1", "d1")
    store.decide(decision("d4", "s1", DecisionKind.UNDONE))
    assert store.last_acceptance(NOTEBOOK) is None


def _last(store: Store) -> tuple[str, str]:
    found = store.last_acceptance(NOTEBOOK)
    assert found is not None
    return found[0].id, found[1].id


def test_what_the_file_may_not_hold_yet_is_known(store: Store) -> None:
    for id in ("s1", "s2", "s3"):
        store.add_suggestion(suggestion(id))
    store.decide(decision("d1", "s1"))
    store.decide(decision("d2", "s2", DecisionKind.REJECTED))
    store.decide(decision("d3", "s3"))
    store.decide(decision("d4", "s3", DecisionKind.UNDONE))  # d3 does not stand any more
    assert [taken.id for _, taken in store.unapplied()] == ["d1", "d4"]
    store.mark_applied("d1")
    store.mark_applied("d4")
    assert store.unapplied() == ()


def test_counts_add_up(store: Store) -> None:
    for id in ("s1", "s2", "s3"):
        store.add_suggestion(suggestion(id))
    store.add_suggestion(rule_suggestion(state=SuggestionState.FAILED))
    store.decide(decision("d1", "s1"))
    store.decide(decision("d2", "s2"))
    store.decide(decision("d3", "s2", DecisionKind.UNDONE))
    counts = store.counts()
    assert {kind: counts[kind] for kind in ("suggestions", "accepted", "undone", "pending", "failed")} == {
        "suggestions": 4,
        "accepted": 1,
        "undone": 1,
        "pending": 1,
        "failed": 1,
    }
    assert (counts["decisions"], counts["notebooks"], counts["models"]) == (3, 1, 1)
