"""Merge three versions of a notebook's file, given as bytes or taken from the index of an unmerged path.

Joins `history`, `notebook` and `diff`. Writes nothing: the caller decides where the bytes go. Imports nothing
from `presentation` and above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nbreview.cancellation import CancelToken
from nbreview.diff.merge import merge_notebooks
from nbreview.diff.merge_lines import Labels
from nbreview.diff.merge_model import DEFAULT_POLICY, Merged, MergePolicy
from nbreview.diff.merge_resolve import Resolved, Take, resolve
from nbreview.errors import UserError
from nbreview.history.model import Revision
from nbreview.history.repository import Repository
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import DEFAULT_MAX_BYTES, read_bytes
from nbreview.notebook.splicing import File, rewrite
from nbreview.words import said


@dataclass(frozen=True, slots=True)
class Version:
    """One of the three versions: its bytes and what messages call it."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The merged notebook as the bytes to write, and what the merge says about it."""

    data: bytes = field(repr=False)
    merged: Merged


def merge_versions(
    base: Version,
    ours: Version,
    theirs: Version,
    policy: MergePolicy = DEFAULT_POLICY,
    cancel: CancelToken | None = None,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> MergedFile:
    """Merge three files.

    An empty base stands for a notebook that both sides added. The bytes keep the layout of ours, and every
    part that is as it was in ours keeps its bytes.

    Raises
    ------
    UserError
        A version is no notebook, or one of format 3.
    Cancelled
        `cancel` was raised meanwhile.
    """
    before = _read(base, max_bytes) if base.data.strip() else EMPTY
    mine, yours = _read(ours, max_bytes), _read(theirs, max_bytes)
    merged = merge_notebooks(before, mine, yours, policy, cancel)
    if merged.document is mine.raw:
        return MergedFile(ours.data, merged)
    if merged.document is yours.raw and ours.data == base.data:
        return MergedFile(theirs.data, merged)
    origin = File(theirs.data, yours.raw)
    return MergedFile(rewrite(File(ours.data, mine.raw), merged.document, ours.name, [origin]), merged)


@dataclass(frozen=True, slots=True)
class ResolvedFile:
    """A notebook whose marked conflicts are settled, as the bytes to write, and what is left."""

    data: bytes = field(repr=False)
    resolved: Resolved


def resolve_version(version: Version, take: Take, *, max_bytes: int = DEFAULT_MAX_BYTES) -> ResolvedFile:
    """Settle the conflicts that `merge_versions` marked in a notebook; all else keeps its bytes.

    Raises
    ------
    UserError
        It is no notebook, one of format 3, or bears no mark of a conflict.
    """
    notebook = _read(version, max_bytes)
    resolved = resolve(notebook, take)
    if not resolved.settled and not resolved.left:
        raise UserError(
            said("{name} has no conflict that a merge marked; there is nothing to settle.", name=version.name)
        )
    if resolved.document is notebook.raw:
        return ResolvedFile(version.data, resolved)
    return ResolvedFile(rewrite(File(version.data, notebook.raw), resolved.document, version.name), resolved)


def merge_unmerged(
    repository: Repository,
    path: str,
    policy: MergePolicy = DEFAULT_POLICY,
    cancel: CancelToken | None = None,
) -> MergedFile:
    """Merge the three versions that the index holds of an unmerged path; the labels of the policy are
    replaced by the names of the two sides.

    Parameters
    ----------
    path:
        From the top level, as `Repository.relative` gives it.

    Raises
    ------
    UserError
        The path is not in conflict, one side deleted the notebook, or a version is no notebook.
    """
    stages = repository.stages(path)
    if stages is None:
        raise UserError(
            said(
                "{path} is not in conflict (git has one version of it); there is nothing to merge.", path=path
            )
        )
    ours, theirs = stages.ours, stages.theirs
    if ours is None or theirs is None:
        if ours is None:
            raise UserError(
                said(
                    "{path} was deleted by ours and changed by theirs, so there are no two versions to "
                    "merge; keep it with “git add”, or delete it with “git rm”.",
                    path=path,
                )
            )
        raise UserError(
            said(
                "{path} was deleted by theirs and changed by ours, so there are no two versions to merge; "
                "keep it with “git add”, or delete it with “git rm”.",
                path=path,
            )
        )

    def version(revision: Revision) -> Version:
        return Version(f"{path} ({revision.label})", repository.read(revision, cancel))

    base = version(stages.base) if stages.base is not None else Version("", b"")
    labels = Labels(ours.summary, stages.base.summary if stages.base is not None else "base", theirs.summary)
    return merge_versions(base, version(ours), version(theirs), replace(policy, labels=labels), cancel)


def summary(merged: Merged, name: str) -> Sequence[str]:
    """What a merge has to say, one sentence a line: its conflicts, then what was chosen by policy."""
    lines = []
    if merged.conflicts:
        number = len(merged.conflicts)
        lines.append(f"{name}: {number} conflict{'s' if number > 1 else ''}")
        for conflict in merged.conflicts:
            place = "notebook" if conflict.cell is None else f"cell {conflict.cell + 1}"
            what = conflict.kind.value
            if conflict.path:
                what += " " + ".".join(conflict.path)
            lines.append(f"  {place}: {what}")
    cells: dict[str, list[str]] = {}
    for note in merged.notes:
        cells.setdefault(note.text, []).append("" if note.cell is None else str(note.cell + 1))
    for text, numbers in cells.items():
        where = f"cell{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}: " if numbers[0] else ""
        lines.append(f"{name}: {where}{text}")
    return lines


def _read(version: Version, max_bytes: int) -> Notebook:
    notebook = read_bytes(version.data, version.name, max_bytes=max_bytes)
    if notebook.read_only:
        raise UserError(
            said(
                "{name} has the old notebook format 3, which is not merged; open it in Jupyter, save "
                "it, and merge again.",
                name=version.name,
            )
        )
    return notebook
