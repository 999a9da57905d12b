"""A card shows a suggestion and announces what the person decides; it changes nothing by itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nbreview.diff.lines import diff_text
from nbreview.gui.card_view import CardView, evidence_words
from nbreview.gui.cards import CardMode, SuggestionCard
from nbreview.gui.theme import load_theme
from nbreview.presentation.highlight import Highlighter
from nbreview.review.model import Evidence, SuggestionState

BASE = "losses = history\nnp.mean(losses)\n"
PROPOSED = "import numpy as np\n\nlosses = history\nnp.mean(losses)\n"

MakeCard = Callable[..., SuggestionCard]


def view(**changes: object) -> CardView:
    values: dict[str, object] = {
        "id": "s1",
        "title": "Cell 3",
        "evidence": Evidence.LIKELY,
        "probability": 0.731,
        "reason": "“np” is not imported.",
        "diff": diff_text(BASE, PROPOSED),
        "proposed": PROPOSED,
        "base": BASE,
        "made_by": "Tiny F16 · 1.2 s",
        "shown": (("system", "You edit one cell."), ("user", BASE)),
    }
    return CardView(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def make_card(qtbot: QtBot) -> MakeCard:
    def make(**changes: object) -> SuggestionCard:
        card = SuggestionCard(view(**changes), load_theme("light"), Highlighter())
        qtbot.addWidget(card)
        card.resize(360, 600)
        card.show()
        card.set_open(True)
        return card

    return make


@pytest.mark.parametrize(
    ("evidence", "probability", "words"),
    [
        (Evidence.CERTAIN, None, "certain"),
        (Evidence.OBSERVED, None, "observed"),
        (Evidence.LIKELY, 0.731, "likely 73 %"),
        (Evidence.LIKELY, None, "likely"),
        (Evidence.NO_VERDICT, None, "no verdict"),
    ],
)
def test_the_pill_says_how_it_is_known(evidence: Evidence, probability: float | None, words: str) -> None:
    assert evidence_words(evidence, probability)[0] == words


def test_a_closed_card_is_a_line_with_its_reason(make_card: MakeCard) -> None:
    card = make_card()
    height = card.sizeHint().height()
    card.set_open(False)
    assert card.sizeHint().height() < height / 2
    assert card.header.accessibleName() == "Cell 3. “np” is not imported."


def test_accept_and_reject_name_the_suggestion(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card()
    with qtbot.waitSignal(card.accepted) as accepted:
        qtbot.mouseClick(card.body.accept_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.rejected) as rejected:
        qtbot.mouseClick(card.body.reject_button, Qt.MouseButton.LeftButton)
    assert accepted.args == ["s1"]
    assert rejected.args == ["s1", ""]


def test_enter_in_the_reason_line_rejects_with_the_reason(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card()
    qtbot.keyClicks(card.body.comment_line, "wrong library")
    with qtbot.waitSignal(card.rejected) as rejected:
        qtbot.keyClick(card.body.comment_line, Qt.Key.Key_Return)
    assert rejected.args == ["s1", "wrong library"]


def test_edit_then_accept_hands_over_what_was_typed(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card()
    qtbot.mouseClick(card.body.edit_button, Qt.MouseButton.LeftButton)
    editor = card.body._editor
    assert editor is not None
    assert editor.toPlainText() == PROPOSED
    assert not card.body.diff.isVisible()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, "x = 1")
    with qtbot.assertNotEmitted(card.accepted), qtbot.waitSignal(card.accepted_edited) as accepted:
        qtbot.mouseClick(card.body.accept_button, Qt.MouseButton.LeftButton)
    assert accepted.args == ["s1", PROPOSED + "x = 1"]


def test_escape_gives_the_edit_up_and_shows_the_diff_again(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card()
    card.edit()
    editor = card.body._editor
    assert editor is not None
    qtbot.keyClicks(editor, "spoilt")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert card.mode is CardMode.READING
    assert card.body.diff.isVisible()
    card.edit()
    assert card.body.edited_source() == PROPOSED


def test_a_stale_card_cannot_be_accepted_but_made_again(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card(state=SuggestionState.STALE)
    assert not card.body.accept_button.isVisible()
    assert not card.body.edit_button.isVisible()
    assert "has changed" in card.body.note.text()
    assert card.header.pill.text == "stale"
    with qtbot.assertNotEmitted(card.accepted):
        card.accept()
    with qtbot.waitSignal(card.remade) as remade:
        qtbot.mouseClick(card.body.remake_button, Qt.MouseButton.LeftButton)
    assert remade.args == ["s1"]


def test_becoming_stale_while_being_edited_keeps_what_was_typed(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card()
    card.edit()
    editor = card.body._editor
    assert editor is not None
    qtbot.keyClicks(editor, "# mine ")
    card.set_view(view(state=SuggestionState.STALE))
    assert card.body.edited_source().startswith("# mine ")
    with qtbot.assertNotEmitted(card.accepted_edited):
        card.accept()


def test_a_failed_card_shows_why_and_what_the_model_wrote(make_card: MakeCard) -> None:
    card = make_card(
        state=SuggestionState.FAILED,
        diff=diff_text(BASE, BASE),
        note="The answer holds no code block.",
        raw="I would rather not.",
    )
    assert card.body.note.text() == "The answer holds no code block."
    assert not card.body.diff.isVisible()
    assert card.body._raw is None
    card.body.raw_fold.set_open(True)
    raw = card.body._raw
    assert raw is not None and raw.isVisible()
    assert "I would rather not." in raw.toPlainText()


def test_what_the_model_was_shown_is_a_fold_that_starts_closed(make_card: MakeCard) -> None:
    card = make_card()
    assert card.body._shown is None
    card.body.fold.set_open(True)
    shown = card.body._shown
    assert shown is not None
    assert "—— system ——\nYou edit one cell." in shown.text.toPlainText()
    card.body.fold.set_open(False)
    assert not shown.isVisible()


def test_a_rule_has_nothing_to_unfold(make_card: MakeCard) -> None:
    card = make_card(shown=(), made_by="rule “names”, no model")
    assert not card.body.fold.isVisible()


def test_buttons_break_into_rows_where_it_is_narrow(make_card: MakeCard) -> None:
    card = make_card()
    card.set_theme(load_theme("dark", text_scale=2.0))
    for button in (card.body.accept_button, card.body.edit_button, card.body.reject_button):
        button.setStyleSheet("font-size: 20pt;")
    card.resize(260, 900)
    QApplication.processEvents()
    assert card.body.accept_button.y() < card.body.reject_button.y()
    card.resize(1400, 900)
    QApplication.processEvents()
    assert card.body.accept_button.y() == card.body.reject_button.y()


def test_the_header_opens_with_the_keyboard(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card()
    card.set_open(False)
    with qtbot.waitSignal(card.opened) as opened:
        qtbot.keyClick(card.header, Qt.Key.Key_Return)
    assert opened.args == ["s1"]


def choices(*reasons: str) -> tuple[CardView, ...]:
    """Other choices of a card, by their reasons."""
    return tuple(
        view(id=f"s{number}", reason=reason, proposed=f"{PROPOSED}# {number}\n", made_by="a rule", shown=())
        for number, reason in enumerate(reasons, 2)
    )


def test_two_equally_good_fixes_are_two_choices_on_one_card(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card(alternatives=choices("“losses” was meant."))
    said = card.body.choices
    assert said.isVisible()
    assert said.accessibleName() == "Choice 1 of 2"
    qtbot.mouseClick(said.next_button, Qt.MouseButton.LeftButton)
    assert said.accessibleName() == "Choice 2 of 2"
    assert card.body.reason.text() == "“losses” was meant."
    assert card.accessibleName().endswith("2 of 2: “losses” was meant.")
    with qtbot.waitSignal(card.accepted) as accepted:
        card.accept()
    assert accepted.args == ["s2"]


def test_the_choices_are_stepped_through_with_the_keyboard_round_and_round(
    make_card: MakeCard, qtbot: QtBot
) -> None:
    card = make_card(alternatives=choices("Second.", "Third."))
    card.activateWindow()
    card.body.accept_button.setFocus()
    qtbot.waitUntil(card.body.accept_button.hasFocus)
    shown = []
    for _ in range(3):
        qtbot.keyClick(card.body.accept_button, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        shown.append(card.chosen.id)
    assert shown == ["s2", "s3", "s1"]
    qtbot.keyClick(card.body.choices, Qt.Key.Key_Left)
    assert card.chosen.id == "s3"


def test_a_card_with_choices_is_rejected_as_one(make_card: MakeCard, qtbot: QtBot) -> None:
    card = make_card(alternatives=choices("Second."))
    card.choose(1)
    with qtbot.waitSignal(card.rejected) as rejected:
        card.reject()
    assert rejected.args == ["s1", ""]


def test_the_choice_that_is_looked_at_stays_while_the_queue_changes_and_while_it_is_edited(
    make_card: MakeCard,
) -> None:
    others = choices("Second.")
    card = make_card(alternatives=others)
    card.choose(1)
    card.set_view(view(title="Cell 4", alternatives=others))
    assert card.chosen.id == "s2"
    card.edit()
    assert card.body.edited_source() == others[0].proposed
    card.choose(0)
    assert card.chosen.id == "s2"
    card.cancel_edit()
    card.choose(0)
    assert card.chosen.id == "s1"
    card.set_view(view())
    assert not card.body.choices.isVisible()


def test_a_closed_card_says_that_there_are_choices(make_card: MakeCard) -> None:
    card = make_card(alternatives=choices("Second."))
    card.set_open(False)
    assert "1 of 2: “np” is not imported." in card.header.accessibleName()
