"""What the repository says goes into every question, to a server where that was agreed to."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview.assist.retrieval import Passage
from nbreview.cancellation import CancelToken
from nbreview.llm.model import Engine
from nbreview.services.learning import SessionKnowledge, Tell
from nbreview.services.opening import Comparison
from nbreview.services.wishes import Scope, Wish
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.assist.engines import reply
from tests.builders import code, notebook
from tests.git_repos import Repo
from tests.gui.draft_engine import WIDE, Desk

SAID = "A spike is a reading above the limit."


@pytest.fixture
def desk(tmp_path: Path, store: Store, qtbot: QtBot) -> Iterator[Desk]:
    repo = Repo(tmp_path / "repo")
    (repo.root / "README.md").write_text(f"# Harbour\n\n{SAID}\n")
    (repo.root / "here.ipynb").write_bytes(notebook(code("limit = 3", id="a")))
    repo.git("add", ".")
    desk = Desk(store, repo.root / "here.ipynb", qtbot)
    yield desk
    desk.close()


def ask(desk: Desk, backend: str = "CPU") -> str:
    engine = desk.give_model([reply("```python\nlimit = 4\n```\n")])
    engine.info = replace(WIDE, backend=backend)
    desk.controller.propose_edits(Scope.of(0), Wish.of("Raise the limit for a spike."))
    desk.settled(lambda: len(desk.session.cards) == 1)
    return "\n".join(message.content for message in engine.requests[0].messages)


def test_a_proposal_is_asked_with_what_the_repository_says(desk: Desk) -> None:
    assert SAID in ask(desk)
    (shown,) = desk.session.cards
    assert any("README.md" in str(part) for part in shown.suggestion.origin.settings["shown_parts"])


def test_a_server_that_was_agreed_to_is_asked_with_it_too(desk: Desk) -> None:
    assert SAID in ask(desk, "remote: models.example.org")


def test_reading_is_told_in_the_status_bar_and_ends_with_stop(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(
        self: SessionKnowledge,
        engine: Engine,
        comparison: Comparison,
        scope: Scope,
        wish: Wish,
        tell: Tell,
        cancel: CancelToken,
        *,
        python: Path | None = None,
        settings: Settings | None = None,
    ) -> tuple[Passage, ...]:
        stopped = threading.Event()
        cancel.on_cancel(stopped.set)
        tell(0.5, "reading the repository, 1 of 2")
        assert stopped.wait(20)
        cancel.check()
        return ()

    monkeypatch.setattr(SessionKnowledge, "passages_for", slow)
    engine = desk.give_model([])
    desk.controller.propose_edits(Scope.of(0), Wish.of("Raise the limit."))
    qtbot.waitUntil(
        lambda: [each.detail for each in desk.tasks.running()] == ["reading the repository, 1 of 2"],
        timeout=10_000,
    )
    desk.controller.stop()
    desk.settled(lambda: not desk.session.cards)
    assert engine.requests == []
