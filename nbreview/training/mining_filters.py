"""Which revisions of notebooks become rows, and the reasons why others do not.

Pure: imports `notebook` and below. What can be said from the listing alone (`from_commit`, `from_change`) is
said before anything is read; the rest looks at the two notebooks.
"""

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nbreview.history.mining_log import Change, NotebookCommit
from nbreview.history.model import FileStatus
from nbreview.notebook.magics import plain_cell
from nbreview.notebook.model import CellType, Notebook

DEFAULT_MAX_BYTES = 10 * 2**20


class Kind(StrEnum):
    """A kind of revision that can be left out, by its name on the command line."""

    MERGES = "merges"
    ROOTS = "roots"  # commits without a parent: the first import of a project
    BOTS = "bots"
    GENERATED = "generated"
    FORMATTING = "formatting"
    OUTPUTS = "outputs"  # no source changed: outputs, metadata, or nothing at all
    ADDED = "added"
    DELETED = "deleted"


class Reason(StrEnum):
    """Why a revision did not become a row, as the manifest calls it."""

    MERGE = "merge"
    ROOT = "root commit"
    SHALLOW = "edge of a shallow clone"
    BOT = "made by a bot"
    SHORT = "message too short"
    LONG = "message too long"
    ADDED = "notebook added"
    DELETED = "notebook deleted"
    GENERATED = "generated notebook"
    OUTPUTS = "no source changed"
    FORMATTING = "formatting only"
    LANGUAGE = "other language"
    LARGE = "too large"
    LFS = "git-lfs pointer"
    BROKEN = "broken notebook"
    LINK = "symbolic link or submodule"
    MISSING = "not in this clone"
    ENCODING = "not Unicode text"
    FAILED = "could not be compared"


@dataclass(frozen=True, slots=True)
class MiningFilters:
    """What is left out.

    Parameters
    ----------
    skip:
        Kinds of revision.
    min_words, max_words:
        Of the message's first line; None is no limit.
    max_bytes:
        Of either side's file.
    languages:
        Of the notebook, in lower case; none named takes all.
    """

    skip: frozenset[Kind] = frozenset()
    min_words: int = 0
    max_words: int | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    languages: frozenset[str] = frozenset()

    def record(self) -> dict[str, Any]:
        """The filters as the manifest gives them."""
        return {
            "skip": sorted(self.skip),
            "min_words": self.min_words,
            "max_words": self.max_words,
            "max_bytes": self.max_bytes,
            "languages": sorted(self.languages),
        }


# --- What the listing tells ---------------------------------------------------------------------------------

_BOT_NAME = re.compile(
    r"\[bot\]|(?<![a-z])bot$|^(?:github[ -]actions?|dependabot|renovate|greenkeeper|pre-commit[ .-]ci|"
    r"codecov|imgbot|allcontributors|semantic-release|travis[ -]ci|circle[ -]?ci|jenkins|reviewnb|"
    r"pyup(?:[ -]bot)?)$",
    re.IGNORECASE,
)
_BOT_ADDRESS = re.compile(r"\[bot\]@|^(?:bot|no-?reply|actions?)@(?!.*\.noreply)", re.IGNORECASE)
_GENERATED_FOLDERS = frozenset(
    {".ipynb_checkpoints", ".virtual_documents", "_build", "node_modules", "site-packages", ".git"}
)


def from_commit(commit: NotebookCommit, shallow: frozenset[str], filters: MiningFilters) -> Reason | None:
    """Why no notebook of a commit becomes a row; None when they may.

    Parameters
    ----------
    shallow:
        The commits whose parents this clone lacks: everything in them would look added.
    """
    if len(commit.parents) > 1 and Kind.MERGES in filters.skip:
        return Reason.MERGE
    if commit.id in shallow:
        return Reason.SHALLOW
    if not commit.parents and Kind.ROOTS in filters.skip:
        return Reason.ROOT
    if Kind.BOTS in filters.skip and is_bot(commit.author, commit.email):
        return Reason.BOT
    words = len(commit.subject.split())
    if words < filters.min_words:
        return Reason.SHORT
    if filters.max_words is not None and words > filters.max_words:
        return Reason.LONG
    return None


def from_change(change: Change, filters: MiningFilters) -> Reason | None:
    """Why a change to one notebook does not become a row, by its path and status; None when it may."""
    if not change.regular:
        return Reason.LINK
    if Kind.DELETED in filters.skip and change.status is FileStatus.DELETED:
        return Reason.DELETED
    if Kind.ADDED in filters.skip and change.status is FileStatus.ADDED:
        return Reason.ADDED
    if Kind.GENERATED in filters.skip and not _GENERATED_FOLDERS.isdisjoint(change.path.split("/")[:-1]):
        return Reason.GENERATED
    return None


def is_bot(name: str, email: str) -> bool:
    """Whether an author is a program, by the names that programs give themselves."""
    return bool(_BOT_NAME.search(name.strip()) or _BOT_ADDRESS.search(email.strip()))


# --- What the notebooks tell --------------------------------------------------------------------------------

_GENERATED_TEXT = re.compile(
    r"\b(?:auto-?matically|auto-?)\s?generated\b|\bgenerated (?:automatically|by)\b.*\bdo not edit\b|"
    r"\bdo not edit (?:this )?(?:file|notebook)?\b.*\bgenerated\b",
    re.IGNORECASE | re.DOTALL,
)
_GENERATED_CELLS = 2
_GENERATED_CHARACTERS = 500


def from_notebooks(base: Notebook, head: Notebook, filters: MiningFilters) -> Reason | None:
    """Why two notebooks do not become a row; None when they do."""
    side = head if head.cells or not base.cells else base
    if filters.languages and side.language.lower() not in filters.languages:
        return Reason.LANGUAGE
    if Kind.GENERATED in filters.skip and is_generated(side):
        return Reason.GENERATED
    if Kind.OUTPUTS in filters.skip and _sources(base) == _sources(head):
        return Reason.OUTPUTS
    if Kind.FORMATTING in filters.skip and only_formatted(base, head):
        return Reason.FORMATTING
    return None


def is_generated(notebook: Notebook) -> bool:
    """Whether a program wrote the notebook: papermill's runs, and those that say so in their first cells."""
    papermill = notebook.metadata.get("papermill")
    if isinstance(papermill, dict) and papermill.get("output_path"):
        return True
    first = notebook.cells[:_GENERATED_CELLS]
    return any(_GENERATED_TEXT.search(cell.source[:_GENERATED_CHARACTERS]) for cell in first)


def only_formatted(base: Notebook, head: Notebook) -> bool:
    """Whether sources differ, but in layout alone: white space, and in Python whatever leaves the syntax tree
    and the comments as they were (quotes, brackets, line breaks).
    """
    if len(base.cells) != len(head.cells):
        return False
    differ = False
    for old, new in zip(base.cells, head.cells, strict=True):
        if old.cell_type is not new.cell_type:
            return False
        if old.source == new.source:
            continue
        differ = True
        python = old.cell_type is CellType.CODE and head.language.lower() in ("python", "ipython")
        if not _same_but_layout(old.source, new.source, python):
            return False
    return differ


def _sources(notebook: Notebook) -> list[tuple[CellType, str]]:
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def _same_but_layout(old: str, new: str, python: bool) -> bool:
    if not python:
        return old.split() == new.split()
    base, head = plain_cell(old), plain_cell(new)
    if [(each.name, each.argument.split()) for each in base.magics] != [
        (each.name, each.argument.split()) for each in head.magics
    ]:
        return False
    if not (base.python and head.python):
        return old.split() == new.split()
    shapes = _shape(base.source), _shape(head.source)
    return shapes[0] is not None and shapes[0] == shapes[1]


def _shape(source: str) -> tuple[str, Sequence[str]] | None:
    """The syntax tree and the comments; None for what is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an escape that Python will refuse one day
            tree = ast.dump(ast.parse(source))
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        comments = [each.string.lstrip("# ") for each in tokens if each.type == tokenize.COMMENT]
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return None
    return tree, comments
