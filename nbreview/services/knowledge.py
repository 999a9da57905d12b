"""What the repository and the libraries of a notebook say about a wish: joins the index, `history` and the
environment's interpreter.

The files of the repository are read, never run; of libraries, those of `checks.environment.READABLE` are
imported by a child process of the notebook's interpreter, never of one that lies beside the notebook; others
are read from their files. Every function may run on a worker thread.
"""

import functools
import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbreview.assist import library_docs
from nbreview.assist.passages import PROSE_ENDINGS, is_readme, passages_of
from nbreview.assist.retrieval import MOST_TERMS, Passage, Query, fuse, query_of, terms_of
from nbreview.cancellation import CancelToken
from nbreview.checks.environment import READABLE, Environment, Reader, library_folders, read_environment
from nbreview.errors import UserError
from nbreview.history.files import FoundFile, folder_files, read_found, repository_files
from nbreview.history.repository import Repository
from nbreview.notebook.model import Notebook
from nbreview.services.libraries import python_of
from nbreview.services.opening import Comparison, Target
from nbreview.store.index import PassageIndex, Source, Updated, clean_up, index_file
from nbreview.words import said

MOST_PASSAGES = 12
LARGEST_TEXT = 2**20
LARGEST_NOTEBOOK = 16 * 2**20
_DEEP = 3 * MOST_PASSAGES
_MOST_LIBRARY_FILES = 300
_LARGEST_LIBRARY_FILE = 400_000
_CHILD_STAMP = "2"  # raised when the child's answer changes its meaning


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index is: `what` in words, `done` of `total` sources (0: not known)."""

    what: str
    done: int
    total: int = 0


class Knowledge:
    """Keeps the indexes of this session open and up to date.

    Parameters
    ----------
    cache:
        The folder that they are kept in; None: the user's cache folder.
    on_progress:
        Told, from the worker thread, what is being read.
    """

    def __init__(
        self, cache: Path | None = None, on_progress: Callable[[Progress], None] | None = None
    ) -> None:
        self._cache = cache
        self._progress = on_progress
        self._lock = threading.Lock()
        self._open: dict[str, PassageIndex] = {}

    def close(self) -> None:
        """Close the indexes."""
        with self._lock:
            for index in self._open.values():
                index.close()
            self._open.clear()

    def knowledge_for(
        self,
        comparison: Comparison,
        cell_index: int | None,
        wish_text: str,
        cancel: CancelToken,
        *,
        python: Path | None = None,
    ) -> tuple[Passage, ...]:
        """The passages that help with a wish about a cell of the head, best first.

        Parameters
        ----------
        cell_index:
            None: the wish is about the whole notebook.
        wish_text:
            The instruction, the finding's message, the error; may be "".
        python:
            The interpreter that a person chose for this notebook.

        Raises
        ------
        Cancelled
            `cancel` was raised.
        """
        notebook = comparison.head.notebook
        query = query_of(notebook, cell_index, wish_text)
        return self._found(comparison.target, query, notebook, cancel, python)

    def knowledge_for_task(
        self,
        target: Target,
        notebook: Notebook | None,
        task: str,
        cancel: CancelToken,
    ) -> tuple[Passage, ...]:
        """The passages that help with a task in words, best first.

        Parameters
        ----------
        notebook:
            The one that the task is to be done in, for the libraries that it imports; None: it is not made
            yet.

        Raises
        ------
        Cancelled
            `cancel` was raised.
        """
        query = query_of(notebook, None, task) if notebook is not None else Query(terms_of(task)[:MOST_TERMS])
        return self._found(target, query, notebook, cancel, None)

    def _found(
        self,
        target: Target,
        query: Query,
        notebook: Notebook | None,
        cancel: CancelToken,
        python: Path | None,
    ) -> tuple[Passage, ...]:
        """What the files around a notebook say, and the libraries that it imports where one is given."""
        inside = target.path if target.repository is not None else target.notebook.name
        index = self.around(target, cancel)[1]
        rankings: list[Sequence[Passage]] = [
            index.search(query.wish, _DEEP),
            index.search(query.terms, _DEEP),
        ]
        if notebook is not None:
            rankings += self.libraries_for(notebook, target.notebook.parent, query, cancel, python)
        cancel.check()
        return fuse(rankings, MOST_PASSAGES, inside)

    def around(self, target: Target, cancel: CancelToken) -> tuple[Path, PassageIndex]:
        """The folder of a notebook's repository, or its own folder where it is in none, and its files' index,
        brought up to date.

        Raises
        ------
        Cancelled
            `cancel` was raised.
        """
        repository = target.repository
        inside = repository is not None and not repository.bare
        root = repository.root if repository is not None and inside else target.notebook.parent
        return root, self.files(root, cancel, tracked=repository is not None)

    def files(self, root: Path, cancel: CancelToken, *, tracked: bool | None = None) -> PassageIndex:
        """The index of a repository's or a folder's files, brought up to date.

        Parameters
        ----------
        tracked:
            Whether git says which files there are; None finds out.

        Raises
        ------
        Cancelled
            `cancel` was raised.
        """
        if tracked is None:
            tracked = _is_repository(root)
        index = self._index(str(root.resolve()))
        self._update(index, _readable_files(root, tracked, cancel), said("the repository"), cancel)
        return index

    def libraries_for(
        self,
        notebook: Notebook,
        folder: Path,
        query: Query,
        cancel: CancelToken,
        python: Path | None = None,
    ) -> list[tuple[Passage, ...]]:
        """What the libraries that the notebook imports say: of the names that the cell uses, and of the
        query's words. Nothing where the notebook is not Python.
        """
        if not notebook.language.lower().startswith(("python", "ipython")):
            return []
        environment = read_environment(python or python_of(notebook, folder), self._cache)
        index = self._index(f"libraries of {environment.python}")
        modules = _modules(query, environment)
        self._learn(index, environment, [each for each in modules if _top(each) in READABLE], cancel)
        for top in dict.fromkeys(map(_top, modules)):
            if top not in READABLE:
                sources = _library_files(environment, top)
                self._update(index, sources, top, cancel, complete=False)
        tops = tuple(dict.fromkeys(map(_top, modules)))
        found = index.search(query.wish, _DEEP, libraries=tops) if tops else ()
        return [index.titled(query.names), found]

    def _learn(
        self, index: PassageIndex, environment: Environment, modules: Iterable[str], cancel: CancelToken
    ) -> None:
        """Have the child describe the modules that are not in the index as they are installed."""
        stamps = {
            each: f"{_CHILD_STAMP}:{environment.version(_top(each)) or environment.fingerprint}"
            for each in modules
        }
        wanted = [each for each, stamp in stamps.items() if index.stamp(each) != stamp]
        if not wanted:
            return
        with Reader(environment.python, cancel, library_docs.CHILD) as reader:
            sources = [
                Source(
                    each,
                    stamps[each],
                    functools.partial(_said, reader, each),
                    functools.partial(_described, environment.named(_top(each))),
                )
                for each in wanted
            ]
            self._update(index, sources, ", ".join(dict.fromkeys(map(_top, wanted))), cancel, complete=False)

    def _update(
        self,
        index: PassageIndex,
        sources: Iterable[Source],
        what: str,
        cancel: CancelToken,
        *,
        complete: bool = True,
    ) -> Updated:
        listed = list(sources)
        tell = self._progress
        if tell is None:
            return index.update(listed, cancel, complete=complete)
        return index.update(
            listed, cancel, lambda done: tell(Progress(what, done, len(listed))), complete=complete
        )

    def _index(self, name: str) -> PassageIndex:
        with self._lock:
            if name not in self._open:
                self._open[name] = PassageIndex(index_file(name, self._cache))
                clean_up(self._cache)
            return self._open[name]


def _is_repository(root: Path) -> bool:
    try:
        found = Repository.discover(root)
    except UserError:
        return False
    return found is not None and not found.bare and found.root == root.resolve()


def _readable_files(root: Path, tracked: bool, cancel: CancelToken) -> Iterator[Source]:
    """READMEs first, so that they are in an index that gets full."""
    try:
        found = list(repository_files(root, cancel) if tracked else folder_files(root, cancel))
    except UserError:
        found = list(folder_files(root, cancel))
    wanted = [each for each in found if _is_read(each)]
    for each in sorted(wanted, key=lambda each: (not is_readme(each.path), each.path.count("/"))):
        limit = LARGEST_NOTEBOOK if each.path.endswith(".ipynb") else LARGEST_TEXT
        yield Source(
            each.path,
            each.stamp,
            functools.partial(read_found, each, limit),
            passages_of,
            is_readme(each.path),
        )


def _is_read(file: FoundFile) -> bool:
    if file.path.endswith(".ipynb"):
        return file.size <= LARGEST_NOTEBOOK
    return file.size <= LARGEST_TEXT and (file.path.endswith((".py", *PROSE_ENDINGS)) or is_readme(file.path))


def _modules(query: Query, environment: Environment) -> list[str]:
    """The modules worth asking: those imported, and those that used names may be in; not Python's own."""
    found: dict[str, None] = {}
    for name in query.libraries:
        found.setdefault(name)
    for name in query.names:
        parts = name.split(".")
        for length in range(1, min(len(parts), 4)):
            found.setdefault(".".join(parts[:length]))
    own = sys.stdlib_module_names
    tops = {_top(name) for name in query.libraries}
    return [name for name in found if _top(name) in tops and _top(name) not in own]


def _top(module: str) -> str:
    return module.partition(".")[0]


def _said(reader: Reader, module: str) -> bytes | None:
    said = reader.ask([module]).get(module)
    return json.dumps(said, sort_keys=True).encode() if said is not None else None


def _described(named: str, module: str, data: bytes) -> tuple[Passage, ...]:
    return library_docs.described(f"{named}: {module}", data)


def _library_files(environment: Environment, top: str) -> Iterator[Source]:
    """The source files of a library that is not imported, found by the layout of its folder."""
    for folder in library_folders(environment.python):
        package = folder / top
        files = sorted(package.rglob("*.py")) if package.is_dir() else [folder / f"{top}.py"]
        chosen = [each for each in files if not {"tests", "test"} & set(each.relative_to(folder).parts)]
        for file in sorted(chosen, key=lambda each: len(each.parts))[:_MOST_LIBRARY_FILES]:
            try:
                status = file.lstat()
            except OSError:
                continue
            inside = file.relative_to(folder)
            module = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
            found = FoundFile(
                inside.as_posix(), file, status.st_size, f"{status.st_mtime_ns}:{status.st_size}"
            )
            yield Source(
                module,
                found.stamp,
                functools.partial(read_found, found, _LARGEST_LIBRARY_FILE),
                functools.partial(_from_source, environment.named(top)),
            )


def _from_source(named: str, module: str, data: bytes) -> tuple[Passage, ...]:
    return library_docs.from_source(f"{named}: {module}", data)
