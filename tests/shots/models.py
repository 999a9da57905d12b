"""The models window and a cell's history, filled with what they would be given."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtWidgets import QWidget

from nbreview.gui.cell_history_window import CellHistoryWindow
from nbreview.gui.models_window import ModelsWindow
from nbreview.services.cell_history import cell_history
from nbreview.services.models import KnownModel, Survey
from nbreview.services.offloading import Here
from nbreview.services.opening import find_target, list_revisions
from nbreview.settings import Settings
from tests.gui.test_models_window import BROKEN, EMBEDDER, GPU, HOST, LARGE, SMALL, SPEED, planned, plans
from tests.shots.stage import Stage


def models(*, full: bool, page: int = 0) -> Callable[[Stage], AbstractContextManager[QWidget]]:
    """The models window with some found, or none; on one of its pages."""

    def scene(stage: Stage) -> AbstractContextManager[QWidget]:
        window = ModelsWindow(theme=stage.theme)
        if full:
            known = KnownModel(SMALL, plans(GPU, HOST, context=8192)), KnownModel(LARGE)
            window.page.set_survey(Survey(known, (EMBEDDER,), (BROKEN,)), Here((GPU, HOST)))
            window.page.set_planned(SMALL.path, planned(GPU, HOST, speed=SPEED))
        else:
            window.page.set_survey(Survey((), (), ()), Here((HOST,)))
        window.tabs.setCurrentIndex(page)
        return stage.alone(window)

    return scene


@contextmanager
def cell_versions(stage: Stage) -> Iterator[QWidget]:
    """The versions of a cell of the sample."""
    window = CellHistoryWindow(None, stage.theme)
    window.begin("Cell 12 of energy_demand.ipynb", "python")
    target = find_target(stage.sample.notebook)
    revisions = list_revisions(target)
    window.show_history(cell_history(target, revisions, revisions[0], 11, Settings()))
    with stage.alone(window):
        yield window
