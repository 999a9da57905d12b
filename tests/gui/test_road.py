"""The whole road in the real window: real git, real llama.cpp, a real store, and Qt drawing to memory."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import orjson
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program, running_program
from nbreview.gui.controller import Arguments
from nbreview.gui.road import walk_road
from nbreview.history.model import RevisionKind
from nbreview.notebook.reader import read_file
from nbreview.notebook.writer import replace_source
from nbreview.review.model import DecisionKind, Evidence, SuggestionState
from nbreview.services.samples import SampleRepository
from nbreview.store.database import Store
from tests.gui.programs import SETTINGS, certain_card, settled

CODE_CELL = 1
"""Index of a code cell of the sample notebook."""


def test_the_window_walks_the_whole_road(
    tmp_path: Path, qapp: object, sample: SampleRepository, tiny_model_q8: Path
) -> None:
    before = read_file(sample.notebook)
    said: list[str] = []
    store_path = tmp_path / "store.sqlite3"
    report = walk_road(
        sample, tmp_path / "out", store=store_path, model=tiny_model_q8, settings=SETTINGS, say=said.append
    )
    assert len(report.shots) >= 9
    for shot in report.shots:
        image = QImage(str(shot))
        colors = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colors) > 8, f"{shot.name} shows nothing"
    rows = [orjson.loads(line) for line in report.export.read_bytes().splitlines()]
    with Store.open(store_path) as store:
        accepted = list(store.accepted())
    assert len(rows) == len(accepted) >= 1
    after = read_file(sample.notebook)
    changed = {suggestion.place.cell_index for suggestion, _ in accepted}
    for old, new in zip(before.cells, after.cells, strict=True):
        assert (old.source != new.source) == (old.index in changed)
        assert old.outputs == new.outputs
    manifest = orjson.loads(report.export.with_suffix(".manifest.json").read_bytes())
    assert manifest["data"]["rows"] == len(rows)


def test_opening_shows_history_flags_and_fixes_without_a_model(program: Program, qtbot: QtBot) -> None:
    session = program.session
    settled(program, qtbot, lambda: bool(session.cards))
    assert session.opened is not None
    kinds = [revision.kind for revision in session.opened.revisions]
    assert kinds[:2] == [RevisionKind.WORKING_TREE, RevisionKind.INDEX]
    assert kinds.count(RevisionKind.COMMIT) >= 8
    assert any(revision.previous_path for revision in session.opened.revisions)
    assert any(item.exception == "NameError" for item in session.findings)


def test_accept_is_in_the_store_and_the_file_and_undo_takes_both_back(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    before = sample.notebook.read_bytes()
    card = certain_card(program)
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: sample.notebook.read_bytes() != before)
    assert read_file(sample.notebook).cells[card.cell_index].source == card.suggestion.proposed_source
    assert program.store.decisions(card.suggestion.id)[0].kind is DecisionKind.ACCEPTED
    assert all(other.suggestion.id != card.suggestion.id for other in program.session.cards)
    program.window.controller.parts.undo()
    settled(program, qtbot, lambda: sample.notebook.read_bytes() == before)
    assert program.store.suggestion(card.suggestion.id).state is SuggestionState.UNDONE
    assert any(other.suggestion.id == card.suggestion.id for other in program.session.cards)


def test_an_edited_proposal_is_what_is_written_and_kept(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    card = certain_card(program)
    edited = card.suggestion.proposed_source + "\n# checked by hand"
    program.window.controller.accept(card.suggestion.id, edited)
    settled(program, qtbot, lambda: bool(program.store.decisions(card.suggestion.id)))
    assert read_file(sample.notebook).cells[card.cell_index].source == edited
    assert program.store.decisions(card.suggestion.id)[0].kind is DecisionKind.EDITED


def test_a_rejected_card_stays_away_and_the_file_is_untouched(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    before = sample.notebook.read_bytes()
    card = certain_card(program)
    program.window.controller.reject(card.suggestion.id, "we import it elsewhere")
    settled(program, qtbot, lambda: bool(program.store.decisions(card.suggestion.id)))
    program.window.controller.open(sample.notebook)
    settled(program, qtbot, lambda: bool(program.session.findings))
    assert sample.notebook.read_bytes() == before
    assert all(
        other.suggestion.proposed_source != card.suggestion.proposed_source for other in program.session.cards
    )


def test_a_card_whose_cell_was_edited_meanwhile_is_stale_and_nothing_is_written(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    card = certain_card(program)
    mine = "# mine\n" + card.suggestion.base_source
    typed = replace_source(sample.notebook.read_bytes(), card.cell_index, mine, sample.notebook.name)
    sample.notebook.write_bytes(typed)
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: "has changed since" in program.window.notices.latest())
    assert sample.notebook.read_bytes() == typed
    assert program.store.decisions(card.suggestion.id) == ()


def test_a_model_that_is_killed_while_it_answers_does_not_take_the_window_along(
    program: Program, qtbot: QtBot, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window, engine = program.window, program.engine
    program.session.adopt_settings(replace(program.session.settings, max_reply_tokens=700))
    window.controller.load(tiny_model, "none")
    settled(program, qtbot, lambda: engine.info is not None)
    with qtbot.waitSignal(window.controller.streamed):
        window.controller.propose("Improve this cell.", CODE_CELL)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    settled(program, qtbot, lambda: bool(window.notices.latest()))
    assert window.isVisible()
    # It is started again by the next question, without being asked to load.
    program.session.adopt_settings(replace(program.session.settings, max_reply_tokens=16))
    findings = len(program.session.findings)
    window.controller.assess(CODE_CELL)
    settled(program, qtbot, lambda: len(program.session.findings) > findings)
    verdict = program.session.findings[-1]
    assert verdict.evidence in (Evidence.LIKELY, Evidence.NO_VERDICT)


def test_stop_ends_an_answer_and_leaves_the_model_ready(
    program: Program, qtbot: QtBot, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    program.session.adopt_settings(replace(program.session.settings, max_reply_tokens=700))
    window.controller.load(tiny_model, "none")
    settled(program, qtbot, lambda: program.engine.info is not None)
    pid = program.engine.pid
    with qtbot.waitSignal(window.controller.streamed):
        window.controller.propose("Improve this cell.", CODE_CELL)
    window.controller.stop()
    assert not window.tasks.running()
    cards = program.session.cards
    findings = len(program.session.findings)
    window.controller.assess(CODE_CELL)
    settled(program, qtbot, lambda: len(program.session.findings) > findings)
    assert program.engine.pid == pid
    assert program.session.cards == cards


def test_the_verdict_of_the_model_is_likely_with_its_probability(
    program: Program, qtbot: QtBot, tiny_model_q8: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    program.session.choose_cell(CODE_CELL)
    program.window.controller.load(tiny_model_q8, "none")
    settled(program, qtbot, lambda: program.engine.info is not None)
    program.window.controller.assess()
    settled(program, qtbot, lambda: any(item.probability is not None for item in program.session.findings))
    verdict = next(item for item in program.session.findings if item.probability is not None)
    assert verdict.evidence is Evidence.LIKELY
    assert 0.0 <= verdict.probability <= 1.0
    assert "safe" not in verdict.message.lower()


def test_without_a_model_a_question_says_how_to_get_one(program: Program, qtbot: QtBot) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    with qtbot.waitSignal(program.window.controller.model_wanted):
        program.window.controller.propose("", 0)


def test_keys_drive_the_review(program: Program, qtbot: QtBot, sample: SampleRepository) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    before = sample.notebook.read_bytes()
    qtbot.keyClick(window.canvas, Qt.Key.Key_N)
    first = window.canvas.current_change()
    assert first is not None
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(program, qtbot, lambda: sample.notebook.read_bytes() != before)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(program, qtbot, lambda: sample.notebook.read_bytes() == before)


def test_pending_suggestions_are_there_again_after_a_restart(
    tmp_path: Path, qapp: object, sample: SampleRepository, qtbot: QtBot, tiny_model: Path
) -> None:
    asked = ""
    for start in range(2):
        with running_program(tmp_path / "store.sqlite3", SETTINGS) as running:
            running.window.controller.start(Arguments((str(sample.notebook),)))
            settled(running, qtbot, lambda running=running: bool(running.session.cards))  # type: ignore[misc]
            ids = [card.suggestion.id for card in running.session.cards]
            if start:
                assert asked in ids
            asked = ids[0]


def test_a_broken_notebook_is_one_sentence_in_the_window(tmp_path: Path, qapp: object, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_bytes(b'{"cells": [')
    with running_program(tmp_path / "store.sqlite3", SETTINGS) as running:
        running.window.controller.start(Arguments((str(broken),)))
        settled(running, qtbot, lambda: "broken.ipynb" in running.window.notices.latest())
    assert broken.read_bytes() == b'{"cells": ['
