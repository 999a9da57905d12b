"""The window speaks the language that was chosen, and English where nobody has translated."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nbreview.gui.actions import Actions
from nbreview.gui.language import install_language, language_name, tr

ROOT = Path(__file__).parents[2]


def test_a_language_is_the_chosen_one_or_the_systems() -> None:
    assert language_name("de") == "de"
    assert len(language_name("system")) >= 1


def test_menus_speak_german_where_german_is_chosen(qapp: QApplication, qtbot: QtBot) -> None:
    installed = install_language("de", qapp)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        actions = Actions(window)
        assert actions["quit"].text() == "&Beenden"
        assert tr("of no catalogue at all") == "of no catalogue at all"
    finally:
        for translator in installed:
            QCoreApplication.removeTranslator(translator)
    assert tr("&Quit") == "&Quit"


def test_a_language_without_a_file_is_english(qapp: QApplication) -> None:
    installed = install_language("tlh", qapp)
    try:
        assert tr("&Quit") == "&Quit"
    finally:
        for translator in installed:
            QCoreApplication.removeTranslator(translator)


def test_every_text_is_gathered_translated_and_compiled() -> None:
    script = ROOT / "packaging" / "languages.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
