"""The repositories to be mined: what each is called, where its history begins, and its chunks of work.

Imports `history` and below, and the modules beside it.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.mining_log import (
    Change,
    NotebookCommit,
    is_partial,
    notebook_commits,
    shallow_commits,
)
from nbreview.history.model import FileStatus
from nbreview.history.process import Git, git_in
from nbreview.history.repository import Repository
from nbreview.training.mining_chunk import Chunk
from nbreview.training.mining_filters import MiningFilters, Reason, from_change, from_commit
from nbreview.training.mining_rows import MiningSchema, Revised, Source
from nbreview.training.redaction import hide_homes

_CHUNK_REVISIONS = 64
_WINDOW_REVISIONS = 2048
_WINDOW_COMMITS = 4096

COMMITS = "commits"
MERGES = "merges"
ROOTS = "root commits"
REVISIONS = "revisions of notebooks"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One repository as it stood when the mining began."""

    folder: Path
    source: Source
    tip: str
    shallow: frozenset[str]
    partial: bool

    @property
    def git(self) -> Git:
        """git in its folder."""
        return git_in(self.folder)


@dataclass(frozen=True, slots=True)
class Survey:
    """The repositories that can be mined, and why others cannot, in the order in which they were named."""

    repositories: tuple[Surveyed, ...]
    problems: tuple[str, ...]


def survey(folders: Iterable[Path], cancel: CancelToken | None = None) -> Survey:
    """Look at every repository once. One that is named twice is mined once.

    Raises
    ------
    UserError
        Not one of them can be mined.
    """
    found: list[Surveyed] = []
    known: set[tuple[Path, str]] = set()  # a worktree and its repository hold one history
    problems: list[str] = []
    for folder in folders:
        if cancel is not None:
            cancel.check()
        try:
            surveyed = _survey_one(folder)
        except UserError as error:
            problems.append(error.message)
            continue
        key = (_objects(surveyed), surveyed.tip)
        if key not in known:
            known.add(key)
            found.append(surveyed)
    if not found:
        if len(problems) == 1:
            raise UserError(problems[0])
        raise UserError(f"None of the {len(problems)} repositories can be mined; the first: {problems[0]}")
    return Survey(tuple(found), tuple(problems))


def chunks(
    repository: Surveyed, schema: MiningSchema, filters: MiningFilters, cancel: CancelToken | None = None
) -> Iterator[Chunk]:
    """The work in one repository, always cut in the same way; the listing is read as the chunks are taken.

    Within a window of the listing, the revisions of one notebook stand together, newest first: the base of
    one is the head of the next, and is read once.

    Raises
    ------
    GitError, Cancelled
        As `mining_log.notebook_commits` raises them.
    """
    notebooks: dict[str, list[Revised]] = {}
    left_out: Counter[Reason] = Counter()
    listed: Counter[str] = Counter()
    for commit in notebook_commits(repository.git, repository.tip, exact=repository.partial, cancel=cancel):
        listed[COMMITS] += 1
        listed[MERGES] += len(commit.parents) > 1
        listed[ROOTS] += not commit.parents and commit.id not in repository.shallow
        listed[REVISIONS] += len(commit.changes)
        unwanted = from_commit(commit, repository.shallow, filters)
        for change in commit.changes:
            reason = unwanted or from_change(change, filters)
            if reason is None:
                revised = _revised(commit, change, schema.renames)
                notebooks.setdefault(change.path, []).append(revised)
            else:
                left_out[reason] += 1
        if listed[REVISIONS] >= _WINDOW_REVISIONS or listed[COMMITS] >= _WINDOW_COMMITS:
            yield from _cut(repository, schema, filters, notebooks, left_out, listed)
            notebooks, left_out, listed = {}, Counter(), Counter()
    if listed:
        yield from _cut(repository, schema, filters, notebooks, left_out, listed)


def _cut(
    repository: Surveyed,
    schema: MiningSchema,
    filters: MiningFilters,
    notebooks: dict[str, list[Revised]],
    left_out: Counter[Reason],
    listed: Counter[str],
) -> Iterator[Chunk]:
    """A window of the listing in chunks; the first one carries its counts, each a share of its commits."""
    counts = dict(left_out), {name: number for name, number in listed.items() if number}
    revisions = [revised for each in notebooks.values() for revised in each]
    number = -(-len(revisions) // _CHUNK_REVISIONS) or 1
    for at in range(number):
        part = tuple(revisions[at * _CHUNK_REVISIONS : (at + 1) * _CHUNK_REVISIONS])
        share = listed[COMMITS] * (at + 1) // number - listed[COMMITS] * at // number
        yield Chunk(str(repository.folder), repository.source, schema.name, filters, part, *counts, share)
        counts = {}, {}


def _revised(commit: NotebookCommit, change: Change, renames: bool) -> Revised:
    moved = bool(change.previous_path)
    follow = renames or not moved
    return Revised(
        commit.id,
        commit.parents[0] if commit.parents else "",
        len(commit.parents) > 1,
        commit.time,
        commit.subject,
        commit.message,
        change.path,
        change.previous_path if follow else "",
        change.status if follow else FileStatus.ADDED,
        change.before if follow else "",
        change.after,
    )


def _survey_one(folder: Path) -> Surveyed:
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise UserError(f"{folder} {what}; name the folder of a git repository.")
    repository = Repository.discover(folder)
    if repository is None:
        raise UserError(f"{folder} is not a git repository; name the folder of a clone.")
    if repository.root != folder.resolve():
        raise UserError(
            f"{folder} lies inside the repository {repository.root}; name that one to mine its history."
        )
    tip = repository.head()
    if not tip:
        raise UserError(f"{folder} has no commits yet (or none at HEAD); name a repository with a history.")
    git = git_in(repository.root)
    remote = hide_homes(repository.remote())
    source = Source(_name(remote, repository.root), remote)
    return Surveyed(repository.root, source, tip, shallow_commits(git), is_partial(git))


def _objects(surveyed: Surveyed) -> Path:
    """Where a repository keeps its objects, which its worktrees share."""
    printed = surveyed.git.run("rev-parse", "--git-common-dir").removesuffix(b"\n")
    return (surveyed.folder / os.fsdecode(printed)).resolve()


def _name(remote: str, root: Path) -> str:
    """The last part of the remote's address, or of the folder's path where there is no remote."""
    last = unquote(remote.rstrip("/").replace("\\", "/").rpartition("/")[2].rpartition(":")[2])
    name = last or (root.parent.name if root.name == ".git" else root.name)
    return name.removesuffix(".git").removesuffix(".bundle") or name
