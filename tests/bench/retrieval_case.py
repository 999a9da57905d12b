"""Whether the index finds a definition by the sentence that describes it. Prints one JSON object.

Usage: retrieval_case.py PACKAGE…. The files of each installed package are one index. As `code`, all
docstrings are taken out before a file is cut into passages, and each question is the first sentence of one of
them; as `library`, of every docstring only the first sentence is taken out, and the rest stays with the
signature. A sentence of fewer than five words, or one that describes two definitions, is no question.
`found` counts the questions whose definition is among the first 1, 5 and 10 passages; `reciprocal` is the
mean of 1 / its place among the first ten.
"""

import ast
import hashlib
import importlib.util
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbreview.assist import library_docs
from nbreview.assist.passages import passages_of
from nbreview.assist.retrieval import Passage, terms_of
from nbreview.cancellation import CancelToken
from nbreview.store.index import PassageIndex, Source

AT = (1, 5, 10)
MOST_QUESTIONS = 300
"""Of a package, drawn by hash."""

_LEAST_WORDS = 5
_SENTENCE = re.compile(r"^(.+?[.!?])(?=\s|$)", re.DOTALL)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, and the file and dotted name of what it describes."""

    text: str
    path: str
    title: str


def main(packages: Sequence[str]) -> None:
    """Measure both ways and print what was found."""
    token = CancelToken()
    found: dict[str, dict[str, float]] = {}
    for name, cut in (("code", _as_code), ("library", _as_library)):
        places: list[int | None] = []
        seconds: list[float] = []
        passages = 0
        for package in packages:
            sources, questions = _read(package, cut)
            with PassageIndex(None) as index:
                index.update(sources, token)
                passages += sum(len(index.of(source.path)) for source in sources)
                for question in questions:
                    began = time.perf_counter()
                    answers = index.search(terms_of(question.text), max(AT))
                    seconds.append(time.perf_counter() - began)
                    places.append(_place(answers, question))
        found[name] = {
            "questions": len(places),
            "passages": passages,
            **{f"found_{n}": sum(p is not None and p < n for p in places) / len(places) for n in AT},
            "reciprocal": statistics.mean(0.0 if place is None else 1 / (place + 1) for place in places),
            "median_milliseconds": 1000 * statistics.median(seconds),
        }
    print(json.dumps(found))


def installed(packages: Sequence[str]) -> list[str]:
    """Those of some packages that are installed."""
    return [package for package in packages if importlib.util.find_spec(package) is not None]


def _place(answers: Sequence[Passage], question: Question) -> int | None:
    wanted = (question.path, question.title)
    return next((n for n, each in enumerate(answers) if (each.path, each.title) == wanted), None)


_Cut = Callable[[str, str, ast.Module], tuple[Source, Iterator[Question]]]


def _read(package: str, cut: _Cut) -> tuple[list[Source], list[Question]]:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None
    root = Path(spec.origin).parent
    sources: list[Source] = []
    asked: list[Question] = []
    for file in sorted(root.rglob("*.py")):
        inside = file.relative_to(root.parent)
        if {"tests", "test", "testing", "_vendor"} & set(inside.parts):
            continue
        text = file.read_text("utf-8", "replace")
        source, questions = cut(inside.as_posix(), text, ast.parse(text))
        sources.append(source)
        asked += questions
    said = Counter(question.text.lower() for question in asked)
    kept = {question.text: question for question in asked if said[question.text.lower()] == 1}
    drawn = sorted(kept, key=lambda each: hashlib.sha256(f"{package} {each}".encode()).digest())
    return sources, [kept[each] for each in drawn[:MOST_QUESTIONS]]


def _as_code(path: str, text: str, tree: ast.Module) -> tuple[Source, Iterator[Question]]:
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, (*_DEFINITIONS, ast.Module)) and ast.get_docstring(node) is not None:
            said = node.body[0]
            first = lines[said.lineno - 1]
            rest = lines[(said.end_lineno or said.lineno) - 1].encode()[said.end_col_offset or 0 :].decode()
            lines[said.lineno - 1] = f"{first.encode()[: said.col_offset].decode()}...{rest}"
            for number in range(said.lineno, said.end_lineno or said.lineno):
                lines[number] = ""
    data = "\n".join(lines).encode()
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Source(path, "1", lambda: data, passages_of), _questions(path, module, tree.body, public=False)


def _as_library(path: str, text: str, tree: ast.Module) -> tuple[Source, Iterator[Question]]:
    module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    asked = list(_questions(module, module, tree.body, public=True))
    for node in ast.walk(tree):
        said = ast.get_docstring(node) if isinstance(node, _DEFINITIONS) else None
        if said is not None and isinstance(node, _DEFINITIONS):
            found = _SENTENCE.match(said)
            node.body[0] = ast.Expr(ast.Constant(said[found.end() :] if found else ""))
    data = ast.unparse(ast.fix_missing_locations(tree)).encode()
    return Source(module, "1", lambda: data, library_docs.from_source), iter(asked)


def _questions(path: str, prefix: str, body: Sequence[ast.stmt], *, public: bool) -> Iterator[Question]:
    for node in body:
        if not isinstance(node, _DEFINITIONS) or (public and node.name.startswith("_")):
            continue
        title = f"{prefix}.{node.name}"
        found = _SENTENCE.match(ast.get_docstring(node) or "")
        words = " ".join(found[1].split()) if found else ""
        if len(words.split()) >= _LEAST_WORDS:
            yield Question(words, path, title)
        if isinstance(node, ast.ClassDef):
            yield from _questions(path, title, node.body, public=public)


if __name__ == "__main__":
    main(sys.argv[1:])
