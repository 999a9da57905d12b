"""Answers come once, to those who still want them."""

import threading

from pytestqt.qtbot import QtBot

from nbreview.gui.diff.background import Background


def test_an_answer_comes_on_the_main_thread(qtbot: QtBot) -> None:
    background = Background()
    threads = []
    background.done.connect(lambda key, result: threads.append((threading.current_thread(), result)))
    with qtbot.waitSignal(background.done) as signal:
        background.ask("key", threading.current_thread)
    assert signal.args[0] == "key"
    (arrived,) = threads
    assert arrived[0] is threading.main_thread()
    assert arrived[1] is not threading.main_thread()
    assert not background.busy


def test_asking_twice_asks_once(qtbot: QtBot) -> None:
    background = Background()
    gate, calls = threading.Event(), []

    def work() -> None:
        calls.append(1)
        gate.wait(10)

    background.ask("key", work)
    background.ask("key", work)
    with qtbot.waitSignal(background.done):
        gate.set()
    background.close()
    assert len(calls) == 1


def test_an_exception_is_the_answer(qtbot: QtBot) -> None:
    background = Background()
    with qtbot.waitSignal(background.done) as signal:
        background.ask("key", lambda: 1 // 0)
    assert isinstance(signal.args[1], ZeroDivisionError)


def test_what_was_forgotten_never_arrives(qtbot: QtBot) -> None:
    background = Background()
    gate = threading.Event()
    background.ask("old", lambda: gate.wait(10))
    background.forget()
    gate.set()
    seen: list[object] = []
    background.done.connect(lambda key, result: seen.append(key))
    with qtbot.waitSignal(background.done):
        background.ask("new", lambda: 1)
    background.close()
    assert seen == ["new"]
