"""The models window lists what was found and announces what is to be loaded."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.models_window import NOTHING_FOUND, ModelsWindow, count_in_words, size_in_words
from nbreview.gui.theme import load_theme
from nbreview.llm.catalog import ModelFile

SMALL = ModelFile(
    "Small", Path("/m/small.gguf"), 873_582_624, "llama", 1_346_471_936, "Q4_K_M", 16_384, False, "folder"
)
LARGE = ModelFile(
    "Large", Path("/m/large.gguf"), 42_520_393_792, "llama", 70_553_706_560, "Q8_0", 131_072, True, "Ollama"
)


@pytest.fixture
def window(qtbot: QtBot) -> ModelsWindow:
    window = ModelsWindow(theme=load_theme("light"))
    qtbot.addWidget(window)
    window.show()
    return window


def test_sizes_and_counts_are_told_in_words() -> None:
    assert size_in_words(873_582_624) == "874 MB"
    assert size_in_words(4_683_073_984) == "4.7 GB"
    assert size_in_words(512_000) == "512 kB"
    assert size_in_words(3_000_000_000_000) == "3.0 TB"
    assert count_in_words(7_615_616_512) == "7.6 B"
    assert count_in_words(494_032_768) == "494 M"
    assert count_in_words(0) == ""


def test_a_row_tells_what_the_model_is_and_what_it_takes(window: ModelsWindow) -> None:
    window.set_models([SMALL, LARGE], {LARGE.path: "46 GB: more than is free"})
    item = window.table.topLevelItem(1)
    assert item is not None
    assert [item.text(column) for column in range(7)] == [
        "Large",
        "llama",
        "70.6 B",
        "Q8_0",
        "131 072",
        "42.5 GB",
        "46 GB: more than is free",
    ]


def test_load_names_the_model_and_the_layers(window: ModelsWindow, qtbot: QtBot) -> None:
    window.set_models([SMALL, LARGE])
    window.set_gpu_layers("20")
    with qtbot.waitSignal(window.load_requested) as requested:
        qtbot.mouseClick(window.load_button, Qt.MouseButton.LeftButton)
    assert requested.args == [SMALL.path, "20"]


@pytest.mark.parametrize("value", ["auto", "none", "7"])
def test_layers_go_in_and_out_as_text(window: ModelsWindow, value: str) -> None:
    window.set_gpu_layers(value)
    assert window.gpu_layers() == value
    assert window.number.isVisible() == value.isdecimal()


def test_a_file_of_ones_own_is_asked_for_with_the_layers(window: ModelsWindow, qtbot: QtBot) -> None:
    window.set_gpu_layers("none")
    with qtbot.waitSignal(window.file_requested) as requested:
        qtbot.mouseClick(window.file_button, Qt.MouseButton.LeftButton)
    assert requested.args == ["none"]


def test_while_one_is_loading_only_stop_can_be_pressed(window: ModelsWindow, qtbot: QtBot) -> None:
    window.set_models([SMALL])
    window.set_progress(0.4, "reading weights")
    assert window.progress.value() == 400
    assert not window.load_button.isEnabled()
    assert not window.file_button.isEnabled()
    with qtbot.waitSignal(window.stop_requested):
        qtbot.mouseClick(window.stop_button, Qt.MouseButton.LeftButton)
    window.set_progress(None)
    assert not window.stop_button.isVisible()
    assert window.load_button.isEnabled()


def test_unknown_progress_is_shown_as_such(window: ModelsWindow) -> None:
    window.set_progress(-1)
    assert window.progress.maximum() == 0


def test_searching_again_keeps_what_is_chosen(window: ModelsWindow) -> None:
    window.set_models([SMALL, LARGE])
    window.table.setCurrentItem(window.table.topLevelItem(1))  # type: ignore[arg-type]
    window.set_models([LARGE, SMALL])
    assert window.chosen_path() == LARGE.path


def test_the_loaded_model_is_marked(window: ModelsWindow) -> None:
    window.set_models([SMALL, LARGE])
    window.set_loaded(LARGE.path, "Large is loaded.")
    bold = [window.table.topLevelItem(row).font(0).bold() for row in range(2)]  # type: ignore[union-attr]
    assert bold == [False, True]
    assert window.state.text() == "Large is loaded."


def test_nothing_found_says_how_to_go_on(window: ModelsWindow) -> None:
    window.set_models([])
    assert window.empty.isVisible()
    assert window.empty.text() == NOTHING_FOUND
    assert not window.load_button.isEnabled()


def test_a_reason_comes_and_goes(window: ModelsWindow) -> None:
    window.set_reason("This needs a model.")
    assert window.why.isVisible()
    window.set_reason("")
    assert not window.why.isVisible()


def test_the_table_is_not_wider_than_the_screen_at_twice_the_size(window: ModelsWindow) -> None:
    window.set_theme(load_theme("dark", text_scale=2.0))
    window.set_models([SMALL, LARGE], {SMALL.path: "very " * 80})
    assert window.width() <= max(
        window.screen().availableGeometry().width(), window.minimumSizeHint().width()
    )
    assert not window.grab().isNull()
