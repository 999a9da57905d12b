"""Calls and values cross from worker threads to the main thread."""

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from nbreview.gui.bridge import MainThread, Stream


def test_a_call_posted_from_a_thread_runs_on_the_main_thread(qtbot: QtBot) -> None:
    main = MainThread()
    seen: list[QThread] = []
    thread = threading.Thread(target=lambda: main.post(lambda: seen.append(QThread.currentThread())))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [main.thread()]


def test_values_arrive_in_order_and_in_fewer_batches_than_they_were_pushed(qtbot: QtBot) -> None:
    stream = Stream()
    batches: list[list[int]] = []
    stream.batch.connect(batches.append)
    thread = threading.Thread(target=lambda: [stream.push(number) for number in range(1000)])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 1000)
    assert [value for batch in batches for value in batch] == list(range(1000))
    assert len(batches) < 20


def test_a_cleared_stream_hands_over_nothing(qtbot: QtBot) -> None:
    stream = Stream()
    batches: list[list[str]] = []
    stream.batch.connect(batches.append)
    stream.push("late")
    stream.clear()
    stream.push("fresh")
    qtbot.waitUntil(lambda: bool(batches))
    assert batches == [["fresh"]]


def test_flush_hands_over_at_once(qtbot: QtBot) -> None:
    stream = Stream()
    batches: list[list[str]] = []
    stream.batch.connect(batches.append)
    stream.push("now")
    stream.flush()
    assert batches == [["now"]]
