"""`nbreview models download` from a server that speaks the hub's protocol, through processes that are killed;
`fits` lists what could be fetched."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import run
from tests.llm.hub_server import HubServer, hang, serve

CONTENT = bytes(range(256)) * 2048


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HF_HOME", "HF_HUB_CACHE", "OLLAMA_MODELS", "LLAMA_CACHE", "HF_TOKEN", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    return tmp_path / "home"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with serve({"me/tiny/model.gguf": CONTENT}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def start(*arguments: object, **variables: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "nbreview", "models", "download", *map(str, arguments)]
    environment = {**os.environ, **variables}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_download_that_was_killed_goes_on_where_it_ended(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.faults.append(hang(300_000))
    process = start("me/tiny/model.gguf", "--to", tmp_path / "models")
    assert hub.sending.wait(60)
    part = tmp_path / "models" / f".model.gguf.{hashlib.sha256(CONTENT).hexdigest()[:16]}.part"
    while not part.exists() or part.stat().st_size < 300_000:
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert not (tmp_path / "models" / "model.gguf").exists()
    hub.released.set()

    arguments = ("me/tiny/model.gguf", "--to", tmp_path / "models", "--json")
    assert run(monkeypatch, "models", "download", *arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["resumed"], told["fetched"]) == (300_000, len(CONTENT) - 300_000)
    assert hub.ranges == ["", "bytes=300000-"]
    assert Path(told["path"]).read_bytes() == CONTENT


def test_where_it_went_is_told_in_one_line(
    hub: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "models", "download", "me/tiny/model.gguf", "--to", tmp_path) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'model.gguf'} (512.0 KiB), checked.\n"


def test_a_proxy_that_is_not_there_is_named_without_its_password(hub: HubServer, tmp_path: Path) -> None:
    proxy = "http://me:sesame@127.0.0.1:9"
    process = start(
        "me/tiny/model.gguf", "--to", tmp_path, HTTP_PROXY=proxy, http_proxy=proxy, NO_PROXY="", no_proxy=""
    )
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "cannot be reached through the proxy 127.0.0.1:9" in said
    assert "check HTTPS_PROXY" in said
    assert "sesame" not in said
    assert len(said.splitlines()) == 1
    assert hub.asked == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing-like-it", "is in no list; choose one of qwen2.5-coder-0.5b"),
        ("me/tiny", "names no file"),
        ("me/none/model.gguf", "does not exist on"),
    ],
)
def test_a_wrong_name_ends_with_a_sentence(
    hub: HubServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert run(monkeypatch, "models", "download", name) == 2
    assert said in capsys.readouterr().err


def test_a_name_of_the_list_is_fetched_from_its_repository(
    hub: HubServer, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nbreview.llm.curated import curated_models

    model = curated_models()[0]
    hub.files[model.reference] = CONTENT
    assert run(monkeypatch, "models", "download", model.name, "--json") == 0
    path = Path(json.loads(capsys.readouterr().out)["path"])
    assert path.is_relative_to(home / "huggingface" / "hub")
    assert path.name == model.file


def test_fits_plans_each_model_of_the_list_for_this_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "models", "fits", "--json", "--context", "4096") == 0
    rows = json.loads(capsys.readouterr().out)
    assert 6 <= len(rows) <= 10
    assert [row["size"] for row in rows] == sorted(row["size"] for row in rows)
    for row in rows:
        assert row["size"] < row["need_bytes"] < 3 * row["size"]
        assert row["source"] == f"https://huggingface.co/{row['reference'].rsplit('/', 1)[0]}"
        assert row["licence"] and row["context"] >= 4096 and row["present"] is None
    assert run(monkeypatch, "models", "fits") == 0
    assert "nbreview models download NAME" in capsys.readouterr().out


def test_list_tells_what_is_broken_and_what_is_no_chat_model(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.llm.gguf_files import write_gguf

    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "cut.gguf").write_bytes(tiny_model.read_bytes()[:-1])
    write_gguf(tmp_path / "own" / "embed.gguf", architecture="bert")
    assert (
        run(monkeypatch, "models", "list", "--json", "--folder", tmp_path / "own", "--folder", tiny_model)
        == 0
    )
    rows = json.loads(capsys.readouterr().out)
    assert [row["kind"] for row in rows] == ["language", "embedding", "broken"]
    assert rows[0]["licence"] == "apache-2.0"
    assert "download it again" in rows[2]["problem"]
    assert run(monkeypatch, "models", "list", "--folder", tmp_path / "own") == 0
    told = capsys.readouterr()
    assert "No GGUF model was found" in told.out
    assert "makes embeddings" in told.err and "cut.gguf" in told.err
