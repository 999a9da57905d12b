"""Histories to be mined, made by the real git."""

import json
from pathlib import Path
from typing import Any

from nbreview import paths
from tests.builders import code, markdown, notebook
from tests.git_repos import START, Repo


def long_history(root: Path, revisions: int, notebooks: int = 2) -> Repo:
    """A repository in which every commit edits one of some notebooks, made quickly."""
    repo = Repo(root)
    lines: list[bytes] = []
    for number in range(revisions):
        data = notebook(
            markdown("# Title"),
            code(f"x = {number}\ny = 2"),
            code("print(x)"),
            language_info={"name": "python"},
        )
        message = f"Set x to {number}".encode()
        lines += [
            b"commit refs/heads/main",
            b"author Ada <ada@example.org> %d +0000" % (START + number),
            b"committer Ada <ada@example.org> %d +0000" % (START + number),
            b"data %d" % len(message),
            message,
            b"M 100644 inline n%d.ipynb" % (number % notebooks),
            b"data %d" % len(data),
            data,
        ]
    repo.git("fast-import", "--quiet", stdin=b"\n".join(lines) + b"\n")
    repo.git("reset", "--quiet", "--hard")
    return repo


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a data file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def schema(name: str) -> dict[str, Any]:
    """A JSON schema of the product."""
    loaded: dict[str, Any] = json.loads(paths.resource("schemas", name).read_text(encoding="utf-8"))
    return loaded
