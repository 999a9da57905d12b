"""The status bar names what runs and offers Stop as long as it does."""

import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.status_bar import StatusBar
from nbreview.gui.tasks import RunningTask
from nbreview.gui.theme import load_theme


def task(title: str, progress: float = -1.0, detail: str = "", seconds: float = 0.0) -> RunningTask:
    return RunningTask(title, title, progress, detail, time.monotonic() - seconds)


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar(theme=load_theme("light"))
    qtbot.addWidget(bar)
    bar.resize(1200, 30)
    bar.show()
    return bar


def test_stop_is_there_at_once_and_only_while_something_runs(bar: StatusBar, qtbot: QtBot) -> None:
    assert not bar.stop_button.isVisible()
    bar.set_tasks([task("Comparing")])
    assert bar.stop_button.isVisible()
    with qtbot.waitSignal(bar.stop_requested):
        qtbot.mouseClick(bar.stop_button, Qt.MouseButton.LeftButton)
    bar.set_tasks(())
    assert not bar.stop_button.isVisible()


def test_the_bar_waits_for_300_ms(bar: StatusBar) -> None:
    bar.set_tasks([task("Comparing", 0.5)])
    assert not bar.bar.isVisible()
    bar.set_tasks([task("Comparing", 0.5, seconds=0.4)])
    assert bar.bar.isVisible()
    assert bar.bar.progress == 0.5


def test_the_bar_comes_by_itself_when_the_task_goes_on(bar: StatusBar, qtbot: QtBot) -> None:
    bar.set_tasks([task("Comparing")])
    qtbot.waitUntil(bar.bar.isVisible)


def test_the_newest_task_is_named_and_the_others_counted(bar: StatusBar) -> None:
    bar.set_tasks([task("Comparing", seconds=65), task("Counting", 0.3, "12 of 40")])
    assert bar.task_label.toolTip() == "Counting: 12 of 40 and 1 more"
    assert bar.elapsed_label.text() == "65 s"


def test_nothing_of_a_model_means_choose_one(bar: StatusBar, qtbot: QtBot) -> None:
    bar.set_model("")
    assert bar.model_button.text() == "no model: choose one"
    with qtbot.waitSignal(bar.model_clicked):
        qtbot.keyClick(bar.model_button, Qt.Key.Key_Space)
    bar.set_model("Tiny F16 · CPU")
    assert bar.model_button.accessibleName() == "Model: Tiny F16 · CPU"


def test_the_height_stays_when_a_task_comes(bar: StatusBar) -> None:
    before = bar.sizeHint().height()
    bar.set_tasks([task("Comparing", seconds=5)])
    assert bar.sizeHint().height() == before


def test_it_paints_in_dark_at_twice_the_size(bar: StatusBar) -> None:
    bar.set_tasks([task("Loading", seconds=5)])
    bar.set_theme(load_theme("dark", text_scale=2.0))
    assert not bar.grab().isNull()
