"""A server is listed without consent, asked only with it, and never told the key of another."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview import settings
from nbreview.errors import UserError
from nbreview.llm.endpoint import parse_endpoint
from nbreview.services.endpoints import (
    consent_question,
    consented,
    keep_consent,
    open_endpoint,
    withdrawn,
)
from nbreview.settings import Settings
from tests.builders import code, notebook
from tests.cli.shell import run
from tests.llm.chat_server import ChatServer, serve

AWAY = "https://models.example.org"


@pytest.fixture(autouse=True)
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own, and no key."""
    path = tmp_path / "settings.json"
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: path)
    for name in ("NBREVIEW_API_KEY", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return path


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serve(grammar=True, logprobs=True) as chat:
        yield chat


def test_consent_is_asked_for_once_an_endpoint_and_not_for_this_machine() -> None:
    away, here = parse_endpoint(AWAY), parse_endpoint("http://127.0.0.1:8080")
    none = Settings()
    assert "will be sent to models.example.org, encrypted" in consent_question(away, none)
    assert "NOT encrypted" in consent_question(parse_endpoint("http://node17:8000"), none)
    assert consent_question(here, none) == ""
    after = consented(away, none)
    assert after.agreed_servers == (AWAY,)
    for sent in ("cells that you ask about", "passages of the repository's files", "edits that you accepted"):
        assert sent in consent_question(away, none)
    assert consent_question(away, after) == ""
    assert consented(away, after) == after and consented(here, none) == none
    assert consent_question(parse_endpoint(f"{AWAY}:8443"), after) != ""
    assert consent_question(parse_endpoint("http://models.example.org"), after) != ""
    assert withdrawn(away, after) == none


def test_what_was_agreed_to_before_passages_were_sent_is_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"consented_endpoints": [AWAY]}))
    assert consent_question(parse_endpoint(AWAY), settings.load(path)) != ""


def test_consent_is_kept_in_the_settings_beside_what_is_there(chosen: Path) -> None:
    settings.save(Settings(theme="dark"), chosen)
    keep_consent(parse_endpoint(AWAY), chosen)
    kept = settings.load(chosen)
    assert (kept.theme, kept.agreed_servers) == ("dark", (AWAY,))
    assert keep_consent(parse_endpoint(AWAY), chosen, agreed=False).agreed_servers == ()


def test_without_consent_there_is_no_engine() -> None:
    with pytest.raises(UserError, match="has not been agreed to; agree once with nbreview models endpoint"):
        open_endpoint(AWAY, "coder", Settings())
    open_endpoint(AWAY, "coder", Settings(agreed_servers=(AWAY,))).close()


def test_the_models_of_a_server_are_listed(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.models = [{"id": "coder", "max_model_len": 8192}, {"id": "chat"}]
    assert run(monkeypatch, "models", "endpoint", server.url) == 0
    told = capsys.readouterr()
    assert told.out == "coder (context 8,192)\nchat\n"
    assert "is this machine: nothing leaves it" in told.err
    assert run(monkeypatch, "models", "endpoint", server.url, "--json") == 0
    assert json.loads(capsys.readouterr().out)["models"][0] == {"name": "coder", "context": 8192}
    assert set(server.paths) == {"/v1/models"}


def test_allow_and_forget_ask_the_server_nothing(
    chosen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "models", "endpoint", AWAY, "--allow") == 0
    assert settings.load(chosen).agreed_servers == (AWAY,)
    assert run(monkeypatch, "models", "endpoint", AWAY, "--forget") == 0
    assert settings.load(chosen).agreed_servers == ()
    assert "is not sent to models.example.org" in capsys.readouterr().out


def test_check_asks_the_model_of_a_server_and_names_it(
    server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("import json\nframe = json.loads('{}')\nframe['colour']")))
    monkeypatch.setenv("NBREVIEW_API_KEY", "sk-secret")
    server.key = "sk-secret"
    server.words = ('{"reasoning": "no such column"', ', "detection": ', "true", "}")
    arguments = (
        "check",
        "--json",
        "--environment",
        "none",
        "--endpoint",
        server.url,
        "--model",
        "small",
        path,
    )
    run(monkeypatch, *arguments)
    told = capsys.readouterr()
    (finding,) = [each for each in json.loads(told.out)["findings"] if each["check"] == "model"]
    assert finding["evidence"] == "likely"
    assert finding["probability"] > 0.9
    assert "no such column" in finding["message"]
    assert "sk-secret" not in told.out + told.err
    assert server.asked[0]["model"] == "small"


def test_check_sends_nothing_to_a_server_without_consent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("x")))
    assert run(monkeypatch, "check", "--endpoint", "https://models.invalid", "--model", "m", path) == 2
    assert "has not been agreed to" in capsys.readouterr().err
