"""The history of one cell: which revisions of the notebook changed it, and which of them wrote each line.

A cell is followed back by aligning each notebook with the one before, as the diff does: ids are evidence
there and no more, and the notebook may have been renamed. Every function may run on a worker thread and
changes no state. Imports `history`, `diff` and services below; nothing from `presentation` and above.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nbreview.cancellation import CancelToken
from nbreview.diff.cells import Alignment, align
from nbreview.diff.lines import diff_text
from nbreview.diff.model import ChangeKind, EditKind, Relation, RelationKind, TextDiff
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.model import Revision, RevisionKind
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.services.opening import Target, parent_of, read_side
from nbreview.services.options import diff_options
from nbreview.settings import Settings
from nbreview.words import said

_MOST_PARENTS = 16
"""Parents of a merge that are asked; git's own octopus merges rarely have more than a few."""


@dataclass(frozen=True, slots=True)
class CellVersion:
    """One version of a cell, and the revision that made it.

    `index` is the cell's place in that revision, `before` its place in the notebook before (None where the
    cell begins). `diff` is against the version before, which of a cell that was split off or copied is the
    cell that it came from; None where there is none, or the sources are equal. `relation` says where a cell
    that begins came from. `type_changed`: code became Markdown or the like.
    """

    revision: Revision
    kind: ChangeKind
    index: int
    source: str
    cell_type: CellType
    diff: TextDiff | None = None
    before: int | None = None
    relation: Relation | None = None
    type_changed: bool = False


@dataclass(frozen=True, slots=True)
class CellHistory:
    """The versions of a cell, oldest first. `complete`: the first of them is where the cell begins; `looked`
    is how many revisions were compared, and `problem` says why not more were.
    """

    versions: tuple[CellVersion, ...]
    complete: bool
    looked: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: a revision, its notebook, and the cell in it."""

    revision: Revision
    notebook: Notebook
    index: int

    @property
    def cell(self) -> Cell:
        return self.notebook.cells[self.index]


def cell_history(
    target: Target,
    revisions: Sequence[Revision],
    start: Revision,
    index: int,
    settings: Settings,
    cancel: CancelToken | None = None,
    on_version: Callable[[CellVersion, int], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> CellHistory:
    """Follow a cell back to where it begins.

    A version is another source, another type or another place among the cells; outputs, which every run
    changes, make none. A merge that took the cell as another parent has it is passed over, for the revisions
    of that parent.

    Parameters
    ----------
    revisions:
        The notebook's history, children before parents.
    start, index:
        Where the cell is known to stand.
    on_version:
        Called with each version as it is found, newest first, and how many revisions were compared: what has
        been found when the walk is stopped.
    progress:
        Called with how many revisions were compared.

    Raises
    ------
    UserError
        The notebook of `start` cannot be read or has no such cell, or the notebook has no history.
    Cancelled
        `cancel` was raised meanwhile.
    """
    if target.repository is None or start.kind is RevisionKind.FILE:
        raise UserError(
            said(
                "{name} has no history in git, so its cells have none; commit it to start one.",
                name=target.notebook.name,
            )
        )
    notebook = read_side(target, start, settings, cancel).notebook
    if not 0 <= index < len(notebook.cells):
        raise UserError(
            said(
                "{name} has no cell {number} in {revision}; choose another cell.",
                name=target.notebook.name,
                number=index + 1,
                revision=start.label,
            )
        )
    with target.repository.blobs() as blobs:
        walk = _Walk(target, revisions, settings, blobs, cancel)
        found: list[CellVersion] = []
        problem, looked = "", 0
        place: _Place | None = _Place(start, notebook, index)
        while place is not None:
            try:
                version, place = walk.step(place)
            except UserError as error:
                # What is known stays; the last place is told as it stands there.
                assert place is not None
                version, problem = _told(place, ChangeKind.UNCHANGED), error.message
                place = None
            looked += 1
            if version is not None:
                found.append(version)
                if on_version is not None:
                    on_version(version, looked)
            if progress is not None:
                progress(looked)
    complete = bool(found) and found[-1].kind is ChangeKind.ADDED
    return CellHistory(tuple(reversed(found)), complete, looked, problem)


class _Walk:
    """Goes from a revision to the one before."""

    def __init__(
        self,
        target: Target,
        revisions: Sequence[Revision],
        settings: Settings,
        blobs: BlobReader,
        cancel: CancelToken | None,
    ) -> None:
        self._target, self._settings = target, settings
        self._options = diff_options(settings)
        self._blobs, self._cancel = blobs, cancel
        self._rows = {_row_key(revision): row for row, revision in enumerate(revisions)}
        self._revisions = revisions
        self._by_content: dict[str, list[int]] = {}
        for row, revision in enumerate(revisions):
            if revision.kind is RevisionKind.COMMIT and revision.blob:
                self._by_content.setdefault(revision.blob, []).append(row)

    def step(self, place: _Place) -> tuple[CellVersion | None, _Place | None]:
        """What the revision of a place did to its cell (None: nothing), and the place before it (None: the
        cell begins here).
        """
        if self._cancel is not None:
            self._cancel.check()
        parent = self._parent(place.revision)
        if parent is None:
            return _told(place, ChangeKind.ADDED), None
        before = self._read(parent)
        pairs = self._align(before, place)
        version, older = self._compare(place, parent, before, pairs)
        if version is not None and place.revision.is_merge:
            for other in self._other_parents(place.revision):
                theirs = self._read(other)
                left = self._compare(place, other, theirs, self._align(theirs, place))
                # A place among the cells is nothing that one parent alone can vouch for after a merge.
                if left[0] is None or left[0].kind is ChangeKind.MOVED:
                    return None, left[1]
        return version, older

    def _compare(
        self, place: _Place, parent: Revision, before: Notebook, found: Alignment
    ) -> tuple[CellVersion | None, _Place | None]:
        cell = place.cell
        partner = next((base for base, head in found.pairs if head == place.index), None)
        if partner is None:
            relation = found.relations.added.get(place.index)
            diff = None
            if relation is not None and relation.index < len(before.cells):
                diff = self._diff(before.cells[relation.index].source, cell.source)
            return _told(place, ChangeKind.ADDED, diff=diff, relation=relation), None
        older = _Place(self._maker(parent, place.revision), before, partner)
        was = before.cells[partner]
        diff = self._diff(was.source, cell.source)
        type_changed = was.cell_type is not cell.cell_type
        moved = (partner, place.index) in found.moved
        if diff is None and not type_changed and not moved:
            return None, older
        kind = ChangeKind.MOVED if moved else ChangeKind.MODIFIED
        return _told(place, kind, diff=diff, before=partner, type_changed=type_changed), older

    def _align(self, before: Notebook, place: _Place) -> Alignment:
        base, head = before.cells, place.notebook.cells
        if before is place.notebook or [_key(cell) for cell in base] == [_key(cell) for cell in head]:
            return Alignment(tuple((index, index) for index in range(len(head))), frozenset())
        options = self._options
        return align(
            base,
            head,
            similarity=options.similarity,
            ids=options.ids,
            seconds=options.seconds,
            cancel=self._cancel,
        )

    def _diff(self, before: str, after: str) -> TextDiff | None:
        if before == after:
            return None
        diff = diff_text(before, after, self._cancel, whitespace=self._options.whitespace)
        return diff if diff.changed else None

    def _parent(self, revision: Revision) -> Revision | None:
        """The notebook before; what a commit tells of it is enough, and asks git nothing."""
        if revision.kind is RevisionKind.COMMIT and revision.parent_blob:
            path = revision.previous_path or revision.path
            return Revision(RevisionKind.COMMIT, path, commit=revision.parent, blob=revision.parent_blob)
        if revision.kind is RevisionKind.COMMIT and _row_key(revision) in self._rows:
            return None  # a commit of the history that tells of no parent added the notebook
        return parent_of(self._target, revision)

    def _other_parents(self, merge: Revision) -> Iterator[Revision]:
        repository = self._target.repository
        assert repository is not None
        for number in range(2, _MOST_PARENTS + 1):
            try:
                yield repository.resolve(f"{merge.commit}^{number}:{merge.path}")
            except UserError:
                # There is no such parent, or it has the notebook under another name: that one is not asked.
                return

    def _maker(self, parent: Revision, child: Revision) -> Revision:
        """The revision of the history that made what a child's parent holds.

        A parent that left the notebook alone is no row: then it is the next row below the child that holds
        the same. Rows above it may hold the same again, after a revert, and are no ancestors.
        """
        known = self._rows.get(_row_key(parent))
        if known is not None and self._revisions[known].blob == parent.blob:
            return self._revisions[known]
        above = self._rows.get(_row_key(child), -1)
        below = (row for row in self._by_content.get(parent.blob, ()) if row > above)
        row = next(below, None)
        return self._revisions[row] if row is not None else parent

    def _read(self, revision: Revision) -> Notebook:
        return read_side(self._target, revision, self._settings, self._cancel, self._blobs).notebook


def _told(
    place: _Place,
    kind: ChangeKind,
    *,
    diff: TextDiff | None = None,
    before: int | None = None,
    relation: Relation | None = None,
    type_changed: bool = False,
) -> CellVersion:
    cell = place.cell
    return CellVersion(
        place.revision, kind, place.index, cell.source, cell.cell_type, diff, before, relation, type_changed
    )


def _key(cell: Cell) -> tuple[str, str]:
    return cell.cell_type.value, cell.source


def _row_key(revision: Revision) -> tuple[RevisionKind, str, int]:
    return revision.kind, revision.commit, revision.stage


def line_origins(versions: Sequence[CellVersion]) -> tuple[tuple[int, ...], ...]:
    """Of each version, which version last touched each of its lines, both counted from the oldest.

    The lines of a cell that was split off or copied are those of the version that began it. So are all of
    the oldest version's, wherever they came from.
    """
    origins: list[tuple[int, ...]] = []
    for number, version in enumerate(versions):
        written = [number] * len(lines_of(version.source))
        last = origins[-1] if origins and version.kind is not ChangeKind.ADDED else ()
        if version.diff is not None:
            kept = [
                (edit.base_line, edit.head_line)
                for edit in version.diff.edits
                if edit.kind is EditKind.EQUAL and edit.base_line is not None and edit.head_line is not None
            ]
        else:
            kept = [(line, line) for line in range(len(written))]
        for before, line in kept:
            # A newline at the end is a line of the diff and none of the cell.
            if line < len(written) and before < len(last):
                written[line] = last[before]
        origins.append(tuple(written))
    return tuple(origins)


def lines_of(source: str) -> tuple[str, ...]:
    """The lines of a source, without the newline at its end."""
    return tuple(source.removesuffix("\n").split("\n"))


def version_in_words(version: CellVersion) -> str:
    """What a revision did to the cell, as a phrase: "moved from cell 3 to cell 5, and modified"."""
    here = version.index + 1
    if version.relation is not None:
        other = version.relation.index + 1
        if version.relation.kind is RelationKind.SPLIT:
            return said("added as cell {number}, split off from cell {other}", number=here, other=other)
        return said("added as cell {number}, copied from cell {other}", number=here, other=other)
    if version.kind is ChangeKind.ADDED:
        return said("added as cell {number}", number=here)
    if version.kind is ChangeKind.UNCHANGED:
        return said("cell {number}, as it was found here", number=here)
    pieces = []
    if version.kind is ChangeKind.MOVED:
        before = (version.before or 0) + 1
        pieces.append(said("moved from cell {before} to cell {number}", before=before, number=here))
    if version.diff is not None:
        removed, added = version.diff.counts
        if pieces:
            pieces.append(said("modified"))
        else:
            pieces.append(
                said("cell {number} modified: +{added} −{removed}", number=here, added=added, removed=removed)
            )
    if version.type_changed:
        pieces.append(said("became {type}", type=version.cell_type.value))
    words: str = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        words = said("{first}, {second}", first=words, second=piece)
    return words
