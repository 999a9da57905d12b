"""The versions of a path that a merge, a rebase or a cherry-pick left in conflict, and what people call them.

Imports only floors below. Nothing here writes.
"""

import os
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.history.model import Revision, RevisionKind, Stages, stage_name
from nbreview.history.process import Git, GitError, text_of
from nbreview.words import said

_INCOMING = ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
"""The references by which git remembers what it is applying."""
_SUMMARY = 60
"""Characters of a commit's summary that a name takes."""


def stages(git: Git, path: str, cancel: CancelToken | None = None) -> Stages | None:
    """What the index holds of an unmerged path (from the top level), None where it is not unmerged.

    Stage 2 is what the merge was begun on and stage 3 what came in. In a rebase that is the other way round
    than most people think: ours is the branch that one's commits are put onto. So both bear names.
    """
    blobs: dict[int, str] = {}
    for line in git.run("ls-files", "-u", "-z", "--full-name", "--", path, cancel=cancel).split(b"\0"):
        about, _, name = line.partition(b"\t")
        fields = about.split(b" ")
        if len(fields) == 3 and text_of(name) == path:
            blobs[int(fields[2])] = fields[1].decode("ascii")
    if not blobs:
        return None
    ours, theirs = _names(git, cancel)
    names = {1: "", 2: ours, 3: theirs}
    found = {
        stage: Revision(
            RevisionKind.INDEX,
            path,
            blob=blob,
            parent_blob=blobs.get(1, "") if stage != 1 else "",
            summary=stage_name(stage, names[stage]),
            stage=stage,
        )
        for stage, blob in blobs.items()
    }
    return Stages(found.get(1), found.get(2), found.get(3))


def _names(git: Git, cancel: CancelToken | None) -> tuple[str, str]:
    """What is checked out, and what is being merged into it; "" where git does not know."""
    folder = Path(os.fsdecode(git.run("rev-parse", "--absolute-git-dir", cancel=cancel).removesuffix(b"\n")))
    incoming = next((name for name in _INCOMING if (folder / name).is_file()), "")
    theirs = _name(git, incoming, branches=incoming == "MERGE_HEAD") if incoming else ""
    if incoming == "REVERT_HEAD":
        theirs = said("without {name}", name=theirs)
    try:
        ours = git.run("symbolic-ref", "--quiet", "--short", "HEAD").decode("utf-8", "replace").strip()
    except GitError:  # a rebase, or a detached head
        ours = _name(git, "HEAD", branches=True)
    return ours, theirs


def _name(git: Git, revision: str, *, branches: bool) -> str:
    """A branch that points at a commit, if asked for; else its id and summary."""
    try:
        if branches:
            listed = git.run(
                "for-each-ref",
                "--format=%(refname:short)",
                "--points-at",
                revision,
                "refs/heads",
                "refs/remotes",
                "refs/tags",
            )
            if names := listed.decode("utf-8", "replace").split("\n")[0]:
                return names
        shown = git.run("log", "-1", "--format=%h %s", "--no-show-signature", revision, "--")
    except GitError:
        return ""
    text = " ".join(shown.decode("utf-8", "replace").split())
    return text if len(text) <= _SUMMARY else text[: _SUMMARY - 1] + "…"
