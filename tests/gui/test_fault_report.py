"""A report of a fault says where in the program it was, and nothing of the notebook."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview import __version__
from nbreview.gui import fault_report as module
from nbreview.gui.fault_report import crash_log, fault_report
from nbreview.gui.fault_window import FaultWindow
from nbreview.gui.theme import load_theme

SECRET = "password = 'hunter2'  # cell 3"


def fault() -> BaseException:
    try:
        try:
            {}[SECRET]  # type: ignore[index]
        except KeyError as error:
            raise ValueError(f"cannot use {SECRET}") from error
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_the_places_and_kinds() -> None:
    report = fault_report(fault())
    assert __version__ in report
    assert "ValueError" in report and "came of:\nKeyError" in report
    assert "test_fault_report.py" in report and "in fault" in report


def test_a_report_holds_no_message_and_no_folder(tmp_path: Path) -> None:
    report = fault_report(fault())
    assert "hunter2" not in report
    assert str(Path.home()) not in report.replace(str(Path.home().root), "", 0) or str(Path.home()) == "/"
    assert str(Path(__file__).parents[2]) not in report


def test_a_circle_of_causes_ends() -> None:
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    assert fault_report(one).count("came of:") == 1


def test_the_window_copies_the_report(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    window = FaultWindow(None, load_theme("light"))
    qtbot.addWidget(window)
    window.show_report(fault_report(fault()))
    window.copy_button.click()
    assert QGuiApplication.clipboard().text() == window.text.toPlainText()


def test_what_a_killed_process_left_is_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.paths, "cache_dir", lambda: tmp_path)
    with crash_log() as left:
        assert left == ""
    assert not (tmp_path / "crash.log").exists()
    (tmp_path / "crash.log").write_text("Fatal Python error: Segmentation fault\n")
    with crash_log() as left:
        assert "Segmentation fault" in left
    with crash_log() as left:
        assert left == ""
