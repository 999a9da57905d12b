"""An answer grows as a diff while it is written, at the pace of the eye."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from nbreview.gui.growing import GrowingDiff
from nbreview.gui.stream_card import GrowingView, StreamCard
from nbreview.gui.theme import load_theme
from nbreview.llm.model import Event, Token
from nbreview.notebook.reader import read_file
from nbreview.presentation.highlight import Highlighter
from tests.assist.engines import reply
from tests.builders import code, notebook

ANSWER = "Two.\n## cell 1\n```python\na = 2\nb = 1\n```\n## new cell after 1\n```python\nassert a\n```\n"


def grown(path: Path, only: int | None, *answers: str) -> tuple[list[GrowingView], list[Event]]:
    path.write_bytes(notebook(code("a = 1\nb = 1", id="a", count=1)))
    views: list[GrowingView] = []
    events: list[Event] = []
    take = GrowingDiff(read_file(path), only, views.append).watching(events.append)
    for answer in answers:
        for start in range(0, len(answer), 4):
            take(Token(answer[start : start + 4]))
        take(reply(answer))
    return views, events


def test_the_whole_answer_is_what_is_shown_last_and_every_event_is_handed_on(tmp_path: Path) -> None:
    views, events = grown(tmp_path / "n.ipynb", None, ANSWER)
    last = views[-1]
    assert (last.done, last.title, last.words) == (("cell 1",), "new cell after 1", "Two.")
    assert last.diff is not None and last.diff.head_lines == ("assert a",)
    assert len(events) == -(-len(ANSWER) // 4) + 1


def test_it_looks_less_often_than_tokens_come(tmp_path: Path) -> None:
    views, events = grown(tmp_path / "n.ipynb", None, ANSWER * 20)
    assert len(views) < len(events) / 2


def test_the_next_of_several_answers_begins_anew(tmp_path: Path) -> None:
    views, _ = grown(tmp_path / "n.ipynb", 0, "One.\n```python\na = 5\n```", "Other.\n```python\na = 6\n```")
    last = views[-1]
    assert last.words == "Other."
    assert last.diff is not None and last.diff.head_lines == ("a = 6",)


def test_the_card_shows_the_diff_in_place_of_the_words(qtbot: QtBot, tmp_path: Path) -> None:
    card = StreamCard(load_theme("light"))
    qtbot.addWidget(card)
    card.show()
    card.begin("Proposing an edit of cell 1")
    card.grow(grown(tmp_path / "n.ipynb", None, ANSWER)[0][-1], Highlighter())
    card.write("raw words")
    assert card.area.isVisible() and not card.text.isVisible()
    assert card.done.text() == "Written: cell 1"
    assert "added: assert a" in card.diff.accessibleDescription()
    card.begin("Again")
    assert not card.area.isVisible()
    card.write("a verdict")
    assert card.text.isVisible()
