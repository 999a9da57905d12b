"""The notebooks that a command line names, read and compared one after the other.

Joins `history`, `notebook` and `diff`: two files or `REV:PATH`, or all that changed between two states of a
repository. Imports nothing from `presentation` and above, and git's part only when a repository is asked.
"""

import fnmatch
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.diff.options import DEFAULT_OPTIONS, DiffOptions
from nbreview.errors import UserError
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.history.blobs import BlobReader
    from nbreview.history.changes import Change
    from nbreview.history.model import Revision
    from nbreview.history.repository import Repository

NOTHING = "/dev/null"
"""What git calls the side of a file that is not there."""

_SUFFIX = ".ipynb"
_SHORT = 7
_SIGNS = re.compile(r":(?:(?P<short>[/!^]+):?|\((?P<words>[^)]*)\))")
"""What stands before a path with magic, as `git help glossary` has it under pathspec."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One notebook, read on both sides and compared. `path` is where it is now, `previous_path` where it was
    when that differs; bytes that are not UTF-8 are lone surrogates in both. `note` is what a person must know
    of the comparison, or "". `whole` says that the file came, went or was renamed, which is a difference
    although no cell may differ.
    """

    path: str
    base_label: str
    head_label: str
    diff: NotebookDiff
    previous_path: str = ""
    note: str = ""
    whole: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return self.whole or self.diff.changed


@dataclass(frozen=True, slots=True)
class Unread:
    """One notebook that cannot be read: the sentence that says which, why, and what to do."""

    sentence: str


def is_pair(arguments: Sequence[str]) -> bool:
    """Whether two arguments name a notebook each: a file, `REV:PATH` or the null device.

    Outside of any repository two arguments can be nothing else; inside, one that is a revision as well is
    left to `compare_changed`, which refuses it.
    """
    if len(arguments) != 2:
        return False
    if not all(map(_is_side, arguments)):
        return _repository() is None
    doubtful = [each for each in arguments if not _is_notebook(each) and _exists(each)]
    if not doubtful or (repository := _repository()) is None:
        return True
    from nbreview.history.changes import is_revision
    from nbreview.history.process import git_in

    git = git_in(repository.root)
    return not any(is_revision(git, each) for each in doubtful if each not in (NOTHING, os.devnull))


def compare_pair(
    base: str, head: str, options: DiffOptions = DEFAULT_OPTIONS, cancel: CancelToken | None = None
) -> Compared:
    """Two notebooks, each a file, `REV:PATH` or the null device.

    Raises
    ------
    UserError
        One of them cannot be read.
    """
    diff = diff_notebooks(_read_side(base), _read_side(head), options, cancel)
    gone = head in (NOTHING, os.devnull)
    return Compared(printable(base if gone else head), printable(base), printable(head), diff)


def compare_driven(
    arguments: Sequence[str], options: DiffOptions = DEFAULT_OPTIONS, cancel: CancelToken | None = None
) -> Compared:
    """One notebook as git hands it to an external diff program.

    Parameters
    ----------
    arguments:
        Path, then file, object id and mode of the old side and of the new one (the null device for a side
        that is not there); for a renamed file also its new path and git's own words.

    Raises
    ------
    UserError
        The arguments are not these, or a side cannot be read.
    """
    if len(arguments) not in (7, 9):
        raise UserError(
            said("This is how git calls an external diff; run “nbreview git-setup” to have it so.")
        )
    path, old_file, _, old_mode, new_file, _, new_mode = arguments[:7]
    new_path = arguments[7] if len(arguments) == 9 else path
    base_label, head_label = (
        NOTHING if file == NOTHING else printable(f"{side}/{name}")
        for side, file, name in (("a", old_file, path), ("b", new_file, new_path))
    )
    base, head = (
        EMPTY if file == NOTHING else _parsed(load_file(Path(file)), name)
        for file, name in ((old_file, path), (new_file, new_path))
    )
    modes = {old_mode, new_mode}
    note = f"mode {old_mode} → {new_mode}" if len(modes) == 2 and "." not in modes else ""
    diff = diff_notebooks(base, head, options, cancel)
    return Compared(printable(new_path), base_label, head_label, diff, note=note)


def compare_changed(
    arguments: Sequence[str],
    paths: Sequence[str] | None = None,
    *,
    staged: bool = False,
    options: DiffOptions = DEFAULT_OPTIONS,
    cancel: CancelToken | None = None,
) -> Iterator[Compared | Unread]:
    """Every notebook that changed between two states of the repository around the current folder, in order of
    its path.

    Parameters
    ----------
    arguments:
        Revisions, then paths; by git's rule a name that is both must stand on one side of `--`.
    paths:
        What stood behind `--`; None where there was none.
    staged:
        Compare what is staged instead of the working tree.

    Raises
    ------
    UserError
        There is no repository, or an argument is neither a revision nor a path. Raised before the first
        result.
    """
    from nbreview.history.changes import changed_notebooks, find_states, is_revision
    from nbreview.history.model import RevisionKind
    from nbreview.history.process import git_in

    repository = _repository()
    if repository is None:
        raise UserError(
            said(
                "{folder} is in no git repository; name two notebooks, BASE and HEAD, or go to a repository.",
                folder=_here(),
            )
        )
    git = git_in(repository.root)
    exists = _never if repository.bare else _exists  # a bare repository's own files (HEAD) are no paths
    revisions, chosen = _split(arguments, paths, lambda text: is_revision(git, text), exists)
    base, head = find_states(git, revisions, staged=staged)
    if repository.bare and head.kind is not RevisionKind.COMMIT:
        raise UserError(
            said("{root} is a bare repository without files; name two revisions.", root=repository.root)
        )
    wanted = _chosen(repository, chosen)
    # A renamed notebook is wanted by either of its names, so the choice waits until renames are known.
    changes = [
        change
        for change in changed_notebooks(
            git, base, head, lambda path: _is_notebook(path) or path in wanted, cancel
        )
        if change.path in wanted or change.previous_path in wanted
    ]
    return _compare(repository, changes, options, cancel)


def printable(text: str) -> str:
    """A name as text: bytes of a path that are not UTF-8 cannot be printed."""
    return os.fsencode(text).decode("utf-8", "replace")


# --- which -------------------------------------------------------------------------------------------------


def _is_side(text: str) -> bool:
    if text in (NOTHING, os.devnull):
        return True
    return (":" in text and not _SIGNS.match(text)) or (_exists(text) and not os.path.isdir(text))  # noqa: PTH112


def _split(
    arguments: Sequence[str],
    paths: Sequence[str] | None,
    is_revision: Callable[[str], bool],
    exists: Callable[[str], bool],
) -> tuple[list[str], list[str]]:
    """Revisions and paths, by git's rule."""
    if paths is not None:
        return list(arguments), list(paths)
    revisions: list[str] = []
    for position, text in enumerate(arguments):
        if is_revision(text):
            if exists(text):
                raise UserError(
                    said(
                        "“{text}” is both a revision and a file; write “{text} --” for the revision, "
                        "“./{text}” for the file.",
                        text=text,
                    )
                )
            revisions.append(text)
            continue
        rest = arguments[position:]
        for each in rest:
            if not (exists(each) or _is_pattern(each) or _SIGNS.match(each)):
                raise UserError(
                    said(
                        "“{word}” is neither a revision nor a file here; name a revision as in HEAD~1, "
                        "or write “--” before a path that is gone.",
                        word=each,
                    )
                )
        return revisions, list(rest)
    return revisions, []


def _is_pattern(text: str) -> bool:
    return any(letter in text for letter in "*?[")


def _never(_: str) -> bool:
    return False


def _exists(text: str) -> bool:
    try:
        return os.path.lexists(text)
    except ValueError:  # a NUL in the name
        return False


def _is_notebook(path: str) -> bool:
    return path.lower().endswith(_SUFFIX)


@dataclass(frozen=True, slots=True)
class _Paths:
    """The notebooks that paths choose: a file by its name, whatever is inside a folder, and what a pattern
    matches (as in git `*` matches slashes too), without what `left_out` chooses. No path at all chooses every
    notebook.
    """

    names: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def __contains__(self, path: str) -> bool:
        if any(name in (path, ".") or _holds(name, path) for name in self.left_out):
            return False
        if not self.names or "." in self.names:
            return _is_notebook(path)
        return path in self.names or (_is_notebook(path) and any(_holds(name, path) for name in self.names))


def _chosen(repository: "Repository", paths: Sequence[str]) -> _Paths:
    """What paths choose, with the two signs of git that people use: `:/` starts at the root of the
    repository, `:!` (or `:^`) leaves out.
    """
    names: list[str] = []
    left_out: list[str] = []
    for text in paths:
        signs = _SIGNS.match(text)
        if signs is None:
            names.append(repository.relative(_here() / text))
            continue
        short, words = signs["short"] or "", set((signs["words"] or "").split(",")) - {""}
        if unknown := words - {"top", "exclude"}:
            raise UserError(
                said(
                    "“{text}” asks for “{word}”, which only git knows; name a path, a pattern, “:/PATH” "
                    "from the root of the repository, or “:!PATH” to leave it out.",
                    text=text,
                    word=min(unknown),
                )
            )
        start = repository.root if "/" in short or "top" in words else _here()
        rest = text[signs.end() :]
        named = repository.relative(start / rest) if rest else "."
        (left_out if "!" in short or "^" in short or "exclude" in words else names).append(named)
    return _Paths(tuple(names), tuple(left_out))


def _holds(name: str, path: str) -> bool:
    return path.startswith(f"{name}/") or (_is_pattern(name) and fnmatch.fnmatchcase(path, name))


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise UserError(said("The current folder is gone; go to another one and try again.")) from error


def _repository() -> "Repository | None":
    from nbreview.history.repository import Repository

    return Repository.discover(_here())


# --- what they hold -----------------------------------------------------------------------------------------


def _read_side(spec: str) -> Notebook:
    """The notebook that BASE or HEAD names; a file that exists wins over a revision of the same name."""
    if spec in (NOTHING, os.devnull):
        return EMPTY  # git's difftool gives it for a notebook that was added or removed
    if ":" not in spec or _exists(spec):
        return read_bytes(load_file(Path(spec)), spec)
    repository = _repository()
    if repository is None:
        raise UserError(
            said(
                "{spec} is no file, and this folder is in no git repository where it could be a revision; "
                "check its path.",
                spec=spec,
            )
        )
    return _parsed(repository.read(repository.resolve(spec, _here())), spec)


def _parsed(data: bytes, name: str) -> Notebook:
    # git's empty file: what `git add -N` puts into the index, and many a notebook's first commit.
    return read_bytes(data, name) if data else EMPTY


def _compare(
    repository: "Repository",
    changes: Sequence["Change"],
    options: DiffOptions,
    cancel: CancelToken | None,
) -> Iterator[Compared | Unread]:
    from nbreview.history.model import FileStatus

    with repository.blobs() as blobs:
        for change in changes:
            base_label, head_label = _label(change.base), _label(change.head)
            whole = change.status is not FileStatus.MODIFIED
            note = change.status.value if whole else ""
            if change.conflict:
                base_label, head_label = f":2:{change.path}", f":3:{change.path}"
                note = "in conflict: ours is compared with theirs"
            try:
                base = _read(repository, blobs, change.base, base_label, cancel)
                head = _read(repository, blobs, change.head, head_label, cancel)
            except UserError as error:
                yield Unread(error.message)
                continue
            diff = diff_notebooks(base, head, options, cancel)
            yield Compared(
                change.path,
                printable(base_label),
                printable(head_label),
                diff,
                change.previous_path,
                note,
                whole,
            )


def _read(
    repository: "Repository",
    blobs: "BlobReader",
    revision: "Revision | None",
    name: str,
    cancel: CancelToken | None,
) -> Notebook:
    if revision is None:
        return EMPTY
    if revision.blob:
        return _parsed(blobs.read(revision.blob, cancel), printable(name))
    return read_bytes(load_file(repository.path_of(revision.path)), printable(name))


def _label(revision: "Revision | None") -> str:
    """What a side is called: as `git show` would take it."""
    from nbreview.history.model import RevisionKind

    if revision is None:
        return NOTHING
    if revision.kind is RevisionKind.COMMIT:
        return f"{revision.commit[:_SHORT]}:{revision.path}"
    return f":{revision.path}" if revision.kind is RevisionKind.INDEX else revision.path
