"""Revisions of a notebook, as frozen values.

Imports only floors below. A path is relative to the repository's top level, with forward slashes, as git
prints it; bytes that are not UTF-8 are kept with `surrogateescape`.
"""

from dataclasses import dataclass
from enum import StrEnum

from nbreview.words import Said, said


class RevisionKind(StrEnum):
    """Where a revision lives."""

    WORKING_TREE = "working tree"
    INDEX = "index"
    COMMIT = "commit"
    FILE = "file"  # outside git, or a file named on the command line


class FileStatus(StrEnum):
    """What a commit did to the notebook's file, against its first parent."""

    ADDED = "added"
    MODIFIED = "modified"
    RENAMED = "renamed"
    COPIED = "copied"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of one notebook.

    For WORKING_TREE and INDEX the commit fields are empty and `time` is 0. `path` is where the notebook was
    in this revision, `previous_path` where it was in the parent when that differs. `blob` is the git object
    id of the content, "" where unknown (working tree). `parent` is the first parent's id, "" for a root
    commit. `time` is the author's time in seconds since the epoch. `stage` is 1, 2 or 3 for the base, ours or
    theirs of a merge that left the notebook in conflict: `summary` is then its name, and of a WORKING_TREE or
    FILE it is what the conflict markers in the file give.
    """

    kind: RevisionKind
    path: str
    commit: str = ""
    parent: str = ""
    previous_path: str = ""
    blob: str = ""
    parent_blob: str = ""
    status: FileStatus = FileStatus.MODIFIED
    author: str = ""
    email: str = ""
    time: int = 0
    summary: str = ""
    is_merge: bool = False
    stage: int = 0

    @property
    def label(self) -> str:
        """Short name for people: `a1b2c3d “summary”`, `working tree`, `staged`, the file's name, or which
        version of a merge it is.
        """
        if self.stage:
            return self.summary
        if self.kind is RevisionKind.COMMIT:
            return said("{commit} “{summary}”", commit=self.commit[:7], summary=self.summary)
        if self.kind is RevisionKind.FILE:
            return self.path.rsplit("/", 1)[-1]
        return said("staged") if self.kind is RevisionKind.INDEX else said("working tree")


@dataclass(frozen=True, slots=True)
class Stages:
    """The versions that the index holds of a path in conflict. A version is None where its side lacks the
    file: both added it, or one side deleted it.
    """

    base: Revision | None
    ours: Revision | None
    theirs: Revision | None

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """Those that there are, what came later first, as in a history: theirs, ours, base."""
        return tuple(each for each in (self.theirs, self.ours, self.base) if each is not None)


def stage_name(stage: int, name: str = "") -> Said:
    """What a version of a merge in conflict is called; `name` is its branch or commit where that is known."""
    if stage == 1:
        return said("base of the merge")
    if stage == 2:
        return said("ours ({name})", name=name) if name not in ("", "ours") else said("ours")
    return said("theirs ({name})", name=name) if name not in ("", "theirs") else said("theirs")
