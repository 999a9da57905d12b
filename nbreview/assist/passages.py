"""Cuts the files of a repository into passages: windows of ten sentences, one definition, one cell.

Imports `retrieval`, `notebook` and below. Pure: text in, passages out; nothing of what is read is run.
Windows of ten sentences are those of ML-Bench's retriever (arXiv 2311.09835, section 4).
"""

import ast
import re
from collections.abc import Iterator

import orjson

from nbreview.assist.retrieval import Passage, PassageKind
from nbreview.notebook.bindings import parse_module

SENTENCES = 10
LONGEST = 6000
"""Characters of a passage; what is longer is cut, and says so."""

_SENTENCE_END = re.compile(r"[.!?](?:[\"')\]`*]*)(?=\s|$)")
_HEADING = re.compile(r"^#{1,6}\s+(\S.*?)\s*#*$")
_UNDERLINE = re.compile(r"^([=\-~^\"'#*+])\1{2,}\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|\||>>>|\$)\s")
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_README = re.compile(r"(?:^|/)readme[^/]*$", re.IGNORECASE)
_CODE_LINES = 40

PROSE_ENDINGS = (".md", ".rst", ".markdown")
"""Ends of the names of files of prose; a README may have any of them, .txt or none."""


def is_readme(path: str) -> bool:
    """Whether a path's name is that of a README."""
    return _README.search(path) is not None and not path.endswith((".py", ".ipynb"))


def passages_of(path: str, data: bytes) -> tuple[Passage, ...]:
    """The passages of one file; none where it is binary or of a kind that is not read.

    Parameters
    ----------
    path:
        Inside the repository; its ending says what it is.
    """
    if b"\0" in data[:8192]:
        return ()
    if path.endswith(".ipynb"):
        return tuple(_cells(path, data))
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if path.endswith(".py"):
        return tuple(_definitions(path, text))
    kind = PassageKind.README if is_readme(path) else PassageKind.PROSE
    return tuple(_windows(path, text, kind))


def _windows(path: str, text: str, kind: PassageKind) -> Iterator[Passage]:
    lines = text.split("\n")
    title, start, sentences, fenced = path, 0, 0, False
    window_title = title

    def cut(end: int) -> Iterator[Passage]:
        yield from _passage(path, start, lines[start:end], window_title, kind)

    for number, line in enumerate(lines):
        heading = None if fenced else _heading(lines, number)
        if heading:
            # A window that is half full ends where the next section begins.
            if sentences * 2 >= SENTENCES:
                yield from cut(number)
                start, sentences = number, 0
            title = heading
        if sentences == 0:
            window_title = title
        if _FENCE.match(line):
            fenced = not fenced
        elif line.strip():
            ends = len(_SENTENCE_END.findall(line))
            item = fenced or heading or _ITEM.match(line) or line.startswith(("    ", "\t"))
            sentences += max(1, ends) if item else ends
            if not ends and not item and _ends_paragraph(lines, number):
                sentences += 1
        if sentences >= SENTENCES:
            yield from cut(number + 1)
            start, sentences = number + 1, 0
    yield from cut(len(lines))


def _ends_paragraph(lines: list[str], number: int) -> bool:
    return number + 1 == len(lines) or not lines[number + 1].strip()


def _heading(lines: list[str], number: int) -> str:
    """The heading that stands in a line, Markdown's or one that is underlined, "" where there is none."""
    if match := _HEADING.match(lines[number]):
        return match[1]
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if lines[number].strip() and len(lines[number]) < 200 and _UNDERLINE.match(below):
        return lines[number].strip()
    return ""


def _passage(path: str, start: int, lines: list[str], title: str, kind: PassageKind) -> Iterator[Passage]:
    """One passage of these lines (`start` counts from 0), without empty lines around it; in pieces of ten
    sentences where a line holds more.
    """
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return
    last = max(number for number, line in enumerate(lines) if line.strip())
    text = "\n".join(lines[first : last + 1])
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if len(ends) > 2 * SENTENCES and last - first < SENTENCES:
        begin = 0
        for end in [*ends[SENTENCES - 1 :: SENTENCES], len(text)]:
            if piece := text[begin:end].strip():
                lines_before = text.count("\n", 0, begin)
                line = start + first + lines_before + 1
                yield Passage(path, line, line + piece.count("\n"), title, bounded(piece), 0.0, kind)
            begin = end
        return
    yield Passage(path, start + first + 1, start + last + 1, title, bounded(text), 0.0, kind)


def bounded(text: str) -> str:
    """A text of at most `LONGEST` characters, cut at a line, which then says how much is missing."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rsplit("\n", 1)[0] or text[:LONGEST]
    missing = text.count("\n", len(kept)) or 1
    return f"{kept}\n[… {missing} more line{'' if missing == 1 else 's'} left out …]"


def _definitions(path: str, text: str) -> Iterator[Passage]:
    tree = parse_module(text)
    lines = text.split("\n")
    if tree is None:
        for start in range(0, len(lines), _CODE_LINES):
            yield from _passage(path, start, lines[start : start + _CODE_LINES], path, PassageKind.DEFINITION)
        return
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    rest: list[str] = []
    end = 0
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield from _definition(path, lines, node, f"{module}.{node.name}")
        else:
            end = max(end, node.end_lineno or node.lineno)
            rest += lines[node.lineno - 1 : node.end_lineno]
    if rest:
        # What stands between the definitions: the docstring, constants, the command line at the end.
        yield Passage(path, 1, end, module, bounded("\n".join(rest)), 0.0, PassageKind.DEFINITION)


def _definition(
    path: str, lines: list[str], node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, name: str
) -> Iterator[Passage]:
    start = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    end = node.end_lineno or node.lineno
    if not isinstance(node, ast.ClassDef):
        text = "\n".join(lines[start - 1 : end])
        yield Passage(path, start, end, name, bounded(text), 0.0, PassageKind.DEFINITION)
        return
    methods = [each for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
    inner: set[int] = set()
    for part in node.body:
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            # The class shows how its methods are called; their bodies are passages of their own.
            inner |= set(
                range(max(part.body[0].lineno, part.lineno + 1), (part.end_lineno or part.lineno) + 1)
            )
    text = "\n".join(lines[number - 1] for number in range(start, end + 1) if number not in inner)
    yield Passage(path, start, end, name, bounded(text), 0.0, PassageKind.DEFINITION)
    for each in methods:
        yield from _definition(path, lines, each, f"{name}.{each.name}")
    for inner_class in node.body:
        if isinstance(inner_class, ast.ClassDef):
            yield from _definition(path, lines, inner_class, f"{name}.{inner_class.name}")


def _cells(path: str, data: bytes) -> Iterator[Passage]:
    """The code and markdown cells of a notebook; its outputs are not read. A cell's number stands for its
    lines.
    """
    try:
        found = orjson.loads(data)
        cells = found["cells"] if "cells" in found else found["worksheets"][0]["cells"]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
        return
    if not isinstance(cells, list):
        return
    heading = ""
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown"):
            continue
        source = cell.get("source", cell.get("input", ""))
        text = "".join(map(str, source)) if isinstance(source, list) else str(source)
        if not text.strip():
            continue
        if cell["cell_type"] == "markdown":
            heads = (_heading(text.split("\n"), line) for line in range(text.count("\n") + 1))
            heading = next(filter(None, heads), heading)
        title = f"Cell {number}" + (f", under “{heading}”" if heading else "")
        yield Passage(path, 0, 0, title, bounded(text.strip("\n")), 0.0, PassageKind.CELL)
