"""The sample repository: a small machine-learning project with a git history, from `resources/samples`.

For the demo, the tests and the tour. Imports only floors below; no window, no kernel and no network. The
notebooks were written for this project and executed once (packaging/make_samples.py), so their plots,
tables and error are real. Making the repository is deterministic: the same files, authors and dates give
the same commit ids everywhere.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.process import Git, git_in
from nbreview.paths import resource
from nbreview.words import said

BRANCH = "main"


@dataclass(frozen=True, slots=True)
class SampleRepository:
    """Where the repository is, and the notebook in it as the working tree has it; both absolute."""

    root: Path
    notebook: Path


def make_sample_repository(folder: Path, cancel: CancelToken | None = None) -> SampleRepository:
    """Make the sample repository at `folder`, which must be empty or not exist yet.

    The newest commit is one that crashes; one change is staged and another lies in the working tree. The
    repository is made aside and renamed, so that a stop or a failure leaves nothing behind.

    Raises
    ------
    UserError
        The folder holds something or cannot be written, or git is missing.
    Cancelled
        `cancel` was raised before the end.
    """
    folder = folder.absolute()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError(
                said("{folder} is not empty; name a new folder for the sample repository.", folder=folder)
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            aside.chmod(0o755)  # mkdtemp makes it private, an ordinary clone is not
            notebook = _make(aside, cancel)
            if folder.exists():
                folder.rmdir()
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise UserError(
            said(
                "{folder} cannot be made ({reason}); name a folder that you may write to.",
                folder=folder,
                reason=error.strerror,
            )
        ) from error
    return SampleRepository(folder, folder / notebook)


def _make(root: Path, cancel: CancelToken | None) -> str:
    steps: list[dict[str, Any]] = orjson.loads(resource("samples", "steps.json").read_bytes())
    git = git_in(root)
    # What the user's own configuration could change: templates with hooks, the kind of object ids, filters
    # that rewrite notebooks on the way in, and line endings.
    git.run("-c", "init.defaultObjectFormat=sha1", "init", "--quiet", "--template=", cancel=cancel)
    for name, value in (("core.autocrlf", "false"), ("core.attributesFile", ""), ("commit.gpgSign", "false")):
        git.run("config", name, value, cancel=cancel)
    git.run("symbolic-ref", "HEAD", f"refs/heads/{BRANCH}", cancel=cancel)
    commits = [step for step in steps if step["where"] == "commit"]
    git.run("fast-import", "--quiet", "--date-format=raw", stdin=_stream(commits), cancel=cancel)
    git.run("reset", "--quiet", "--hard", cancel=cancel)
    for step in steps:
        if step["where"] != "commit":
            _lay_out(git, root, step, cancel)
    return str(steps[-1]["notebook"])


def _lay_out(git: Git, root: Path, step: dict[str, Any], cancel: CancelToken | None) -> None:
    for path, file in step["files"].items():
        (root / path).write_bytes(resource("samples", file).read_bytes())
        if step["where"] == "index":
            git.run("add", "--force", "--", path, cancel=cancel)


def _stream(commits: list[dict[str, Any]]) -> bytes:
    """The commits in the format of git-fast-import(1): one child; no hook, signature or editor on the way."""
    parts: list[bytes] = []
    before = ""
    for number, step in enumerate(commits, 1):
        message = step["message"].encode() + b"\n"
        who = f"{step['author']} <{step['email']}> {step['time']} {step['zone']}"
        parts.append(f"commit refs/heads/{BRANCH}\nmark :{number}\n".encode())
        parts.append(f"author {who}\ncommitter {who}\ndata {len(message)}\n".encode() + message)
        if number > 1:
            parts.append(f"from :{number - 1}\n".encode())
        if before not in ("", step["notebook"]):
            parts.append(f"D {before}\n".encode())
        before = step["notebook"]
        for path, file in step["files"].items():
            data = resource("samples", file).read_bytes()
            parts.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join([*parts, b"done\n"])
