"""The models that are on this machine already: where other programs keep them, and folders of one's own.

Only headers are read (`header`), and a few bytes of each tensor where two files may be the same; nothing is
loaded and nothing is fetched. No llama_cpp.
"""

import contextlib
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import orjson

from nbreview.errors import UserError
from nbreview.llm.header import Header, read_header, read_model
from nbreview.llm.places import imported_by_jan, model_places, ollama_places
from nbreview.words import said

LANGUAGE, EMBEDDING, PROJECTOR = "language", "embedding", "projector"
"""What a GGUF file is for; only language models can be asked."""

_DEPTH = 8
_PART = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$", re.IGNORECASE)
_OLLAMA_MODEL = "application/vnd.ollama.image.model"
_OLLAMA_LICENCE = "application/vnd.ollama.image.license"
_MAX_MANIFEST_BYTES = 1 << 20
_SAMPLE_BYTES = 512
_ENCODERS = re.compile(r"(?:^|-)(?:bert|roberta|embedding|t5encoder)(?:-|$)")
_SIDE_FILES = ("adapter", "imatrix", "vocab")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model that could be loaded. `size` in bytes over all parts; `context` is what it was trained for,
    tokens.

    `chat_template`: the file has one. `licence` is what the file or Ollama says. `kind` is "language",
    "embedding" or "projector". `also` are other files with the same content.
    """

    name: str
    path: Path
    size: int
    architecture: str
    parameters: int
    quantisation: str
    context: int
    chat_template: bool
    origin: str
    licence: str = ""
    kind: str = LANGUAGE
    parts: int = 1
    also: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenModel:
    """A file that should be a model and cannot be used; `why` is the sentence."""

    path: Path
    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What was found: models that can be asked, files that belong to models (embeddings, projectors), and
    what is broken."""

    models: tuple[ModelFile, ...]
    others: tuple[ModelFile, ...] = ()
    broken: tuple[BrokenModel, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    origin: str
    path: Path
    name: str = ""
    licence: str = ""


@dataclass(slots=True)
class _Found:
    """A file on the disk, under the first name by which it was met."""

    model: ModelFile
    also: list[Path] = field(default_factory=list)


def find_models(folders: Iterable[Path] = ()) -> tuple[ModelFile, ...]:
    """The language models of `search_models`."""
    return search_models(folders).models


def search_models(folders: Iterable[Path] = ()) -> Catalogue:
    """Every model in the given folders and in the places of other programs; own folders first.

    One file under several names (links), and copies with the same content, are listed once. Split models are
    listed once, by their first part.
    """
    by_inode: dict[tuple[int, int], _Found | None] = {}
    broken: list[BrokenModel] = []
    for candidate in _candidates(folders):
        path = candidate.path
        try:
            mark = path.stat()
        except OSError as error:
            why = f"{path} cannot be read ({error.strerror}); download the model again or remove the file."
            broken.append(BrokenModel(path, candidate.origin, why))
            continue
        inode = (mark.st_dev, mark.st_ino)
        if inode in by_inode:
            known = by_inode[inode]
            if known is not None and path not in (known.model.path, *known.also):
                known.also.append(path)
            continue
        by_inode[inode] = None
        try:
            model = _describe(path)
        except UserError as error:
            broken.append(BrokenModel(path, candidate.origin, error.message))
            continue
        if model is not None:
            named = replace(
                model,
                origin=candidate.origin,
                name=candidate.name or model.name,
                licence=model.licence or candidate.licence,
            )
            by_inode[inode] = _Found(named)
    found = _without_copies([each for each in by_inode.values() if each is not None])
    models = tuple(replace(each.model, also=tuple(each.also)) for each in found)
    return Catalogue(
        models=tuple(model for model in models if model.kind == LANGUAGE),
        others=tuple(model for model in models if model.kind != LANGUAGE),
        broken=tuple({entry.path: entry for entry in broken}.values()),
    )


def describe(path: Path) -> ModelFile:
    """What the header of one model says; its origin is "file".

    Raises
    ------
    UserError
        The file cannot be read as a model, or it is a projector, an embedding model or a vocabulary.
    """
    model = _describe(path)
    if model is None or model.kind == PROJECTOR:
        raise UserError(said("{path} holds no language model; choose another GGUF file.", path=path))
    if model.kind == EMBEDDING:
        raise UserError(
            said("{path} makes embeddings and writes no text; choose a model that chats.", path=path)
        )
    return model


def _describe(path: Path) -> ModelFile | None:
    """What the header says; None for what is no model by design (a vocabulary, an adapter)."""
    header, files = read_model(path)
    kind = _kind(header)
    if not kind:
        return None
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
        licence=header.text("general.license") or header.text("general.license.name"),
        kind=kind,
        parts=len(files),
    )


def _kind(header: Header) -> str:
    """Language, embedding, projector or nothing. Embedding models say how they pool what their layers give
    (`ARCH.pooling_type`, above 0), or that they are not causal; see ggml's `docs/gguf.md`."""
    name, role = header.architecture, header.text("general.type")
    if name == "clip" or role == "mmproj":
        return PROJECTOR
    if role in _SIDE_FILES or not header.layers or not header.tensors:
        return ""
    causal = header.metadata.get(f"{name}.attention.causal", True)
    if header.integer(f"{name}.pooling_type") > 0 or causal is False or _ENCODERS.search(name):
        return EMBEDDING
    return LANGUAGE


def _without_copies(found: Sequence[_Found]) -> list[_Found]:
    """Put files of the same content together under the one met first.

    The same: equal in size, and in their hashes where their names carry them (as in the caches of Hugging
    Face and Ollama), else in the header and in two samples of every tensor.
    """
    by_size: dict[int, list[_Found]] = defaultdict(list)
    for each in found:
        by_size[each.model.size].append(each)
    copies: set[int] = set()
    for group in by_size.values():
        if len(group) < 2:
            continue
        firsts: dict[str, _Found] = {}
        # A hash in the name is as good as the content only against another one.
        hashes = [_hash_in_name(each.model.path) for each in group]
        for each, known in zip(group, hashes, strict=True):
            mark = known if all(hashes) else _samples(each.model.path)
            first = firsts.setdefault(mark, each) if mark else each
            if first is not each:
                first.also += [each.model.path, *each.also]
                copies.add(id(each))
    return [each for each in found if id(each) not in copies]


def _hash_in_name(path: Path) -> str:
    """The SHA-256 that the file's real name is, or nothing."""
    found = re.fullmatch(r"(?:sha256-)?([0-9a-f]{64})", Path(os.path.realpath(path)).name)
    return found[1] if found else ""


def _samples(path: Path) -> str:
    """A hash over header and the first and middle bytes of every tensor of every part; empty when unreadable.

    A model trained further differs in nearly all numbers of the tensors that it differs in.
    """
    digest = hashlib.sha256()
    try:
        _, files = read_model(path)
        for file in files:
            header = read_header(file)
            with file.open("rb", buffering=0) as stream:
                digest.update(stream.read(min(header.data_offset, 1 << 20)))
                for tensor in header.tensors:
                    for place in (tensor.offset, tensor.offset + tensor.size // 2):
                        stream.seek(header.data_offset + place)
                        digest.update(stream.read(min(_SAMPLE_BYTES, tensor.size)))
    except (UserError, OSError):
        return ""
    return digest.hexdigest()


def _candidates(folders: Iterable[Path]) -> Iterator[_Candidate]:
    """Every file that may be a model."""
    for folder in folders:
        if folder.is_file():
            yield _Candidate("folder", folder)
        else:
            yield from (_Candidate("folder", path) for path in _gguf_files(folder))
    for origin, places in model_places().items():
        for place in places:
            yield from (_Candidate(origin, path) for path in _gguf_files(place))
            if origin == "Jan":
                yield from (_Candidate(origin, path, name) for name, path in imported_by_jan(place))
    for place in ollama_places():
        yield from _ollama_models(place)


def _gguf_files(folder: Path) -> Iterator[Path]:
    """GGUF files under a folder, in order; links to folders are not followed. Of a split model the first part
    comes, and another one only where the first is missing."""
    root = str(folder)
    for place, inner, names in os.walk(root):
        inner.sort()
        if place.count(os.sep) - root.count(os.sep) >= _DEPTH:
            inner.clear()
        present = {name.lower() for name in names}
        orphans: set[str] = set()
        for name in sorted(names):
            lower = name.lower()
            if not lower.endswith(".gguf") or "ggml-vocab" in lower:
                continue
            part = _PART.search(lower)
            if part is not None and part[1] != "00001":
                whole = lower[: part.start()]
                if f"{whole}-00001-of-{part[2]}.gguf" in present or whole in orphans:
                    continue
                orphans.add(whole)
            yield Path(place, name)


def _ollama_models(folder: Path) -> Iterator[_Candidate]:
    """What every manifest points to: manifests/HOST/OWNER/NAME/TAG -> blobs/sha256-…"""
    manifests = folder / "manifests"
    for place, inner, names in os.walk(manifests):
        inner.sort()
        for tag in sorted(names):
            path = Path(place, tag)
            digests = _ollama_digests(path)
            if _OLLAMA_MODEL not in digests:
                continue
            parts = path.relative_to(manifests).parts[1:-1]
            name = "/".join(part for part in parts if part != "library")
            licence = _first_line(_blob(folder, digests.get(_OLLAMA_LICENCE, "")))
            yield _Candidate("Ollama", _blob(folder, digests[_OLLAMA_MODEL]), f"{name}:{tag}", licence)


def _blob(folder: Path, digest: str) -> Path:
    return folder / "blobs" / digest.replace(":", "-")


def _first_line(path: Path) -> str:
    """The first line with words of a text, for a licence; empty without one."""
    with contextlib.suppress(OSError), path.open("rb") as stream:
        lines = stream.read(2048).decode("utf-8", "replace").splitlines()
        return " ".join(next((line for line in lines if line.strip()), "").split())[:80]
    return ""


def _ollama_digests(manifest: Path) -> dict[str, str]:
    """Media type -> digest of the layers in a manifest, the first of each; empty when it is not one."""
    found: dict[str, str] = {}
    try:
        if manifest.stat().st_size > _MAX_MANIFEST_BYTES:
            return {}
        for layer in orjson.loads(manifest.read_bytes())["layers"]:
            kind, digest = layer["mediaType"], layer.get("digest", "")
            if isinstance(digest, str) and re.fullmatch(r"sha256:[0-9a-f]{64}", digest):
                found.setdefault(str(kind), digest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return found
