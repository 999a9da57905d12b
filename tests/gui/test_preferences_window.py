"""The preferences offer every setting of the schema and announce what is chosen, at once."""

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from nbreview.gui.preferences_window import PreferencesWindow
from nbreview.gui.theme import apply_theme, load_theme
from nbreview.settings import SECTIONS, Settings


@pytest.fixture
def window(qtbot: QtBot) -> PreferencesWindow:
    window = PreferencesWindow(None, load_theme("light"))
    qtbot.addWidget(window)
    window.show()
    return window


def field(window: PreferencesWindow, name: str) -> Any:
    return window._editors[name].widget


def test_every_setting_is_there_with_a_name_for_a_screen_reader(window: PreferencesWindow) -> None:
    assert set(window._editors) == {item.name for item in dataclasses.fields(Settings)}
    for name, editor in window._editors.items():
        named = editor.widget.focusProxy() or editor.widget
        assert named.accessibleName(), name
        assert named.focusPolicy() != Qt.FocusPolicy.NoFocus, name


def test_showing_settings_announces_nothing(window: PreferencesWindow) -> None:
    told: list[tuple[str, object]] = []
    window.changed.connect(lambda name, value: told.append((name, value)))
    window.set_settings(
        Settings(theme="dark", seed=11, whitespace=False, ignored=("tags",), endpoint="http://x")
    )
    assert told == []
    assert field(window, "theme").currentData() == "dark"
    assert field(window, "seed").value() == 11


def test_a_choice_a_number_a_switch_and_a_text_are_announced(window: PreferencesWindow, qtbot: QtBot) -> None:
    told: dict[str, object] = {}
    window.changed.connect(lambda name, value: told.update({name: value}))
    theme, number, real = (
        field(window, "theme"),
        field(window, "code_font_size"),
        field(window, "table_tolerance"),
    )
    assert isinstance(theme, QComboBox) and isinstance(number, QSpinBox) and isinstance(real, QDoubleSpinBox)
    theme.setCurrentIndex(theme.findData("dark"))
    number.setValue(17)
    real.setValue(0.001)
    switch, text = field(window, "whitespace"), field(window, "endpoint_model")
    assert isinstance(switch, QCheckBox) and isinstance(text, QLineEdit)
    switch.setChecked(False)
    text.setText("  qwen  ")
    text.editingFinished.emit()
    assert told == {
        "theme": "dark", "code_font_size": 17, "table_tolerance": 0.001, "whitespace": False,
        "endpoint_model": "qwen",
    }  # fmt: skip


def test_a_small_tolerance_is_shown_with_its_digits(window: PreferencesWindow) -> None:
    window.set_settings(Settings(table_tolerance=1e-6))
    assert field(window, "table_tolerance").text() == "0.000001"
    window.set_settings(Settings(table_tolerance=1.0))
    assert field(window, "table_tolerance").text() == "1.0"


def test_layers_that_are_no_layers_are_not_taken(window: PreferencesWindow) -> None:
    told: list[object] = []
    window.changed.connect(lambda _name, value: told.append(value))
    line = field(window, "gpu_layers")
    line.setText("many")
    line.editingFinished.emit()
    assert (line.text(), told) == ("auto", [])


def test_parts_that_are_not_compared_are_ticked(window: PreferencesWindow) -> None:
    told: list[object] = []
    window.changed.connect(lambda _name, value: told.append(value))
    aspects = field(window, "ignored")
    row = next(aspects.item(n) for n in range(aspects.count()) if aspects.item(n).text() == "outputs")
    row.setCheckState(Qt.CheckState.Checked)
    assert set(told[-1]) == {*Settings().ignored, "outputs"}  # type: ignore[call-overload]


def test_a_server_is_taken_off_the_list(window: PreferencesWindow, qtbot: QtBot) -> None:
    told: list[object] = []
    window.set_settings(Settings(agreed_servers=("http://a", "http://b")))
    window.changed.connect(lambda _name, value: told.append(value))
    servers = field(window, "agreed_servers").focusProxy()
    servers.setCurrentRow(0)
    remove = next(
        button for button in window.findChildren(QWidget) if getattr(button, "text", str)() == "Remove"
        and button.isEnabled()
    )  # fmt: skip
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert told == [("http://b",)]


def test_the_filter_shows_the_settings_that_are_called_so(window: PreferencesWindow) -> None:
    window.filter.setText("temperature")
    shown = [row for row in range(len(SECTIONS)) if not window.sections.item(row).isHidden()]
    assert [SECTIONS[row] for row in shown] == ["Model"]
    assert window.sections.currentRow() == shown[0]
    assert field(window, "temperature").isVisible() and not field(window, "seed").isVisible()
    window.filter.setText("zzz")
    assert window.nothing.isVisible()
    window.filter.clear()
    assert not window.nothing.isVisible() and field(window, "seed").isVisibleTo(window.pages.currentWidget())


def test_defaults_come_back_section_by_section(window: PreferencesWindow) -> None:
    told: dict[str, object] = {}
    window.set_settings(Settings(theme="dark", seed=11))
    window.changed.connect(lambda name, value: told.update({name: value}))
    window.reset_button.click()
    assert told == {"theme": "system"}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off(window: PreferencesWindow, qapp: QApplication, scale: float) -> None:
    look = qapp.palette(), qapp.font(), qapp.styleSheet()
    theme = load_theme("light", text_scale=scale)
    try:
        apply_theme(qapp, theme)
        window.set_theme(theme)
        for row in range(len(SECTIONS)):
            window.sections.setCurrentRow(row)
            qapp.processEvents()
            for name, editor in window._editors.items():
                widget = editor.widget
                if widget.isVisible() and isinstance(widget, QSpinBox | QDoubleSpinBox):
                    line = widget.findChild(QLineEdit)
                    assert line is not None
                    assert line.width() >= line.fontMetrics().horizontalAdvance(line.text()), name
                    assert line.height() >= line.fontMetrics().height(), name
    finally:
        palette, font, sheet = look
        qapp.setStyleSheet(sheet)
        qapp.setFont(font)
        qapp.setPalette(palette)
