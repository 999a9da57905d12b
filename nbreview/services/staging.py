"""Stage, unstage and revert a part of what a comparison shows.

Joins `history.staging`, `diff.patch` and `notebook.writer`; no state. Every function may run on a worker
thread and returns what is needed to take it back. Staging writes the index and never a file, reverting writes
the file and never the index.
"""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.diff.model import CellChange, NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.diff.options import DiffOptions
from nbreview.diff.parts import CellPart, NotebookPart, Part, WholePart
from nbreview.diff.patch import parts, patched_bytes
from nbreview.errors import UserError
from nbreview.history import staging
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.history.process import git_in
from nbreview.history.repository import Repository
from nbreview.history.staging import Entry
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.notebook.splicing import same
from nbreview.notebook.writer import write_atomic
from nbreview.services.opening import Comparison
from nbreview.words import said

_MAX_BYTES = 2**30
"""Largest version that is staged from, in bytes: what was small enough to be shown may be staged."""
_OPTIONS = DiffOptions(seconds=None)


@dataclass(frozen=True, slots=True)
class Staging:
    """A change of the index, as `undo_staging` takes it back. `before` and `after` are its entry for `path`,
    None for no entry.
    """

    repository: Repository = field(repr=False)
    path: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Reverting:
    """A change of a file, as `undo_reverting` takes it back."""

    path: Path
    before: bytes = field(repr=False)
    after: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Version:
    """A notebook and the bytes that it was read from, b"" where there is none."""

    data: bytes
    notebook: Notebook


def stage_part(comparison: Comparison, part: Part, cancel: CancelToken | None = None) -> Staging:
    """Put one part of the working tree's changes into the index: exactly that, and no other.

    Parameters
    ----------
    comparison:
        What is shown; its head is the working tree. Where its base is not the staged version, a cell is found
        again among what is not staged yet; smaller parts are refused then.
    part:
        A part of `comparison.diff`.

    Raises
    ------
    UserError
        The file has changed since it was compared, the part is staged already, the notebook goes through a
        filter or is in a merge conflict, or the index cannot be written.
    Cancelled
        `cancel` was raised before anything was written.
    """
    repository, path = _tracked(comparison)
    git = git_in(repository.root)
    head = _working_tree(comparison)
    staging.check_filters(git, path, head.data)
    before = staging.staged_entry(git, path, cancel)
    # Where the index holds nothing, a staged deletion for instance, a cell is added to what is committed.
    held = (
        before if before is not None and not before.intended else staging.committed_entry(git, path, cancel)
    )
    base = _version(staging.content(git, held, cancel), f"staged:{path}")
    diff, found = _found(comparison, part, base, head, cancel)
    data = patched_bytes(diff, base.data, head.data, [found], path)
    if cancel is not None:
        cancel.check()
    as_working_tree = not base.data or isinstance(found, WholePart)
    blob = staging.store(git, path, data, staged=base.data if as_working_tree else None)
    known = held or before
    mode = known.mode if known is not None else staging.new_mode(git, executable=_executable(comparison))
    after = Entry(mode, blob)
    if after == before:
        raise _nothing(path)
    staging.set_entry(git, path, after, before)
    return Staging(repository, path, before, after)


def unstage_part(comparison: Comparison, part: Part, cancel: CancelToken | None = None) -> Staging:
    """Take one part of what is staged out of the index, back to what HEAD has.

    Parameters
    ----------
    comparison:
        What is shown: HEAD against the staged version, or anything against the working tree; in that case a
        cell is found again among what is staged, and smaller parts are refused.
    part:
        A part of `comparison.diff`.

    Raises
    ------
    UserError
        The part is not staged, the index has changed since, is in a conflict, or cannot be written.
    Cancelled
        `cancel` was raised before anything was written.
    """
    repository, path = _tracked(comparison)
    git = git_in(repository.root)
    before = staging.staged_entry(git, path, cancel)
    if before is None or before.intended:
        raise UserError(said("Nothing of {path} is staged; choose what to stage first.", path=path))
    committed = staging.committed_entry(git, path, cancel)
    if committed is None:
        renamed = repository.parent(Revision(RevisionKind.INDEX, path, blob=before.blob), cancel)
        committed = Entry(before.mode, renamed.blob) if renamed is not None else None
    base = _version(staging.content(git, committed, cancel), f"HEAD:{path}")
    index = _version(staging.content(git, before, cancel), f"staged:{path}")
    diff, found = _staged(comparison, part, base, index, cancel)
    data = patched_bytes(diff, base.data, index.data, [found], path, reverse=True)
    if cancel is not None:
        cancel.check()
    if data == base.data:
        after = committed
    elif data == index.data:
        raise _not_staged(path)
    else:
        after = Entry(before.mode, staging.store(git, path, data))
    staging.set_entry(git, path, after, before)
    return Staging(repository, path, before, after)


def undo_staging(done: Staging) -> Staging:
    """Take back what `stage_part` or `unstage_part` did; the result takes this back in turn.

    Raises
    ------
    UserError
        The index holds something else by now.
    """
    git = git_in(done.repository.root)
    staging.set_entry(git, done.path, done.before, done.after)
    return Staging(done.repository, done.path, done.after, done.before)


def revert_part(comparison: Comparison, part: Part, cancel: CancelToken | None = None) -> Reverting:
    """Give one part of the file back to the base that is shown. The index stays as it is.

    Parameters
    ----------
    comparison:
        What is shown; its head is the working tree, or a file outside of git.
    part:
        A part of `comparison.diff`.

    Raises
    ------
    UserError
        The file has changed since it was compared, cannot be written, or the part changes nothing.
    Cancelled
        `cancel` was raised before anything was written.
    """
    head = _working_tree(comparison)
    path = _path(comparison)
    base = _base_bytes(comparison, cancel)
    changed = patched_bytes(comparison.diff, base, head.data, [part], path.name, reverse=True)
    if not changed:
        raise UserError(
            said("{name} is not there in the base; delete the file to take it back.", name=path.name)
        )
    if changed == head.data:
        raise UserError(said("{name} has nothing to revert there; choose a change.", name=path.name))
    if cancel is not None:
        cancel.check()
    done = Reverting(path, head.data, changed)
    _replace(done)
    return done


def undo_reverting(done: Reverting) -> Reverting:
    """Take back what `revert_part` did; the result takes this back in turn.

    Raises
    ------
    UserError
        The file has changed since, or cannot be written.
    """
    back = Reverting(done.path, done.after, done.before)
    _replace(back)
    return back


# --- versions -----------------------------------------------------------------------------------------------


def _tracked(comparison: Comparison) -> tuple[Repository, str]:
    target = comparison.target
    if target.repository is None or target.repository.bare:
        raise UserError(
            said(
                "{path} is not in a git repository with a working tree; there is nothing to stage to.",
                path=target.notebook,
            )
        )
    return target.repository, target.path


def _path(comparison: Comparison) -> Path:
    revision, target = comparison.head.revision, comparison.target
    if revision is not None and revision.kind is RevisionKind.FILE and not revision.stage:
        return Path(revision.path)
    if revision is not None and revision.kind is RevisionKind.WORKING_TREE and target.repository is not None:
        return target.repository.path_of(revision.path)
    if revision is not None and revision.stage:
        raise UserError(
            said(
                "{name} is in a merge conflict; resolve it with “nbreview merge” or by hand, "
                "and open it again.",
                name=target.notebook.name,
            )
        )
    raise UserError(
        said(
            "{name} is shown as it was, not as it is; choose the working tree as the head.",
            name=target.notebook.name,
        )
    )


def _working_tree(comparison: Comparison) -> _Version:
    """The file's bytes, which must still be what is shown."""
    path = _path(comparison)
    data = load_file(path, max_bytes=_MAX_BYTES)
    found = _version(data, path.name)
    shown = comparison.head.notebook
    if found.notebook.read_only:
        raise UserError(found.notebook.read_only)
    if not same(found.notebook.raw, shown.raw):
        raise UserError(
            said("{name} has changed since it was compared; compare again, then retry.", name=path.name)
        )
    return _Version(data, shown)


def _version(data: bytes, name: str) -> _Version:
    return _Version(data, read_bytes(data, name, max_bytes=_MAX_BYTES) if data else EMPTY)


def _base_bytes(comparison: Comparison, cancel: CancelToken | None) -> bytes:
    revision, repository = comparison.base.revision, comparison.target.repository
    if revision is None or revision.status is FileStatus.DELETED:
        return b""
    if revision.kind is RevisionKind.FILE:
        data = load_file(Path(revision.path), max_bytes=_MAX_BYTES)
    else:
        assert repository is not None  # only a repository has other revisions
        data = repository.read(revision, cancel)
    if not same(_version(data, revision.label).notebook.raw, comparison.base.notebook.raw):
        raise UserError(
            said(
                "{revision} has changed since it was compared; compare again, then retry.",
                revision=revision.label,
            )
        )
    return data


def _executable(comparison: Comparison) -> bool:
    return bool(_path(comparison).stat().st_mode & stat.S_IXUSR) and os.name != "nt"


def _replace(done: Reverting) -> None:
    if load_file(done.path, max_bytes=_MAX_BYTES) != done.before:
        raise UserError(
            said(
                "{name} has changed since; it was left as it is. Compare again, then retry.",
                name=done.path.name,
            )
        )
    write_atomic(done.path, done.after)


# --- the same part in another comparison --------------------------------------------------------------------


def _found(
    comparison: Comparison, part: Part, base: _Version, head: _Version, cancel: CancelToken | None
) -> tuple[NotebookDiff, Part]:
    """What is not staged yet, and the part in it."""
    shown = comparison.diff
    path = comparison.target.path
    if same(shown.base.raw, base.notebook.raw):
        return shown, part
    diff = diff_notebooks(base.notebook, head.notebook, _OPTIONS, cancel)
    if isinstance(part, WholePart | NotebookPart):
        return diff, part
    if not isinstance(part, CellPart):
        raise UserError(
            said(
                "A part of a cell is staged from what is not staged yet; compare the working tree of {path} "
                "with the staged version, or stage the whole cell.",
                path=path,
            )
        )
    found = _again(shown, _change(shown, part), diff)
    if found is None or CellPart(found) not in parts(diff):
        raise _nothing(path)
    return diff, CellPart(found)


def _staged(
    comparison: Comparison, part: Part, base: _Version, index: _Version, cancel: CancelToken | None
) -> tuple[NotebookDiff, Part]:
    """What is staged, and the part in it."""
    shown = comparison.diff
    path = comparison.target.path
    if same(shown.base.raw, base.notebook.raw) and same(shown.head.raw, index.notebook.raw):
        return shown, part
    diff = diff_notebooks(base.notebook, index.notebook, _OPTIONS, cancel)
    if isinstance(part, WholePart | NotebookPart):
        return diff, part
    if not isinstance(part, CellPart):
        raise UserError(
            said(
                "A part of a cell is unstaged from what is staged; compare the staged version of {path} with "
                "HEAD, or unstage the whole cell.",
                path=path,
            )
        )
    change = _change(shown, part)
    found = None
    if change.head_index is not None:
        # The index's cell that is this one of the working tree.
        between = diff_notebooks(index.notebook, shown.head, _OPTIONS, cancel)
        pairs = {each.head_index: each.base_index for each in between.cells if each.head_index is not None}
        place = pairs.get(change.head_index)
        if place is not None:
            found = next(k for k, each in enumerate(diff.cells) if each.head_index == place)
    else:
        found = _again(shown, change, diff)
    if found is None or CellPart(found) not in parts(diff):
        raise _not_staged(path)
    return diff, CellPart(found)


def _change(shown: NotebookDiff, part: CellPart) -> CellChange:
    if not 0 <= part.change < len(shown.cells):
        raise UserError(said("That cell is not part of this comparison; compare the two versions again."))
    return shown.cells[part.change]


def _again(shown: NotebookDiff, change: CellChange, diff: NotebookDiff) -> int | None:
    """The place in `diff` of a cell's change; a cell of the head by its place there, a removed one by what it
    held.
    """
    if change.head_index is not None:
        return next((k for k, each in enumerate(diff.cells) if each.head_index == change.head_index), None)
    assert change.base_index is not None  # a change has one side at least
    removed = shown.base.cells[change.base_index]
    alike = [
        (abs(each.base_index - change.base_index), k)
        for k, each in enumerate(diff.cells)
        if each.head_index is None
        and each.base_index is not None
        and (cell := diff.base.cells[each.base_index]).source == removed.source
        and cell.cell_type is removed.cell_type
    ]
    return min(alike, default=(0, None))[1]


def _nothing(path: str) -> UserError:
    return UserError(said("That change of {path} is staged already; choose one that is not.", path=path))


def _not_staged(path: str) -> UserError:
    return UserError(said("That change of {path} is not staged; choose one that is.", path=path))
