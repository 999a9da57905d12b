"""Names that a notebook's history says were renamed: a fix for a use that was left behind.

Joins `history`, `diff` and `notebook`. Reads git, so for a worker thread; everything here is bounded. A name
counts as renamed where the one that a cell bound was replaced word for word by another, wherever it was
replaced at all, is bound nowhere afterwards, and the other was not there before.
"""

import io
import keyword
import time
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from nbreview.cancellation import CancelToken
from nbreview.diff.notebooks import diff_notebooks
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.notebook.bindings import cell_binds, cell_uses
from nbreview.notebook.model import CellType, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.services.opening import Comparison

MOST_REVISIONS = 12
MOST_SECONDS = 2.0
MOST_BYTES = 4 * 2**20
_MOST_TOKENS = 4000

_Pairs = tuple[tuple[str, str], ...]


def renames_of(comparison: Comparison, cancel: CancelToken | None = None) -> Mapping[str, str]:
    """Names that were renamed on the way to the head, old to new.

    What the comparison itself shows comes first, then the newest commits of the notebook. A name that was
    renamed twice is given with its last name. A history that cannot be read says nothing.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    head = comparison.head.notebook
    found = dict(renamed_between(comparison.base.notebook, head))
    try:
        older = _in_history(comparison, cancel)
    except UserError:
        older = {}
    for old, new in older.items():
        found.setdefault(old, new)
    return {old: _last(found, old) for old in found}


def renamed_between(base: Notebook, head: Notebook, cancel: CancelToken | None = None) -> Mapping[str, str]:
    """Names that were renamed from one version of a notebook to the other."""
    pairs = []
    for change in diff_notebooks(base, head, cancel=cancel).cells:
        if change.base_index is None or change.head_index is None:
            continue
        old, new = base.cells[change.base_index], head.cells[change.head_index]
        if old.cell_type is CellType.CODE is new.cell_type and old.source != new.source:
            pairs.append((old.source, new.source))
    if not pairs:
        return {}
    bound = {name for source in _code(head) for name in cell_binds(source)}
    there = {name for source in _code(base) for name in cell_binds(source) | cell_uses(source)}
    fresh = bound - there
    said: dict[str, set[str]] = {}
    defined: set[str] = set()
    for before, after in pairs:
        cut, put = cell_binds(before), cell_binds(after)
        for old_name, new_name in _replaced(before, after):
            if new_name in fresh and old_name not in bound:
                said.setdefault(old_name, set()).add(new_name)
                if old_name in cut and new_name in put:
                    defined.add(old_name)
    result = {name: next(iter(said[name])) for name in defined if len(said[name]) == 1}
    # Two that became one were not renamed, they were merged.
    values = list(result.values())
    return {old: new for old, new in result.items() if values.count(new) == 1}


@lru_cache(maxsize=512)
def _replaced(before: str, after: str) -> _Pairs:
    """Names that stand where other names stood, in the order of the text."""
    left, right = _tokens(before), _tokens(after)
    if not left or not right or max(len(left), len(right)) > _MOST_TOKENS:
        return ()
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "replace" and b - a == d - c:
            for old, new in zip(left[a:b], right[c:d], strict=True):
                if _is_name(old) and _is_name(new):
                    found.append((old, new))
    return tuple(found)


def _tokens(source: str) -> list[str]:
    try:
        read = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):  # a magic, or Python of another time
        return []
    return [token.string for token in read if token.type != tokenize.COMMENT and token.string.strip()]


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)


def _code(notebook: Notebook) -> Iterator[str]:
    return (cell.source for cell in notebook.cells if cell.cell_type is CellType.CODE)


def _last(found: Mapping[str, str], name: str) -> str:
    seen = {name}
    while (name := found[name]) in found and name not in seen:
        seen.add(name)
    return name


def _in_history(comparison: Comparison, cancel: CancelToken | None) -> Mapping[str, str]:
    target = comparison.target
    if target.repository is None or comparison.head.revision is None:
        return {}
    listed = target.repository.history(target.path, cancel, limit=MOST_REVISIONS)
    commits = [each for each in listed if _holds_notebook(each)]
    started = time.monotonic()
    found: dict[str, str] = {}
    with target.repository.blobs() as blobs:
        versions = _versions(commits, blobs, cancel)
        after = next(versions, None)
        if after is None:
            return {}
        for before in versions:
            for old, new in renamed_between(before, after, cancel).items():
                found.setdefault(old, new)
            if time.monotonic() - started > MOST_SECONDS:
                break
            after = before
    return found


def _holds_notebook(revision: Revision) -> bool:
    return (
        revision.kind is RevisionKind.COMMIT
        and bool(revision.blob)
        and revision.status is not FileStatus.DELETED
    )


def _versions(
    commits: Iterable[Revision], blobs: BlobReader, cancel: CancelToken | None
) -> Iterator[Notebook]:
    """The versions of a notebook, newest first, until one cannot be read or is large."""
    for revision in commits:
        try:
            yield read_bytes(blobs.read(revision.blob, cancel, MOST_BYTES), revision.path)
        except UserError:
            return
