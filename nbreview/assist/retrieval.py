"""Passages of the repository and of libraries: what to look for, which come first, and how many fit.

Imports `notebook` and below. Pure: the index that answers queries lives in `store`, what is read for it in
`services`; here it is a Protocol. What passages say was written by strangers: it is shown to the model as
text to read, in fences, and is never run or followed.
"""

import ast
import keyword
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import Cell, CellType, Notebook, OutputType

MOST_TERMS = 32
"""Words of a query; more make it slower and no better."""

_WORD = re.compile(r"[^\W\d_]\w*")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_FENCE = re.compile(r"^\s*(`{3,})", re.MULTILINE)
_RANK_CONSTANT = 60
_MOST_OF_A_FILE = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words(
    """
    a about after all also an and any are as at be been before both but by can cell cells code could do does
    done each either else for from given gives had has have having here how if in instead into is it its
    itself just like make me more most must my need no nor not notebook of on one only or other our out over
    per please same should so some such than that the their them then there these they this those to too two
    under until up us use used uses using via want was we were what when where whether which while who why
    will with within would yet you your none true false self cls args kwargs
    """
)
"""What says nothing of what is looked for. Words such as “add”, “file” and “error” do: they are in names."""


class PassageKind(StrEnum):
    """Where a passage is from."""

    README = "readme"
    PROSE = "prose"
    DEFINITION = "definition"
    CELL = "cell"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that was found.

    `path` is inside the repository, or the library's module; lines count from 1 (0: not known). `title` is
    the heading, the definition's dotted name or the cell. `score` is only good for comparing the passages of
    one answer: more is better.
    """

    path: str
    start_line: int
    end_line: int
    title: str
    text: str
    score: float = 0.0
    kind: PassageKind = PassageKind.PROSE

    @property
    def name(self) -> str:
        """What it is called for a person: the name in a library, the cell of a notebook, the line."""
        if self.kind is PassageKind.LIBRARY:
            return self.title
        if self.kind is PassageKind.CELL:
            return f"{self.path} {self.title.partition(',')[0].lower()}"
        if self.start_line:
            return f"{self.path}:{self.start_line}"
        return f"{self.path} ({self.title})" if self.title else self.path


class Index(Protocol):
    """What finds passages."""

    def search(self, terms: Sequence[str], limit: int) -> tuple[Passage, ...]:
        """The passages that hold most of the terms, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `wish` are the words of what is wanted, `terms` those of the cell. `names` are dotted
    names of libraries that the cell uses ("pandas.read_csv"); `libraries` the modules that the notebook
    imports, as they are written there ("sklearn.svm").
    """

    wish: tuple[str, ...]
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FittedPassages:
    """Passages that fit a budget, whole ones only, and those that did not. `tokens` is what `text` costs."""

    shown: tuple[Passage, ...]
    left_out: tuple[Passage, ...]
    text: str
    tokens: int

    @property
    def summary(self) -> str:
        """One sentence for the card; "" where nothing was found."""
        if not self.shown and not self.left_out:
            return ""
        count = len(self.shown)
        text = f"From the repository and libraries: {count} passage{'' if count == 1 else 's'}"
        text += f", {self.tokens:,} tokens" if count else ""
        return text + (f"; {len(self.left_out)} left out for length." if self.left_out else ".")


def query_of(notebook: Notebook, cell_index: int | None, wish: str) -> Query:
    """What would help with a wish about a cell.

    Parameters
    ----------
    cell_index:
        None: the wish is about the whole notebook.
    wish:
        The instruction, the finding's message or the task; may be "".
    """
    modules, aliases = imported(notebook)
    terms: tuple[str, ...] = ()
    names: list[str] = []
    if cell_index is not None:
        cell = notebook.cells[cell_index]
        terms = terms_of(_telling(cell))
        names = list(_used_names(cell, aliases))
    names += [each for each in _names_said(wish, aliases) if each not in names]
    return Query(terms_of(wish)[:MOST_TERMS], terms[:MOST_TERMS], tuple(names), modules)


def terms_of(text: str) -> tuple[str, ...]:
    """The words of a text or of code that tell something, each once, in order; identifiers whole, and besides
    that taken apart at underscores and capitals.
    """
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        for part in (word, *split_identifier(word)):
            small = part.strip("_").lower()
            if len(small) > 1 and small not in _COMMON and not keyword.iskeyword(part):
                found.setdefault(small)
    return tuple(found)


def split_identifier(name: str) -> tuple[str, ...]:
    """`RandomForest` as `Random`, `Forest`, `n_jobs` as `n`, `jobs`; nothing where there is nothing to split
    at.
    """
    parts = tuple(part for word in name.split("_") for part in _CAMEL.findall(word))
    return parts if len(parts) > 1 else ()


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of all identifiers of a text that can be taken apart, in small letters, each once."""
    names = dict.fromkeys(_WORD.findall(text))
    return tuple(dict.fromkeys(part.lower() for name in names for part in split_identifier(name)))


def imported(notebook: Notebook) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The modules that a notebook imports, in order, and what its names stand for (`pd` → `pandas`,
    `SVC` → `sklearn.svm.SVC`). Nothing is resolved on the disk.
    """
    modules: dict[str, None] = {}
    aliases: dict[str, str] = {}
    for cell in notebook.cells:
        for node in _nodes(cell):
            if isinstance(node, ast.Import):
                for part in node.names:
                    modules.setdefault(part.name)
                    top = part.name.partition(".")[0]
                    aliases[part.asname or top] = part.name if part.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.setdefault(node.module)
                for part in node.names:
                    aliases[part.asname or part.name] = f"{node.module}.{part.name}"
    return tuple(modules), aliases


def fuse(rankings: Iterable[Sequence[Passage]], limit: int, without: str = "") -> tuple[Passage, ...]:
    """One ranking of several, whose scores cannot be compared: reciprocal rank fusion (Cormack, Clarke and
    Büttcher, SIGIR 2009). A text that is there twice is taken once, and no file fills the list.

    Parameters
    ----------
    without:
        A path that is not to be shown: the notebook itself.
    """
    scores: dict[str, float] = {}
    first: dict[str, Passage] = {}
    for ranking in rankings:
        texts = dict.fromkeys(" ".join(passage.text.split()) for passage in ranking)
        for passage in ranking:
            first.setdefault(" ".join(passage.text.split()), passage)
        for place, key in enumerate(texts):
            scores[key] = scores.get(key, 0.0) + 1.0 / (_RANK_CONSTANT + place + 1)
    taken: Counter[str] = Counter()
    found: list[Passage] = []
    for key in sorted(scores, key=lambda each: -scores[each]):
        passage = first[key]
        if (without and passage.path == without) or taken[passage.path] >= _MOST_OF_A_FILE:
            continue
        taken[passage.path] += passage.kind is not PassageKind.LIBRARY
        found.append(replace(passage, score=scores[key]))
        if len(found) == limit:
            break
    return tuple(found)


def fit_passages(passages: Sequence[Passage], budget: int, count: Callable[[str], int]) -> FittedPassages:
    """The best passages that fit, each whole or not at all, in their order.

    Parameters
    ----------
    budget:
        Tokens that the text may take, as `count` counts it.
    """
    shown: list[Passage] = []
    left_out: list[Passage] = []
    text, tokens = "", 0
    for passage in passages:
        longer = f"{text}\n\n{render_passage(passage)}" if text else render_passage(passage)
        cost = count(longer)
        if cost <= budget:
            shown.append(passage)
            text, tokens = longer, cost
        else:
            left_out.append(passage)
    return FittedPassages(tuple(shown), tuple(left_out), text, tokens)


def render_passage(passage: Passage) -> str:
    """A passage as a prompt shows it: where it is from, and its text in a fence that it cannot close."""
    where = passage.path
    if passage.start_line:
        where += f", lines {passage.start_line}–{passage.end_line}"
    title = f"{passage.title} ({where})" if passage.title and passage.title != passage.path else where
    longest = max((len(match[1]) for match in _FENCE.finditer(passage.text)), default=2)
    fence = "`" * max(3, longest + 1)
    tag = "python" if passage.kind in (PassageKind.DEFINITION, PassageKind.LIBRARY) else ""
    return f"## {' '.join(title.split())}\n{fence}{tag}\n{passage.text}\n{fence}"


def _nodes(cell: Cell) -> Iterator[ast.AST]:
    if cell.cell_type is CellType.CODE:
        tree = parse_cell(cell.source).tree
        if tree is not None:
            yield from ast.walk(tree)


def _telling(cell: Cell) -> str:
    """What of a cell says what it is about: what it calls and its strings' words, and its saved error."""
    error = " ".join(
        f"{output.ename} {output.evalue[:200]}"
        for output in cell.outputs
        if output.output_type is OutputType.ERROR
    )
    if cell.cell_type is not CellType.CODE or parse_cell(cell.source).tree is None:
        return f"{error} {cell.source[:2000]}"
    calls: list[str] = []
    names: list[str] = []
    for node in _nodes(cell):
        if isinstance(node, ast.Call):
            calls += [_last(node.func), *(each.arg for each in node.keywords if each.arg)]
        elif isinstance(node, ast.Name) and len(node.id) > 2:
            names.append(node.id)
    return " ".join([error, *calls, *names])


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _used_names(cell: Cell, aliases: Mapping[str, str]) -> Iterator[str]:
    """The dotted names of libraries that a cell uses, longest chains only, each once."""
    found: dict[str, None] = {}
    inner: set[ast.AST] = set()
    for node in _nodes(cell):
        if isinstance(node, (ast.Attribute, ast.Name)) and node not in inner:
            chain = _chain(node, inner)
            if chain and chain[0] in aliases:
                found.setdefault(".".join((aliases[chain[0]], *chain[1:])))
    yield from found


def _chain(node: ast.expr, inner: set[ast.AST]) -> list[str]:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
        inner.add(node)
    return (
        [*([node.id] if isinstance(node, ast.Name) else []), *parts[::-1]]
        if isinstance(node, ast.Name)
        else []
    )


def _names_said(wish: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """Dotted names in a wish or a message: `pd.read_csv`, "read_csv of pandas" stays words."""
    for match in re.finditer(r"\b[^\W\d]\w*(?:\.[^\W\d]\w*)+", wish):
        top, _, rest = match[0].partition(".")
        yield f"{aliases.get(top, top)}.{rest}"
