"""What was open when the program ended, as the store keeps it.

The frame of a window asks for it before the rest is imported, so this knows Qt and the store alone.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from nbreview.errors import UserError
from nbreview.store.database import Store

_NAME = "windows"
_MOST = 12


def kept_windows(store: Store) -> list[dict[str, Any]]:
    """The windows of the last time whose notebooks or folders are still there, as `keep_windows` got them."""
    try:
        kept = store.place(_NAME)
    except UserError:
        return []
    return [each for each in kept if _can_reopen(each)][:_MOST] if isinstance(kept, list) else []


def keep_windows(store: Store, kept: list[dict[str, Any]]) -> None:
    """Keep what is open, for the next start."""
    with contextlib.suppress(UserError):  # a store that cannot be written says so where it matters
        store.keep_place(_NAME, kept)


def restore_geometry(window: QWidget, shape: Mapping[str, Any]) -> None:
    """Put a window where `PlaceKeeper.shape` found it; what does not fit (another screen) is passed over."""
    with contextlib.suppress(TypeError, ValueError, AttributeError):
        window.restoreGeometry(QByteArray.fromBase64(shape.get("geometry", "").encode("ascii")))


def _can_reopen(kept: Any) -> bool:
    if not isinstance(kept, Mapping) or not isinstance(kept.get("notebook"), str):
        return False
    review = kept.get("review")
    with contextlib.suppress(OSError, ValueError):
        if isinstance(review, Mapping) and Path(str(review.get("folder"))).is_dir():
            return True
        return Path(kept["notebook"]).is_file()
    return False
