"""The window speaks the language that was chosen, and English where nobody has translated."""

import string
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nbreview.gui.actions import Actions
from nbreview.gui.language import install_language, language_name, spoken, tr
from nbreview.paths import resource
from nbreview.words import said

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


def test_a_sentence_from_below_the_window_is_said_in_german_with_what_is_in_it(qapp: QApplication) -> None:
    inner = said("kernel: none named by the notebook")
    whole = said("kernel: {wanted} (not started)", wanted=inner)
    installed = install_language("de", qapp)
    try:
        assert spoken(inner) != inner
        assert spoken(whole) not in (whole, inner)
        assert spoken(inner) in spoken(whole)
        assert spoken("kernel: none named by the notebook") == inner  # not ours to translate: a plain text
    finally:
        for translator in installed:
            QCoreApplication.removeTranslator(translator)
    assert spoken(whole) == whole


def test_every_translation_has_the_places_of_its_text() -> None:
    def places(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)

    wrong = []
    for message in ElementTree.parse(resource("languages", "nbreview_de.ts")).iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        assert translation is not None
        if "{" not in source:
            continue
        forms = ["".join(form.itertext()) for form in translation.iter("numerusform")]
        for text in forms or ["".join(translation.itertext())]:
            try:
                same = places(source) == places(text)
            except ValueError:  # braces that are meant, in both
                same = source.count("{") == text.count("{")
            if not same:
                wrong.append(f"{source!r}: {text!r}")
    assert not wrong, "\n".join(wrong)


def test_every_text_is_gathered_translated_and_compiled() -> None:
    script = ROOT / "packaging" / "languages.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
