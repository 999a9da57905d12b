"""Cards in the real window, by the keyboard: hunks, groups, what was decided, asking, fixing, dismissing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nbreview.errors import UserError
from nbreview.gui.app import Program
from nbreview.gui.ask_area import Asked, AskScope, AskWish
from nbreview.gui.card_acts import cells_named
from nbreview.gui.window import ReviewWindow
from nbreview.llm.model import Token
from nbreview.notebook.reader import read_file
from nbreview.notebook.writer import replace_source
from nbreview.review.model import (
    CellEdit,
    DecisionKind,
    Evidence,
    Origin,
    Place,
    Suggestion,
    SuggestionState,
    new_id,
    now,
)
from nbreview.store.database import Store
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, notebook
from tests.gui.programs import SETTINGS, settled

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LONG = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7"
THREE = "a = 10\nb = 2\nc = 3\nd = 40\ne = 5\nf = 6\ng = 70"
SOURCES = (LONG, "x = 1", "y = 2", "z = x + y")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "work" / "cells.ipynb"
    path.parent.mkdir()
    path.write_bytes(notebook(*(code(source, id=f"c{n}", count=n + 1) for n, source in enumerate(SOURCES))))
    return path


def suggestion(path: Path, index: int, proposed: str, **changes: object) -> Suggestion:
    head = read_file(path)
    made = Suggestion(
        id=new_id(),
        place=Place(str(path), index, head.cells[index].id),
        base_source=head.cells[index].source,
        proposed_source=proposed,
        reason="Clearer so.",
        evidence=Evidence.LIKELY,
        origin=Origin(
            "model",
            "Tiny",
            settings={
                "shown_parts": [{"kind": "neighbours", "names": ["cell 1"], "tokens": 12, "left_out": []}],
                "shown_tokens": 120,
                "shown_budget": 900,
                "choices": 2,
                "judgement": "It parses.",
            },
            messages=({"role": "user", "content": "Edit."},),
        ),
        created=now(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def opened(start: Callable[..., Program], tmp_path: Path, path: Path, qtbot: QtBot) -> Callable[..., Program]:
    """Opens the program on the notebook with these suggestions in the store."""

    def open_with(*made: Suggestion) -> Program:
        with Store.open(tmp_path / "store.sqlite3") as store:
            store.add_suggestions(made)
        program = start(path)
        settled(program, qtbot, lambda: len(program.session.cards) >= len(made) and _shown(program))
        program.window.activateWindow()
        program.window.canvas.setFocus()
        return program

    return open_with


def _shown(program: Program) -> bool:
    return program.session.comparison is not None


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for each in modifiers:
        held |= each
    window.window().windowHandle()
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def card_at_hand(window: ReviewWindow):  # type: ignore[no-untyped-def]
    return window.assistant._cards[window.assistant._current]


def sources(path: Path) -> list[str]:
    return [cell.source for cell in read_file(path).cells]


# Hunk by hunk.


def test_hunks_are_decided_one_by_one_with_keys_and_the_rest_stays_at_hand(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened(suggestion(path, 0, THREE))
    window = program.window
    card = card_at_hand(window)
    assert card.body.hunks.said.text() == "Hunk 1 of 3"
    press(qtbot, window, Qt.Key.Key_PageDown, ALT)
    assert card.body.hunks.said.text() == "Hunk 2 of 3"
    assert card.body.diff._hunk == 1
    press(qtbot, window, Qt.Key.Key_Return, CTRL, SHIFT)
    settled(program, qtbot, lambda: "d = 40" in sources(path)[0])
    assert sources(path)[0] == LONG.replace("d = 4", "d = 40")
    card = card_at_hand(window)
    qtbot.waitUntil(lambda: card.body.hunks.said.text().startswith("2 of 3 hunks left"))
    assert card.can_accept
    card.body.comment_line.setText("not this one")
    press(qtbot, window, Qt.Key.Key_PageUp, ALT)
    window.assistant._pressed = ("", 0.0)  # a later press
    press(qtbot, window, Qt.Key.Key_Backspace, CTRL, SHIFT)
    settled(program, qtbot, lambda: len(card_at_hand(window).chosen.hunks) == 1)
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    settled(program, qtbot, lambda: not program.session.cards)
    assert (
        "d = 40" in sources(path)[0] and sum(each in sources(path)[0] for each in ("a = 10", "g = 70")) == 1
    )
    qtbot.waitUntil(lambda: window.assistant.decided.list.count() == 3)
    said = [window.assistant.decided.list.item(row).text() for row in range(3)]
    assert any("not this one" in text and "rejected" in text for text in said)


def test_a_click_on_changed_lines_marks_their_hunk(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened(suggestion(path, 0, THREE))
    card = card_at_hand(program.window)
    area = card.body.diff.hunk_area(2)
    qtbot.mouseClick(card.body.diff, Qt.MouseButton.LeftButton, pos=area.center())
    assert card.body.hunks.said.text() == "Hunk 3 of 3"


# Groups.


def group(path: Path) -> tuple[Suggestion, ...]:
    head = read_file(path)
    name = new_id()
    change = suggestion(path, 1, "x = 11", group=name)
    insert = suggestion(
        path,
        2,
        "assert x",
        group=name,
        edit=CellEdit.INSERT,
        base_source="",
        after=head.cells[1].digest,
        place=Place(str(path), 2),
    )
    remove = suggestion(path, 3, "", group=name, edit=CellEdit.REMOVE)
    return change, insert, remove


def test_an_answer_about_several_cells_is_one_card_accepted_and_undone_in_one_step(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    before = path.read_bytes()
    program = opened(*group(path))
    window = program.window
    assert len(window.assistant._cards) == 1
    card = card_at_hand(window)
    rows = [card.body.cells.list.item(row).text() for row in range(card.body.cells.list.count())]
    assert [row[0] for row in rows] == ["≠", "+", "−"]
    assert "New cell after" in rows[1] and "Remove" in rows[2]
    press(qtbot, window, Qt.Key.Key_Return, CTRL, ALT)
    settled(program, qtbot, lambda: not program.session.cards)
    assert sources(path) == [LONG, "x = 11", "assert x", "y = 2"]
    qtbot.waitUntil(lambda: window.assistant.decided.list.count() == 3)
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    settled(program, qtbot, lambda: path.read_bytes() == before)


def test_cells_of_a_group_are_decided_one_by_one_and_the_next_one_comes(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened(*group(path))
    window = program.window
    press(qtbot, window, Qt.Key.Key_PageDown, CTRL)
    assert card_at_hand(window).chosen.edit is CellEdit.INSERT
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    settled(program, qtbot, lambda: len(program.session.cards) == 2)
    assert sources(path) == [LONG, "x = 1", "assert x", "y = 2", "z = x + y"]
    assert card_at_hand(window).chosen.edit is CellEdit.REMOVE
    window.assistant._pressed = ("", 0.0)
    press(qtbot, window, Qt.Key.Key_Backspace, CTRL)
    settled(program, qtbot, lambda: len(program.session.cards) == 1)
    assert card_at_hand(window).chosen.edit is CellEdit.CHANGE
    assert not card_at_hand(window).body.cells.isVisible()


# What a card says.


def test_a_card_says_what_the_model_was_shown_and_why_it_is_ranked_so(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened(suggestion(path, 1, "x = 2"))
    body = card_at_hand(program.window).body
    assert body.judgement.text() == "Ranked 1 of 2. It parses."
    body.fold.set_open(True)
    texts = [sentence.text() for sentence in body._shown._sentences]
    assert texts == ["neighbours: cell 1", "12", "all that was chosen, of 900 tokens that fitted", "120"]


# After a restart.


def test_all_of_it_is_as_it_was_after_a_restart(
    opened: Callable[..., Program], start: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    first = opened(suggestion(path, 0, THREE), suggestion(path, 1, "x = 2"), suggestion(path, 2, "y = 3"))
    acts = first.window.card_acts
    acts.accept_hunk(first.session.cards[0].suggestion.id, 0)
    settled(first, qtbot, lambda: "a = 10" in sources(path)[0])
    by_cell = {card.cell_index: card.suggestion.id for card in first.session.cards}
    first.window.controller.accept(by_cell[1], "x = 99")
    settled(first, qtbot, lambda: len(first.session.cards) == 2)
    first.window.controller.reject(by_cell[2], "keep it")
    settled(first, qtbot, lambda: len(first.session.cards) == 1)
    qtbot.waitUntil(lambda: first.window.assistant.decided.list.count() == 3)
    listed = first.window.assistant.decided.list
    said = [listed.item(row).text() for row in range(3)]
    first.window.close()
    second = start(path)
    settled(second, qtbot, lambda: bool(second.session.cards))
    window = second.window
    qtbot.waitUntil(lambda: window.assistant.decided.list.count() == 3)
    assert [window.assistant.decided.list.item(row).text() for row in range(3)] == said
    assert "rejected" in said[0] and "keep it" in said[0]
    assert "after editing" in said[1]
    qtbot.waitUntil(lambda: card_at_hand(window).body.hunks.said.text().startswith("2 of 3"))


def test_a_rejection_is_brought_back_and_waits_again(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened(suggestion(path, 1, "x = 2"))
    window = program.window
    window.assistant.reject_current()
    settled(program, qtbot, lambda: not program.session.cards)
    qtbot.waitUntil(lambda: window.assistant.decided.list.count() == 1)
    press(qtbot, window, Qt.Key.Key_J, CTRL, SHIFT)
    assert QApplication.focusWidget() is window.assistant.decided.list
    assert window.assistant.decided.back_button.isVisible()
    window.assistant.decided.back_button.click()
    settled(program, qtbot, lambda: len(program.session.cards) == 1)
    kinds = [each.kind for each in program.store.decisions(program.session.cards[0].suggestion.id)]
    assert kinds == [DecisionKind.REJECTED, DecisionKind.UNDONE]


def test_a_stale_insertion_says_why_and_cannot_be_accepted(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    insert = group(path)[1]
    path.write_bytes(replace_source(path.read_bytes(), 1, "x = 5", ""))
    program = opened(replace(insert, group=""))
    body = card_at_hand(program.window).body
    assert "was to follow has changed" in body.note.text()
    assert body.remake_button.isVisible() and not body.accept_button.isVisible()
    before = path.read_bytes()
    press(qtbot, program.window, Qt.Key.Key_Return, CTRL)
    settled(program, qtbot, lambda: True)
    assert path.read_bytes() == before


# Asking.


class Writing(ScriptedEngine):
    """Says each reply in pieces before it gives it."""

    def ask(self, request, on_event, cancel):  # type: ignore[no-untyped-def]
        answer = super().ask(request, on_event, cancel)
        for start in range(0, len(answer.text), 8):
            on_event(Token(answer.text[start : start + 8]))
        on_event(answer)
        return answer


def scripted(program: Program, *texts: str) -> Writing:
    engine = Writing([reply(text) for text in texts])
    program.session.engine = engine
    program.window.show_engine()
    return engine


def test_an_edit_of_the_whole_notebook_is_asked_for_by_keys_and_grows_as_a_diff(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened()
    scripted(
        program,
        "Checks.\n## cell 2\n```python\nx = 3\n```\n## new cell after 2\n```python\nassert x\n```\n",
    )
    window, area = program.window, program.window.assistant.ask_area
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert QApplication.focusWidget() is area.scope  # no cell is at hand
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Down)
    assert area.instruction.placeholderText() == "Ask for an edit of the whole notebook…"
    area.instruction.setFocus()
    qtbot.keyClicks(area.instruction, "check x")
    grown: list[object] = []
    window.controller.grown.connect(grown.append)
    press(qtbot, window, Qt.Key.Key_Return)
    settled(program, qtbot, lambda: len(program.session.cards) == 2)
    assert grown and grown[-1].title == "new cell after 2"  # type: ignore[attr-defined]
    assert window.assistant.stream.isHidden()
    assert len(window.assistant._cards) == 1
    assert card_at_hand(window).view.title == "2 cells: 1 changed, 1 new"


def test_asking_about_chosen_cells_takes_their_numbers(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened()
    engine = scripted(program, "## cell 2\n```python\nx = 3\n```\n## cell 3\n```python\ny = 4\n```\n")
    program.window.card_acts.ask(Asked(AskScope.CELLS, AskWish.IMPROVE, cells="2-3"))
    settled(program, qtbot, lambda: len(program.session.cards) == 2)
    assert len(engine.requests) == 1


def test_a_task_for_which_the_model_reads_the_repository_first(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    program = opened()
    (path.parent / "README.md").write_text("# Harbour\n\nTides are in metres.\n")
    engine = scripted(program, "CODE", "Why.\n```python\nx = 3\n```\n")
    program.window.card_acts.ask(Asked(AskScope.CELLS, AskWish.WORDS, "in metres", cells="2", reads=True))
    settled(program, qtbot, lambda: len(program.session.cards) == 1)
    assert len(engine.requests) == 2
    assert "Tides are in metres." in engine.requests[1].messages[-1].content
    shown = program.session.cards[0].suggestion.origin.settings["shown_parts"]
    (part,) = [each for each in shown if each["kind"] == "passages"]
    assert part["names"] == ["README.md (kept for the task)"]


@pytest.mark.parametrize(
    ("text", "cells"), [("3", (2,)), ("1-3, 5", (0, 1, 2, 4)), ("2–3;1", (0, 1, 2)), (" 4 , 4", (3,))]
)
def test_numbers_of_cells_are_read_as_people_write_them(text: str, cells: tuple[int, ...]) -> None:
    assert cells_named(text, 5) == cells


@pytest.mark.parametrize(
    ("text", "said"), [("", "No cell"), ("a", "no cell"), ("9", "no cell 9"), ("3-", "")]
)
def test_numbers_that_are_none_are_one_sentence(text: str, said: str) -> None:
    if not said:
        assert cells_named(text, 5) == (2,)
        return
    with pytest.raises(UserError, match=said):
        cells_named(text, 5)


# Findings.


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    path = tmp_path / "failing" / "failing.ipynb"
    path.parent.mkdir()
    path.write_bytes(notebook(code("total = 1", id="a", count=1), code("totla + 1", id="b", count=2)))
    return path


def test_a_finding_is_fixed_by_one_key_and_streams(
    start: Callable[..., Program], failing: Path, qtbot: QtBot
) -> None:
    program = start(failing)
    settled(program, qtbot, lambda: bool(program.session.findings))
    waiting = len(program.session.cards)
    engine = scripted(program, "Renamed.\n```python\ntotal + 2\n```\n")
    window = program.window
    window.canvas.goto_head_cell(1)
    press(qtbot, window.canvas, Qt.Key.Key_F, CTRL, SHIFT)
    settled(program, qtbot, lambda: len(program.session.cards) > waiting)
    card = program.session.cards[0].suggestion
    assert (card.proposed_source, card.origin.settings["wish"]) == ("total + 2", "finding")
    assert "totla" in engine.requests[0].messages[-1].content


def test_a_dismissed_finding_leaves_every_list_stays_away_and_can_be_shown_again(
    start: Callable[..., Program], failing: Path, qtbot: QtBot
) -> None:
    first = start(failing)
    settled(first, qtbot, lambda: bool(first.session.findings))
    window = first.window
    window.assistant.show_findings()
    window.assistant.findings.set_current("0")
    window.assistant.findings.list.setFocus()
    count = len(first.session.findings)
    press(qtbot, window, Qt.Key.Key_Delete)
    settled(first, qtbot, lambda: len(first.session.findings) == count - 1)
    assert "Dismissed" in window.notices.latest()
    window.close()
    second = start(failing)
    settled(second, qtbot, lambda: bool(second.session.dismissed))
    assert len(second.session.findings) == count - 1
    second.window.actions_["show_dismissed"].trigger()
    listed = second.window.assistant.findings
    row = next(n for n, each in enumerate(listed._model.rows) if each.dismissed)
    listed.list.setCurrentIndex(listed._model.index(row, 0))
    press(qtbot, listed.list, Qt.Key.Key_Delete)
    settled(second, qtbot, lambda: len(second.session.findings) == count)
    assert second.session.dismissed == ()


def test_a_suggestion_that_was_failed_shows_what_was_written_and_is_made_again(
    opened: Callable[..., Program], path: Path, qtbot: QtBot
) -> None:
    failed = suggestion(path, 1, "x = 1", state=SuggestionState.FAILED, instruction="Better.")
    failed = replace(failed, origin=replace(failed.origin, reply="I would rather not."))
    program = opened(failed)
    window = program.window
    body = card_at_hand(window).body
    body.raw_fold.set_open(True)
    assert body._raw.toPlainText() == "I would rather not."
    engine = scripted(program, "Yes.\n```python\nx = 2\n```\n")
    press(qtbot, window, Qt.Key.Key_M, CTRL, SHIFT)
    settled(program, qtbot, lambda: [card.state for card in program.session.cards] == ["pending"])
    assert "Better." in engine.requests[0].messages[-1].content


# The whole way, without a mouse.


def test_from_the_finding_to_the_file_and_back_by_keys_alone(
    start: Callable[..., Program], failing: Path, qtbot: QtBot
) -> None:
    before = failing.read_bytes()
    program = start(failing)
    settled(program, qtbot, lambda: bool(program.session.cards))
    fixes = len(program.session.cards)
    engine = scripted(
        program,
        "Renamed.\n```python\nshown = total + 1\nshown\n```\n",
        "Shorter.\n```python\ntotal = 2\n```\n",
    )
    window = program.window
    window.canvas.setFocus()
    press(qtbot, window, Qt.Key.Key_F8)
    press(qtbot, window, Qt.Key.Key_F, CTRL, SHIFT)
    settled(program, qtbot, lambda: len(program.session.cards) == fixes + 1)
    assert window.assistant.current_card() == program.session.cards[0].suggestion.id
    press(qtbot, window, Qt.Key.Key_4, CTRL)
    assert window.assistant.isAncestorOf(QApplication.focusWidget())
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    settled(program, qtbot, lambda: sources(failing)[1] == "shown = total + 1\nshown")
    press(qtbot, window, Qt.Key.Key_2, CTRL)
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert QApplication.focusWidget() is window.assistant.instruction
    qtbot.keyClicks(window.assistant.instruction, "two")
    press(qtbot, window, Qt.Key.Key_Return)
    settled(program, qtbot, lambda: len(engine.requests) == 2 and bool(program.session.cards))
    press(qtbot, window, Qt.Key.Key_E, CTRL, SHIFT)
    editor = card_at_hand(window).body._editor
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor)
    qtbot.keyClick(editor, Qt.Key.Key_End, CTRL)
    qtbot.keyClicks(editor, "0")
    press(qtbot, window, Qt.Key.Key_Return, CTRL)
    settled(program, qtbot, lambda: sources(failing)[1] == "total = 20")
    qtbot.waitUntil(lambda: window.assistant.decided.list.count() == 2)
    assert "after editing" in window.assistant.decided.list.item(0).text()
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    settled(program, qtbot, lambda: sources(failing)[1] == "shown = total + 1\nshown")
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    settled(program, qtbot, lambda: failing.read_bytes() == before)


def test_a_real_model_grows_and_esc_stops_it_before_anything_is_offered(
    start: Callable[..., Program], failing: Path, qtbot: QtBot, tiny_model: Path
) -> None:
    settings = replace(SETTINGS, max_reply_tokens=2000, context_tokens=8192)
    program = start(failing, settings=settings)
    settled(program, qtbot, lambda: bool(program.session.findings))
    window = program.window
    window.controller.load(tiny_model, "none")
    settled(program, qtbot, lambda: program.engine.info is not None)
    waiting = len(program.session.cards)
    window.canvas.goto_head_cell(1)
    with qtbot.waitSignal(window.controller.grown):
        press(qtbot, window.canvas, Qt.Key.Key_F, CTRL, SHIFT)
    assert window.assistant.stream.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.tasks.running()
    assert window.assistant.stream.isHidden()
    assert len(program.session.cards) == waiting
