"""The models window: what was found, where it would go, what can be downloaded, what a server is asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nbreview.gui.download_page import Rate
from nbreview.gui.model_bars import memory_in_words
from nbreview.gui.model_details import count_in_words, size_in_words
from nbreview.gui.model_plan import Chosen
from nbreview.gui.models_window import ModelsWindow
from nbreview.gui.theme import load_theme
from nbreview.llm.admission import question
from nbreview.llm.calibration import Calibration
from nbreview.llm.catalog import EMBEDDING, BrokenModel, ModelFile
from nbreview.llm.curated import curated_models
from nbreview.llm.download import Progress
from nbreview.llm.hardware import Device
from nbreview.llm.model import LoadOptions
from nbreview.llm.offload import OffloadPlan, Wish, alternatives
from nbreview.services.endpoints import Served
from nbreview.services.models import KnownModel, Survey, offered_models
from nbreview.services.offloading import Here, Planned

SMALL = ModelFile(
    "Small", Path("/m/small.gguf"), 873_582_624, "llama", 1_346_471_936, "Q4_K_M", 16_384, False, "folder"
)
LARGE = ModelFile(
    "Large", Path("/m/large.gguf"), 42_520_393_792, "llama", 70_553_706_560, "Q8_0", 131_072, True, "Ollama"
)
EMBEDDER = replace(SMALL, name="Embedder", path=Path("/m/embed.gguf"), kind=EMBEDDING)
BROKEN = BrokenModel(Path("/m/cut.gguf"), "folder", "/m/cut.gguf is cut off; download it again.")
GIB = 2**30
GPU = Device("CUDA0", "Some GPU", "CUDA", True, 4 * GIB, 8 * GIB)
HOST = Device("CPU", "", "CPU", False, 9 * GIB, 16 * GIB)
SPEED = Calibration(8, 512, "q8_0", "auto", True, 212.0, 14.2, ("threads 8: 12% faster than threads 4",))
LEFT = Qt.MouseButton.LeftButton


def plans(*devices: Device, context: int = 32_768) -> tuple[OffloadPlan, ...]:
    """Of a model of 7 billion parameters."""
    model = next(model for model in curated_models() if "7b" in model.name)
    return alternatives(model.header, devices, Wish(context))


def planned(*devices: Device, context: int = 32_768, speed: Calibration | None = None) -> Planned:
    found = plans(*devices, context=context)
    return Planned(LoadOptions(SMALL.path), found, question(found[0], "small.gguf", found[1:]), speed)


@pytest.fixture
def window(qtbot: QtBot) -> ModelsWindow:
    window = ModelsWindow(theme=load_theme("light"))
    qtbot.addWidget(window)
    window.show()
    return window


def show(window: ModelsWindow, *models: ModelFile, here: Here | None = None) -> None:
    found = Survey(tuple(KnownModel(model) for model in models), (EMBEDDER,), (BROKEN,))
    window.page.set_survey(found, here or Here((GPU, HOST)))


def test_sizes_and_counts_are_told_in_words() -> None:
    assert size_in_words(873_582_624) == "874 MB"
    assert size_in_words(4_683_073_984) == "4.7 GB"
    assert size_in_words(3_000_000_000_000) == "3.0 TB"
    assert count_in_words(7_615_616_512) == "7.6 B"
    assert count_in_words(494_032_768) == "494 M"
    assert count_in_words(0) == ""
    assert [memory_in_words(size) for size in (0, 2**19, 320 * 2**20, 47 * GIB // 10)] == [
        "0 MiB",
        "under 1 MiB",
        "320 MiB",
        "4.7 GiB",
    ]


def test_all_that_is_known_of_the_chosen_model_is_shown(window: ModelsWindow) -> None:
    show(window, SMALL, LARGE)
    said = window.page.details.text()
    for known in ("Small", "llama", "1.3 B", "Q4_K_M", "16,384 tokens", "874 MB", "/m/small.gguf", "folder"):
        assert known in said
    assert "Chat template: none in the file" in said


def test_what_cannot_be_asked_is_folded_and_says_why(window: ModelsWindow) -> None:
    show(window, SMALL)
    table = window.page.table
    groups = [table.topLevelItem(row) for row in (1, 2)]
    assert [group.text(0) for group in groups] == [
        "Write no text: embeddings, projectors (1)",
        "Broken files (1)",
    ]
    assert not any(group.isExpanded() for group in groups)
    table.setCurrentItem(groups[1].child(0))
    assert BROKEN.why in window.page.details.text()
    assert not window.page.load_button.isEnabled()
    table.setCurrentItem(groups[0].child(0))
    assert "writes no text" in window.page.details.text()
    assert not window.page.load_button.isEnabled()


def test_each_device_has_a_bar_with_words(window: ModelsWindow) -> None:
    show(window, SMALL)
    window.page.set_planned(SMALL.path, planned(GPU, HOST))
    gpu, host = window.page.plan.bars.words()
    assert gpu.startswith("CUDA Some GPU: ")
    for words in ("others 4.0 GiB", "weights", "KV cache", "compute", "free"):
        assert words in gpu
    assert host.startswith("CPU: ")


def test_choosing_another_context_plans_again(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    with qtbot.waitSignal(window.page.plan_wanted):
        pass
    with qtbot.waitSignal(window.page.plan_wanted) as wanted:
        window.page.plan.context.setValue(4096)
        window.page.plan.kv.setCurrentIndex(window.page.plan.kv.findData("q8_0"))
    assert wanted.args == [SMALL.path, Chosen(4096, "q8_0", "auto")]


def test_what_else_would_fit_is_a_button_that_chooses_it(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    found = planned(GPU, HOST)
    window.page.set_planned(SMALL.path, found)
    buttons = window.page.plan.other_buttons
    assert len(buttons) == min(4, len(found.plans) - 1) > 0
    other = found.plans[1]
    with qtbot.waitSignal(window.page.plan_wanted) as wanted:
        qtbot.mouseClick(buttons[0], LEFT)
    kind = other.kv_type if other.kv_type != "f16" else ""
    assert wanted.args == [SMALL.path, Chosen(other.context_tokens, kind, "auto")]
    assert f"{other.layers} of {other.total_layers} layers" in buttons[0].text()


def test_what_fits_is_loaded_at_once(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    window.page.plan.set_chosen(Chosen(4096, "", "20"))
    with qtbot.waitSignal(window.page.plan_wanted):
        pass
    window.page.set_planned(SMALL.path, planned(HOST, context=4096))
    with qtbot.waitSignal(window.page.load_requested) as requested:
        qtbot.mouseClick(window.page.load_button, LEFT)
    assert requested.args == [SMALL.path, Chosen(4096, "", "20"), False]


def test_what_does_not_fit_is_asked_about_first(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    with qtbot.waitSignal(window.page.plan_wanted):
        pass
    small = replace(HOST, free_bytes=2 * GIB)
    window.page.set_planned(SMALL.path, planned(small))
    assert "more than is free" in window.page.plan.title.text()
    assert "too little" in window.page.plan.bars.words()[0]
    with qtbot.assertNotEmitted(window.page.load_requested):
        qtbot.mouseClick(window.page.load_button, LEFT)
    assert window.page.plan.asking()
    qtbot.mouseClick(window.page.plan.decline_button, LEFT)
    assert not window.page.plan.asking()
    qtbot.mouseClick(window.page.load_button, LEFT)
    with qtbot.waitSignal(window.page.load_requested) as requested:
        qtbot.mouseClick(window.page.plan.agree_button, LEFT)
    assert requested.args == [SMALL.path, window.page.plan.chosen(), True]


def test_load_before_the_plan_is_there_waits_for_it(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    with qtbot.assertNotEmitted(window.page.load_requested):
        qtbot.mouseClick(window.page.load_button, LEFT)
    with qtbot.waitSignal(window.page.plan_wanted):
        pass
    with qtbot.waitSignal(window.page.load_requested):
        window.page.set_planned(SMALL.path, planned(HOST, context=4096))


def test_a_plan_of_another_model_is_passed_over(window: ModelsWindow) -> None:
    show(window, SMALL, LARGE)
    window.page.set_planned(LARGE.path, planned(HOST))
    assert window.page.plan.planned is None


def test_without_a_gpu_there_are_no_layers_to_choose_and_the_line_for_one_can_be_copied(
    window: ModelsWindow, qtbot: QtBot
) -> None:
    line = 'CMAKE_ARGS="-DGGML_CUDA=on" pip install it'
    show(window, SMALL, here=Here((HOST,), "build", "llama.cpp was built without CUDA", line))
    assert not window.page.plan.layers.isVisible()
    qtbot.mouseClick(window.page.plan.copy_button, LEFT)
    assert QGuiApplication.clipboard().text() == line
    show(window, SMALL)
    assert not window.page.plan.layers.isHidden()
    assert not window.page.plan.copy_button.isVisible()


def test_what_a_test_of_speed_found_is_said_in_words(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    window.page.set_planned(SMALL.path, planned(HOST))
    assert "has not been tested" in window.page.plan.speed.text()
    window.page.set_planned(SMALL.path, planned(HOST, speed=SPEED))
    said = window.page.plan.speed.text()
    assert said.startswith("212 tokens a second of a prompt, 14.2 of a reply.")
    assert "8 threads, batch 512, KV cache q8_0" in said
    assert "threads 8: 12% faster than threads 4" in said
    with qtbot.waitSignal(window.page.speed_requested) as requested:
        qtbot.mouseClick(window.page.plan.speed_button, LEFT)
    assert requested.args[0] == SMALL.path


def test_while_one_is_loading_only_stop_can_be_pressed(window: ModelsWindow, qtbot: QtBot) -> None:
    show(window, SMALL)
    window.page.set_planned(SMALL.path, planned(HOST))
    window.set_progress(0.4, "reading weights")
    assert window.progress.value() == 400
    page = window.page
    assert not any(
        button.isEnabled() for button in (page.load_button, page.file_button, page.plan.speed_button)
    )
    with qtbot.waitSignal(window.stop_requested):
        qtbot.mouseClick(window.stop_button, LEFT)
    window.set_progress(None)
    assert not window.stop_button.isVisible()
    assert page.load_button.isEnabled()


def test_searching_again_keeps_what_is_chosen(window: ModelsWindow) -> None:
    show(window, SMALL, LARGE)
    window.page.table.setCurrentItem(window.page.table.topLevelItem(1))
    show(window, LARGE, SMALL)
    assert window.page.chosen_path() == LARGE.path


def test_the_loaded_model_is_marked(window: ModelsWindow) -> None:
    show(window, SMALL, LARGE)
    window.set_loaded(LARGE.path, "Large is loaded.")
    bold = [window.page.table.topLevelItem(row).font(0).bold() for row in range(2)]
    assert bold == [False, True]
    assert window.state.text() == "Large is loaded."


def test_nothing_found_says_how_to_go_on(window: ModelsWindow) -> None:
    window.page.set_survey(Survey((), (), ()), Here((HOST,)))
    assert "Get one under Download" in window.page.empty.text()
    assert window.page.empty.isVisible()
    assert not window.page.load_button.isEnabled()


def test_the_download_list_marks_what_fits(window: ModelsWindow, tmp_path: Path) -> None:
    page = window.download
    page.set_offered(offered_models([tmp_path], 8192, [replace(HOST, free_bytes=4 * GIB)]))
    here = {page.table.topLevelItem(row).text(3) for row in range(page.table.topLevelItemCount())}
    assert here == {"fits", "too large"}
    assert page.wanted()
    page.reference.setText("owner/name/file.gguf")
    assert page.wanted() == "owner/name/file.gguf"


def test_a_download_tells_its_speed_and_what_remains() -> None:
    rate = Rate()
    assert rate.words(Progress(0, 0, "asking the hub"), 0.0) == "asking the hub"
    rate.words(Progress(0, 4_000_000_000, ""), 1.0)
    words = rate.words(Progress(1_000_000_000, 4_000_000_000, ""), 3.0)
    assert words == "1.0 GB of 4.0 GB, 333 MB a second, 9 s left"


def test_a_stopped_download_can_go_on(window: ModelsWindow, qtbot: QtBot) -> None:
    page = window.download
    page.reference.setText("owner/name/file.gguf")
    page.set_running(True, "owner/name/file.gguf")
    assert not page.button.isEnabled()
    page.set_running(False)
    page.set_stopped()
    assert page.button.text() == "&Go on"
    with qtbot.waitSignal(page.download_requested) as wanted:
        page.button.click()
    assert wanted.args == ["owner/name/file.gguf"]


def test_a_server_is_connected_to_after_consent(window: ModelsWindow, qtbot: QtBot) -> None:
    page = window.server
    window.tabs.setCurrentWidget(page)
    page.set_address("https://models.example.org/v1", "tiny", ())
    page.set_consent("models.example.org", "Send them there?", given=False)
    with qtbot.assertNotEmitted(page.connect_requested):
        qtbot.mouseClick(page.connect_button, LEFT)
    assert page.asking()
    assert page.question.text() == "Send them there?"
    with qtbot.waitSignal(page.connect_requested) as wanted:
        qtbot.mouseClick(page.agree_button, LEFT)
    assert wanted.args == ["https://models.example.org/v1", "tiny", True]
    page.set_consent("models.example.org", "", given=True)
    with qtbot.waitSignal(page.withdraw_requested):
        qtbot.mouseClick(page.withdraw_button, LEFT)


def test_what_a_server_lists_is_offered(window: ModelsWindow) -> None:
    page = window.server
    page.set_served([Served("one", 4096, 0, 0), Served("two", 0, 0, 0)])
    assert page.model.currentText() == "one"
    assert page.model.count() == 2
    assert "4,096" in page.outcome.text()
    page.set_served([])
    assert "lists no models" in page.outcome.text()


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0)])
def test_the_window_stays_on_the_screen_and_names_all_it_has(
    window: ModelsWindow, theme: str, scale: float
) -> None:
    window.set_theme(load_theme(theme, text_scale=scale))
    show(window, SMALL, LARGE)
    window.page.set_planned(SMALL.path, planned(GPU, HOST, speed=SPEED))
    room = window.screen().availableGeometry()
    least = window.minimumSizeHint()
    assert window.width() <= max(room.width(), least.width())
    assert all(button.text() or button.accessibleName() for button in window.findChildren(QPushButton))
    assert not window.grab().isNull()
