"""Open a notebook and read the two sides of a comparison.

Joins `history`, `notebook`, `diff` and `checks`. Every function here may run on a worker thread and changes
no state. Imports nothing from `presentation` and above.
"""

import contextlib
import hashlib
import itertools
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.model import FileStatus, Revision, RevisionKind, stage_name
from nbreview.history.repository import Repository
from nbreview.notebook import conflicts
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.services.options import diff_options
from nbreview.settings import Settings
from nbreview.words import said


@dataclass(frozen=True, slots=True)
class Target:
    """The notebook under review: its absolute path and, inside a repository, that and the path within it."""

    notebook: Path
    repository: Repository | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. `revision` is None for the empty side of a notebook that was added. `blob` is
    git's id of the content that was read, also where git has not seen it; "" where there is none.
    """

    label: str
    revision: Revision | None
    notebook: Notebook
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Base and head, read, and what differs between them."""

    target: Target
    base: Side
    head: Side
    diff: NotebookDiff

    @property
    def writable(self) -> bool:
        """Whether accepting a suggestion can change the head: it is the file itself, and of a format that is
        written.
        """
        revision = self.head.revision
        return (
            revision is not None
            and not revision.stage
            and revision.kind in (RevisionKind.WORKING_TREE, RevisionKind.FILE)
            and not self.head.notebook.read_only
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A notebook that has been opened: its history, newest first, and the comparison to show first.

    `problem` says which revision could not be read, where another one is shown for it. `place` is where the
    person was in it the last time, as the window kept it.
    """

    target: Target
    revisions: tuple[Revision, ...]
    comparison: Comparison
    problem: str = ""
    place: Any = None


def place_name(target: Target) -> str:
    """Under which name the store keeps where the person was in a notebook."""
    return f"notebook {target.notebook}"


def find_target(path: Path) -> Target:
    """Find the notebook a path means and the repository around it.

    Raises
    ------
    UserError
        The path does not exist, may not be looked at, or is a folder that does not hold exactly one notebook.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a symbolic link to another name
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise UserError(
            said("{path} cannot be opened ({reason}); check its path.", path=path, reason=error.strerror)
        ) from error
    if is_folder:
        notebooks = sorted(path.glob("*.ipynb"))
        if len(notebooks) != 1:
            if not notebooks:
                raise UserError(
                    said("{path} is a folder and holds no notebook; name one .ipynb file to open.", path=path)
                )
            raise UserError(
                said(
                    "{path} is a folder and holds {count} notebooks; name one .ipynb file to open.",
                    path=path,
                    count=len(notebooks),
                )
            )
        path = notebooks[0]
    if not path.parent.is_dir():
        raise UserError(said("{folder} does not exist; check the path of the notebook.", folder=path.parent))
    repository = Repository.discover(path)
    relative = repository.relative(path) if repository is not None else ""
    return Target(path, repository, relative)


def file_revision(path: Path) -> Revision:
    """The revision that stands for a file as it is on disk, outside of any history."""
    return Revision(RevisionKind.FILE, path.as_posix())


def list_revisions(target: Target, cancel: CancelToken | None = None) -> tuple[Revision, ...]:
    """All revisions of the notebook, working tree first; the file alone where there is no repository."""
    if target.repository is None:
        return (file_revision(target.notebook),)
    revisions = target.repository.history(target.path, cancel)
    return revisions or (file_revision(target.notebook),)


def read_side(
    target: Target,
    revision: Revision | None,
    settings: Settings,
    cancel: CancelToken | None = None,
    blobs: BlobReader | None = None,
) -> Side:
    """Read one revision of the target, through `blobs` where that is given; None is the empty notebook."""
    if revision is None:
        return Side(said("(not there)"), None, EMPTY)
    limit = settings.max_notebook_mib * 2**20
    if revision.stage and revision.kind is not RevisionKind.INDEX:
        return _marked_side(target, revision, limit)
    if revision.kind is RevisionKind.FILE:
        data = load_file(Path(revision.path), max_bytes=limit)
        return _side(revision, data, revision.path, limit)
    if revision.status is FileStatus.DELETED:
        return Side(said("{revision} (deleted)", revision=revision.label), revision, EMPTY)
    if target.repository is None:  # a revision of git cannot come from outside of a repository
        raise UserError(
            said("{path} is not in a git repository; choose two files to compare.", path=target.notebook)
        )
    if revision.kind is RevisionKind.WORKING_TREE:
        path = target.repository.path_of(revision.path)
        return _side(revision, load_file(path, max_bytes=limit), str(path), limit)
    if blobs is not None and revision.blob:
        data = blobs.read(revision.blob, cancel)
    else:
        data = target.repository.read(revision, cancel)
    name = f"{revision.commit[:7] or revision.kind.value}:{revision.path}"
    return _side(revision, data, name, limit)


def _side(revision: Revision, data: bytes, name: str, limit: int) -> Side:
    notebook = read_bytes(data, name, max_bytes=limit)
    known = revision.blob if revision.kind is RevisionKind.COMMIT else ""
    return Side(revision.label, revision, notebook, known or _blob_of(data))


def _blob_of(data: bytes) -> str:
    """Git's id of a content (gitglossary: blob object), in a repository of the usual format."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _marked_side(target: Target, revision: Revision, limit: int) -> Side:
    """One version of a file with conflict markers, put together from the file."""
    sides = conflicts.sides(load_file(target.notebook, max_bytes=limit))
    data = {1: sides.base, 2: sides.ours, 3: sides.theirs}[revision.stage] if sides is not None else None
    if data is None:
        raise UserError(
            said("{path} holds no conflict markers any more; open it again.", path=target.notebook)
        )
    return _side(revision, data, f"{target.notebook} ({revision.label})", limit)


def parent_of(target: Target, revision: Revision) -> Revision | None:
    """What a revision is compared against when it stands alone."""
    if target.repository is None or revision.kind is RevisionKind.FILE:
        return None
    return target.repository.parent(revision)


def compare(
    target: Target,
    base: Revision | None,
    head: Revision | None,
    settings: Settings,
    cancel: CancelToken | None = None,
    blobs: BlobReader | None = None,
) -> Comparison:
    """Read both revisions, through `blobs` where that is given, and compare them."""
    base_side = read_side(target, base, settings, cancel, blobs)
    head_side = read_side(target, head, settings, cancel, blobs)
    options = diff_options(settings)
    return Comparison(
        target, base_side, head_side, diff_notebooks(base_side.notebook, head_side.notebook, options, cancel)
    )


def open_notebook(path: Path, settings: Settings, cancel: CancelToken | None = None) -> Opened:
    """Open a notebook for review: history, and the first comparison.

    The working tree stands against what it was made from. Where it holds no change, the last commit's change
    is shown instead, still with the working tree as head, so that suggestions can be accepted at once.
    """
    target = find_target(path)
    revisions = list_revisions(target, cancel)
    head = revisions[0]
    if head.kind in (RevisionKind.WORKING_TREE, RevisionKind.FILE):
        conflicted = _open_conflicted(target, revisions, settings, cancel)
        if conflicted is not None:
            return conflicted
    if head.kind is RevisionKind.FILE:
        # Without history the notebook stands against itself: nothing differs, everything can be read.
        comparison = compare(target, head, head, settings, cancel)
        return Opened(target, revisions, comparison)
    try:
        comparison = compare(target, parent_of(target, head), head, settings, cancel)
    except UserError as error:
        # A revision that cannot be read does not keep anybody from the one that can.
        return Opened(target, revisions, compare(target, head, head, settings, cancel), error.message)
    commits = [revision for revision in revisions if revision.kind is RevisionKind.COMMIT]
    if not comparison.diff.changed and head.kind is RevisionKind.WORKING_TREE and commits:
        with contextlib.suppress(UserError):
            comparison = compare(target, parent_of(target, commits[0]), head, settings, cancel)
    return Opened(target, revisions, comparison)


def reread(
    opened: Opened, shown: Comparison, settings: Settings, cancel: CancelToken | None = None
) -> Opened:
    """The history and the comparison shown as they are after the index or the file was written; the commits
    are those known.

    What stood against its parent stands against the parent that it has now; what is staged no longer gives
    way to the working tree.
    """
    target, repository = opened.target, opened.target.repository
    if repository is None or shown.head.revision is None:
        base, head = shown.base.revision, shown.head.revision
        return replace(opened, comparison=compare(target, base, head, settings, cancel))
    kept = tuple(each for each in opened.revisions if each.kind in (RevisionKind.COMMIT, RevisionKind.FILE))
    revisions = (*repository.uncommitted(target.path, cancel), *kept)
    head = _same_place(shown.head.revision, revisions)
    alone = _stands_alone(shown, opened.revisions)
    if head is None:
        head, alone = revisions[0], True
    if alone:
        base = parent_of(target, head)
    else:
        base = shown.base.revision and (_same_place(shown.base.revision, revisions) or shown.base.revision)
    return Opened(target, revisions, compare(target, base, head, settings, cancel))


def _same_place(revision: Revision, revisions: tuple[Revision, ...]) -> Revision | None:
    """What is now where a revision was: another content of the index, the same commit."""
    if revision.kind in (RevisionKind.FILE, RevisionKind.COMMIT) or revision.stage:
        return revision
    return next((each for each in revisions if each.kind is revision.kind and not each.stage), None)


def _stands_alone(shown: Comparison, revisions: tuple[Revision, ...]) -> bool:
    """Whether a revision of the working tree or the index is shown against its parent."""
    base, head = shown.base.revision, shown.head.revision
    if head is None or head.stage or head.kind not in (RevisionKind.WORKING_TREE, RevisionKind.INDEX):
        return False
    rows = [(each.kind, each.commit) for each in revisions if not each.stage]
    if base is None or (base.kind, base.commit) not in rows:
        return True  # HEAD is no row of its own when its commit left the notebook alone
    return any(
        kind is head.kind and (base.kind, base.commit) == below
        for (kind, _), below in itertools.pairwise(rows)
    )


def _open_conflicted(
    target: Target, revisions: tuple[Revision, ...], settings: Settings, cancel: CancelToken | None
) -> Opened | None:
    """Open a notebook whose file holds git's conflict markers, as the versions that it was made from: ours
    against theirs. None where the file holds no markers, or no version can be told.

    The versions come from the index; where that holds none (outside of a repository, or the file was staged
    as it is), they are put together from the lines of the file.
    """
    data = load_file(target.notebook, max_bytes=settings.max_notebook_mib * 2**20)
    if not conflicts.has_markers(data):
        return None
    name = target.notebook.name
    staged = {revision.stage: revision for revision in revisions if revision.stage}
    if 2 in staged and 3 in staged:
        comparison = compare(target, staged[2], staged[3], settings, cancel)
        return Opened(
            target,
            revisions,
            comparison,
            said(
                "{name} holds git conflict markers; shown are the versions that were merged, ours on the "
                "left, theirs on the right. “nbreview merge {name}” merges them cell by cell; “git checkout "
                "--ours” or “--theirs” takes one of them whole.",
                name=name,
            ),
        )
    sides = conflicts.sides(data)
    if sides is None:
        return None
    versions = [
        Revision(RevisionKind.FILE, target.notebook.as_posix(), summary=stage_name(stage, label), stage=stage)
        for stage, label, held in (
            (3, sides.theirs_label, sides.theirs),
            (2, sides.ours_label, sides.ours),
            (1, "", sides.base),
        )
        if held is not None
    ]
    try:
        comparison = compare(target, versions[1], versions[0], settings, cancel)
    except UserError:
        return None
    kept = tuple(revision for revision in revisions if revision.kind is not RevisionKind.FILE)
    if len(versions) == 3:
        try:
            read_side(target, versions[2], settings, cancel)
        except UserError:
            versions.pop()
    place = 1 if kept and kept[0].kind is RevisionKind.WORKING_TREE else 0
    return Opened(
        target,
        (*kept[:place], *versions, *kept[place:]),
        comparison,
        said(
            "{name} holds git conflict markers; shown are the versions that were merged, ours on the left, "
            "theirs on the right, as the file itself gives them. Remove the markers and the lines of the "
            "other version in a text editor, or restore the notebook from git.",
            name=name,
        ),
    )


def open_pair(base: Path, head: Path, settings: Settings, cancel: CancelToken | None = None) -> Opened:
    """Open two files to compare; the head's history is there as well. The null device stands for the empty
    side of a notebook that was added or removed: git's difftool gives it.

    Raises
    ------
    UserError
        A file cannot be read, or neither side is one.
    """
    if is_nothing(head) and is_nothing(base):
        raise UserError(
            said("{path} is given twice, and holds no notebook; name one .ipynb file at least.", path=base)
        )
    target = find_target(base if is_nothing(head) else head)
    comparison = compare(target, _file_or_nothing(base), _file_or_nothing(head), settings, cancel)
    return Opened(target, list_revisions(target, cancel), comparison)


def is_nothing(path: Path) -> bool:
    """Whether a path is the null device, which stands for a notebook that is not there."""
    return str(path) in ("/dev/null", os.devnull)


def _file_or_nothing(path: Path) -> Revision | None:
    return None if is_nothing(path) else file_revision(path.absolute())


def count_cells(
    target: Target,
    revision: Revision,
    settings: Settings,
    cancel: CancelToken | None = None,
    blobs: BlobReader | None = None,
) -> dict[ChangeKind, int]:
    """How many cells a revision changed against its parent: the badge beside it.

    Parameters
    ----------
    blobs:
        A reader of the target's repository (`Repository.blobs`). Who counts many revisions gives one, and no
        child is started for each commit.
    """
    base = _parent_content(revision) or parent_of(target, revision)
    if blobs is not None or target.repository is None:
        return dict(compare(target, base, revision, settings, cancel, blobs).diff.counts())
    with target.repository.blobs() as own:
        return dict(compare(target, base, revision, settings, cancel, own).diff.counts())


def _parent_content(revision: Revision) -> Revision | None:
    """The notebook in a commit's parent by what the commit tells of it, without author and summary, which
    git would have to be asked for; None where the commit does not tell.
    """
    if not (revision.kind is RevisionKind.COMMIT and revision.parent and revision.parent_blob):
        return None
    path = revision.previous_path or revision.path
    return Revision(RevisionKind.COMMIT, path, commit=revision.parent, blob=revision.parent_blob)
