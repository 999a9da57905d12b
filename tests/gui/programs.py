"""What tests of the running program share."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.review.model import Evidence
from nbreview.services.assistant import Card
from nbreview.settings import Settings

# One thread: llama.cpp's threads wait for each other by spinning, which costs seconds on a busy machine.
SETTINGS = Settings(theme="dark", max_reply_tokens=48, context_tokens=4096, threads=1)


def settled(program: Program, qtbot: QtBot, reached: Callable[[], bool], seconds: int = 60) -> None:
    """Wait until `reached` and no task runs; a failure says what the window said."""

    def look() -> None:
        running = [task.title for task in program.window.tasks.running()]
        assert reached() and not running, f"running: {running}, said: {program.window.notices.texts()}"

    qtbot.waitUntil(look, timeout=seconds * 1000)


def certain_card(program: Program) -> Card:
    """The first card that a rule made."""
    return next(card for card in program.session.cards if card.suggestion.evidence is Evidence.CERTAIN)
