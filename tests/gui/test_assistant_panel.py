"""The assistant: a queue of cards of which one is at hand, findings, and the line to ask."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.diff.lines import diff_text
from nbreview.gui import assistant_panel
from nbreview.gui.ask_area import Asked, AskScope, AskWish
from nbreview.gui.assistant_panel import MAX_CARDS, NO_SUGGESTIONS, AssistantPanel
from nbreview.gui.card_view import CardView, FindingView
from nbreview.gui.theme import load_theme
from nbreview.review.model import Evidence, SuggestionState


def card(card_id: str, state: SuggestionState = SuggestionState.PENDING) -> CardView:
    base, proposed = "a = 1\n", f"a = '{card_id}'\n"
    diff = diff_text(base, proposed)
    return CardView(
        card_id,
        f"Cell {card_id}",
        Evidence.CERTAIN,
        None,
        f"Because {card_id}.",
        diff,
        proposed,
        base,
        "a rule",
        state=state,
    )


def finding(finding_id: str, has_fix: bool = False) -> FindingView:
    return FindingView(finding_id, "Cell 3", Evidence.LIKELY, 0.6, f"Message {finding_id}. " * 8, has_fix)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[AssistantPanel]:
    panel = AssistantPanel(load_theme("light"))
    qtbot.addWidget(panel)
    panel.resize(380, 700)
    with qtbot.waitActive(panel):
        panel.show()
    panel.set_cards([card("a"), card("b"), card("c")])
    return panel


def open_cards(panel: AssistantPanel) -> list[str]:
    return [card_id for card_id, shown in panel._cards.items() if shown.is_open]


def test_the_first_card_is_at_hand(panel: AssistantPanel) -> None:
    assert panel.current_card() == "a"
    assert open_cards(panel) == ["a"]
    assert panel.tabs.tabText(0) == "Suggestions (3)"


def test_the_next_card_comes_by_itself(panel: AssistantPanel) -> None:
    panel.show_card("b")
    panel.set_cards([card("a"), card("c")])
    assert panel.current_card() == "c"
    panel.set_cards([card("a")])
    assert panel.current_card() == "a"
    panel.set_cards([])
    assert panel.current_card() == ""


def test_the_keyboard_follows_to_the_next_card(panel: AssistantPanel) -> None:
    panel.setFocus()
    assert panel.focusWidget() is panel._cards["a"].body.accept_button
    panel.set_cards([card("b"), card("c")])
    assert panel.focusWidget() is panel._cards["b"].body.accept_button


def test_accept_is_announced_and_the_card_stays_until_it_is_taken_away(
    panel: AssistantPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.accept) as accepted:
        panel.accept_current()
    assert accepted.args == ["a"]
    assert panel.current_card() == "a"


def test_a_key_pressed_twice_decides_once(panel: AssistantPanel) -> None:
    seen: list[str] = []
    panel.accept.connect(seen.append)
    panel.accept_current()
    panel.accept_current()
    assert seen == ["a"]


def test_a_later_press_decides_again(panel: AssistantPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    panel.accept.connect(seen.append)
    moments = iter((10.0, 20.0))
    monkeypatch.setattr(assistant_panel.time, "monotonic", lambda: next(moments))
    panel.accept_current()
    panel.accept_current()
    assert seen == ["a", "a"]


def test_reject_hands_the_typed_reason_over(panel: AssistantPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel._cards["a"].body.comment_line, "no")
    with qtbot.waitSignal(panel.reject) as rejected:
        panel.reject_current()
    assert rejected.args == ["a", "no"]


def test_typing_survives_that_other_cards_come(panel: AssistantPanel, qtbot: QtBot) -> None:
    panel.edit_current()
    editor = panel._cards["a"].body._editor
    assert editor is not None
    qtbot.keyClicks(editor, "# mine ")
    panel.set_cards([card("new"), card("a"), card("b")])
    assert panel.current_card() == "a"
    with qtbot.waitSignal(panel.accept_edited) as accepted:
        panel.accept_current()
    assert accepted.args == ["a", "# mine a = 'a'\n"]


def test_a_stale_card_is_made_again(panel: AssistantPanel, qtbot: QtBot) -> None:
    panel.set_cards([card("a", SuggestionState.STALE)])
    with qtbot.assertNotEmitted(panel.accept):
        panel.accept_current()
    with qtbot.waitSignal(panel.remake) as remade:
        qtbot.mouseClick(panel._cards["a"].body.remake_button, Qt.MouseButton.LeftButton)
    assert remade.args == ["a"]


def test_opening_a_card_shows_its_cell(panel: AssistantPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.activated) as activated:
        qtbot.mouseClick(panel._cards["c"].header, Qt.MouseButton.LeftButton)
    assert activated.args == ["c"]
    assert open_cards(panel) == ["c"]


def test_a_long_queue_is_not_built_at_once(panel: AssistantPanel) -> None:
    panel.set_cards([card(str(number)) for number in range(100)])
    assert len(panel._cards) == MAX_CARDS
    assert panel._waiting.text() == "85 more cards wait below these."
    assert panel.tabs.tabText(0) == "Suggestions (100)"


def test_an_empty_queue_says_how_to_fill_it(panel: AssistantPanel) -> None:
    panel.set_cards([])
    assert panel._empty.isVisible()
    assert panel._empty.text() == NO_SUGGESTIONS
    assert panel.tabs.tabText(0) == "Suggestions"


def test_a_stream_grows_and_goes(panel: AssistantPanel) -> None:
    panel.set_cards([])
    panel.show_findings()
    panel.begin_stream("Proposing an edit of cell 3")
    assert panel.stream.isVisible()
    assert not panel._empty.isVisible()
    panel.set_stream("import")
    panel.set_stream("import numpy\nx = 1")
    assert panel.stream.text.toPlainText() == "import numpy\nx = 1"
    panel.set_stream("other")
    assert panel.stream.text.toPlainText() == "other"
    panel.end_stream()
    assert not panel.stream.isVisible()
    assert panel._empty.isVisible()


def test_findings_wrap_and_lead_to_their_cell(panel: AssistantPanel, qtbot: QtBot) -> None:
    panel.set_findings([finding("f0"), finding("f1", has_fix=True)])
    panel.show_findings()
    assert panel.tabs.tabText(1) == "Findings (2)"
    view = panel.findings.list
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(2)]
    assert rows[1].height() > rows[0].height()
    with qtbot.waitSignal(panel.finding_activated) as activated:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rows[1].center())
    assert activated.args == ["f1"]
    with qtbot.waitSignal(panel.finding_activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_marking_a_finding_tells_nobody_and_survives_new_ones(panel: AssistantPanel, qtbot: QtBot) -> None:
    panel.set_findings([finding("f0"), finding("f1")])
    with qtbot.assertNotEmitted(panel.finding_activated):
        panel.set_current_finding("f1")
    panel.set_findings([finding("new"), finding("f0"), finding("f1")])
    assert panel.findings.current() == "f1"


def test_a_screen_reader_hears_how_a_finding_is_known(panel: AssistantPanel) -> None:
    panel.set_findings([FindingView("f", "Cell 3", Evidence.CERTAIN, None, "np is missing.", True)])
    heard = panel.findings.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Cell 3, certain: np is missing. A fix is among the suggestions."


def test_the_line_asks_about_the_chosen_cell(panel: AssistantPanel, qtbot: QtBot) -> None:
    assert not panel.instruction.isEnabled()
    panel.set_target("cell 3")
    assert panel.instruction.placeholderText() == "Ask for an edit of cell 3…"
    panel.ask()
    assert panel.focusWidget() is panel.instruction
    qtbot.keyClicks(panel.instruction, "use a context manager")
    with qtbot.waitSignal(panel.asked) as asked:
        qtbot.keyClick(panel.instruction, Qt.Key.Key_Return)
    assert asked.args == [Asked(AskScope.CELL, AskWish.WORDS, "use a context manager")]
    assert panel.instruction.text() == ""
    with qtbot.waitSignal(panel.assess):
        qtbot.mouseClick(panel.assess_button, Qt.MouseButton.LeftButton)


def test_without_a_model_the_way_to_one_takes_the_lines_place(panel: AssistantPanel, qtbot: QtBot) -> None:
    panel.set_target("cell 3")
    panel.set_model(False)
    assert not panel.instruction.isVisible()
    panel.ask()
    assert panel.focusWidget() is panel.choose_button
    with qtbot.waitSignal(panel.choose_model):
        qtbot.mouseClick(panel.choose_button, Qt.MouseButton.LeftButton)


def test_nothing_is_cut_off_in_a_narrow_panel_at_twice_the_size(panel: AssistantPanel) -> None:
    panel.set_theme(load_theme("dark", text_scale=2.0))
    panel.set_findings([finding("f0")])
    panel.resize(panel.minimumSizeHint().width(), 700)
    inside = panel.cards_area.widget()
    assert inside.width() <= panel.cards_area.viewport().width()
    assert not panel.grab().isNull()
