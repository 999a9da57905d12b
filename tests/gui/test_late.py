"""What comes late lands where it belongs: answers, verdicts and comparisons that overtake each other."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.history.model import RevisionKind
from nbreview.review.model import DecisionKind
from nbreview.services.samples import SampleRepository
from tests.builders import code, notebook
from tests.gui.programs import SETTINGS, certain_card, settled

CODE_CELL = 1
# The tiny model has a token for about each letter: the instructions alone are some thousand.
# Drawn otherwise: with one seed and little warmth, two answers to similar questions begin alike.
LONG_ANSWER = replace(SETTINGS, max_reply_tokens=2000, context_tokens=8192, temperature=1.5, seed=1)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another notebook, outside git, without anything to find."""
    path = tmp_path / "other" / "other.ipynb"
    path.parent.mkdir()
    path.write_bytes(notebook(code("answer = 6 * 7", id="z", count=1), code("answer", id="y", count=2)))
    return path


def load(program: Program, qtbot: QtBot, model: Path) -> None:
    program.window.controller.load(model, "none")
    settled(program, qtbot, lambda: program.engine.info is not None)


# What comes late lands where it belongs.


def test_an_answer_for_another_notebook_is_kept_and_not_shown_here(
    program: Program, qtbot: QtBot, sample: SampleRepository, other: Path, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model)
    window = program.window
    with qtbot.waitSignal(window.controller.asked):
        window.controller.propose("Improve this cell.", CODE_CELL)
    window.controller.open(other)
    settled(program, qtbot, lambda: "is kept; open" in window.notices.latest())
    assert program.session.target().notebook == other
    assert program.session.cards == ()
    made = [item for item in program.store.suggestions(str(sample.notebook)) if item.origin.maker == "model"]
    assert [item.place.cell_index for item in made] == [CODE_CELL]
    window.controller.open(sample.notebook)
    settled(program, qtbot, lambda: bool(program.session.cards))
    assert made[0].id in [card.suggestion.id for card in program.session.cards]


def test_a_verdict_for_another_notebook_is_not_shown_here(
    program: Program, qtbot: QtBot, other: Path, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model)
    program.window.controller.assess(CODE_CELL)
    program.window.controller.open(other)
    settled(program, qtbot, lambda: "ask again" in program.window.notices.latest())
    assert program.session.findings == ()


def test_opening_another_notebook_wins_over_what_is_under_way(
    program: Program, qtbot: QtBot, sample: SampleRepository, other: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    revisions = window.history.revisions()
    window.controller.open(other)
    window.controller.refresh()
    window.controller.compare(revisions[-1], revisions[2])
    window.controller.badges.want(list(revisions))
    settled(program, qtbot, lambda: program.session.target().notebook == other)
    assert program.session.shown().target.notebook == other
    assert program.session.findings == ()
    assert window.history.revisions() == ()


def test_a_comparison_chosen_while_an_acceptance_is_written_is_what_is_shown(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    commit = next(item for item in program.window.history.revisions() if item.kind is RevisionKind.COMMIT)
    program.window.controller.accept(certain_card(program).suggestion.id)
    program.window.history.choose([commit])
    settled(program, qtbot, lambda: program.session.shown().head.revision == commit)
    chosen = program.window.history.chosen()
    assert chosen is not None and chosen[1] == commit


def test_accept_pressed_twice_writes_once_and_says_nothing_of_the_second(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    before = sample.notebook.read_bytes()
    card = certain_card(program)
    program.window.controller.accept(card.suggestion.id)
    program.window.controller.accept(card.suggestion.id)
    program.window.controller.reject(card.suggestion.id)
    settled(program, qtbot, lambda: sample.notebook.read_bytes() != before)
    assert [item.kind for item in program.store.decisions(card.suggestion.id)] == [DecisionKind.ACCEPTED]
    assert program.window.notices.texts() == ()
    assert all(item.suggestion.id != card.suggestion.id for item in program.session.cards)


def test_the_words_of_a_stopped_answer_are_not_in_the_next_one(
    program: Program, qtbot: QtBot, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    program.session.adopt_settings(LONG_ANSWER)
    load(program, qtbot, tiny_model)
    controller = program.window.controller
    streams: list[str] = []
    controller.streamed.connect(streams.append)
    with qtbot.waitSignal(controller.streamed):
        controller.propose("Improve this cell.", CODE_CELL)
    first = streams[0]
    controller.asked.connect(lambda index, title: streams.clear())
    program.session.adopt_settings(SETTINGS)
    waiting = len(program.session.cards)
    controller.propose("Again.", CODE_CELL)
    settled(program, qtbot, lambda: len(program.session.cards) > waiting)
    assert streams and not [text for text in streams if first in text]
