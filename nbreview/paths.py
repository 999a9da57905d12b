"""Where nbreview keeps things: data, cache, settings and its own resources.

Bottom floor: imports nothing of nbreview.
"""

import os
from pathlib import Path

from platformdirs import PlatformDirs

STORE_VARIABLE = "NBREVIEW_STORE"
"""Environment variable that moves the store to another file."""

_DIRS = PlatformDirs("nbreview", appauthor=False)


def data_dir() -> Path:
    """Folder of what must be kept (the store)."""
    return Path(_DIRS.user_data_dir)


def cache_dir() -> Path:
    """Folder of what can be made again."""
    return Path(_DIRS.user_cache_dir)


def settings_path() -> Path:
    """The settings file (JSON)."""
    return Path(_DIRS.user_config_dir) / "settings.json"


def store_path(given: Path | None = None) -> Path:
    """The store's file: what was given, else `NBREVIEW_STORE`, else the user's data folder. `~` is the home
    folder, which no shell puts in for `--store=~/a` and for what a file of settings sets.
    """
    path = given or Path(os.environ.get(STORE_VARIABLE) or data_dir() / "nbreview.sqlite3")
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such user
        return path


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    root = inside if inside.is_dir() else package.parent / "resources"
    return root.joinpath(*parts)


def is_folder(path: Path) -> bool:
    """Whether a path is a folder that may be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False
