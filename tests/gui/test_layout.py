"""No window is laid out wrongly: in every state, at 100 % and 200 %, light and dark, wide and narrow, and in
German, whose words are longer, nothing is cut off, lies on something else, or is out of reach of the keyboard
or a screen reader.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.settings import Settings
from tests.shots.layout import faults
from tests.shots.looks import PAIRS, Look
from tests.shots.stage import Stage, staged
from tests.shots.states import STATES


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage"), PAIRS[0], Settings(threads=1)) as stage:
        yield stage


@pytest.mark.parametrize("look", PAIRS[:-1], ids=lambda look: look.name)
def test_nothing_is_cut_off_overlaps_or_is_out_of_reach(stage: Stage, look: Look) -> None:
    if stage.look != look:
        stage.show_in(look)
    assert_laid_out(stage)


def test_nothing_is_so_in_german_in_a_narrow_window(tmp_path: Path, qapp: object) -> None:
    with staged(tmp_path / "stage", PAIRS[-1], Settings(threads=1)) as stage:
        assert_laid_out(stage)


def assert_laid_out(stage: Stage) -> None:
    """Every state, with what is wrong in it."""
    found: dict[str, list[str]] = {}
    for state in STATES:
        with state.scene(stage) as widget:
            stage.breathe()
            if wrong := faults(widget):
                found[state.name] = wrong
    assert not found, "\n".join(f"{state}: {line}" for state, lines in found.items() for line in lines)
