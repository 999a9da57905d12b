"""Every notebook that every commit touched, as one streaming walk of `git log --raw`.

Imports only floors below. Unlike `log`, which follows one notebook, this lists all of them in one child, and
holds one commit at a time: a history of any length takes the same memory. Paths are limited to `*.ipynb`
inside git, so renames are looked for among notebooks only. Merges come with the notebooks that differ from
every parent (`-c`): what a merge takes as one side has it belongs to the commits of that side.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.history.model import FileStatus
from nbreview.history.process import Git, GitError, text_of

_FORMAT = "--format=%H%x00%P%x00%aN%x00%aE%x00%at%x00%s%x00%B"
_FIELDS = 7
_NOTEBOOKS = ("--", "*.ipynb")
_WALK = (
    "--no-literal-pathspecs",  # a pattern is meant here, and no name of the repository's is in it
    *("log", "-z", "--encoding=UTF-8", "--no-color", "--no-decorate", "--no-show-signature", _FORMAT),
    *("--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "-O/dev/null", "-c", "--full-history"),
)
_STATUS = {"A": FileStatus.ADDED, "D": FileStatus.DELETED, "R": FileStatus.RENAMED, "C": FileStatus.COPIED}
_READ_BYTES = 1 << 16
_REGULAR = "100"  # modes 100644 and 100755


class Change(NamedTuple):
    """One notebook of one commit, against the first parent.

    `before` and `after` are object ids, "" where the notebook does not stand; `before` of a rename is the
    content under `previous_path`. `regular` is False for a symbolic link or a submodule of that name.
    """

    path: str
    status: FileStatus
    before: str
    after: str
    previous_path: str = ""
    regular: bool = True


class NotebookCommit(NamedTuple):
    """One commit and the notebooks it touched. `time` is the author's, in seconds since the epoch."""

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    time: int
    subject: str
    message: str
    changes: tuple[Change, ...]


def notebook_commits(
    git: Git, tip: str, *, exact: bool = False, cancel: CancelToken | None = None
) -> Iterator[NotebookCommit]:
    """Every commit reachable from `tip` that touched a notebook, newest first.

    Merges that touch none by themselves are listed with no changes.

    Parameters
    ----------
    tip:
        A commit's id.
    exact:
        Take only unchanged files for renames: a partial clone lacks the contents that likeness is found by.

    Raises
    ------
    GitError, Cancelled
        git ended with an error; the work was stopped.
    """
    arguments = (*_WALK, "-M100%" if exact else "-M", tip, *_NOTEBOOKS)
    with tempfile.TemporaryFile() as said, git.start(*arguments, stderr=said.fileno()) as child:
        try:
            if cancel is not None:
                cancel.on_cancel(child.kill)
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.close()
            yield from _commits(_tokens(child.stdout))
        except BaseException:
            child.kill()
            raise
        if cancel is not None and cancel.cancelled:
            raise Cancelled
        if child.wait() != 0:
            said.seek(0)
            raise _error(git, said.read().decode("utf-8", "replace").strip(), child)


def count_commits(git: Git, tip: str, cancel: CancelToken | None = None) -> int:
    """How many commits `notebook_commits` will list."""
    command = ("--no-literal-pathspecs", "rev-list", "--count", "--full-history", tip, *_NOTEBOOKS)
    return int(git.run(*command, cancel=cancel))


def shallow_commits(git: Git) -> frozenset[str]:
    """The commits at the edge of a shallow clone, whose parents are not here; none in a whole clone."""
    if git.run("rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    printed = git.run("rev-parse", "--git-path", "shallow").removesuffix(b"\n")
    file = git.folder / os.fsdecode(printed)
    return frozenset(file.read_text(encoding="ascii").split())


def is_partial(git: Git) -> bool:
    """Whether objects may be missing because the clone left them with its remote."""
    try:
        return bool(git.run("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"))
    except GitError:  # exit code 1: no such setting
        return False


def _error(git: Git, said: str, child: subprocess.Popen[bytes]) -> GitError:
    reason = said.splitlines()[-1].partition(": ")[2] if said else f"exit code {child.returncode}"
    return GitError(
        f"git cannot list the history of {git.folder} ({reason}); run “git fsck” there to see what is wrong.",
        said,
    )


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between the NULs, read in pieces."""
    rest = b""
    while piece := stream.read(_READ_BYTES):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    if rest.strip():
        yield rest


def _commits(tokens: Iterator[bytes]) -> Iterator[NotebookCommit]:
    """Each commit is its fields, then its raw entries; an entry begins with a colon, no object id does."""
    fields: list[bytes] = []
    changes: list[Change] = []
    for token in tokens:
        if len(fields) < _FIELDS:
            fields.append(token.lstrip(b"\n") if not fields else token)
            if fields == [b""]:
                fields = []
            continue
        raw = token.lstrip(b"\n")
        if raw.startswith(b":"):
            changes.append(_change(raw, tokens))
        elif raw:
            yield _commit(fields, changes)
            fields, changes = [raw], []
    if len(fields) == _FIELDS:
        yield _commit(fields, changes)


def _commit(fields: list[bytes], changes: list[Change]) -> NotebookCommit:
    author, email, subject, message = (fields[at].decode("utf-8", "replace") for at in (2, 3, 5, 6))
    return NotebookCommit(
        fields[0].decode("ascii"),
        tuple(fields[1].decode("ascii").split()),
        author,
        email,
        int(fields[4] or 0),
        subject,
        message.strip(),
        tuple(changes),
    )


def _change(raw: bytes, tokens: Iterator[bytes]) -> Change:
    """One entry: `:modes ids status`, then its path; after a rename the new one. A merge has a mode, an id
    and a letter for each parent; the first one's counts.
    """
    words = raw.decode("ascii").split(" ")
    sides = len(words[0]) - len(words[0].lstrip(":"))
    modes, ids = words[: sides + 1], words[sides + 1 : 2 * sides + 2]
    modes[0] = modes[0].lstrip(":")
    letters = words[2 * sides + 2]
    before, after = _known(ids[0]), _known(ids[-1])
    regular = all(
        mode.startswith(_REGULAR) for mode, object_id in ((modes[0], before), (modes[-1], after)) if object_id
    )
    path, previous = text_of(next(tokens)), ""
    if sides == 1 and letters[0] in "RC":
        previous, path = path, text_of(next(tokens))
    status = FileStatus.ADDED if not before else _STATUS.get(letters[0], FileStatus.MODIFIED)
    if not after:
        status = FileStatus.DELETED
    return Change(path, status, before, after, previous, regular)


def _known(object_id: str) -> str:
    return object_id if object_id.strip("0") else ""
