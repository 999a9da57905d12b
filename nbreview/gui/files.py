"""Asking for files by the system's dialogs. Imports PySide6 only."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from nbreview.gui.language import QT_TR_NOOP, tr

NOTEBOOKS = QT_TR_NOOP("Jupyter notebooks (*.ipynb)")
MODELS = QT_TR_NOOP("Models (*.gguf)")
ROWS = {".jsonl": "JSON lines (*.jsonl)", ".parquet": "Parquet (*.parquet)"}
"""Name of each kind of training data, by its suffix."""


def ask_notebook(parent: QWidget, title: str = "") -> Path | None:
    """One notebook, or None when the person thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, title or tr("Open a notebook"), "", tr(NOTEBOOKS))
    return Path(name) if name else None


def ask_pair(parent: QWidget) -> tuple[Path, Path] | None:
    """Base and head: two notebooks chosen at once, or one after the other."""
    names, _ = QFileDialog.getOpenFileNames(
        parent, tr("Compare: choose the base, or both"), "", tr(NOTEBOOKS)
    )
    if len(names) >= 2:
        return Path(names[0]), Path(names[1])
    if not names:
        return None
    head = ask_notebook(parent, tr("Compare {name} with").format(name=Path(names[0]).name))
    return (Path(names[0]), head) if head is not None else None


def ask_export(parent: QWidget, suffix: str) -> Path | None:
    """Where training data goes; `suffix` is that of its format."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("Export training data"), f"accepted{suffix}", ROWS[suffix]
    )
    return Path(name) if name else None


def ask_folder(parent: QWidget) -> Path | None:
    """A folder for training data in several files."""
    name = QFileDialog.getExistingDirectory(parent, tr("Export training data to a folder"))
    return Path(name) if name else None


def ask_review_folder(parent: QWidget) -> Path | None:
    """A folder whose notebooks are to be reviewed."""
    name = QFileDialog.getExistingDirectory(parent, tr("Open a folder or repository"))
    return Path(name) if name else None


def ask_model(parent: QWidget) -> Path | None:
    """One model file."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Choose a model"), "", tr(MODELS))
    return Path(name) if name else None


def ask_picture(parent: QWidget, name: str) -> Path | None:
    """Where a picture goes; `name` is proposed."""
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save the picture"), name)
    return Path(chosen) if chosen else None
