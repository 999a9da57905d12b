"""Names that a person may call a state of a repository by: branches, tags, recent commits.

Imports only floors below.
"""

from dataclasses import dataclass
from enum import StrEnum

from nbreview.cancellation import CancelToken
from nbreview.history.process import Git, GitError

MOST_NAMES = 2000
"""Branches and tags that are listed, those of the newest commits first."""
MOST_COMMITS = 200
"""Recent commits that are listed."""

_USUAL = ("main", "master", "trunk", "develop")


class NameKind(StrEnum):
    """What a name stands for."""

    BRANCH = "branch"
    REMOTE_BRANCH = "remote branch"
    TAG = "tag"
    COMMIT = "commit"


@dataclass(frozen=True, slots=True)
class RevisionName:
    """A name that git takes for a commit, and the first line of that commit's or tag's message."""

    name: str
    kind: NameKind
    summary: str = ""


@dataclass(frozen=True, slots=True)
class RevisionNames:
    """The names of a repository. `current` is the branch that is checked out, "" for none; `main` is the
    branch that others are merged into as far as can be told, else "".
    """

    names: tuple[RevisionName, ...]
    current: str = ""
    main: str = ""


_KINDS = {
    "refs/heads/": NameKind.BRANCH,
    "refs/remotes/": NameKind.REMOTE_BRANCH,
    "refs/tags/": NameKind.TAG,
}


def revision_names(git: Git, cancel: CancelToken | None = None) -> RevisionNames:
    """Branches, remote branches, tags and commits of HEAD, the latest first.

    Raises
    ------
    GitError, Cancelled
        As `Git.run` raises them.
    """
    listed = git.run(
        "for-each-ref",
        f"--count={MOST_NAMES}",
        "--sort=-committerdate",
        "--format=%(refname)%00%(symref)%00%(contents:subject)",
        *_KINDS,
        cancel=cancel,
    )
    names: list[RevisionName] = []
    origin = ""
    for line in listed.decode("utf-8", "replace").splitlines():
        ref, symref, summary = (*line.split("\0", 2), "", "")[:3]
        start = next((start for start in _KINDS if ref.startswith(start)), "")
        if symref:  # origin/HEAD: a second name of the branch that others are merged into
            origin = symref.removeprefix("refs/remotes/") if ref == "refs/remotes/origin/HEAD" else origin
        elif start:
            names.append(RevisionName(ref.removeprefix(start), _KINDS[start], summary))
    order = list(NameKind)
    names.sort(key=lambda each: order.index(each.kind))
    branches = {each.name for each in names if each.kind is NameKind.BRANCH}
    usual = next((name for name in _USUAL if name in branches), "")
    local = origin.removeprefix("origin/")
    main = local if local in branches else origin or usual
    return RevisionNames((*names, *_commits(git, cancel)), _current(git), main)


def _commits(git: Git, cancel: CancelToken | None) -> list[RevisionName]:
    try:
        listed = git.run("log", "-z", f"-n{MOST_COMMITS}", "--format=%h%x00%s", "HEAD", cancel=cancel)
    except GitError:  # nothing has been committed yet
        return []
    words = listed.decode("utf-8", "replace").split("\0")
    return [
        RevisionName(name, NameKind.COMMIT, summary)
        for name, summary in zip(words[::2], words[1::2], strict=False)
    ]


def _current(git: Git) -> str:
    try:
        return git.run("symbolic-ref", "--quiet", "--short", "HEAD").decode("utf-8", "replace").strip()
    except GitError:  # a detached head
        return ""
