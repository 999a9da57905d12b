"""Models are found where other programs keep them, once each, with what is broken named."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.llm.catalog import ModelFile, describe, find_models, search_models
from nbreview.llm.places import ollama_places
from tests.llm.gguf_files import write_gguf

VARIABLES = (
    "HF_HOME",
    "HF_HUB_CACHE",
    "HUGGINGFACE_HUB_CACHE",
    "OLLAMA_MODELS",
    "LLAMA_CACHE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "APPDATA",
    "LOCALAPPDATA",
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="places of Linux")


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


def names(models: Iterable[ModelFile]) -> list[str]:
    return [model.name for model in models]


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


def put_in_ollama(model: Path, folder: Path, name: str, tag: str, licence: str = "") -> Path:
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    blob = put(model, folder, "blobs", f"sha256-{digest}")
    layers = [
        {"mediaType": "application/vnd.ollama.image.template", "digest": "sha256:" + "0" * 64},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"},
    ]
    if licence:
        written = hashlib.sha256(licence.encode()).hexdigest()
        (folder / "blobs" / f"sha256-{written}").write_text(licence)
        layers.append({"mediaType": "application/vnd.ollama.image.license", "digest": f"sha256:{written}"})
    manifest = folder / "manifests" / "registry.ollama.ai" / "library" / name / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
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
            licence="apache-2.0",
        ),
    )
    assert [model.path for model in find_models([path])] == [path]


@linux
def test_the_places_of_other_programs_are_searched(home: Path, tmp_path: Path) -> None:
    def model(seed: int) -> Path:
        return write_gguf(tmp_path / "made" / f"{seed}.gguf", seed=seed)

    paths = {
        "Hugging Face": put_in_hub(model(1), home / ".cache/huggingface/hub", "me/tiny", "tiny.gguf"),
        "LM Studio": put(model(2), home, ".lmstudio/models/me/tiny/tiny.gguf"),
        "llama.cpp": put(model(3), home, ".cache/llama.cpp/tiny.gguf"),
        "Jan": put(model(4), home, ".local/share/Jan/data/llamacpp/models/tiny/model.gguf"),
        "Ollama": put_in_ollama(model(5), home / ".ollama/models", "tiny", "latest"),
    }
    assert {found.origin: found.path for found in find_models()} == paths


@pytest.mark.parametrize(
    ("variable", "folder", "origin"),
    [
        ("HF_HUB_CACHE", "", "Hugging Face"),
        ("HUGGINGFACE_HUB_CACHE", "", "Hugging Face"),
        ("HF_HOME", "hub", "Hugging Face"),
        ("LLAMA_CACHE", "", "llama.cpp"),
    ],
)
def test_variables_move_the_places(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, folder: str, origin: str
) -> None:
    write_gguf(home / "moved" / folder / "small.gguf")
    monkeypatch.setenv(variable, "~/moved")
    assert [model.origin for model in find_models()] == [origin]


def test_lm_studios_settings_move_its_folder_and_its_pointer_moves_the_settings(home: Path) -> None:
    write_gguf(home / "big disk" / "me" / "small" / "small.gguf")
    (home / "elsewhere").mkdir()
    (home / ".lmstudio-home-pointer").write_text(f"{home / 'elsewhere'}\n")
    (home / "elsewhere" / "settings.json").write_text(json.dumps({"downloadsFolder": str(home / "big disk")}))
    assert [model.origin for model in find_models()] == ["LM Studio"]


@linux
def test_jans_settings_move_its_folder_and_imported_models_stay_where_they_lie(home: Path) -> None:
    write_gguf(home / "jan data" / "llamacpp/models/small/model.gguf", seed=1)
    lying = write_gguf(home / "somewhere" / "lying.gguf", seed=2)
    entry = home / "jan data" / "llamacpp/models/imported/model.yml"
    entry.parent.mkdir(parents=True)
    entry.write_text(f"embedding: false\nmodel_path: {lying}\nname: imported-small\nsize_bytes: 1\n")
    settings = home / ".local/share/Jan/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"data_folder": str(home / "jan data")}))
    assert {(model.origin, model.name) for model in find_models()} == {
        ("Jan", "Small"),
        ("Jan", "imported-small"),
    }


@pytest.mark.parametrize("content", ["", "[]", "{", '{"downloadsFolder": 3}'])
def test_settings_that_cannot_be_read_leave_the_usual_places(home: Path, content: str) -> None:
    write_gguf(home / ".lmstudio/models/me/small/small.gguf")
    (home / ".lmstudio/settings.json").write_text(content)
    assert [model.origin for model in find_models()] == ["LM Studio"]


def test_ollamas_names_and_licences_are_kept_and_its_variable_respected(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = write_gguf(tmp_path / "made.gguf")
    put_in_ollama(made, home / "moved", "qwen2.5-coder", "7b", licence="\n  Apache License\nVersion 2.0\n")
    monkeypatch.setenv("OLLAMA_MODELS", str(home / "moved"))
    assert [(model.name, model.licence) for model in find_models()] == [
        ("qwen2.5-coder:7b", "Apache License")
    ]


@pytest.mark.parametrize(
    "line", ['Environment="OLLAMA_MODELS=/data/models"', "Environment=OLLAMA_MODELS=/data/models"]
)
def test_the_folder_of_ollamas_service_is_read_from_its_unit(home: Path, tmp_path: Path, line: str) -> None:
    override = tmp_path / "system" / "ollama.service.d" / "override.conf"
    override.parent.mkdir(parents=True)
    override.write_text(f"[Service]\n{line}\n")
    assert ollama_places(tmp_path / "system")[0] == Path("/data/models")


@pytest.mark.parametrize(
    "manifest",
    ["", "[]", '{"layers": 3}', '{"layers": [3]}']
    + ['{"layers": [{"mediaType": "application/vnd.ollama.image.model"}]}']
    + ['{"layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../secret"}]}'],
)
def test_a_strange_manifest_is_passed_over(home: Path, manifest: str) -> None:
    path = home / ".ollama/models/manifests/registry.ollama.ai/library/odd/latest"
    path.parent.mkdir(parents=True)
    path.write_text(manifest)
    found = search_models()
    assert (found.models, found.broken) == ((), ())


def test_a_manifest_whose_weights_are_gone_is_listed_as_broken(home: Path, tmp_path: Path) -> None:
    put_in_ollama(write_gguf(tmp_path / "made.gguf"), home / ".ollama/models", "gone", "latest").unlink()
    (broken,) = search_models().broken
    assert broken.origin == "Ollama"
    assert "No such file" in broken.why
    assert "download the model again" in broken.why


def test_one_file_under_two_names_is_listed_once(home: Path) -> None:
    path = write_gguf(home / ".cache/llama.cpp/small.gguf")
    (home / "own").mkdir()
    link, hard = home / "own" / "link.gguf", home / "own" / "other.gguf"
    link.symlink_to(path)
    os.link(path, hard)
    (found,) = find_models([home / "own"])
    assert (found.origin, found.path, found.also[0]) == ("folder", link, hard)


def test_copies_are_listed_once_and_models_that_differ_in_one_tensor_twice(home: Path) -> None:
    first = write_gguf(home / "own" / "a.gguf", seed=1)
    copy = put(first, home, "own", "b.gguf")
    trained = write_gguf(home / "own" / "c.gguf", seed=2)
    assert first.stat().st_size == trained.stat().st_size
    found = find_models([home / "own"])
    assert [(model.path, model.also) for model in found] == [(first, (copy,)), (trained, ())]


def test_hashes_in_names_tell_copies_without_reading_weights(home: Path, tmp_path: Path) -> None:
    made = write_gguf(tmp_path / "made.gguf")
    link = put_in_hub(made, home / ".cache/huggingface/hub", "me/small", "small.gguf")
    blob = put_in_ollama(made, home / ".ollama/models", "small", "latest")
    (found,) = find_models()
    assert (found.path, found.also) == (link, (blob,))


def test_a_split_model_is_one_with_the_size_of_all_its_parts(home: Path) -> None:
    parts = [
        write_gguf(
            home / "own" / f"big-{part + 1:05}-of-00003.gguf", split=(part, 3), layers=3 if part == 0 else 0
        )
        for part in range(3)
    ]
    (found,) = find_models([home / "own"])
    assert (found.path, found.parts) == (parts[0], 3)
    assert found.size == sum(part.stat().st_size for part in parts)
    assert found.parameters == 3 * 64 * 64


@pytest.mark.parametrize(("missing", "said"), [(0, "choose the first part"), (1, "lacks its other parts")])
def test_a_split_model_without_a_part_is_broken_and_says_so_once(home: Path, missing: int, said: str) -> None:
    for part in range(3):
        if part != missing:
            name = f"big-{part + 1:05}-of-00003.gguf"
            write_gguf(home / "own" / name, split=(part, 3), layers=3 if part == 0 else 0)
    found = search_models([home / "own"])
    assert found.models == ()
    (broken,) = found.broken
    assert said in broken.why


def test_projectors_and_embedding_models_are_marked_and_not_offered(home: Path) -> None:
    write_gguf(home / "own" / "chat.gguf", name="chat", pooling_type=0)
    write_gguf(home / "own" / "mmproj-f16.gguf", name="eye", architecture="clip", layers=0)
    write_gguf(home / "own" / "eye2.gguf", name="eye2", architecture="qwen2vl", kind="mmproj")
    write_gguf(home / "own" / "nomic.gguf", name="nomic", architecture="nomic-bert")
    write_gguf(home / "own" / "qwen.gguf", name="qwen", architecture="qwen3", pooling_type=3)
    write_gguf(
        home / "own" / "both.gguf", name="both", architecture="gemma-embedding", attention__causal=False
    )
    found = search_models([home / "own"])
    assert names(found.models) == ["chat"]
    assert {(model.name, model.kind) for model in found.others} == {
        ("eye", "projector"),
        ("eye2", "projector"),
        ("nomic", "embedding"),
        ("qwen", "embedding"),
        ("both", "embedding"),
    }
    assert found.broken == ()


def test_vocabularies_and_adapters_are_neither_models_nor_broken(home: Path, tiny_model: Path) -> None:
    put(tiny_model, home, "own", "ggml-vocab-llama.gguf")
    write_gguf(home / "own" / "lora.gguf", kind="adapter")
    found = search_models([home / "own"])
    assert (found.models, found.others, found.broken) == ((), (), ())


def test_what_is_broken_is_listed_with_the_sentence_why(home: Path, tiny_model: Path) -> None:
    own = home / "own"
    own.mkdir()
    (own / "text.gguf").write_text("no model")
    (own / "empty.gguf").touch()
    (own / "cut.gguf").write_bytes(tiny_model.read_bytes()[:-1])
    (own / "gone.gguf").symlink_to(home / "nowhere")
    (own / "folder.gguf").mkdir()
    found = search_models([own])
    assert found.models == ()
    why = {broken.path.name: broken.why for broken in found.broken}
    assert set(why) == {"text.gguf", "empty.gguf", "cut.gguf", "gone.gguf"}
    assert "is not a GGUF file" in why["text.gguf"]
    assert "download it again" in why["cut.gguf"]
    assert all(str(own / name) in sentence for name, sentence in why.items())


@pytest.mark.parametrize(
    ("architecture", "said"), [("clip", "holds no language model"), ("bert", "makes embeddings")]
)
def test_what_cannot_be_asked_is_refused_by_its_header(tmp_path: Path, architecture: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        describe(write_gguf(tmp_path / "other.gguf", architecture=architecture))
