"""Tasks run off the main thread, one a slot, and nothing of theirs outlives the runner."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.gui.tasks import Report, TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.shutdown(5000)


def wait_for_cancel(token: CancelToken) -> None:
    stopped = threading.Event()
    token.on_cancel(stopped.set)
    assert stopped.wait(5)
    token.check()


def test_work_runs_elsewhere_and_its_result_comes_home(runner: TaskRunner, qtbot: QtBot) -> None:
    threads: list[QThread] = []
    results: list[tuple[int, QThread]] = []

    def work(_token: CancelToken, _report: Report) -> int:
        threads.append(QThread.currentThread())
        return 42

    runner.start("diff", "Comparing", work, lambda value: results.append((value, QThread.currentThread())))
    assert [task.title for task in runner.running()] == ["Comparing"]
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, runner.thread())]
    assert threads != [runner.thread()]
    assert runner.running() == ()


def test_a_new_task_in_a_slot_cancels_the_old_one_whose_result_is_dropped(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    results: list[str] = []
    stops: list[str] = []
    released = threading.Event()

    def stubborn(_token: CancelToken, _report: Report) -> str:
        assert released.wait(5)
        return "old"

    runner.start("diff", "Old", stubborn, results.append, stopped=lambda: stops.append("old"))
    runner.start("diff", "New", lambda _token, _report: "new", results.append)
    qtbot.waitUntil(lambda: results == ["new"])
    released.set()
    assert runner.shutdown(5000)
    qtbot.wait(1)
    assert results == ["new"]
    assert stops == ["old"]


def test_stop_takes_the_task_out_at_once_and_says_nothing_of_it(runner: TaskRunner, qtbot: QtBot) -> None:
    said: list[object] = []
    began, ended = threading.Event(), threading.Event()
    runner.error.connect(lambda _title, error: said.append(error))

    def work(token: CancelToken, _report: Report) -> None:
        began.set()
        try:
            wait_for_cancel(token)
        finally:
            ended.set()

    runner.start("model", "Asking", work, said.append, said.append)
    assert began.wait(5)
    with qtbot.waitSignal(runner.changed):
        runner.stop("model")
    assert runner.running() == ()
    assert ended.wait(5)
    assert runner.shutdown(5000)
    qtbot.wait(1)
    assert said == []


def test_work_that_gives_up_by_itself_is_told_to_stopped(runner: TaskRunner, qtbot: QtBot) -> None:
    stops: list[bool] = []

    def work(_token: CancelToken, _report: Report) -> None:
        raise Cancelled

    runner.start("model", "Asking", work, lambda _none: None, stopped=lambda: stops.append(True))
    qtbot.waitUntil(lambda: stops == [True])
    assert runner.running() == ()


def test_an_error_goes_to_the_handler_or_else_to_the_signal(runner: TaskRunner, qtbot: QtBot) -> None:
    handled: list[BaseException] = []
    signalled: list[tuple[str, object]] = []
    runner.error.connect(lambda title, error: signalled.append((title, error)))
    mistake = UserError("a.ipynb is not JSON; mend it.")

    def work(_token: CancelToken, _report: Report) -> None:
        raise mistake

    runner.start("one", "Handled", work, lambda _none: None, handled.append)
    runner.start("two", "Unhandled", work, lambda _none: None)
    qtbot.waitUntil(lambda: bool(handled) and bool(signalled))
    assert handled == [mistake]
    assert signalled == [("Unhandled", mistake)]


def test_a_fault_in_a_callback_is_signalled_and_the_slot_is_free(runner: TaskRunner, qtbot: QtBot) -> None:
    signalled: list[str] = []
    runner.error.connect(lambda title, error: signalled.append(f"{title}: {error}"))

    def done(_none: None) -> None:
        raise ValueError("no such row")

    runner.start("diff", "Comparing", lambda _token, _report: None, done)
    qtbot.waitUntil(lambda: signalled == ["Comparing: no such row"])
    assert runner.running() == ()


def test_progress_is_shown_and_ten_thousand_reports_do_not_flood_the_window(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    changes: list[tuple[float, str]] = []
    finished: list[bool] = []
    runner.changed.connect(lambda: changes.extend((task.progress, task.detail) for task in runner.running()))

    def work(token: CancelToken, report: Report) -> None:
        for step in range(10_000):
            report(step / 10_000, f"{step}")
        report(1.0, "all read")
        wait_for_cancel(token)

    runner.start("read", "Reading", work, lambda _none: finished.append(True))
    qtbot.waitUntil(lambda: (1.0, "all read") in changes)
    assert len(changes) < 100
    runner.stop("read")
    assert finished == []


def test_shutdown_leaves_no_thread_and_accepts_no_more_work(qtbot: QtBot) -> None:
    runner = TaskRunner()
    alive: list[bool] = []
    for slot in "abcdef":
        runner.start(
            slot, slot, lambda token, _report: wait_for_cancel(token), lambda _none: alive.append(True)
        )
    assert runner.shutdown(5000)
    runner.start("late", "Late", lambda _token, _report: alive.append(True), lambda _none: alive.append(True))
    assert runner.running() == ()
    assert alive == []


def test_two_hundred_tasks_in_a_row_all_come_home(runner: TaskRunner, qtbot: QtBot) -> None:
    results: list[int] = []

    def start_next(number: int) -> None:
        results.append(number)
        if number < 200:
            runner.start("chain", "Chain", lambda _token, _report: number + 1, start_next)

    start_next(0)
    qtbot.waitUntil(lambda: len(results) == 201)
    assert runner.running() == ()
