"""A change of the file by another program is offered to be read; one of ours is not."""

import json

import pytest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.services.samples import SampleRepository
from tests.gui.programs import certain_card, settled


@pytest.fixture
def opened(program: Program, qtbot: QtBot) -> Program:
    settled(program, qtbot, lambda: bool(program.session.cards))
    return program


def offers(program: Program) -> list[str]:
    return [text for text in program.window.notices.texts() if "changed by another program" in text]


def test_a_change_by_another_program_is_offered_once_and_the_review_stays(
    opened: Program, sample: SampleRepository, qtbot: QtBot
) -> None:
    opened.window.canvas.goto_change(0)
    opened.session.toggle_viewed(0)
    content = json.loads(sample.notebook.read_text())
    content["cells"].append({**content["cells"][-1], "id": "appended-1", "source": ["print('appended')"]})
    for text in (json.dumps(content), json.dumps(content, indent=1)):
        aside = sample.notebook.with_suffix(".new")
        aside.write_text(text)
        aside.replace(sample.notebook)  # as editors do
    qtbot.waitUntil(lambda: len(offers(opened)) == 1)
    before = len(opened.session.comparison.head.notebook.cells)  # type: ignore[union-attr]
    opened.window.watch._read_again()
    settled(
        opened,
        qtbot,
        lambda: len(opened.session.comparison.head.notebook.cells) == before + 1,  # type: ignore[union-attr]
    )
    assert 0 in opened.session.viewed


def test_what_is_accepted_here_is_no_news(opened: Program, qtbot: QtBot) -> None:
    card = certain_card(opened)
    opened.window.controller.accept(card.suggestion.id)
    settled(
        opened, qtbot, lambda: all(each.suggestion.id != card.suggestion.id for each in opened.session.cards)
    )
    looked: list[object] = []
    opened.window.watch._timer.timeout.connect(lambda: looked.append(None))
    opened.window.watch._timer.start()
    qtbot.waitUntil(lambda: bool(looked) and not opened.window.tasks.running())
    assert offers(opened) == []


def test_a_file_that_is_put_back_withdraws_the_offer(
    opened: Program, sample: SampleRepository, qtbot: QtBot
) -> None:
    whole = sample.notebook.read_bytes()
    sample.notebook.write_bytes(whole.replace(b'"cells"', b'"cells" ', 1).replace(b"import", b"import  ", 1))
    qtbot.waitUntil(lambda: len(offers(opened)) == 1)
    sample.notebook.write_bytes(whole)
    qtbot.waitUntil(lambda: offers(opened) == [])
