"""What is compared is chosen in the menu, kept in the settings, and shown at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.diff.options import NOISE, Aspect
from nbreview.gui.app import Program
from nbreview.gui.compare_acts import ASPECTS, WHITESPACE
from nbreview.services.options import diff_options, fingerprint
from nbreview.settings import Settings
from tests.builders import code, notebook, stream
from tests.gui.programs import settled


def kinds(program: Program) -> list[ChangeKind]:
    assert program.session.comparison is not None
    return [change.kind for change in program.session.comparison.diff.cells]


@pytest.fixture
def pair(program: Program, qtbot: QtBot, tmp_path: Path) -> Program:
    base, head = tmp_path / "base.ipynb", tmp_path / "head.ipynb"
    base.write_bytes(notebook(code("x = 1", count=1), code("y  = 2"), code("z", outputs=[stream("a\n")])))
    head.write_bytes(notebook(code("x = 1", count=9), code("y = 2"), code("z", outputs=[stream("b\n")])))
    program.window.controller.open_pair(base, head)
    opened = head.resolve()
    settled(
        program,
        qtbot,
        lambda: program.session.opened is not None and program.session.target().notebook == opened,
    )
    return program


def test_each_aspect_can_be_compared_or_ignored_from_the_menu(pair: Program, qtbot: QtBot) -> None:
    same, differs = ChangeKind.UNCHANGED, ChangeKind.MODIFIED
    actions = pair.window.actions_
    assert kinds(pair) == [same, differs, differs]
    for act, expected in (
        (WHITESPACE, [same, same, differs]),
        ("compare_outputs", [same, same, same]),
        ("compare_counts", [differs, same, same]),
    ):
        actions[act].trigger()
        settled(pair, qtbot, lambda expected=expected: kinds(pair) == expected)  # type: ignore[misc]
    assert not pair.session.settings.whitespace
    assert set(pair.session.settings.ignored) == {"volatile", "ids", "outputs"}


def test_the_menu_shows_what_the_settings_say(program: Program) -> None:
    actions, settings = program.window.actions_, program.session.settings
    assert actions[WHITESPACE].isChecked() == settings.whitespace
    for act, aspect in ASPECTS.items():
        assert actions[act].isChecked() == (aspect.value not in settings.ignored)


def test_the_settings_begin_with_the_defaults_of_a_diff() -> None:
    options = diff_options(Settings())
    assert options.ignored == NOISE
    assert diff_options(Settings(ignored=("tags", "of a newer version"))).ignored == {Aspect.TAGS}
    assert fingerprint(options) != fingerprint(diff_options(Settings(whitespace=False)))
    assert fingerprint(options) == fingerprint(diff_options(Settings(theme="dark")))
