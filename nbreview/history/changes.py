"""Which notebooks differ between two states of a repository: commits, the index, the working tree.

Imports only floors below. git compares commits and index; the working tree is compared with the index by
content, here, so that no filter of the reviewed repository runs (`git diff-files` would run them).
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.log import Entry, parse_entries
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.history.process import Git, GitError, text_of
from nbreview.words import said

_RAW = ("-z", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "-O/dev/null")
_CACHED = ("diff-index", "--cached", "--ita-invisible-in-index")
_ARGUMENT_BYTES = 100_000
"""Bytes of paths that are handed to git as arguments; with more it compares the whole trees."""
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class State:
    """One side of a comparison of many notebooks. `commit` is the id of a commit or tree for COMMIT."""

    kind: RevisionKind
    commit: str = ""


WORKING_TREE = State(RevisionKind.WORKING_TREE)
INDEX = State(RevisionKind.INDEX)


@dataclass(frozen=True, slots=True)
class Change:
    """One notebook that differs. A side that lacks it is None. `conflict`: the index holds several versions
    of it, and `base` is ours, `head` is theirs.
    """

    status: FileStatus
    base: Revision | None
    head: Revision | None
    conflict: bool = False

    @property
    def path(self) -> str:
        """Where the notebook is now, or was before it was deleted; from the top level."""
        side = self.head or self.base
        assert side is not None  # a change has at least one side
        return side.path

    @property
    def previous_path(self) -> str:
        """Where it was in the base when that differs, else ""."""
        return self.base.path if self.base is not None and self.base.path != self.path else ""


@dataclass(frozen=True, slots=True)
class _Staged:
    """What the index holds: blobs by path, of conflicts by path and stage."""

    blobs: dict[str, str]
    conflicts: dict[str, dict[int, str]]
    absent: frozenset[str]  # not checked out (sparse): not there on purpose


def is_revision(git: Git, text: str) -> bool:
    """Whether a text names a commit, a tree or a range of two, as `find_states` takes it."""
    parts = _parts(text)
    return bool(parts) and all(_object(git, part) for part in parts)


def find_states(git: Git, revisions: Sequence[str], *, staged: bool = False) -> tuple[State, State]:
    """The two states that `git diff` would compare.

    Parameters
    ----------
    revisions:
        None: the index and the working tree. One: it and the working tree, or the two of `A..B`, `A...B`
        (from where they parted) or `A^!` (what one commit changed). Two: these.
    staged:
        Compare with the index in place of the working tree, and with HEAD where no revision is named.

    Raises
    ------
    UserError
        There is no such revision, or they are too many.
    """
    if len(revisions) > 2 or (len(revisions) == 2 and any(len(_parts(each)) == 2 for each in revisions)):
        named = " ".join(revisions)
        raise UserError(
            said("“{names}” names more than two revisions; name BASE and HEAD, or BASE..HEAD.", names=named)
        )
    sides = [_resolved(git, part) for text in revisions for part in _parts(text) or (text,)]
    if revisions and "..." in revisions[0] and len(sides) == 2:
        sides[0] = _fork(git, sides[0], sides[1], revisions[0])
    if len(sides) == 2:
        if staged:
            raise UserError(said("--staged compares the index with one revision; name at most one."))
        return State(RevisionKind.COMMIT, sides[0]), State(RevisionKind.COMMIT, sides[1])
    if staged:
        return State(RevisionKind.COMMIT, sides[0] if sides else _head_or_empty(git)), INDEX
    return (State(RevisionKind.COMMIT, sides[0]) if sides else INDEX), WORKING_TREE


def changed_notebooks(
    git: Git,
    base: State,
    head: State,
    wanted: Callable[[str], bool],
    cancel: CancelToken | None = None,
) -> tuple[Change, ...]:
    """The notebooks that differ, ordered by path; renamed ones as one change.

    Parameters
    ----------
    git:
        In the top level of the repository.
    base, head:
        As `find_states` gives them.
    wanted:
        Whether a path from the top level may be a notebook.

    Raises
    ------
    GitError, Cancelled
        As `Git.run` raises them.
    """
    found: dict[str, Change]
    if head.kind is RevisionKind.COMMIT:
        entries = _entries(git, ("diff-tree", "-r"), (base.commit, head.commit), wanted, cancel)
        found = {entry.path: _change(entry, base, head) for entry in entries}
    else:
        found = {}
        index = _index(git, wanted, cancel)
        if base.kind is RevisionKind.COMMIT:
            entries = _entries(git, _CACHED, (base.commit,), wanted, cancel)
            found = {entry.path: _change(entry, base, INDEX) for entry in entries}
        if head.kind is RevisionKind.WORKING_TREE:
            found |= _in_working_tree(git.folder, base, index, found, cancel)
        found |= {path: _conflict(path, stages) for path, stages in index.conflicts.items()}
    changes = (change for change in found.values() if change.base is not None or change.head is not None)
    return tuple(sorted(changes, key=lambda change: change.path))


def untracked_notebooks(
    git: Git, wanted: Callable[[str], bool], cancel: CancelToken | None = None
) -> tuple[Change, ...]:
    """Notebooks of the working tree that git neither knows nor is told to ignore, as added ones; `git diff`
    passes them over.

    Raises
    ------
    GitError, Cancelled
        As `Git.run` raises them.
    """
    listed = git.run("ls-files", "-z", "--others", "--exclude-standard", cancel=cancel)
    paths = sorted({path for name in listed.split(b"\0") if (path := text_of(name)) and wanted(path)})
    return tuple(Change(FileStatus.ADDED, None, Revision(RevisionKind.WORKING_TREE, path)) for path in paths)


# --- revisions ----------------------------------------------------------------------------------------------


def _parts(text: str) -> tuple[str, ...]:
    """The one or two revisions that a text names; none for what cannot be one."""
    if not text or text.startswith("-") or text in ("..", "..."):
        return ()
    if text.endswith("^!"):
        return (f"{text[:-2]}^1", text[:-2])
    for dots in ("...", ".."):
        first, found, second = text.partition(dots)
        if found:
            # What is left of the dots counts as HEAD, as in git. A second range is no revision.
            return () if ".." in second or second.startswith("-") else (first or "HEAD", second or "HEAD")
    return (text,)


def _object(git: Git, name: str) -> str:
    """The id of the commit or tree that a name means, "" for none."""
    for kind in ("commit", "tree"):
        try:
            printed = git.run("rev-parse", "--verify", "--quiet", f"{name}^{{{kind}}}")
        except GitError:
            continue
        return printed.decode("ascii").strip()
    if name.endswith("^1") and _object(git, name[:-2]):
        return _empty_tree(git)  # the first commit of all has no parent
    return ""


def _resolved(git: Git, name: str) -> str:
    found = _object(git, name)
    if not found:
        raise UserError(
            said(
                "There is no commit “{name}” in {folder}; “git log” and “git branch” there list what exists.",
                name=name,
                folder=git.folder,
            )
        )
    return found


def _fork(git: Git, base: str, head: str, text: str) -> str:
    try:
        return git.run("merge-base", base, head).decode("ascii").strip()
    except GitError as error:
        if error.said:
            raise
        raise UserError(
            said("“{range}”: the two have no commit in common; write two dots.", range=text)
        ) from error


def _head_or_empty(git: Git) -> str:
    return _object(git, "HEAD") or _empty_tree(git)


def _empty_tree(git: Git) -> str:
    return git.run("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


# --- commits and index --------------------------------------------------------------------------------------


def _entries(
    git: Git,
    command: tuple[str, ...],
    trees: tuple[str, ...],
    wanted: Callable[[str], bool],
    cancel: CancelToken | None,
) -> list[Entry]:
    """What git says differs, of the wanted paths. Renames are looked for among these alone: comparing every
    added file of a large change with every deleted one would take minutes.
    """

    def ask(renames: str, paths: Iterable[str] = ()) -> list[Entry]:
        printed = git.run(*command, *_RAW, renames, *trees, "--", *paths, cancel=cancel)
        return [entry for entry in parse_entries(printed) if wanted(entry.path)]

    entries = ask("--no-renames")
    alone = [entry.path for entry in entries if entry.status in ("A", "D")]
    if not {"A", "D"} <= {entry.status for entry in entries}:
        return entries
    if sum(len(path) + 1 for path in alone) > _ARGUMENT_BYTES:
        alone = []
    try:
        followed = ask("-M", alone)
    except GitError as error:
        if not error.not_fetched:
            raise
        followed = ask("-M100%", alone)  # a partial clone holds no contents to compare
    if not alone:
        return followed
    return [entry for entry in entries if entry.status not in ("A", "D")] + followed


def _change(entry: Entry, base: State, head: State) -> Change:
    if entry.status == "U":
        return Change(FileStatus.MODIFIED, None, None, conflict=True)
    before = entry.before[0]
    status = FileStatus.RENAMED if entry.source else FileStatus.MODIFIED
    if not before or not entry.after:
        status = FileStatus.DELETED if before else FileStatus.ADDED
    return Change(
        status,
        _side(base, entry.source or entry.path, before) if before else None,
        _side(head, entry.path, entry.after) if entry.after else None,
    )


def _side(state: State, path: str, blob: str) -> Revision:
    return Revision(state.kind, path, commit=state.commit, blob=blob)


def _index(git: Git, wanted: Callable[[str], bool], cancel: CancelToken | None) -> _Staged:
    blobs: dict[str, str] = {}
    conflicts: dict[str, dict[int, str]] = {}
    absent: set[str] = set()
    for record in git.run("ls-files", "-z", "-s", "-t", cancel=cancel).split(b"\0"):
        about, _, name = record.partition(b"\t")
        path = text_of(name)
        if not path or not wanted(path):
            continue
        tag, mode, blob, stage = about.decode("ascii").split(" ")
        if stage != "0":
            conflicts.setdefault(path, {})[int(stage)] = blob
        elif mode.startswith("100"):  # no link and no submodule
            blobs[path] = blob
            if tag == "S":
                absent.add(path)
    return _Staged(blobs, conflicts, frozenset(absent))


def _conflict(path: str, stages: dict[int, str]) -> Change:
    ours, theirs = (
        Revision(RevisionKind.INDEX, path, blob=stages[stage]) if stage in stages else None
        for stage in (2, 3)
    )
    return Change(FileStatus.MODIFIED, ours, theirs, conflict=True)


# --- the working tree ---------------------------------------------------------------------------------------


def _in_working_tree(
    root: Path, base: State, index: _Staged, staged: dict[str, Change], cancel: CancelToken | None
) -> dict[str, Change]:
    """What becomes of `staged` (how the index differs from the base) when the files on the disk are the head:
    the changes of every path where they differ from the index. One that is the base's again has no side left.
    """
    found: dict[str, Change] = {}
    for path, blob in index.blobs.items():
        if path in index.absent:
            continue
        if cancel is not None:
            cancel.check()
        on_disk = file_blob(root / os.fsdecode(path.encode("utf-8", "surrogateescape")), blob)
        if on_disk == blob and base.kind is RevisionKind.INDEX:
            continue
        before = staged.get(path)
        if before is None:
            if on_disk == blob:
                continue
            old: Revision | None = _side(base, path, blob)
        else:
            old = before.base
        new = Revision(RevisionKind.WORKING_TREE, path) if on_disk else None
        if old is not None and old.path == path and old.blob == on_disk:
            old = new = None
        status = before.status if before is not None else FileStatus.MODIFIED
        if old is None and new is not None:
            status = FileStatus.ADDED
        elif new is None:
            status = FileStatus.DELETED
        found[path] = Change(status, old, new)
    return found


def file_blob(path: Path, like: str) -> str:
    """The id that git would give to a file's content, "" where there is no such file. A file that may not be
    read has another one, "?": reading it will say why.

    Parameters
    ----------
    like:
        An object id of the same repository: as long as the ids there are.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return ""
        digest = hashlib.new("sha1" if len(like) == 40 else "sha256", usedforsecurity=False)
        digest.update(b"blob %d\0" % status.st_size)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    except OSError:
        return "?"
    return digest.hexdigest()
