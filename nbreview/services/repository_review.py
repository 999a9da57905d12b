"""The review of a whole folder or range: which notebooks changed, how much, and which were viewed.

Joins `history`, the store and `opening`. Every function here may run on a worker thread; only `set_viewed`
and the counts that are kept change anything, and that in the store alone. Knows nothing of Qt.
"""

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.changes import (
    WORKING_TREE,
    Change,
    State,
    changed_notebooks,
    file_blob,
    find_states,
    untracked_notebooks,
)
from nbreview.history.model import Revision, RevisionKind
from nbreview.history.names import RevisionNames, revision_names
from nbreview.history.process import Git, GitError, git_in
from nbreview.history.repository import Repository
from nbreview.review.comments import CommentState
from nbreview.services import opening
from nbreview.services.opening import Comparison, Opened, Target
from nbreview.services.options import diff_options, fingerprint
from nbreview.settings import Settings
from nbreview.store.database import Store
from nbreview.words import said

Report = Callable[[float, str], None]
MOST_LISTED = 5000
"""Notebooks of a folder that are listed where none has changed."""

_SUFFIX = ".ipynb"
_PASSED_OVER = frozenset(
    {"node_modules", "__pycache__", "site-packages", "venv", "env", "__pypackages__", "anaconda-project"}
)


@dataclass(frozen=True, slots=True)
class ReviewRange:
    """What is asked for: a folder, and `A..B`, `A...B` (from where they parted, as a pull request has it), a
    single revision (it against the working tree), or "": HEAD against the working tree.
    """

    folder: Path
    spec: str = ""


@dataclass(frozen=True, slots=True)
class ChangedNotebook:
    """One notebook of the list, with git's object ids of its two contents ("" for a side that is not
    there). `untracked`: git does not know it yet.
    """

    change: Change
    base_blob: str
    head_blob: str
    untracked: bool = False

    @property
    def path(self) -> str:
        """Where it is now, or was before it was deleted; from the top level."""
        return self.change.path

    @property
    def name(self) -> str:
        """Its path as text that can be shown and kept: bytes that are not UTF-8 are replaced."""
        return printable(self.path)

    @property
    def key(self) -> tuple[str, str, str]:
        """Under which the tick “viewed” is kept."""
        return self.name, self.base_blob, self.head_blob


@dataclass(frozen=True, slots=True)
class RepositoryReview:
    """A folder or range under review.

    `repository` is None for a folder outside of any. `base` and `head` are None there. `notebooks` are all of
    the folder's, listed where none has changed. `viewed` are the keys that are ticked.
    """

    asked: ReviewRange
    repository: Repository | None = None
    base: State | None = None
    head: State | None = None
    changed: tuple[ChangedNotebook, ...] = ()
    notebooks: tuple[Path, ...] = ()
    viewed: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of one notebook of the list: cells by kind of change, or why it cannot be read; its open
    comments, and what the rules found in its content the last time that it was open.
    """

    counts: Mapping[ChangeKind, int] | None
    problem: str = ""
    comments: int = 0
    findings: int = 0


def printable(path: str) -> str:
    """A path from git as text: bytes that are not UTF-8 cannot be shown or kept."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_range(text: str) -> bool:
    """Whether an argument is `A..B` or `A...B`, and not a path such as ../a.ipynb that may be misspelt."""
    return (
        ".." in text
        and not text.lower().endswith(_SUFFIX)
        and not text.startswith(("../", "..\\"))
        and text.strip("./\\") != ""
        and not Path(text).exists()
    )


def is_notebook(path: str) -> bool:
    """Whether a path may be a notebook, by its name."""
    return path.lower().endswith(_SUFFIX)


# --- which --------------------------------------------------------------------------------------------------


def find_review(
    asked: ReviewRange,
    store: Store,
    cancel: CancelToken | None = None,
    report: Report = lambda _progress, _words: None,
) -> RepositoryReview:
    """The changed notebooks of a folder, or of a range below a folder; all of its notebooks where none has
    changed.

    Raises
    ------
    UserError
        There is no such folder or revision, git refuses the repository, or a bare one is asked for its
        working tree.
    Cancelled
        `cancel` was raised.
    """
    folder, spec = asked.folder, asked.spec.strip()
    try:
        there = folder.is_dir()
    except OSError as error:
        raise UserError(
            said(
                "{folder} cannot be opened ({reason}); check its path.", folder=folder, reason=error.strerror
            )
        ) from error
    if not there:
        raise UserError(said("{folder} is not a folder; check its path.", folder=folder))
    repository = Repository.discover(folder)
    if repository is None:
        if spec:
            raise UserError(
                said(
                    "{folder} is in no git repository, so “{spec}” names nothing there; "
                    "open a folder of one.",
                    folder=folder,
                    spec=spec,
                )
            )
        return RepositoryReview(asked, notebooks=list_notebooks(folder, cancel, report))
    git = git_in(repository.root)
    base, head = _states(repository, git, spec)
    inside = _inside(repository, folder)
    report(-1.0, "")
    changes = [
        change
        for change in changed_notebooks(git, base, head, is_notebook, cancel)
        # A renamed notebook counts by either of its names, so the choice waits until renames are known.
        if inside(change.path) or (change.previous_path and inside(change.previous_path))
    ]
    new: tuple[Change, ...] = ()
    if head.kind is RevisionKind.WORKING_TREE:
        new = untracked_notebooks(git, lambda path: is_notebook(path) and inside(path), cancel)
    listed = []
    for place, (change, untracked) in enumerate(
        [*((each, False) for each in changes), *((each, True) for each in new)]
    ):
        if cancel is not None:
            cancel.check()
        report(place / (len(changes) + len(new)), printable(change.path))
        listed.append(_identified(repository, git, change, base, untracked=untracked))
    listed.sort(key=lambda each: each.path)
    viewed: frozenset[tuple[str, str, str]] = frozenset()
    with contextlib.suppress(UserError):
        viewed = store.viewed_files(str(repository.root))
    notebooks = () if listed or repository.bare else list_notebooks(folder, cancel, report)
    return RepositoryReview(asked, repository, base, head, tuple(listed), notebooks, viewed)


def find_names(folder: Path, cancel: CancelToken | None = None) -> RevisionNames:
    """Branches, tags and recent commits of the repository around a folder.

    Raises
    ------
    UserError
        The folder is in no repository, or git refuses it.
    """
    repository = Repository.discover(folder)
    if repository is None:
        raise UserError(said("{folder} is in no git repository; choose a folder of one.", folder=folder))
    return revision_names(git_in(repository.root), cancel)


def list_notebooks(
    folder: Path,
    cancel: CancelToken | None = None,
    report: Report = lambda _progress, _words: None,
) -> tuple[Path, ...]:
    """The notebooks in a folder and below it, ordered by path, `MOST_LISTED` at most. Hidden folders,
    environments and what links point to are passed over, and so is what may not be looked at.
    """
    found: list[Path] = []
    for place, folders, files in os.walk(folder):
        if cancel is not None:
            cancel.check()
        report(-1.0, printable(os.fsdecode(os.fsencode(place))))
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _PASSED_OVER
            and not os.path.exists(os.path.join(place, name, "pyvenv.cfg"))  # noqa: PTH110, PTH118 - many
        )
        found += [Path(place, name) for name in sorted(files) if is_notebook(name)]
        if len(found) >= MOST_LISTED:
            break
    return tuple(sorted(found[:MOST_LISTED]))


def _states(repository: Repository, git: Git, spec: str) -> tuple[State, State]:
    if spec:
        base, head = find_states(git, [spec])
    else:
        # HEAD, or the empty tree before the first commit.
        base, head = find_states(git, (), staged=True)[0], WORKING_TREE
    if repository.bare and head.kind is not RevisionKind.COMMIT:
        raise UserError(
            said(
                "{root} is a bare repository without files; name two revisions, as in main...feature.",
                root=repository.root,
            )
        )
    return base, head


def _inside(repository: Repository, folder: Path) -> Callable[[str], bool]:
    relative = "." if repository.bare else repository.relative(folder)
    return lambda path: relative == "." or path.startswith(f"{relative}/")


def _identified(
    repository: Repository, git: Git, change: Change, base: State, *, untracked: bool
) -> ChangedNotebook:
    before, after = change.base, change.head
    base_blob = before.blob if before is not None else ""
    head_blob = after.blob if after is not None else ""
    if after is not None and after.kind is RevisionKind.WORKING_TREE:
        head_blob = file_blob(repository.path_of(after.path), base_blob or base.commit)
    return ChangedNotebook(change, base_blob, head_blob, untracked)


# --- how much -----------------------------------------------------------------------------------------------


def count_changed(
    store: Store,
    review: RepositoryReview,
    settings: Settings,
    counted: Callable[[int, Counted], None],
    cancel: CancelToken | None = None,
    report: Report = lambda _progress, _words: None,
) -> None:
    """Count the cells that differ in each changed notebook, and tell each as soon as it is known: first what
    is kept from before, then what has to be read. One that cannot be read does not keep the others waiting.

    Parameters
    ----------
    counted:
        Called with the place in `review.changed` and what is known.
    """
    repository = review.repository
    if repository is None:
        return
    depends_on = fingerprint(diff_options(settings))
    missing = []
    for place, notebook in enumerate(review.changed):
        if cancel is not None:
            cancel.check()
        kept = _kept(store, notebook, depends_on)
        if kept is None:
            missing.append((place, notebook))
        else:
            counted(place, _with_notes(store, repository, notebook, Counted(kept)))
    if not missing:
        return
    with repository.blobs() as blobs:
        for done, (place, notebook) in enumerate(missing):
            if cancel is not None:
                cancel.check()
            report(done / len(missing), notebook.name)
            try:
                diff = _compare(repository, notebook, settings, cancel, blobs).diff
            except UserError as error:
                counted(place, Counted(None, error.message))
                continue
            counts = dict(diff.counts())
            _keep(store, notebook, counts, depends_on)
            counted(place, _with_notes(store, repository, notebook, Counted(counts)))


def _kept(store: Store, notebook: ChangedNotebook, depends_on: str) -> Mapping[ChangeKind, int] | None:
    known = None
    if notebook.head_blob != "?":
        with contextlib.suppress(UserError):
            known = store.badge(notebook.base_blob, notebook.head_blob, depends_on)
    return None if known is None else {kind: known.get(kind.value, 0) for kind in ChangeKind}


def _keep(store: Store, notebook: ChangedNotebook, counts: Mapping[ChangeKind, int], depends_on: str) -> None:
    if notebook.head_blob != "?":
        rows = [(notebook.base_blob, notebook.head_blob, {kind.value: counts[kind] for kind in counts})]
        with contextlib.suppress(UserError):  # counted again the next time
            store.put_badges(rows, depends_on)


def _with_notes(store: Store, repository: Repository, notebook: ChangedNotebook, known: Counted) -> Counted:
    """With the open comments on the notebook, and what was found in this very content of it."""
    name = printable(str(repository.path_of(notebook.path)))
    try:
        comments = sum(each.state is CommentState.OPEN for each in store.comments(name))
        findings = sum(
            each.place.blob == notebook.head_blob and notebook.head_blob not in ("", "?")
            for each in store.findings(name)
        )
    except UserError:
        return known
    return Counted(known.counts, known.problem, comments, findings)


def _compare(
    repository: Repository,
    notebook: ChangedNotebook,
    settings: Settings,
    cancel: CancelToken | None,
    blobs: BlobReader | None = None,
) -> Comparison:
    change = notebook.change
    return opening.compare(
        _target(repository, notebook.path), change.base, change.head, settings, cancel, blobs
    )


def _target(repository: Repository, path: str) -> Target:
    return Target(repository.path_of(path), repository, path)


# --- one of them --------------------------------------------------------------------------------------------


def open_changed(
    review: RepositoryReview,
    notebook: ChangedNotebook,
    settings: Settings,
    cancel: CancelToken | None = None,
) -> Opened:
    """Open one notebook of the list, compared between the two ends of the review.

    A side that is a commit's becomes the revision of the notebook's history that it is, so that the history
    shows it: the last commit up to there that touched the notebook.

    Raises
    ------
    UserError
        A side cannot be read.
    """
    repository = review.repository
    assert repository is not None  # only a repository's notebooks change
    target = _target(repository, notebook.path)
    if notebook.change.conflict:
        return opening.open_notebook(target.notebook, settings, cancel)
    history = repository.history(notebook.path, cancel)
    git = git_in(repository.root)
    base, head = (
        _told(repository, git, side, history) for side in (notebook.change.base, notebook.change.head)
    )
    comparison = opening.compare(target, base, head, settings, cancel)
    revisions = history or tuple(each for each in (head, base) if each is not None)
    return Opened(target, revisions, comparison)


def open_range(spec: str, path: Path, settings: Settings, cancel: CancelToken | None = None) -> Opened:
    """Open a notebook, compared between the two revisions of a range; a rename between them is followed.

    Raises
    ------
    UserError
        There is no such revision, or neither of them holds the notebook.
    """
    target = opening.find_target(path)
    repository = target.repository
    if repository is None:
        raise UserError(
            said("{path} is not in a git repository; name two files to compare instead.", path=path)
        )
    git = git_in(repository.root)
    base, head = find_states(git, [spec])
    for change in changed_notebooks(git, base, head, is_notebook, cancel):
        if target.path in (change.path, change.previous_path):
            notebook = _identified(repository, git, change, base, untracked=False)
            review = RepositoryReview(ReviewRange(repository.root, spec), repository, base, head)
            return open_changed(review, notebook, settings, cancel)
    same = repository.resolve(f"{head.commit}:{target.path}")  # nothing differs, or it is in neither
    history = repository.history(target.path, cancel)
    side = _told(repository, git, same, history)
    return Opened(target, history or (same,), opening.compare(target, side, side, settings, cancel))


def set_viewed(store: Store, review: RepositoryReview, notebook: ChangedNotebook, *, viewed: bool) -> None:
    """Keep that a notebook's two versions were viewed, or that they are to be viewed again.

    Raises
    ------
    UserError
        The store cannot be written.
    """
    assert review.repository is not None  # only a repository's notebooks change
    mark = store.mark_file_viewed if viewed else store.unmark_file_viewed
    mark(str(review.repository.root), *notebook.key)


def _told(
    repository: Repository, git: Git, side: Revision | None, history: Sequence[Revision]
) -> Revision | None:
    """A side with author and summary, as the notebook's history has it where it is there."""
    if side is None or side.kind is not RevisionKind.COMMIT:
        return side
    try:
        touched = git.run("rev-list", "-1", side.commit, "--", side.path).decode("ascii").strip()
        for each in history:
            if each.commit == touched and each.blob == side.blob:
                return each
        return repository.resolve(f"{side.commit}:{side.path}")
    except (GitError, UserError):  # a tree and no commit: what is known of it is enough to read it
        return side
