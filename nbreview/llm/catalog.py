"""The models that are on this machine already: where other programs keep them, and folders of one's own.

Only headers are read (`header`); nothing is loaded and nothing is fetched. No llama_cpp.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from nbreview.errors import UserError
from nbreview.llm.header import read_model

_DEPTH = 8
_LATER_PART = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.gguf$", re.IGNORECASE)
_OLLAMA_MODEL = "application/vnd.ollama.image.model"
_MAX_MANIFEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that could be loaded. `size` in bytes over all parts; `context` is what it was trained for,
    tokens."""

    name: str
    path: Path
    size: int
    architecture: str
    parameters: int
    quantisation: str
    context: int
    chat_template: bool
    origin: str


def find_models(folders: Iterable[Path] = ()) -> tuple[ModelFile, ...]:
    """Every usable model in the given folders and in the places of other programs; each file once, own
    folders first.

    Split models are listed once. Projectors, vocabularies and damaged files are left out.
    """
    found: dict[Path, ModelFile] = {}
    for origin, name, path in _candidates(folders):
        try:
            place = path.resolve(strict=True)
            if place in found:
                continue
            model = describe(path)
        except (UserError, OSError):
            continue
        found[place] = replace(model, origin=origin, name=name or model.name)
    return tuple(found.values())


def describe(path: Path) -> ModelFile:
    """What the header of one model says; its origin is "file".

    Raises
    ------
    UserError
        The file cannot be read as a model, or it is a projector or a vocabulary.
    """
    header, files = read_model(path)
    if header.architecture in ("", "clip") or not header.layers or not header.tensors:
        raise UserError(f"{path} holds no language model; choose another GGUF file.")
    return ModelFile(
        name=header.text("general.name") or path.stem,
        path=path,
        size=sum(file.stat().st_size for file in files),
        architecture=header.architecture,
        parameters=header.parameters,
        quantisation=header.quantisation,
        context=header.context_tokens,
        chat_template=bool(header.chat_template),
        origin="file",
    )


def hub_cache() -> Path:
    """The Hugging Face cache, as its own variables place it."""
    named = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if named:
        return Path(named).expanduser()
    home = os.environ.get("HF_HOME")
    return (Path(home).expanduser() if home else _user_cache() / "huggingface") / "hub"


def _candidates(folders: Iterable[Path]) -> Iterator[tuple[str, str, Path]]:
    """Origin, name (when the place knows one) and path of every file that may be a model."""
    for folder in folders:
        if folder.is_file():
            yield "folder", "", folder
        else:
            yield from (("folder", "", path) for path in _gguf_files(folder))
    for origin, places in _places().items():
        for place in places:
            yield from ((origin, "", path) for path in _gguf_files(place))
    for place in _ollama_places():
        yield from (("Ollama", name, path) for name, path in _ollama_models(place))


def _places() -> dict[str, tuple[Path, ...]]:
    home = Path.home()
    llama_cache = os.environ.get("LLAMA_CACHE")
    if sys.platform == "darwin":
        support, caches = home / "Library/Application Support", home / "Library/Caches"
    elif sys.platform == "win32":
        support = Path(os.environ.get("APPDATA", home / "AppData/Roaming"))
        caches = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
    else:
        support = Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"))
        caches = _user_cache()
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local/share"))
    return {
        "Hugging Face": (hub_cache(),),
        "LM Studio": (home / ".lmstudio/models", home / ".cache/lm-studio/models"),
        "llama.cpp": (Path(llama_cache) if llama_cache else caches / "llama.cpp",),
        "Jan": (home / "jan/models", support / "Jan/data", data / "Jan/data"),
    }


def _user_cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME")
    return Path(named) if named else Path.home() / ".cache"


def _gguf_files(folder: Path) -> Iterator[Path]:
    """GGUF files under a folder that look like models by name, in order; links to folders are not
    followed."""
    root = str(folder)
    for place, inner, names in os.walk(root):
        inner.sort()
        if place.count(os.sep) - root.count(os.sep) >= _DEPTH:
            inner.clear()
        for name in sorted(names):
            lower = name.lower()
            if not lower.endswith(".gguf") or _LATER_PART.search(lower):
                continue
            if "mmproj" in lower or "ggml-vocab" in lower:
                continue
            yield Path(place, name)


def _ollama_places() -> tuple[Path, ...]:
    named = os.environ.get("OLLAMA_MODELS")
    if named:
        return (Path(named),)
    return (Path.home() / ".ollama/models", Path("/usr/share/ollama/.ollama/models"))


def _ollama_models(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and weights file of every manifest: manifests/HOST/OWNER/NAME/TAG points to blobs/sha256-…"""
    manifests = folder / "manifests"
    for place, inner, names in os.walk(manifests):
        inner.sort()
        for tag in sorted(names):
            path = Path(place, tag)
            digest = _ollama_digest(path)
            if digest is None:
                continue
            parts = path.relative_to(manifests).parts[1:-1]
            name = "/".join(part for part in parts if part != "library")
            yield f"{name}:{tag}", folder / "blobs" / digest.replace(":", "-")


def _ollama_digest(manifest: Path) -> str | None:
    """The digest of the weights in a manifest; None when it is not one."""
    try:
        if manifest.stat().st_size > _MAX_MANIFEST_BYTES:
            return None
        content = orjson.loads(manifest.read_bytes())
        for layer in content["layers"]:
            digest = layer["digest"]
            if layer["mediaType"] == _OLLAMA_MODEL and re.fullmatch(r"sha256:[0-9a-f]{64}", digest):
                return str(digest)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None
