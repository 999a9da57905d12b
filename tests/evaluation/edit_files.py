"""Small files of labelled edits in both schemas."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def paper_row(repo: str, old: list[str], new: list[str], message: str = "Rename x to y") -> dict[str, Any]:
    """A row of the schema of arXiv 2501.09745."""
    return {
        "repo": repo,
        "commit": COMMIT,
        "file": "a.ipynb",
        "message": message,
        "old": old,
        "new": new,
        "cell_diff": [],
        "line_diff": [],
    }


def full_row(repo: str, base: list[str], head: list[str], pairs: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """A row of our own schema; a source that begins with # is Markdown."""
    return {
        "repository": repo,
        "remote": f"https://example.org/people/{repo}.git",
        "commit": COMMIT,
        "path": "a.ipynb",
        "message": "Rename x to y",
        "language": "python",
        "base": [_cell(source) for source in base],
        "head": [_cell(source) for source in head],
        "edits": [{"base_index": at, "head_index": to} for at, to in pairs],
    }


def write_rows(path: Path, rows: Iterable[Any]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def six_edits(path: Path) -> Path:
    """One edit of one cell in each of six repositories, the last of which resembles no other."""
    rows = [
        paper_row(
            f"repo{number}",
            ["import pandas as pd", f"x = {number}\nprint(x)"],
            ["import pandas as pd", f"y = {number}\nprint(y)"],
        )
        for number in range(5)
    ]
    rows.append(paper_row("other", ["import numpy", "zeta()"], ["import numpy", "eta()"], "Call eta"))
    return write_rows(path, rows)


def _cell(source: str) -> dict[str, str]:
    return {"id": "", "type": "markdown" if source.startswith("#") else "code", "source": source}
