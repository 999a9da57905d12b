"""A notebook that git left in conflict opens as the versions that were merged."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from tests.builders import code, notebook
from tests.git_repos import Repo
from tests.gui.programs import settled


def test_ours_and_theirs_are_shown_and_marked_in_the_history(
    start: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {"a.ipynb": notebook(code("x = 1", id="a"))})
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": notebook(code("x = 3", id="a"))})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": notebook(code("x = 2", id="a"))})
    repo.conflict("topic")

    program = start(repo.path("a.ipynb"))
    settled(program, qtbot, lambda: program.session.opened is not None)

    assert any("conflict markers" in text for text in program.window.notices.texts())
    chosen = program.window.history.chosen()
    assert chosen is not None and chosen[0] is not None
    assert (chosen[0].label, chosen[1].label) == ("ours (main)", "theirs (topic)")
    counts = {revision.stage for revision in program.window.history.revisions()}
    assert counts == {0, 1, 2, 3}
