"""Models are found where other programs keep them, once each, and only what is a model."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.llm.catalog import ModelFile, describe, find_models

VARIABLES = (
    "HF_HOME",
    "HF_HUB_CACHE",
    "HUGGINGFACE_HUB_CACHE",
    "OLLAMA_MODELS",
    "LLAMA_CACHE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


def put(model: Path, *place: str | Path) -> Path:
    path = Path(*place)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(model, path)
    return path


def put_in_hub(model: Path, hub: Path, repository: str, name: str) -> Path:
    """As huggingface-hub lays it out: a blob, and a link to it in a snapshot."""
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    folder = hub / f"models--{repository.replace('/', '--')}"
    blob = put(model, folder, "blobs", digest)
    link = folder / "snapshots" / "0123abcd" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(os.path.relpath(blob, link.parent))
    return link


def put_in_ollama(model: Path, folder: Path, name: str, tag: str) -> Path:
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    blob = put(model, folder, "blobs", f"sha256-{digest}")
    manifest = folder / "manifests" / "registry.ollama.ai" / "library" / name / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [
        {"mediaType": "application/vnd.ollama.image.template", "digest": "sha256:" + "0" * 64},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"},
    ]
    manifest.write_text(json.dumps({"layers": layers}))
    return blob


def test_nothing_is_found_where_nothing_is(home: Path) -> None:
    assert find_models() == ()
    assert find_models([home / "none"]) == ()


def test_a_model_of_ones_own_is_described_from_its_header(home: Path, tiny_model: Path) -> None:
    path = put(tiny_model, home, "own", "deep", "er", "a.GGUF")
    assert find_models([home / "own"]) == (
        ModelFile(
            name="Tiny",
            path=path,
            size=tiny_model.stat().st_size,
            architecture="llama",
            parameters=264_064,
            quantisation="F16",
            context=131_072,
            chat_template=True,
            origin="folder",
        ),
    )
    assert [model.path for model in find_models([path])] == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="places of Linux")
def test_the_places_of_other_programs_are_searched(home: Path, tiny_model: Path) -> None:
    paths = {
        "Hugging Face": put_in_hub(tiny_model, home / ".cache/huggingface/hub", "me/tiny", "tiny.gguf"),
        "LM Studio": put(tiny_model, home, ".lmstudio/models/me/tiny/tiny.gguf"),
        "llama.cpp": put(tiny_model, home, ".cache/llama.cpp/tiny.gguf"),
        "Jan": put(tiny_model, home, ".config/Jan/data/llamacpp/models/tiny/model.gguf"),
        "Ollama": put_in_ollama(tiny_model, home / ".ollama/models", "tiny", "latest"),
    }
    assert {model.origin: model.path for model in find_models()} == paths


@pytest.mark.parametrize(
    ("variable", "folder", "origin"),
    [
        ("HF_HUB_CACHE", "", "Hugging Face"),
        ("HF_HOME", "hub", "Hugging Face"),
        ("LLAMA_CACHE", "", "llama.cpp"),
    ],
)
def test_variables_move_the_places(
    home: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, variable: str, folder: str, origin: str
) -> None:
    moved = home / "moved"
    put(tiny_model, moved, folder, "tiny.gguf")
    monkeypatch.setenv(variable, str(moved))
    assert [model.origin for model in find_models()] == [origin]


def test_ollamas_names_are_kept_and_its_variable_respected(
    home: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_ollama(tiny_model, home / "moved", "qwen2.5-coder", "7b")
    monkeypatch.setenv("OLLAMA_MODELS", str(home / "moved"))
    assert [model.name for model in find_models()] == ["qwen2.5-coder:7b"]


@pytest.mark.parametrize(
    "manifest",
    ["", "[]", '{"layers": 3}', '{"layers": [{"mediaType": "application/vnd.ollama.image.model"}]}']
    + ['{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../secret"}]}'],
)
def test_a_strange_manifest_is_passed_over(home: Path, manifest: str) -> None:
    path = home / ".ollama/models/manifests/registry.ollama.ai/library/odd/latest"
    path.parent.mkdir(parents=True)
    path.write_text(manifest)
    assert find_models() == ()


def test_one_file_in_two_places_is_listed_once(home: Path, tiny_model: Path) -> None:
    path = put(tiny_model, home, ".cache/llama.cpp/tiny.gguf")
    (home / "link.gguf").symlink_to(path)
    (found,) = find_models([home])
    assert found.origin == "folder"


def test_what_is_no_model_is_left_out(home: Path, tiny_model: Path) -> None:
    put(tiny_model, home, "own", "mmproj-model-f16.gguf")
    put(tiny_model, home, "own", "ggml-vocab-llama.gguf")
    put(tiny_model, home, "own", "big-00002-of-00003.gguf")
    (home / "own" / "text.gguf").write_text("no model")
    (home / "own" / "cut.gguf").write_bytes(tiny_model.read_bytes()[:-1])
    (home / "own" / "gone.gguf").symlink_to(home / "nowhere")
    (home / "own" / "folder.gguf").mkdir()
    assert find_models([home / "own"]) == ()


def test_a_vocabulary_or_projector_is_refused_by_its_header(tmp_path: Path) -> None:
    gguf = pytest.importorskip("gguf")
    path = tmp_path / "projector.gguf"
    writer = gguf.GGUFWriter(path, "clip")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(UserError, match="holds no language model"):
        describe(path)
