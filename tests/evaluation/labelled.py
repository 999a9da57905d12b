"""Labelled pairs written by hand, as a folder of data."""

import json
from pathlib import Path
from typing import Any

from tests.builders import notebook

Cells = list[dict[str, Any]]


def write_pairs(folder: Path, *pairs: tuple[Cells, Cells, dict[str, Any]]) -> Path:
    """A folder of labelled pairs: the cells of base and head, and what its line says beside their names."""
    (folder / "blobs").mkdir(parents=True, exist_ok=True)
    lines = []
    for number, (base, head, line) in enumerate(pairs):
        names = {}
        for side, cells in (("base", base), ("head", head)):
            names[side] = f"{number}-{side}"
            (folder / "blobs" / f"{number}-{side}.ipynb").write_bytes(notebook(*cells))
        lines.append(json.dumps({**names, **line}))
    (folder / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
