"""What a notebook does, anywhere, that changes what its names, attributes and modules may be.

Imports `environment`, `notebook` and below. One look at all cells, for `calls` and `data`: what they hold for
certain ends where one of these things begins.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nbreview.checks.environment import READABLE
from nbreview.notebook.bindings import cell_imports, declared_global, parse_cell
from nbreview.notebook.model import Cell

_INSTALLERS = re.compile(
    r"\b(?:pip3?|conda|mamba|micromamba|uv|poetry|pixi|apt(?:-get)?)\b[^\n]*\b(?:install|add|sync|update)\b"
    r"|\bgit\s+clone\b|\bsetup\.py\b|tensorflow_version"
)
_INSTALL_WORDS = re.compile(r"install|\badd\b|\bsync\b|update|clone|setup\.py|tensorflow_version")
_CHANGES_VERSIONS = re.compile(
    r"[=<>~!]=|[<>]|\s-U\b|--upgrade|\s-r\b|--requirement|git\+|https?:|\bupdate\b|_version"
)
_SEARCH = re.compile(
    r"sys\s*\.\s*path|\bchdir\b|%cd\b|site\.addsitedir|\bsys\.modules\b|\bimportlib\b|pkg_resources"
)
_STORES = re.compile(
    r"setattr|\bdel\b|\.\s*\w+\s*(?:[-+*/%&|^@]|//|\*\*|<<|>>)?(?:=(?!=)|,|\)|\]|:|\s(?:in|as)\b)|\bas\s+\w+\.|\bfor\s+\w+\."
)
_PATCHERS = frozenset({"tqdm"})  # tqdm.pandas() gives DataFrames methods


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STANDARD = _words(
    """
    abc argparse ast base64 contextlib dataclasses enum gc hashlib inspect io logging
    multiprocessing platform queue socket sqlite3 subprocess sys tempfile threading traceback types
    typing unicodedata urllib uuid __future__ IPython mpl_toolkits ipywidgets wordcloud missingno
    umap hyperopt optuna
    """
)


@dataclass(frozen=True, slots=True)
class Installed:
    """What may have been installed before a place: anything, and in other versions than were found."""

    anything: bool = False
    versions: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was seen in the cells.

    `stored`: attributes that are stored or deleted, on whatever. `computed`: attributes are stored under
    names that cannot be told. `declared_global`: names that functions declare so. `are_classes_plain`: no
    package was imported that may add attributes to the classes of others. `sets_parameters`: `set_params`
    is used. `searches_elsewhere`: modules or files may be looked up elsewhere. `installs`: the places
    (cell, line) of installations.
    """

    stored: frozenset[str]
    computed: bool
    declared_global: frozenset[str]
    are_classes_plain: bool
    sets_parameters: bool
    searches_elsewhere: bool
    installs: tuple[tuple[int, int, Installed], ...]
    folder: Path | None

    def is_patched(self, name: str) -> bool:
        """Whether the notebook may store an attribute of this name."""
        return self.computed or name in self.stored

    def is_beside(self, top: str) -> bool:
        """Whether a file or folder beside the notebook is what an import of this module finds first."""
        return self.folder is not None and _is_beside(self.folder, top)

    def installs_before(self, cell: int, line: int) -> Installed:
        """What may have been installed before a line of a cell."""
        found = [each for number, where, each in self.installs if (number, where) < (cell, line)]
        return Installed(bool(found), any(each.versions for each in found))


def look_around(cells: Iterable[Cell], folder: Path | None = None) -> Surroundings:
    """Look through all checked cells once."""
    stored: set[str] = set()
    outer: set[str] = set()
    computed = sets_parameters = searches = False
    plain = True
    installs: list[tuple[int, int, Installed]] = []
    for cell in cells:
        seen = _seen(cell.source)
        stored |= seen.stored
        computed |= seen.computed
        outer |= seen.outer
        sets_parameters |= seen.sets_parameters
        searches |= seen.searches
        plain &= seen.plain
        installs += [(cell.index, line, installed) for line, installed in seen.installs]
    return Surroundings(
        frozenset(stored),
        computed,
        frozenset(outer),
        plain,
        sets_parameters,
        searches,
        tuple(installs),
        folder,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one cell does."""

    stored: frozenset[str] = frozenset()
    computed: bool = False
    outer: frozenset[str] = frozenset()
    plain: bool = True
    sets_parameters: bool = False
    searches: bool = False
    installs: tuple[tuple[int, Installed], ...] = ()


@lru_cache(maxsize=8192)
def _seen(source: str) -> _Seen:
    sets_parameters = "set_params" in source
    searches = _SEARCH.search(source) is not None
    installs = tuple(_installs(source)) if _INSTALL_WORDS.search(source) else ()
    tree = parse_cell(source).tree
    if tree is None:
        return _Seen(
            computed="setattr" in source,
            sets_parameters=sets_parameters,
            searches=searches,
            installs=installs,
        )
    stored: set[str] = set()
    computed = False
    for node in ast.walk(tree) if _STORES.search(source) is not None else ():
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()):
                stored.add(name)
            case ast.Call(func=ast.Name(id="setattr"), args=[_, name_node, *_]):
                if isinstance(name_node, ast.Constant):
                    stored.add(str(name_node.value))
                else:
                    computed = True
    packages = {statement.split()[1].partition(".")[0] for _, statement in cell_imports(source)}
    packages |= {
        name.partition(".")[0]
        for node in (ast.walk(tree) if "import" in source else ())
        for name in _imported(node)
    }
    return _Seen(
        frozenset(stored),
        computed,
        declared_global(tree) if "global" in source else frozenset(),
        packages <= READABLE - _PATCHERS | _STANDARD,
        sets_parameters,
        searches,
        installs,
    )


def _installs(source: str) -> Iterator[tuple[int, Installed]]:
    """The lines of a cell that install something."""
    for number, line in enumerate(source.split("\n")):
        if match := _INSTALLERS.search(line):
            changes = _CHANGES_VERSIONS.search(line, match.start()) is not None or line.endswith("\\")
            yield number, Installed(True, changes)


def _imported(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Import(names=aliases):
            return tuple(alias.name for alias in aliases)
        case ast.ImportFrom(level=0, module=str(module)):
            return (module,)
        case ast.ImportFrom():
            return ("",)
    return ()


def _is_beside(folder: Path, top: str) -> bool:
    try:
        return (
            (folder / f"{top}.py").exists() or (folder / top).is_dir() or (folder / f"{top}.ipynb").exists()
        )
    except (OSError, ValueError):
        return False
