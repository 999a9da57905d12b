"""The diff comes first where there is little room, and a panel that is asked for comes back."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.panels import Panels
from nbreview.gui.window import ReviewWindow
from nbreview.services.samples import SampleRepository
from tests.gui.programs import settled


@pytest.fixture
def window(start: Callable[..., Program], sample: SampleRepository, qtbot: QtBot) -> ReviewWindow:
    program = start(sample.notebook)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program.window


def stands(panels: Panels) -> tuple[bool, bool]:
    return not panels.left.isHidden(), not panels.assistant.isHidden()


def test_panels_give_way_as_the_window_becomes_narrow_or_its_text_large(window: ReviewWindow) -> None:
    panels = window.panels
    seen = []
    for width, percent in ((1640, 100), (1200, 100), (900, 100), (640, 100), (1640, 200), (900, 200)):
        panels.fit(width, percent)
        seen.append(stands(panels))
    assert seen == [(True, True), (True, True), (False, True), (False, False), (False, True), (False, False)]


def test_what_is_asked_for_comes_back_in_the_place_of_the_other(window: ReviewWindow) -> None:
    panels, acts = window.panels, window.actions_
    panels.fit(900, 200)
    acts["go_outline"].trigger()
    assert stands(panels) == (True, False)
    assert window.outline.isAncestorOf(window.focusWidget())
    acts["go_assistant"].trigger()
    assert stands(panels) == (False, True)
    panels.fit(1640, 100)
    acts["go_outline"].trigger()
    assert stands(panels) == (True, True)


def test_a_page_of_the_assistant_that_is_to_be_seen_shows_the_panel(window: ReviewWindow) -> None:
    window.panels.fit(600, 100)
    window.assistant.show_findings()
    assert stands(window.panels) == (False, True)


def test_the_menu_hides_and_shows_each_panel_and_says_which_stand(window: ReviewWindow) -> None:
    panels, acts = window.panels, window.actions_
    panels.fit(1640, 100)
    for act, place in (("show_left", 0), ("show_assistant", 1)):
        assert acts[act].isChecked()
        acts[act].trigger()
        assert stands(panels)[place] is acts[act].isChecked() is False
        acts[act].trigger()
        assert stands(panels)[place] is acts[act].isChecked() is True


def test_what_the_person_has_hidden_stays_so_until_the_window_is_of_another_kind(
    window: ReviewWindow,
) -> None:
    panels = window.panels
    panels.fit(1640, 100)
    panels.show_left(False)
    panels.fit(1700, 100)
    assert stands(panels) == (False, True)
    panels.fit(1150, 100)
    assert stands(panels) == (True, True)
