"""A picture of every window in every state and look: `python -m tests.shots OUT`, or `make shots`.

Beside the pictures, a sheet for each look shows all of them small. Nothing of the person's own store,
settings or cache is read or written.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

import nbreview.checks.environment
from nbreview.gui.app import quiet_offscreen
from nbreview.settings import Settings
from tests.shots.looks import LOOKS
from tests.shots.stage import Stage, staged
from tests.shots.states import STATES

ACROSS, THUMB_W, THUMB_H, GAP = 4, 460, 300, 12


def main(arguments: Sequence[str]) -> int:
    """Draw what was asked for; 1 where a state could not be drawn."""
    parser = argparse.ArgumentParser(prog="python -m tests.shots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--looks", nargs="*", default=[], help="names of looks; all by default")
    parser.add_argument("--states", default="", help="only states whose name holds this")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    quiet_offscreen()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        nbreview.checks.environment.cache_dir = lambda: Path(folder) / "cache"  # type: ignore[attr-defined]
        for look in LOOKS:
            if asked.looks and look.name not in asked.looks:
                continue
            started = time.monotonic()
            with staged(Path(folder) / look.name, look, Settings(threads=1)) as stage:
                failed += draw(stage, asked.out / look.name, asked.states)
            sys.stdout.write(f"{look.name}: {time.monotonic() - started:.0f} s\n")
    return 1 if failed else 0


def draw(stage: Stage, out: Path, states: str) -> int:
    """Draw the states in the look of the stage; how many could not be drawn."""
    out.mkdir(parents=True, exist_ok=True)
    pictures: list[tuple[str, QImage]] = []
    failed = 0
    for state in STATES:
        if states not in state.name:
            continue
        try:
            with state.scene(stage) as widget:
                stage.settle(widget)
                pictures.append((state.name, grabbed(widget)))
        except Exception as error:  # the others are drawn all the same
            failed += 1
            sys.stderr.write(f"{stage.look.name}/{state.name}: {type(error).__name__}: {error}\n")
            continue
        pictures[-1][1].save(str(out / f"{state.name}.png"))
    for number in range(0, len(pictures), ACROSS * ACROSS):
        sheet(pictures[number : number + ACROSS * ACROSS]).save(
            str(out.with_name(f"{out.name}-{number // (ACROSS * ACROSS) + 1}.png"))
        )
    return failed


def grabbed(widget: QWidget) -> QImage:
    """A picture of a widget."""
    return widget.grab().toImage()


def sheet(pictures: Sequence[tuple[str, QImage]]) -> QImage:
    """Many pictures in one, each with its name."""
    rows = -(-len(pictures) // ACROSS)
    image = QImage(ACROSS * (THUMB_W + GAP), rows * (THUMB_H + 2 * GAP + 8), QImage.Format.Format_RGB32)
    image.fill(QColor("#777777"))
    painter = QPainter(image)
    for place, (name, picture) in enumerate(pictures):
        x, y = place % ACROSS * (THUMB_W + GAP), place // ACROSS * (THUMB_H + 2 * GAP + 8)
        small = picture.scaled(
            THUMB_W, THUMB_H, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(x, y, small)
        painter.drawText(QRect(x, y + THUMB_H, THUMB_W, 2 * GAP), 0, name)
    painter.end()
    return image


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
