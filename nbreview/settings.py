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

SECTIONS = ("Look", "Comparing", "Model", "Models on a server", "Notebooks")
"""Where a setting stands in the preferences, in this order."""


def _setting(default: Any, section: str, label: str, **extra: Any) -> Any:
    """A field with what the preferences need to offer it: `help` (a sentence), `choices` (value → words) or
    `minimum` and `maximum`, `unit`, and `kind`: "model" (a file), "folders", "names", or what the default is.
    `restart` says that it takes effect when the program starts next.
    """
    return field(default=default, metadata={"section": section, "label": label, "help": "", **extra})


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices with their defaults. Values of a wrong type or out of bounds are refused by `parse`."""

    language: str = _setting(
        "system",
        "Look",
        "Language",
        choices={"system": "as the system", "en": "English", "de": "Deutsch"},
        restart=True,
    )
    theme: str = _setting(
        "system", "Look", "Theme", choices={"system": "as the system", "light": "light", "dark": "dark"}
    )
    palette: str = _setting(
        "blue-orange",
        "Look",
        "Colours of a change",
        choices={"blue-orange": "blue and orange", "green-red": "green and red"},
        help="Blue and orange can be told apart by colour-blind readers; signs say the same without colour.",
    )
    high_contrast: bool = _setting(
        False,
        "Look",
        "High contrast",
        help="Text at 7:1 and firm outlines; follows the system where it asks.",
    )
    prose_font: str = _setting("", "Look", "Typeface of prose", kind="font")
    code_font: str = _setting("", "Look", "Typeface of code", kind="code font")
    code_font_size: int = _setting(10, "Look", "Size of code", minimum=6, maximum=40, unit="points")
    text_percent: int = _setting(100, "Look", "Size of all text", minimum=80, maximum=200, unit="%")
    context_lines: int = _setting(
        3, "Comparing", "Unchanged lines shown around a change", minimum=0, maximum=100
    )
    similarity: float = _setting(
        0.5, "Comparing", "Likeness above which two cells are one, edited", minimum=0.1, maximum=1.0
    )
    ignored: tuple[str, ...] = _setting(
        ("counts", "ids", "volatile"),
        "Comparing",
        "Parts of a notebook that are not compared",
        kind="aspects",
    )
    whitespace: bool = _setting(True, "Comparing", "White space is compared")
    table_tolerance: float = _setting(
        1e-6,
        "Comparing",
        "Relative difference up to which two numbers of a table are equal",
        minimum=0.0,
        maximum=1.0,
    )
    growth_strip: bool = _setting(
        False,
        "Look",
        "Show how the notebook grew",
        help="A column for each commit, a mark for each cell.",
    )
    reopen: bool = _setting(True, "Notebooks", "Reopen what was open", help="When nothing else is asked for.")
    picture_mode: str = _setting(
        "side by side",
        "Comparing",
        "Pictures that differ are shown",
        choices={
            "side by side": "side by side",
            "swipe": "to be swiped",
            "onion skin": "one over the other",
            "difference": "as what differs",
        },
        help="The bar under a picture shows that one in another way.",
    )
    table_rows: int = _setting(
        20, "Comparing", "Rows of a table shown before it folds", minimum=5, maximum=1000, unit="rows"
    )
    max_notebook_mib: int = _setting(
        128, "Notebooks", "Largest notebook opened", minimum=1, maximum=4096, unit="MiB"
    )
    model_path: str = _setting("", "Model", "Model file (GGUF)", kind="model")
    model_folders: tuple[str, ...] = _setting((), "Model", "Folders searched for models", kind="folders")
    gpu_layers: str = _setting(
        "auto", "Model", "Layers on the GPU", kind="layers", help="auto: all that fit; none; or a number."
    )
    threads: int = _setting(
        0, "Model", "Threads", minimum=0, maximum=1024, help="0: what was measured to be best, or one a core."
    )
    context_tokens: int = _setting(8192, "Model", "Context", minimum=512, maximum=1_048_576, unit="tokens")
    kv_type: str = _setting(
        "",
        "Model",
        "KV cache",
        choices={
            "": "as measured, else f16",
            "f16": "f16",
            "q8_0": "q8_0, half of it",
            "q4_0": "q4_0, a quarter",
        },
        help="What the model keeps of the context. The coarser, the less memory, and the less exact.",
    )
    max_reply_tokens: int = _setting(
        1024, "Model", "Longest reply", minimum=16, maximum=65_536, unit="tokens"
    )
    temperature: float = _setting(
        0.2, "Model", "Temperature", minimum=0.0, maximum=2.0, help="0: always the likeliest token."
    )
    top_p: float = _setting(0.95, "Model", "Top-p", minimum=0.01, maximum=1.0)
    candidates: int = _setting(
        1,
        "Model",
        "Answers to choose from",
        help="For an edit so many are drawn; the best is shown first, the others stay behind it.",
        minimum=1,
        maximum=8,
    )
    exemplars: int = _setting(
        1,
        "Model",
        "Accepted edits shown as examples",
        help="Those that resemble what is asked for; a server is shown those of this repository only.",
        minimum=0,
        maximum=5,
    )
    seed: int = _setting(7, "Model", "Seed", minimum=0, maximum=2**31 - 1)
    endpoint: str = _setting(
        "",
        "Models on a server",
        "Address",
        help="Asked instead of a model file; any server that speaks OpenAI's protocol.",
    )
    endpoint_model: str = _setting("", "Models on a server", "Name of the model there")
    agreed_servers: tuple[str, ...] = _setting(
        (), "Models on a server", "Servers that notebook content may be sent to", kind="names"
    )  # a new name where more is agreed to: `consented_endpoints` was without passages of the repository


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
