"""What the user has chosen: one frozen dataclass, read from and written to a JSON file.

Bottom floor: imports nothing of nbreview. Every field carries its label, help and bounds in `metadata`, so
that the preferences window and the documentation are made from this one place.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import orjson


def _setting(default: Any, label: str, **extra: Any) -> Any:
    return field(default=default, metadata={"label": label, **extra})


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices with their defaults. Values of a wrong type or out of bounds are refused by `parse`."""

    theme: str = _setting("system", "Theme", choices=("system", "light", "dark"))
    palette: str = _setting("blue-orange", "Colours of a change", choices=("blue-orange", "green-red"))
    code_font_size: int = _setting(10, "Size of code, points", minimum=6, maximum=40)
    context_lines: int = _setting(3, "Unchanged lines shown around a change", minimum=0, maximum=100)
    similarity: float = _setting(
        0.5, "Likeness above which two cells are one, edited", minimum=0.1, maximum=1.0
    )
    ignored: tuple[str, ...] = _setting(
        ("counts", "ids", "volatile"), "Parts of a notebook that are not compared"
    )
    whitespace: bool = _setting(True, "White space is compared")
    table_tolerance: float = _setting(
        1e-6, "Relative difference up to which two numbers of a table are equal", minimum=0.0, maximum=1.0
    )
    max_notebook_mib: int = _setting(128, "Largest notebook opened, MiB", minimum=1, maximum=4096)
    model_path: str = _setting("", "Model file (GGUF)")
    model_folders: tuple[str, ...] = _setting((), "Folders searched for models")
    endpoint: str = _setting(
        "", "Server that is asked instead of a model file (an OpenAI-compatible address)"
    )
    endpoint_model: str = _setting("", "Name of the model on that server")
    consented_endpoints: tuple[str, ...] = _setting((), "Servers that notebook content may be sent to")
    gpu_layers: str = _setting("auto", "Layers on the GPU: auto, none, or a number")
    threads: int = _setting(0, "Threads of the model; 0: one a core", minimum=0, maximum=1024)
    context_tokens: int = _setting(8192, "Context of the model, tokens", minimum=512, maximum=1_048_576)
    max_reply_tokens: int = _setting(1024, "Longest reply, tokens", minimum=16, maximum=65_536)
    temperature: float = _setting(0.2, "Temperature", minimum=0.0, maximum=2.0)
    top_p: float = _setting(0.95, "Top-p", minimum=0.01, maximum=1.0)
    seed: int = _setting(7, "Seed", minimum=0, maximum=2**31 - 1)


def parse(values: Mapping[str, Any]) -> Settings:
    """Build settings from parsed JSON; unknown keys are ignored (they may belong to a newer version).

    Raises
    ------
    ValueError
        One sentence that names the key and what it may be.
    """
    known: dict[str, Any] = {}
    for item in fields(Settings):
        if item.name not in values:
            continue
        value = values[item.name]
        default = item.default
        if isinstance(default, tuple):
            if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
                raise ValueError(f"setting “{item.name}” must be a list of texts")
            known[item.name] = tuple(value)
            continue
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not type(default):
            raise ValueError(f"setting “{item.name}” must be of the kind of {default!r}, not {value!r}")
        choices = item.metadata.get("choices")
        if choices and value not in choices:
            raise ValueError(f"setting “{item.name}” must be one of {', '.join(choices)}, not {value!r}")
        low, high = item.metadata.get("minimum"), item.metadata.get("maximum")
        if low is not None and high is not None and not low <= value <= high:
            raise ValueError(f"setting “{item.name}” must lie between {low} and {high}, not {value!r}")
        known[item.name] = value
    return Settings(**known)


def load(path: Path) -> Settings:
    """Read settings; a missing file means the defaults.

    Raises
    ------
    ValueError
        The file cannot be read as settings; the sentence names it and says how to go on.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ValueError(
            f"{path} cannot be read ({error.strerror}); make it readable or remove it."
        ) from error
    try:
        values = orjson.loads(data)
        if not isinstance(values, dict):
            raise ValueError("it must hold one JSON object")
        return parse(values)
    except ValueError as error:
        raise ValueError(f"{path} is not usable: {error}. Mend or remove the file to go on.") from error


def save(settings: Settings, path: Path) -> None:
    """Write settings atomically (aside, then renamed)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = orjson.dumps(asdict(settings), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
