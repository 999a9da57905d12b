"""Where other programs on this machine keep their models, as each documents it and as its own variables and
settings move it.

Reads small settings files only; looks at no model. No llama_cpp. Sources: Hugging Face's page on environment
variables (HF_HOME, HF_HUB_CACHE), Ollama's FAQ (OLLAMA_MODELS, in the shell or in the unit of systemd),
llama.cpp's LLAMA_CACHE (newer builds download into the Hugging Face cache), LM Studio's pages on its folder
of models (`downloadsFolder` in its settings; `~/.lmstudio-home-pointer` says where those are), and Jan's
(`data_folder` in its settings).
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

_MAX_SETTINGS_BYTES = 4 << 20
_OLLAMA_UNITS = Path("/etc/systemd/system")
_UNIT_VARIABLE = re.compile(
    r'^\s*Environment\s*=.*?\bOLLAMA_MODELS=([^"\'\s]+|[^"\']+(?=["\']))', re.MULTILINE
)


def hub_cache() -> Path:
    """The Hugging Face cache, as its own variables place it."""
    named = _variable("HF_HUB_CACHE") or _variable("HUGGINGFACE_HUB_CACHE")
    if named is not None:
        return named
    return (_variable("HF_HOME") or _user_cache() / "huggingface") / "hub"


def model_places() -> Mapping[str, tuple[Path, ...]]:
    """Program -> folders that hold GGUF files by name; those of Ollama are `ollama_places`."""
    return {
        "Hugging Face": (hub_cache(),),
        "LM Studio": tuple(_lm_studio()),
        "llama.cpp": (_variable("LLAMA_CACHE") or _caches() / "llama.cpp",),
        "Jan": tuple(_jan()),
    }


def ollama_places(units: Path = _OLLAMA_UNITS) -> tuple[Path, ...]:
    """Ollama's folders: that of its variable, else the service's, the user's and those of packages.

    Parameters
    ----------
    units:
        Folder of systemd's units, where the service's variables are set.
    """
    named = _variable("OLLAMA_MODELS")
    if named is not None:
        return (named,)
    found = [*_unit_folders(units), Path.home() / ".ollama/models"]
    if sys.platform not in ("darwin", "win32"):
        found += [Path("/usr/share/ollama/.ollama/models"), Path("/var/lib/ollama/models")]
    return tuple(dict.fromkeys(found))


def _lm_studio() -> Iterator[Path]:
    """Its folder of downloads where its settings name one, else the one it begins with, now and formerly."""
    home = Path.home()
    root = home / ".lmstudio"
    pointer = _text(home / ".lmstudio-home-pointer").strip()
    if pointer and Path(pointer).is_dir():
        root = Path(pointer)
    for settings in (root / "settings.json", _configuration() / "LM Studio" / "settings.json"):
        folder = _settings(settings).get("downloadsFolder")
        if isinstance(folder, str) and folder:
            yield Path(folder).expanduser()
    yield from dict.fromkeys((root / "models", home / ".lmstudio/models", home / ".cache/lm-studio/models"))


def _jan() -> Iterator[Path]:
    """Its data folder, where its settings name one, else those that its versions have used."""
    roots = dict.fromkeys((_data() / "Jan", _configuration() / "Jan"))
    for root in roots:
        folder = _settings(root / "settings.json").get("data_folder")
        if isinstance(folder, str) and Path(folder).is_absolute():
            yield Path(folder)
    yield from (root / "data" for root in roots)
    yield Path.home() / "jan"


def imported_by_jan(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of the models that Jan uses where they lie: its `model.yml` gives an absolute path."""
    for place, inner, names in os.walk(folder):
        inner.sort()
        if place.count(os.sep) - str(folder).count(os.sep) >= 6:
            inner.clear()
        if "model.yml" not in names:
            continue
        text = _text(Path(place, "model.yml"))
        named = re.search(r"^model_path:\s*[\"']?(.+?)[\"']?\s*$", text, re.MULTILINE)
        called = re.search(r"^name:\s*[\"']?(.+?)[\"']?\s*$", text, re.MULTILINE)
        if named is not None and Path(named[1]).is_absolute():
            yield called[1] if called else "", Path(named[1])


def _unit_folders(units: Path) -> Iterator[Path]:
    try:
        files = [*sorted((units / "ollama.service.d").glob("*.conf")), units / "ollama.service"]
    except OSError:
        return
    for file in files:
        for found in _UNIT_VARIABLE.finditer(_text(file)):
            yield Path(found[1].strip())


def _variable(name: str) -> Path | None:
    value = os.environ.get(name, "").strip()
    return Path(os.path.expandvars(value)).expanduser() if value else None


def _settings(path: Path) -> Mapping[str, Any]:
    """A settings file of another program; empty when there is none that can be read."""
    try:
        content = orjson.loads(_text(path))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_SETTINGS_BYTES:
            return ""
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""


def _user_cache() -> Path:
    return _variable("XDG_CACHE_HOME") or Path.home() / ".cache"


def _caches() -> Path:
    """The folder of caches of the system."""
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches"
    if sys.platform == "win32":
        return _variable("LOCALAPPDATA") or Path.home() / "AppData/Local"
    return _user_cache()


def _configuration() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support"
    if sys.platform == "win32":
        return _variable("APPDATA") or Path.home() / "AppData/Roaming"
    return _variable("XDG_CONFIG_HOME") or Path.home() / ".config"


def _data() -> Path:
    if sys.platform in ("darwin", "win32"):
        return _configuration()
    return _variable("XDG_DATA_HOME") or Path.home() / ".local/share"
