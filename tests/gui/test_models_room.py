"""What the models window does in the running program: real files, a hub's server, a model's server."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.models_window import ModelsWindow
from nbreview.services.samples import SampleRepository
from nbreview.settings import Settings
from tests.gui.programs import SETTINGS, settled
from tests.llm.hub_server import HubServer, hang, serve
from tests.llm.llama_server import llama_server

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No models, caches and keys but the test's own."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "NBREVIEW_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "no-token"))
    monkeypatch.setattr("nbreview.paths.cache_dir", lambda: tmp_path / "cache")


@pytest.fixture
def models(tmp_path: Path, tiny_model: Path) -> Path:
    """A folder with one usable model and one that is broken."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(tiny_model.read_bytes())
    (folder / "cut.gguf").write_bytes(b"GGUF and nothing more")
    return folder


@pytest.fixture
def shown(start: Callable[..., Program], sample: SampleRepository, models: Path, qtbot: QtBot) -> Program:
    """The program with the models window open and all of it planned."""
    program = start(sample.notebook, settings=replace(SETTINGS, model_folders=(str(models),)))
    settled(program, qtbot, lambda: bool(program.session.cards))
    program.window.show_models()
    settled(program, qtbot, lambda: page(program).page.plan.planned is not None)
    return program


def page(program: Program) -> ModelsWindow:
    return program.window.side.models


def test_a_model_is_planned_before_it_loads_and_loads_as_it_was_chosen(
    shown: Program, models: Path, qtbot: QtBot
) -> None:
    window = page(shown)
    assert window.page.chosen_path() == models / "tiny.gguf"
    assert "KV cache" in window.page.plan.bars.words()[0]
    with qtbot.waitSignal(shown.window.models_room.planned):
        window.page.plan.context.setValue(2048)
        window.page.plan.kv.setCurrentIndex(window.page.plan.kv.findData("f16"))
    planned = window.page.plan.planned
    assert planned is not None
    assert (planned.plans[0].context_tokens, planned.plans[0].kv_type) == (2048, "f16")
    qtbot.mouseClick(window.page.load_button, LEFT)
    settled(shown, qtbot, lambda: shown.session.engine.info is not None)
    settings = shown.session.settings
    assert (settings.context_tokens, settings.kv_type) == (2048, "f16")
    assert settings.model_path == str(models / "tiny.gguf")
    info = shown.session.engine.info
    assert info is not None
    assert info.context_tokens == 2048
    assert window.state.text().startswith(info.name)


def test_a_test_of_speed_is_kept_and_shown_the_next_time(shown: Program, qtbot: QtBot) -> None:
    window = page(shown)
    shown.window.models_room.test_seconds = 0.0
    qtbot.mouseClick(window.page.plan.speed_button, LEFT)
    assert not window.page.load_button.isEnabled()
    settled(shown, qtbot, lambda: "of a reply" in window.page.plan.speed.text(), seconds=60)
    said = window.page.plan.speed.text()
    assert "not tried for want of time" in said
    window.page.plan.set_speed(None)
    shown.window.show_models()
    settled(shown, qtbot, lambda: window.page.plan.speed.text() == said)


def test_a_test_of_speed_is_stopped_at_once(shown: Program, qtbot: QtBot) -> None:
    window = page(shown)
    qtbot.mouseClick(window.page.plan.speed_button, LEFT)
    qtbot.waitUntil(lambda: bool(window.progress_label.text()))
    qtbot.mouseClick(window.stop_button, LEFT)
    assert not shown.window.tasks.is_running("engine")
    settled(shown, qtbot, lambda: "has not been tested" in window.page.plan.speed.text())


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tiny_model_q8: Path) -> Iterator[HubServer]:
    with serve({"me/tiny/got.gguf": tiny_model_q8.read_bytes()}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def test_a_download_is_stopped_goes_on_and_is_then_in_the_list(
    shown: Program, hub: HubServer, qtbot: QtBot
) -> None:
    window = page(shown)
    window.tabs.setCurrentWidget(window.download)
    settled(shown, qtbot, lambda: window.download.table.topLevelItemCount() > 0)
    hub.faults.append(hang(100_000))
    window.download.reference.setText("me/tiny/got.gguf")
    qtbot.mouseClick(window.download.button, LEFT)
    qtbot.waitUntil(lambda: "kB of" in window.download.progress_label.text())
    qtbot.mouseClick(window.download.stop_button, LEFT)
    assert not shown.window.tasks.is_running("download")
    assert window.download.outcome.text().startswith("Stopped.")
    hub.released.set()
    qtbot.mouseClick(window.download.button, LEFT)
    settled(shown, qtbot, lambda: "is here and checked" in window.download.outcome.text())
    chosen = window.page.chosen_path()
    assert chosen is not None
    assert chosen.name == "got.gguf"
    assert window.page.details.text().endswith("Hugging Face")


def test_a_download_that_fails_says_so_in_its_place(shown: Program, hub: HubServer, qtbot: QtBot) -> None:
    window = page(shown)
    window.tabs.setCurrentWidget(window.download)
    hub.heads.append((401, "GatedRepo"))
    window.download.reference.setText("me/tiny/got.gguf")
    qtbot.mouseClick(window.download.button, LEFT)
    settled(shown, qtbot, lambda: bool(window.download.outcome.text()))
    assert "me/tiny" in window.download.outcome.text()
    window.download.reference.setText("no reference")
    qtbot.mouseClick(window.download.button, LEFT)
    settled(shown, qtbot, lambda: "is in no list" in window.download.outcome.text())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Iterator[str]:
    with llama_server(tmp_path_factory.mktemp("server"), {"tiny": {"model": tiny_model}}) as url:
        yield url


def test_a_server_is_listed_connected_to_and_named_in_the_status_bar(
    shown: Program, server: str, qtbot: QtBot
) -> None:
    window, host = page(shown), server.split("/")[2]
    window.tabs.setCurrentWidget(window.server)
    window.server.address.setText(server)
    assert "nothing leaves it" in window.server.consent.text()
    assert window.server.model.count() == 0
    qtbot.mouseClick(window.server.list_button, LEFT)
    settled(shown, qtbot, lambda: window.server.model.count() == 1)
    assert "There is no key" in window.server.key.text()
    qtbot.mouseClick(window.server.connect_button, LEFT)
    settled(shown, qtbot, lambda: "answers" in window.server.outcome.text())
    assert f"remote: {host}" in shown.window.status.model_button.text()
    settings = shown.session.settings
    assert (settings.endpoint, settings.endpoint_model, settings.model_path) == (server, "tiny", "")
    assert shown.engine.info is None


def test_another_window_asks_the_same_server(shown: Program, server: str, qtbot: QtBot) -> None:
    window = page(shown)
    window.server.address.setText(server)
    window.server._emit(agreed=False)
    settled(shown, qtbot, lambda: "answers" in window.server.outcome.text())
    other = shown.windows.make()
    assert "remote: " in other.status.model_button.text()
    assert other.controller.has_model


def test_with_a_server_llama_cpp_need_not_be_here(
    shown: Program, server: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nbreview.services.engines.missing_reason", lambda: "It is missing.")
    assert not shown.window.controller.has_model
    shown.window.appearance.change_settings(endpoint=server, endpoint_model="tiny")
    assert shown.window.controller.has_model
    shown.window.controller.propose("Improve it.", 1)
    settled(shown, qtbot, lambda: shown.session.engine.info is not None, seconds=60)
    assert shown.session.settings.model_path == ""


def test_consent_is_asked_once_and_can_be_taken_back(shown: Program, qtbot: QtBot) -> None:
    window, afar = page(shown).server, "https://127.0.0.1.nip.invalid:9/v1"
    page(shown).tabs.setCurrentWidget(window)
    window.address.setText(afar)
    assert window.consent.text().startswith("You are asked once")
    qtbot.mouseClick(window.connect_button, LEFT)
    assert "will be sent to 127.0.0.1.nip.invalid:9" in window.question.text()
    assert shown.session.settings.agreed_servers == ()
    window._question = window.question.text()
    shown.window.models_room._appearance.change_settings(agreed_servers=(afar.removesuffix("/v1"),))
    window.address.setText("")
    window.address.setText(afar)
    assert window.consent.text() == "Notebook content may be sent to 127.0.0.1.nip.invalid:9."
    qtbot.mouseClick(window.withdraw_button, LEFT)
    assert shown.session.settings.agreed_servers == ()
    assert window.consent.text().startswith("You are asked once")


def test_an_address_that_is_none_says_why(shown: Program) -> None:
    window = page(shown).server
    window.address.setText("ftp://somewhere")
    assert "is no address" in window.consent.text()
    assert not window.connect_button.isEnabled()


def test_the_settings_choose_what_is_planned_first(
    start: Callable[..., Program], models: Path, qtbot: QtBot
) -> None:
    settings = Settings(theme="light", model_folders=(str(models),), context_tokens=1024, kv_type="q8_0")
    program = start(settings=settings)
    program.window.show_models()
    settled(program, qtbot, lambda: page(program).page.plan.planned is not None)
    planned = page(program).page.plan.planned
    assert planned is not None
    assert (planned.plans[0].context_tokens, planned.plans[0].kv_type) == (1024, "q8_0")
