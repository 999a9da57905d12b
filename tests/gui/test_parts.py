"""The small widgets give way where it is narrow and keep their look where Qt would forget it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nbreview.gui.parts import Choice, Fold, Pill, Sentence
from nbreview.gui.theme import apply_theme, load_theme


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[QApplication]:
    before = (qapp.styleSheet(), qapp.palette(), qapp.font())
    apply_theme(qapp, load_theme("light"))
    yield qapp
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


def test_a_sentence_asks_for_one_line_and_takes_what_it_needs(qtbot: QtBot) -> None:
    sentence = Sentence("word " * 100)
    qtbot.addWidget(sentence)
    sentence.set_theme(load_theme("light", text_scale=2.0))
    line = sentence.fontMetrics().height()
    assert sentence.minimumSizeHint().height() == line
    assert sentence.minimumSizeHint().width() < 400
    assert sentence.heightForWidth(300) > 5 * line


def test_a_sentence_keeps_its_font_when_an_ancestor_moves(styled: QApplication, qtbot: QtBot) -> None:
    theme = load_theme("light")
    inside = QWidget()
    layout = QVBoxLayout(inside)
    sentence = Sentence("Title", size="title", bold=True)
    layout.addWidget(sentence)
    sentence.set_theme(theme)
    splitter = QSplitter()
    qtbot.addWidget(splitter)
    splitter.addWidget(inside)
    splitter.show()
    apply_theme(styled, load_theme("dark"))
    assert sentence.font().pointSizeF() == theme.title


def test_a_pill_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    pill = Pill(load_theme("light"), "certain", "accent")
    qtbot.addWidget(pill)
    before = pill.sizeHint().width()
    pill.set_text("likely 73 %", "warning")
    assert pill.sizeHint().width() > before
    assert pill.accessibleName() == "likely 73 %"
    assert not pill.grab().isNull()


def test_a_fold_asks_for_its_inside_when_it_is_opened(qtbot: QtBot) -> None:
    fold = Fold("More")
    qtbot.addWidget(fold)
    fold.show()
    inside = QLabel("inside")
    fold.toggled.connect(lambda _opened: fold.set_inside(inside) if inside.parent() is None else None)
    fold.set_open(True)
    assert inside.isVisible()
    fold.set_open(False)
    assert not inside.isVisible()


def test_a_choice_paints_its_arrow(styled: QApplication, qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.addItems(["one", "two"])
    choice.setEnabled(False)
    assert not choice.grab().isNull()
